"""The page that is written on: text, ghost and very long lines, as Qt shows them."""
