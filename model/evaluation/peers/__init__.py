"""Other word predictors of this computer, typed with beside ours: never part of the program."""
