"""What ghosts may do, as pure code: no Qt here (a test holds that), only texts and times."""
