"""A hub under load and in trouble: made-up learners on a real hub, and whether anything of theirs is lost."""
