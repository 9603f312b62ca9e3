"""How lessons change what is expected: counts at once, weights step by step."""
