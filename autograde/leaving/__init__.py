"""A learner leaves: what a course holds of them, and how it is deleted."""
