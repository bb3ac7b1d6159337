"""``worktest extend``: a research folder that grows out of a work test, from its plan to its paper."""
