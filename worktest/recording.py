"""Whether a notebook's entries are kept: a learner's own run is recorded, a build, a re-check and grading are not."""

from __future__ import annotations

import os

SWITCH = "WORKTEST_RECORD"
OFF = {SWITCH: "off"}
"""What a process that only runs a notebook again puts into its environment."""


def is_on() -> bool:
    """Whether journal entries and activity are written here."""
    return os.environ.get(SWITCH, "").lower() != "off" and "NBGRADER_EXECUTION" not in os.environ
