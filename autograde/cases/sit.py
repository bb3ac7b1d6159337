"""What the learner's side may ask about sittings: their cases' files, and the score of answers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograde.cases import reference
from autograde.cases.draw import choose, draw_named
from autograde.cases.public import files_of, sheet_of
from autograde.cases.scenario import scenarios_of
from autograde.cases.score import EXPERIMENT, MIND, NUMBERS, PROBABILITIES, TOTAL, Score, score, worth_of
from autograde.course import root_of
from autograde.examiner.seeds import course_secret
from worktest.cases.answer import Answer
from worktest.errors import UserError


def _secret(workspace: Path) -> bytes:
    return course_secret(root_of(workspace) / "secret")


def titles(unit: str) -> dict[str, tuple[str, int]]:
    """Title and minutes of each scenario of ``unit``. Raises UserError when it has none here."""
    found = scenarios_of(unit)
    if not found:
        raise UserError(
            f"the examiner has no scenarios of {unit} here: ask whoever runs the course for a sitting "
            f"(`autograde cases give {unit[:2]}`)"
        )
    return {name: (scenario.title, scenario.minutes) for name, scenario in found.items()}


def opened(unit: str, workspace: Path, nonce: str, names: list[str], count: int) -> dict[str, dict[str, bytes]]:
    """The files of a sitting's cases: ``count`` of the scenarios ``names``, drawn by the course secret and nonce."""
    titles(unit)
    secret = _secret(workspace)
    chosen = choose(names, count, secret, nonce)
    return {name: files_of(draw_named(unit, name, secret, nonce)) for name in chosen}


def settled(
    unit: str, workspace: Path, nonce: str, answers: Mapping[str, Answer | None], sheets: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Score the answers of a sitting (None: not answered), one row a scenario.

    ``sheets``: a hash of each case as the learner has it. Raises UserError when it is not what is drawn here: with
    another course's secret, or by another version of the scenario.

    A row has ``scenario``, ``title``, ``truth`` and its text, ``points`` and ``maximum``, points by part, ``parts``
    (the numbers), ``says``, ``reference`` (what a reader who knows the generator would believe), ``best`` (the cheapest
    telling experiment), ``came`` (whether the chosen experiment's outcome came), and the ``discussion``.
    """
    if not scenarios_of(unit):
        raise UserError(
            f"your answers are written down; the examiner of {unit} is not on this machine: hand the folder in, "
            f"whoever runs the course scores it (`autograde cases mark {unit[:2]}`)"
        )
    secret, references = _secret(workspace), reference.read(unit)
    rows = []
    for name, answer in answers.items():
        drawn = draw_named(unit, name, secret, nonce)
        if hashlib.sha256(sheet_of(drawn)).hexdigest() != sheets.get(name):
            raise UserError(
                f"the case {name!r} of this sitting was not drawn here: another course's secret or another version of "
                "the unit made it; whoever drew it can score it"
            )
        if name not in references:
            raise UserError(f"{unit}: the scenario {name!r} has no reference; `autograde cases fit {unit[:2]} {name}`")
        beliefs = references[name].beliefs(drawn.case)
        best, bits = worth_of(drawn.case.experiments, beliefs)
        found = score(drawn.case, answer, beliefs, drawn.outcomes) if answer else Score()
        rows.append(
            {
                "scenario": name,
                "title": drawn.scenario.title,
                "answered": answer is not None,
                "truth": drawn.case.truth,
                "truth_text": drawn.case.explanations[drawn.case.truth],
                "points": round(found.points, 3),
                "maximum": TOTAL,
                "by_part": {
                    "numbers": [round(found.numbers, 3), NUMBERS],
                    "probabilities": [round(found.probabilities, 3), PROBABILITIES],
                    "experiment": [round(found.experiment, 3), EXPERIMENT],
                    "mind": [round(found.mind, 3), MIND],
                },
                "parts": found.parts,
                "says": found.says,
                "reference": {key: round(value, 3) for key, value in beliefs.items()},
                "best": best,
                "bits": {key: round(value, 3) for key, value in bits.items()},
                "chances": {e.id: {k: round(p, 3) for k, p in e.chances.items()} for e in drawn.case.experiments},
                "came": drawn.outcomes[answer.experiment] if answer else None,
                "discussion": drawn.case.discussion.strip() + "\n",
            }
        )
    return rows
