"""What is learnt from the user: profile, journal, lessons, and what is never learnt."""
