"""Processes that run a learner's code, of an experiment or of figures: what they are given, how they tell an error.

They import this themselves, so it imports the standard library alone: what they have imported is what a lock names.
"""

from __future__ import annotations

import os
import traceback
from pathlib import Path

_LONGEST = 300


def environment() -> dict[str, str]:
    """The variables of such a process: no window, nothing recorded, and this worktest before any other."""
    root = str(Path(__file__).resolve().parents[2])
    before = os.environ.get("PYTHONPATH")
    path = os.pathsep.join([root, before] if before else [root])
    return {**os.environ, "WORKTEST_RECORD": "off", "MPLBACKEND": "agg", "PYTHONPATH": path}


def one_line(error: BaseException, folder: Path) -> str:
    """The error and where in the learner's own files it came up."""
    text = " ".join(str(error).split())[:_LONGEST]
    where = ""
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        if path.is_relative_to(folder):
            where = f" ({path.relative_to(folder)}, line {frame.lineno})"
    return f"{type(error).__name__}: {text}{where}" if text else f"{type(error).__name__}{where}"
