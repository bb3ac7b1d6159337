"""A believable learner's workspace, made up: two units with everything in them, at any date, and broken at will."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from worktest import chain, paths

FIRST, SECOND = "00_warm_up", "01_rare_events"
_CELL = """
[[graded]]
id = "{id}"
title = "{title}"
notebook = "{notebook}"
points = {points}
difficulty = 2
importance = 3
minutes = {minutes}
llm = "off"
held_back = 3
"""
_CRITERION = """
[[prompt.criterion]]
id = "{id}"
asks = "Is it said what would speak against it?"
levels = ["no", "in passing", "with a number"]
"""


def exit_toml(number: int = 5, notebook: str = "work_test") -> str:
    """So many exit questions."""
    asks = ["How many rollouts show an event of rate p", "What does a count of zero say", "Why amplify at all",
            "What would a control rule out", "When is the interval wrong", "What else"]  # fmt: skip
    return "\n".join(
        f'[[question]]\nid = "q-{i}"\nask = "{asks[(i - 1) % 6]}, in a sentence or two?"\n'
        f'answer = "Worked answer number {i}: about three over p, for 95 %."\nrevisit = "{notebook}.ipynb#The brief"\n'
        for i in range(1, number + 1)
    )


def curriculum(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make two released units the only ones there are; gives their folder."""
    monkeypatch.setattr(paths, "checkout", lambda: root)
    cells = [("rare-rates", "What a count says", "work_test", 5, 15), ("rare-sample", "Sample it", "work_test", 6, 20),
             ("rare-plot", "Draw it", "work_test", 3, 10), ("rare-infer", "Infer it", "reasoning", 4, 12)]  # fmt: skip
    _unit(root, FIRST, "Warm up", ["start_here"], [("warm-norms", "Norms", "start_here", 7, 15)], "")
    asked = 'predictions = ["rate-at-3", "spread", "path"]\ndecisions = ["alpha", "metric"]\nresults = ["rate-at-3"]\n'
    folder = _unit(root, SECOND, "Rare events in model outputs", ["work_test", "reasoning"], cells, asked)
    (folder / "exit.toml").write_text(exit_toml())
    (folder / "claims.toml").write_text("")
    (folder / "interview.yaml").write_text("")
    prompts = ""
    for name, kind, words in (("fit", "mentor", 150), ("doubt", "mentor", 100), ("report", "write-up", 600)):
        prompts += f'[[prompt]]\nid = "{name}"\nkind = "{kind}"\nnotebook = "reading"\ntitle = "T"\ntext = "?"\n'
        prompts += f"words = {words}\n" + _CRITERION.format(id="against") + _CRITERION.format(id="limits")
        prompts += "".join(f'[[prompt.sample]]\nid = "{s}"\ntext = "A sample."\n' for s in "abc")
    (folder / "prompts.toml").write_text(prompts)
    return root / "curriculum"


def _unit(root: Path, name: str, title: str, notebooks: list[str], cells: list[Any], more: str) -> Path:
    folder = root / "curriculum" / name
    folder.mkdir(parents=True)
    text = f'title = "{title}"\nstage = "work test"\nminutes = 60\nnotebooks = {json.dumps(notebooks)}\n{more}'
    keys = ("id", "title", "notebook", "points", "minutes")
    text += "".join(_CELL.format(**dict(zip(keys, cell, strict=True))) for cell in cells)
    (folder / "unit.toml").write_text(text)
    return folder


def start(home: Path, *names: str) -> None:
    """Copy released units into the workspace."""
    for name in names or (FIRST, SECOND):
        (home / name).mkdir(parents=True)
        for path in (paths.curriculum() / name).iterdir():
            (home / name / path.name).write_bytes(path.read_bytes())


def chained(path: Path, entries: list[tuple[str, dt.datetime, dict[str, Any]]]) -> list[dict[str, Any]]:
    """Write a chained file whose entries have these times; gives them as written."""
    before, written = "0" * 16, []
    for kind, time, data in entries:
        entry = {"kind": kind, **data, "time": time.isoformat(timespec="seconds"), "before": before}
        entry["hash"] = before = chain._digest(entry)
        written.append(entry)
    path.write_text("".join(json.dumps(entry) + "\n" for entry in written))
    return written


def graded(home: Path, *attempts: tuple[str, dt.datetime, dict[str, float]]) -> None:
    """Add graded attempts: unit, time, points by cell."""
    with (home / "progress.jsonl").open("a") as file:
        for unit, time, points in attempts:
            cells = [{"id": cell, "title": cell, "points": value, "maximum": 9} for cell, value in points.items()]
            entry = {"time": time.isoformat(timespec="seconds"), "unit": unit, "points": sum(points.values())}
            file.write(json.dumps({**entry, "maximum": 18, "cells": cells}) + "\n")


def worked(folder: Path, begun: dt.datetime, *cells: tuple[str, int]) -> None:
    """Note that the cells were made green, one after another, each after so many minutes."""
    lines, time = [{"time": begun.isoformat(), "kind": "open"}], begun
    for cell, minutes in cells:
        for part in range(1, minutes // 5 + 1):
            passed = 4 if part == minutes // 5 else 2
            at = (time + dt.timedelta(minutes=5 * part)).isoformat()
            lines.append({"time": at, "kind": "check", "topic": cell, "passed": passed, "total": 4})
        time += dt.timedelta(minutes=minutes)
    (folder / "activity.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))


def full(home: Path, now: dt.datetime) -> None:
    """Two units, worked on over two weeks."""
    start(home)
    day = dt.timedelta(days=1)
    rare = home / SECOND
    worked(home / FIRST, now - 15 * day, ("warm-norms", 20))
    worked(rare, now - 13 * day, ("rare-rates", 25), ("rare-sample", 30), ("rare-plot", 10), ("rare-infer", 20))
    graded(home, (FIRST, now - 14 * day, {"warm-norms": 7}),
           (SECOND, now - 12 * day, {"rare-rates": 3, "rare-sample": 2, "rare-plot": 3, "rare-infer": 2}),
           (SECOND, now - 5 * day, {"rare-rates": 5, "rare-sample": 4, "rare-plot": 3, "rare-infer": 3}))  # fmt: skip
    brief = [{"id": f"c{i}", "probability": p, "truth": t} for i, (p, t) in enumerate(
        [(0.9, True), (0.8, False), (0.6, True), (0.3, False), (0.95, True), (0.7, True), (0.2, False), (0.5, False)])]  # fmt: skip
    chained(rare / "nuance.jsonl", [
        ("sitting", now - 13 * day, {"unit": SECOND}),
        ("graded", now - 13 * day, {"unit": SECOND, "first": True, "brief": brief, "brier": 0.15}),
    ])  # fmt: skip
    predict = {"low": 0.01, "high": 0.1, "confidence": 0.8}
    measure = {"low": None, "high": None, "unit": ""}
    decide = {"alternatives": ["0.5", "2"], "because": "the plain rate was too low", "would_change_my_mind": "a flip"}
    chained(rare / "journal.jsonl", [
        ("predict", now - 13 * day, {"name": "rate-at-3", "value": 0.05, **predict}),
        ("measure", now - 12 * day, {"name": "rate-at-3", "value": 0.07, **measure}),
        ("measure", now - 12 * day, {"name": "spread", "value": 0.3, **measure}),
        ("predict", now - 12 * day, {"name": "spread", "value": 0.05, **predict}),
        ("decide", now - 12 * day, {"name": "alpha", "choice": 1.0, **decide}),
        ("decide", now - 12 * day, {"name": "metric", "choice": "rate", **decide, "because": ""}),
    ])  # fmt: skip
    (rare / "drafts").mkdir()
    (rare / "drafts" / "fit.md").write_text("word " * 140)
    (rare / "drafts" / "doubt.md").write_text("word " * 120)
    (rare / "drafts" / "report.md").write_text("word " * 500)
    (rare / "hand_in").mkdir()
    (rare / "hand_in" / "report.pdf").write_bytes(b"%PDF")
    own = chained(rare / "rubrics.jsonl", [("own", now - 4 * day, {"prompt": "report", "text": "t", "words": 1})])
    score = {"prompt": "report", "answer": own[0]["hash"]}
    chained(rare / "rubrics.jsonl", [
        ("own", now - 4 * day, {"prompt": "report", "text": "t", "words": 1}),
        ("shown", now - 4 * day, {"prompt": "report", "reference": True, "distance": 0.5, "alpha": 0.4}),
        ("score", now - 4 * day, {**score, "criterion": "against", "level": 2}),
        ("score", now - 4 * day, {**score, "criterion": "limits", "level": 1}),
    ])  # fmt: skip
    heard = {"rehearsal": 1, "question": "alpha-why"}
    chained(rare / "interview.jsonl", [
        ("drawn", now - 3 * day, {"rehearsal": 1, "questions": []}),
        ("answer", now - 3 * day, {**heard, "text": "because"}),
        ("score", now - 3 * day, {**heard, "scores": {"evidence": 2, "numbers": 1}}),
    ])  # fmt: skip
    chained(home / "review.jsonl", [
        ("review", now - 12 * day, {"card": f"{SECOND}/q-1", "rating": 3, "answer": "three over p"}),
        ("review", now - 12 * day, {"card": f"{SECOND}/q-2", "rating": 1, "answer": ""}),
        ("review", now - 10 * day, {"card": f"{SECOND}/q-1", "rating": 3, "answer": "3/p"}),
    ])  # fmt: skip
