"""Sittings of the empirical reasoning test: cases with data, answers with probabilities, timed or for practice."""
