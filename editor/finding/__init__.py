"""Find and replace: what is looked for, where it stands, and the bar that asks for it."""
