"""The micro unit with written prompts, for the tests of the form, the rubrics and the peers: no build, no kernel."""

from __future__ import annotations

import builtins
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import micro
import pytest

from autograde.course import released_bytes
from worktest import paths

UNIT, FIRST, SECOND = micro.UNIT, "micro-why", "micro-form"
SAMPLES = ("a", "b", "c")
_CRITERIA = """
[[prompt.criterion]]
id = "reason"
asks = "Gives a reason"
levels = ["none", "one", "one, and what would speak against it"]
[[prompt.criterion]]
id = "limits"
asks = "Names a limit"
levels = ["none", "one"]
"""
_SAMPLE = """
[[prompt.sample]]
id = "{id}"
text = "Sample {id} of the author."
level = "{level}"
scores = {{ reason = {reason}, limits = {limits} }}
reasons = {{ reason = "reference reason {id}", limits = "reference limit {id}" }}
"""
_REFERENCE = (("a", "weak", 0, 0), ("b", "fair", 1, 0), ("c", "strong", 2, 1))
_SAMPLES = "".join(_SAMPLE.format(id=i, level=v, reason=r, limits=m) for i, v, r, m in _REFERENCE)
PROMPTS = f"""
[[prompt]]
id = "{FIRST}"
kind = "reasoning"
notebook = "micro"
title = "Why twice"
text = "Why would one double a number? See [@doe]."
words = 50
{_CRITERIA}{_SAMPLES}
[[prompt]]
id = "{SECOND}"
kind = "mentor"
notebook = "micro"
title = "Why this stream"
text = "Why do you want to work here?"
words = 10
{_CRITERIA}{_SAMPLES}
[[prompt]]
id = "micro-bet"
kind = "mentor"
notebook = "micro"
title = "A bet"
text = "What would you bet on?"
words = 5
{_CRITERIA}{_SAMPLES}
"""


def unit_with_prompts(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout-like ``root`` with the micro unit and its prompts; gives the learner's folder."""
    source = micro.write_source(root)
    (source / "prompts.toml").write_text(PROMPTS, encoding="utf-8")
    released = root / "curriculum" / UNIT
    mine = root / "arbeit" / UNIT
    for target in (released, mine):
        target.mkdir(parents=True)
        (target / "unit.toml").write_bytes((source / "unit.toml").read_bytes())
        (target / "prompts.toml").write_bytes(released_bytes(source, Path("prompts.toml")))
    monkeypatch.setattr(paths, "checkout", lambda: root)
    monkeypatch.setenv("WORKTEST_WORKSPACE", str(mine.parent))
    return mine


def notebook(folder: Path, prompt: str, text: Any) -> Path:
    """Save a notebook whose written cell for ``prompt`` holds ``text``."""
    cell = {"cell_type": "markdown", "id": "w", "source": text, "metadata": {"nbgrader": {"grade_id": prompt}}}
    path = folder / "micro.ipynb"
    path.write_text(json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    return path


def types(monkeypatch: pytest.MonkeyPatch, lines: Iterable[str]) -> list[str]:
    """Let these lines be typed; "^C" is Ctrl-C, and after the last the input ends. Gives what is left, as it shrinks."""
    left = list(lines)

    def line(_: str = "") -> str:
        if not left:
            raise EOFError
        if left[0] == "^C":
            left.pop(0)
            raise KeyboardInterrupt
        return left.pop(0)

    monkeypatch.setattr(builtins, "input", line)
    return left
