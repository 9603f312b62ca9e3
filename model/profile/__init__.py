"""The user's profile: one folder, one encrypted database, and the journal in it."""
