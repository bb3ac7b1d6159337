"""A made-up course: the small unit with predictions, decisions, a written answer and an interview, and its people."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import nbformat
import yaml
from interview_learners import question
from micro import DOUBLE, TOTAL, UNIT, answered, cell_of, released
from nbgrader.api import Gradebook

from autograde import course
from worktest import chain

RATE, SIZE, NEVER = "rate", "size", "never"
DOSE, METRIC = "dose", "metric"
WRONG = "def double(values):\n    return values"
DUE = dt.datetime(2026, 5, 7, 18, 0)
_ASKED = f"""
predictions = ["{RATE}", "{SIZE}", "{NEVER}"]
decisions = ["{DOSE}", "{METRIC}"]
results = ["{RATE}", "{SIZE}"]

[journal]
{RATE} = "the share of `loud` answers"
{DOSE} = "how much is given"
"""
_PROMPT = """
[[prompt]]
id = "micro-why"
kind = "mentor"
notebook = "micro"
title = "Why double"
text = "Why?"
words = 50

[[prompt.criterion]]
id = "reason"
asks = "Is there a reason?"
levels = ["none", "some", "a good one"]
"""


def unit_root(built: Path, root: Path) -> Path:
    """A copy of the built small unit in ``root``, with something to predict, to decide and to write."""
    shutil.copytree(built, root)
    for folder in (root / "solutions" / UNIT, root / "curriculum" / UNIT):
        head, mark, cells = (folder / "unit.toml").read_text().partition("\n[[graded]]")
        (folder / "unit.toml").write_text(head + _ASKED + mark + cells)
        (folder / "prompts.toml").write_text(_PROMPT)
    bank = [
        question("dose-why", "decision", "Why {choice}?", name=DOSE, looks_for=["a reason from before the result"]),
        question("least", "general", "Which result do you trust least?", weight=2),
        question("hours", "general", "What would you do with 20 hours?"),
    ]
    (root / "solutions" / UNIT / "interview.yaml").write_text(yaml.safe_dump({"questions": bank}))
    return root


def hand_in(
    root: Path, space: Path, who: str, answers: dict[str, str] | None = None, *, time: str = "2026-05-06 10:00:00 UTC"
) -> Path:
    """Put a submission where nbgrader looks for it; ``""`` as an answer leaves the cell as it was given out."""
    folder = course.root_of(space) / "submitted" / who / UNIT
    folder.mkdir(parents=True, exist_ok=True)
    notebook = answered(root, answers)
    for topic in (DOUBLE, TOTAL):
        if (answers or {}).get(topic) == "":
            cell_of(notebook, topic).source = cell_of(released(root), topic).source
    nbformat.write(notebook, folder / "micro.ipynb")
    (folder / "timestamp.txt").write_text(time)
    return folder


def predict(folder: Path, name: str, value: float, low: float, high: float, sure: float, measured: float) -> None:
    """Add a prediction and what was measured then."""
    said = {"name": name, "value": value, "low": low, "high": high, "confidence": sure}
    chain.append(folder / "journal.jsonl", "predict", said)
    measure(folder, name, measured)


def measure(folder: Path, name: str, value: float) -> None:
    """Add a measurement."""
    said = {"name": name, "value": value, "low": None, "high": None, "unit": "share of answers"}
    chain.append(folder / "journal.jsonl", "measure", said)


def decide(folder: Path, name: str, choice: Any) -> None:
    """Add a decision."""
    said = {"name": name, "choice": choice, "alternatives": [], "because": "", "would_change_my_mind": ""}
    chain.append(folder / "journal.jsonl", "decide", said)


def enrol(space: Path, due: dt.datetime | None, **names: str) -> None:
    """Put people into the gradebook, with a first name where one is given, and set the unit's due date."""
    with Gradebook(course.settings(course.root_of(space)).CourseDirectory.db_url, "worktest") as book:
        for who, name in names.items():
            book.update_or_create_student(who, first_name=name or None)
        book.update_or_create_assignment(UNIT, duedate=f"{due} UTC" if due else None)


def people(root: Path, space: Path) -> None:
    """Five who handed in; what they got is for a grading to say. Nobody's text but the unit's is on a group's page."""
    right, blank = None, {TOTAL: ""}
    guesses = {"ana": (0.5, 0.3, 0.7, 0.9), "ben": (0.1, 0.05, 0.2, 0.9), "chen": (0.02, 0.01, 0.1, 0.8)}
    for who, answers in {"ana": right, "ben": {DOUBLE: WRONG}, "chen": {DOUBLE: WRONG, **blank}}.items():
        folder = hand_in(root, space, who, answers)
        predict(folder, RATE, *guesses[who], 0.47)
        decide(folder, DOSE, 3 if who == "ana" else 4)
        decide(folder, METRIC, f"what only {who} would write")
    folder = hand_in(root, space, "dora", {DOUBLE: WRONG}, time="2026-05-08 10:00:00.000000 UTC")
    measure(folder, RATE, 0.47)
    predict(folder, RATE, 0.47, 0.46, 0.48, 0.99, 0.47)  # after the fact
    (folder / "drafts").mkdir()
    (folder / "drafts" / "micro-why.md").write_text("Because twice is more.")
    chain.append(folder / "nuance.jsonl", "sitting", {"unit": UNIT})
