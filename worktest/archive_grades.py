"""The grades that lie on a learner's side, as rows that anybody can read: own attempts, and feedback pages.

Of a person alone ``progress.jsonl`` holds every attempt. On a hub the gradebook is the course's; what a learner has of
it are the fetched pages, which say points and maximum of each cell in attributes.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from worktest import workspace
from worktest.progress import MOST_POINTS
from worktest.safe import finite, plain

MAX_PAGE = 20_000_000
"""Bytes; a larger file is no feedback page of ours."""
_CHUNK = 100_000
_FORMULA = ("=", "+", "-", "@", "\t")


@dataclass(frozen=True)
class Row:
    """Points of one graded cell, or of a whole notebook or attempt (``cell`` is empty then)."""

    source: str
    unit: str
    notebook: str
    cell: str
    title: str
    points: float | None
    maximum: float | None
    time: str
    note: str = ""


def of_attempts(home: Path) -> list[Row]:
    """What ``worktest grade`` noted: a row for each attempt, and one for each of its cells; oldest first."""
    rows = []
    for attempt in workspace.attempts(home):
        unit, time = plain(attempt["unit"], 80), plain(attempt.get("time", ""), 40)
        total, top = _points(attempt.get("points")), _points(attempt.get("maximum"))
        rows.append(Row("progress.jsonl", unit, "", "", "", total, top, time))
        cells = attempt.get("cells")
        for cell in cells if isinstance(cells, list) else []:
            if not isinstance(cell, dict):
                continue
            name, title = plain(cell.get("id", ""), 80), plain(cell.get("title", ""), 200)
            failed = cell.get("failed")
            note = "; ".join(plain(one, 200) for one in failed) if isinstance(failed, list) else ""
            rows.append(
                Row(
                    "progress.jsonl",
                    unit,
                    "",
                    name,
                    title,
                    _points(cell.get("points")),
                    _points(cell.get("maximum")),
                    time,
                    f"failed: {note}" if note else "",
                )
            )
    return rows


def _points(value: Any) -> float | None:
    return finite(value, 0, MOST_POINTS)


def of_page(source: str, text: str) -> list[Row]:
    """The rows of a feedback page that lies at ``source`` in the archive: the notebook's, and one for each cell.

    None for any other page.
    """
    reader = _Reader()
    try:
        for start in range(0, len(text), _CHUNK):
            reader.feed(text[start : start + _CHUNK])
            if reader.over:
                break
    except AssertionError:  # html.parser's word for what is no HTML
        return []
    if reader.about is None:
        return []
    unit, notebook, time = (plain(reader.about.get(name, ""), 80) for name in ("unit", "notebook", "handed-in"))
    rows = [Row(source, unit, notebook, "", "", *_of(reader.about), time)]
    for cell in reader.cells:
        waits = cell.get("waits") == "1"
        points, maximum = _of(cell)
        name, title = plain(cell.get("cell", ""), 80), plain(cell.get("title", ""), 200)
        note = "waits for a person" if waits else ""
        rows.append(Row(source, unit, notebook, name, title, None if waits else points, maximum, time, note))
    return rows


def _of(attributes: dict[str, str]) -> tuple[float | None, float | None]:
    points, maximum = (attributes.get(name, "") for name in ("points", "maximum"))
    return _number(points), _number(maximum)


def _number(text: str) -> float | None:
    try:
        return _points(float(text))
    except ValueError:
        return None


class _Reader(HTMLParser):
    """Takes the attributes ``data-...`` of the page's head and of its graded cells, before the notebook itself begins.

    Below that stands what a submission put out.
    """

    def __init__(self) -> None:
        super().__init__()
        self.about: dict[str, str] | None = None
        self.cells: list[dict[str, str]] = []
        self.over = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        data = {name[5:]: value or "" for name, value in attrs if name.startswith("data-")}
        self.over |= tag == "section" and ("class", "notebook") in attrs
        if self.over:
            return
        if tag == "p" and "unit" in data and self.about is None:
            self.about = data
        elif tag == "section" and "cell" in data:
            self.cells.append(data)


def as_csv(rows: Iterable[Row]) -> bytes:
    """The rows as a table; what a spreadsheet would take for a formula is text."""
    made = io.StringIO()
    table = csv.writer(made, lineterminator="\n")
    table.writerow(field.name for field in fields(Row))
    for row in rows:
        table.writerow(_cell(value) for value in asdict(row).values())
    return made.getvalue().encode("utf-8", "replace")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}"
    text = " ".join(str(value).split())
    return f"'{text}" if text.startswith(_FORMULA) else text


def as_json(rows: Iterable[Row], units: list[dict[str, Any]]) -> bytes:
    """The same rows, and what `worktest progress` says of each unit."""
    data = {"units": units, "grades": [asdict(row) for row in rows]}
    return (json.dumps(data, indent=1, ensure_ascii=True) + "\n").encode("ascii")
