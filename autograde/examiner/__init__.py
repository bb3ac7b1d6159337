"""The examiner: asks a learner's kernel from outside, compares here, and writes the verdict nbgrader reads."""
