"""What a lesson is: cutting texts, reading files, and what is never learnt. Pure rules of text."""
