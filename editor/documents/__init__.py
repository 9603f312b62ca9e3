"""Documents and how nothing typed in one is lost: bytes, saving, drafts, sessions. Never Qt."""
