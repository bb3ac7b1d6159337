"""The register of released grade_ids: a gradebook knows answers by them, so none is ever renamed or moved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from worktest.units import UnitInfo

REGISTER = "grade_ids.txt"
_HEADER = """# Every grade_id that was ever released, one a line: unit notebook grade_id.
# `autograde build` adds new ones; `autograde build --check` fails when one is gone.
"""


def _read(solutions: Path) -> list[tuple[str, ...]]:
    path = solutions / REGISTER
    if not path.is_file():
        return []
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [tuple(line.split()) for line in lines if line and not line.startswith("#")]


def _now(unit: str, info: UnitInfo) -> list[tuple[str, ...]]:
    return [(unit, cell.notebook, cell.id) for cell in info.graded]


def register(unit: str, info: UnitInfo, solutions: Path) -> None:
    """Add the grade_ids of ``unit`` that are new."""
    known = _read(solutions)
    rows = sorted({*known, *_now(unit, info)})
    if rows != known:
        text = _HEADER + "".join(" ".join(row) + "\n" for row in rows)
        (solutions / REGISTER).write_text(text, encoding="utf-8")


def problems(unit: str, info: UnitInfo, folder: Path, solutions: Path) -> Iterator[str]:
    """grade_ids that were renamed, moved or dropped since they were released, and new ones not entered yet."""
    known = {row for row in _read(solutions) if row and row[0] == unit}
    now = set(_now(unit, info))
    for row in sorted(known - now):
        yield f"{folder / 'unit.toml'}: the released grade_id {row[2]!r} of {row[1]} is gone; it must never change"
    for row in sorted(now - known):
        yield f"{solutions / REGISTER}: {row[2]!r} is not entered; run `autograde build {unit}`"
