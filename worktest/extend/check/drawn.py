"""The figures of the paper: drawn from today's results, with intervals or single seeds, labelled and captioned."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from worktest.errors import UserError
from worktest.extend.check.base import PAPER, Facts, Finding, shortened
from worktest.extend.draw import FILE, FOLDER, functions_in
from worktest.extend.log import results_digest
from worktest.extend.paper import Figure
from worktest.extend.plan import MARK

_BUILD = "worktest extend build"


def look_at_figures(facts: Facts) -> Iterator[Finding]:
    """Every figure of the paper; one that was made and is not shown is a note."""
    if facts.paper is None:
        return
    folder = facts.research.path
    try:
        functions = functions_in(folder)
    except UserError as problem:
        what = shortened(problem, facts.research).removeprefix(f"{FILE}, ")
        yield Finding("figure", FILE, what, "mend it there, or put the file back")
        return
    shown = {figure.path for figure in facts.paper.figures}
    if spare := [name for name in functions if f"{FOLDER}/{name}.png" not in shown]:
        facts.notes.append(f"drawn by {FILE} and not in the paper: {', '.join(spare)}")
    if not shown:
        facts.notes.append("the paper shows no figure")
    for figure in facts.paper.figures:
        where = f"{PAPER}, line {figure.line}: {figure.path}"
        if not figure.caption or MARK in figure.caption:
            yield Finding("figure", where, "no caption", "write the finding, what a point is and how many seeds")
        yield from _one(facts, figure, where, functions)


def _one(facts: Facts, figure: Figure, where: str, functions: list[str]) -> Iterator[Finding]:
    folder = facts.research.path
    path = Path(figure.path)
    if path.parent.as_posix() != FOLDER or path.suffix != ".png" or path.stem not in functions:
        what = f"no function of {FILE} draws it"
        todo = f"draw it there, from the results, and show it as {FOLDER}/FUNCTION.png; or take it out of the paper"
        yield Finding("figure", where, what, todo)
        return
    described = _described(folder / FOLDER / f"{path.stem}.json")
    try:
        png = hashlib.sha256((folder / path).read_bytes()).hexdigest()[:16]
    except OSError:
        png = ""
    if not png or described is None:
        yield Finding("figure", where, "it is not drawn yet", f"{_BUILD}, which says why if it can't")
        return
    if described.get("png") != png:
        yield Finding("figure", where, "the picture was changed after it was drawn", _BUILD)
    if described.get("results") != results_digest(folder):
        yield Finding("figure", where, "it was drawn from other results than there are now", _BUILD)
    yield from _labelled(described, where)
    if not _shows_spread(facts, described):
        what = "it shows neither intervals nor the single seeds"
        yield Finding("figure", where, what, f"draw error bars or a point for each seed in {FILE}, then {_BUILD}")


def _described(path: Path) -> dict[str, Any] | None:
    """What the build wrote of a figure; None when it is not there or is none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8", errors="replace"))
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and _axes(found) else None


def _axes(described: dict[str, Any]) -> list[dict[str, Any]]:
    axes = described.get("axes")
    return [one for one in axes if isinstance(one, dict)] if isinstance(axes, list) else []


def _labelled(described: dict[str, Any], where: str) -> Iterator[Finding]:
    """Labels and title. Of several axes one may carry the label for all: they may share it."""
    axes = _axes(described)
    for key, name in (("xlabel", "the axis across"), ("ylabel", "the upright axis")):
        if not any(str(one.get(key) or "").strip() for one in axes):
            yield Finding("figure", where, f"{name} has no label", f"label it with its unit in {FILE}, then {_BUILD}")
    if not str(described.get("suptitle") or "").strip() and not any(
        str(one.get("title") or "").strip() for one in axes
    ):
        yield Finding("figure", where, "it has no title", f"set one that says the finding in {FILE}, then {_BUILD}")


def _shows_spread(facts: Facts, described: dict[str, Any]) -> bool:
    """Whether intervals are drawn, or at least as many points or lines as there are seeds."""
    seeds = max((estimate.n for estimate in facts.named.values()), default=1)
    for one in _axes(described):
        intervals = one.get("intervals")
        if isinstance(intervals, dict) and (intervals.get("errorbars") or intervals.get("bands")):
            return True
        points, lines = one.get("points"), one.get("lines")
        if isinstance(points, int) and points >= seeds:
            return True
        if isinstance(lines, list) and len(lines) >= max(seeds, 2):
            return True
        if any(segment[0] != segment[-1] for segment in _upright(one)):
            return True
    return False


def _upright(axes: dict[str, Any]) -> Iterator[list[Any]]:
    """The lines of a collection that go straight up, which is how an interval is drawn by hand (``vlines``)."""
    for collection in axes.get("collections") or []:
        for segment in collection.get("segments", []) if isinstance(collection, dict) else []:
            if isinstance(segment, list) and len(segment) == 2 and segment[0][:1] == segment[1][:1]:
                yield segment
