"""A small unit with an interview, and two people who worked on it: a careful one and a hasty one."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path
from typing import Any

import yaml
from PIL import Image

from worktest.interview.material import Material, gather
from worktest.journal import Journal

UNIT = "91_talk"
_UNIT_TOML = """
title = "A unit to talk about"
stage = "work test"
minutes = 5
notebooks = ["work"]
predictions = ["rate", "needed"]
decisions = ["dose", "control"]
results = ["rate", "needed", "noise"]

[[graded]]
id = "talk-mean"
title = "The mean"
notebook = "work"
points = 4
difficulty = 1
importance = 1
minutes = 1
llm = "off"
held_back = 1
"""
_STUB = 'def mean(values):\n    """The mean."""\n    # Your code here\n    raise NotImplementedError()'
CODE = 'def mean(values):\n    """The mean."""\n    total = sum(values)\n    return total / len(values)'


def question(name: str, about: str, ask: str, /, **more: Any) -> dict[str, Any]:
    """An entry of interview.yaml, with what every entry needs."""
    return {
        "id": name,
        "about": about,
        "ask": ask,
        "looks_for": ["a number with its interval"],
        "branches": [
            {"went": "I gave the data I had", "ask": f"And what would change {name}?"},
            {"went": "I gave the paper or habit", "ask": "What would you have done without it?"},
        ],
        "revisit": {"notebook": "work", "heading": "Look at raw answers"},
        **more,
    }


def bank() -> list[dict[str, Any]]:
    """The questions of the small unit."""
    return [
        question("dose-why", "decision", "You chose {choice} over {alternatives}. Why?", name="dose"),
        question("dose-high", "decision", "{choice} is a lot. Why so much?", name="dose", when={"choice_above": 3}),
        question("dose-alone", "decision", "No alternative to {choice}?", name="dose", when={"alternatives": "none"}),
        question("control-kill", "decision", "What would {choice} have killed?", name="control"),
        question("rate-missed", "prediction", "You said {value} ({low} to {high}), it was {measured}. Which belief moved?",
                 name="rate", when={"outcome": "missed"}),
        question("rate-hit", "prediction", "{measured} lies in {low} to {high}. Luck?", name="rate", when={"outcome": "hit"}),
        question("needed-late", "prediction", "{value} came after the fact?", name="needed", when={"outcome": "late"}),
        question("noise-bare", "result", "Where is the interval of {measured}?", name="noise", when={"interval": "absent"}),
        question("noise-dose", "result", "{measured} at dose {dose.choice}: is that much?", name="noise"),
        question("no-control", "missing", "You wrote down no control. Why?", name="control", when={"missing": "decision"}),
        question("no-needed", "missing", "No guess of how many?", name="needed", when={"missing": "prediction"}),
        question("sample", "sample", "Explain this line: {sample}", when={"under": "Look at raw answers"}),
        question("code", "code", "Line {number} of {function}: {line}. Why?"),
        question("points", "points", "{cell} has {points} of {maximum}: {failed}. What happened?"),
        question("least", "general", "Which result do you trust least?"),
        question("hours", "general", "What would you do with 20 hours?"),
        question("llm", "general", "What did a language model write?"),
    ]  # fmt: skip


def png(width: int = 600, height: int = 400, colour: str = "gray") -> str:
    """A PNG as a notebook keeps it."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, format="PNG")
    return base64.b64encode(out.getvalue()).decode()


def markdown(source: str, grade_id: str = "") -> dict[str, Any]:
    about = {"nbgrader": {"grade_id": grade_id, "solution": True}} if grade_id else {}
    return {"cell_type": "markdown", "metadata": about, "source": source}


def code(source: str, outputs: list[Any] | None = None, grade_id: str = "") -> dict[str, Any]:
    about = {"nbgrader": {"grade_id": grade_id, "solution": True}} if grade_id else {}
    return {"cell_type": "code", "metadata": about, "source": source, "outputs": outputs or [], "execution_count": None}


def printed(text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": text}


def plotted(data: str) -> dict[str, Any]:
    return {"output_type": "display_data", "data": {"image/png": data}, "metadata": {}}


def notebook(*cells: dict[str, Any]) -> str:
    return json.dumps({"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def work(samples: str = "first please see the doctor\nBAD please skip the doctor\n", plots: int = 2) -> str:
    """A saved notebook: a graded cell, raw answers, plots, a claim."""
    return notebook(
        markdown("# Work"),
        code(CODE, grade_id="talk-mean"),
        markdown("## Look at raw answers"),
        code("show()", [printed(samples)]),
        markdown("## Plot"),
        *[code("plot()", [plotted(png(600 + 400 * (n % 2)))]) for n in range(plots)],
        markdown("## Your claim\n\n**The rate is 0.12** (0.10 to 0.15), the control shows 0 of 640."),
    )


class Learner:
    """A workspace with the unit in it, as one person left it."""

    def __init__(self, root: Path, home: Path, entries: list[dict[str, Any]] | None = None) -> None:
        self.home = home
        self.folder = home / UNIT
        released = root / "curriculum" / UNIT
        for folder in (released, self.folder):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "unit.toml").write_text(_UNIT_TOML)
            text = yaml.safe_dump({"questions": bank() if entries is None else entries}, allow_unicode=True)
            (folder / "interview.yaml").write_text(text, encoding="utf-8")
        stub = notebook(markdown("# Work"), code(_STUB, grade_id="talk-mean"), markdown("## Look at raw answers"))
        (released / "work.ipynb").write_text(stub)
        (self.folder / "work.ipynb").write_text(work())
        (root / "solutions").mkdir(exist_ok=True)
        self.journal = Journal(self.folder)

    def grade(self, points: int = 1) -> None:
        """Note a grade with points lost."""
        cells = [{"id": "talk-mean", "title": "The mean", "points": points, "maximum": 4, "failed": ["divides once"]}]
        entry = {"unit": UNIT, "points": points, "maximum": 4, "cells": cells}
        (self.home / "progress.jsonl").write_text(json.dumps(entry) + "\n")

    def material(self) -> Material:
        return gather(UNIT, self.folder, self.home)


def careful(root: Path, home: Path) -> Learner:
    """Decided with alternatives, predicted before measuring, was surprised once."""
    learner = Learner(root, home)
    book = learner.journal
    book.predict("rate", 0.01, (0.001, 0.05), 0.8)
    book.predict("needed", 10_000, (3000, 50_000), 0.8)
    book.decide("dose", 2, [1, 4], "1 shows nothing, 4 loses the sentences", "a control that rises too")
    book.decide("control", "a benign twin", ["a random direction"], "it could have shown the same", "one event in it")
    book.measure("rate", 0.12, (0.1, 0.15))
    book.measure("needed", 29_956)
    book.measure("noise", 0.02, (0.01, 0.03))
    return learner


def hasty(root: Path, home: Path) -> Learner:
    """Decided once without an alternative, predicted after measuring, lost points."""
    learner = Learner(root, home)
    learner.journal.decide("dose", 6, [], "the paper")
    learner.journal.measure("noise", 0.4)
    learner.grade()
    return learner
