"""Text written for the benchmarks."""

TEXT = """\
Dear Anna, thank you for the letter and for the photographs of the garden. I have been
meaning to write for weeks, but the days go by and I never seem to find the time. The new
house is almost ready. We moved the last of the furniture on Tuesday, and the children
have already chosen their rooms. Please let me know if you have any questions about the
plan for the summer. We would like to see you here before the end of July, if you can get
away from work. The train takes about two hours and we can meet you at the station.
"""
