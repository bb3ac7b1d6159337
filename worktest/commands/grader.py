"""The door in the wall: the one place where worktest reaches over to the grader's side, and only when it is needed."""

from __future__ import annotations

from typing import Any


def grader() -> Any:
    """What :mod:`autograde.service` offers."""
    import autograde.service

    return autograde.service
