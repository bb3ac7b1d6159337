"""How long grading takes, held against nbgrader as it comes: time, memory, and the scores cell by cell."""
