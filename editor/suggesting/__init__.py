"""When to ask, what to show of the answer, and how it is told and chosen."""
