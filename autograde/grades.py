"""What came of grading one submission, as plain data. Light on purpose: the command line loads nothing else for it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class CellGrade:
    """Points of one graded cell and the checks behind them (the examiner's report as plain data)."""

    topic: str
    title: str
    points: float
    maximum: float
    report: dict[str, Any] = field(default_factory=dict)


@dataclass
class Grade:
    """The grade of one submission of one unit."""

    unit: str
    student: str
    cells: list[CellGrade]
    notes: list[str]
    feedback: list[Path]

    @property
    def points(self) -> float:
        """Points reached by the examiner."""
        return sum(cell.points for cell in self.cells)

    @property
    def maximum(self) -> float:
        """Points that the examiner can give."""
        return sum(cell.maximum for cell in self.cells)

    def brief(self) -> list[dict[str, Any]]:
        """What a later reader wants of each cell: its points, and the words of the checks that failed."""
        return [
            {
                "id": c.topic,
                "title": c.title,
                "points": c.points,
                "maximum": c.maximum,
                "failed": [check["title"] for check in c.report.get("checks", []) if not check["passed"]],
            }
            for c in self.cells
        ]

    def to_json(self) -> dict[str, Any]:
        """Plain data for ``--json``."""
        return {
            "unit": self.unit,
            "student": self.student,
            "points": self.points,
            "maximum": self.maximum,
            "cells": [
                {
                    "id": c.topic,
                    "title": c.title,
                    "points": c.points,
                    "maximum": c.maximum,
                    "report": c.report,
                }
                for c in self.cells
            ],
            "notes": self.notes,
            "feedback": [str(path) for path in self.feedback],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Grade:
        """The grade that ``asdict`` made plain data of."""
        cells = [CellGrade(**cell) for cell in data["cells"]]
        return cls(data["unit"], data["student"], cells, data["notes"], [Path(path) for path in data["feedback"]])

    def as_plain(self) -> dict[str, Any]:
        """All of it as data that JSON can hold."""
        return {**asdict(self), "feedback": [str(path) for path in self.feedback]}
