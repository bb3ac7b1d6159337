"""What ``worktest`` may ask of the grader's side. Small on purpose: this is the door in the wall."""

from __future__ import annotations

from autograde.claims import truths
from autograde.course import prepare
from autograde.grade import Grade, grade
from autograde.written import reference_scores

__all__ = ["Grade", "grade", "prepare", "reference_scores", "truths"]
