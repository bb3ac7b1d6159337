"""Blind peer exchange in a course: who reads whose answer, what came back, and how well the readers agree."""
