"""The nuance check: eight claims about the papers a sitting, a probability for each, a proper score afterwards.

Sittings are kept in ``nuance.jsonl`` beside the notebooks, a chained file. What was drawn stays drawn: a sitting that
was left goes on where it stopped, so nobody can draw until the claims please. Which claims are true is the
examiner's knowledge; a learner's copy holds their texts only.
"""

from __future__ import annotations

import random
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from worktest import chain
from worktest.errors import UserError
from worktest.safe import finite
from worktest.units import read_toml

FILE = "nuance.jsonl"
A_SITTING = 8
COIN = 0.25
"""The Brier score of somebody who says 50 % to every claim."""


@dataclass(frozen=True)
class Claim:
    """A claim as a learner sees it."""

    id: str
    text: str


@dataclass
class Sitting:
    """One sitting: its claims in order, the first probability given to each, and its grade once there is one.

    ``first``: the first sitting of this unit; only these count for calibration. ``practice``: drawn from claims that
    were seen before, when the bank is used up.
    """

    number: int
    claims: list[Claim]
    first: bool
    practice: bool = False
    answers: dict[str, float] = field(default_factory=dict)
    grade: dict[str, Any] | None = None

    @property
    def kind(self) -> str:
        """What this sitting counts for, in words."""
        if self.practice:
            return "practice: it counts for nothing"
        return "it counts for calibration" if self.first else "a retake: it does not count for calibration"

    @property
    def open_claims(self) -> list[Claim]:
        """Claims without a probability yet."""
        return [claim for claim in self.claims if claim.id not in self.answers]


def bank(folder: Path) -> list[Claim]:
    """The claims of the unit in ``folder``. Raises UserError when there are none or the file is damaged."""
    path = folder / "claims.toml"
    if not path.is_file():
        raise UserError(f"the unit in {folder} has no nuance check (no claims.toml)")
    claims = []
    for number, entry in enumerate(read_toml(path).get("claim", []), start=1):
        if not isinstance(entry, dict) or not all(isinstance(entry.get(key), str) for key in ("id", "text")):
            raise UserError(f"{path}: claim {number} has no id or no text; get a fresh copy of the unit")
        claims.append(Claim(entry["id"], entry["text"].strip()))
    if not claims:
        raise UserError(f"{path} holds no claims; get a fresh copy of the unit")
    return claims


def sittings(folder: Path) -> tuple[list[Sitting], list[str]]:
    """All sittings of the unit, oldest first, and a line for each thing that is wrong with the file."""
    known = {claim.id: claim for claim in bank(folder)}
    record = chain.read(folder / FILE)
    found: list[Sitting] = []
    problems = list(record.problems)
    for position, entry in enumerate(record.entries, start=1):
        try:
            if entry["kind"] == "sitting":
                claims = [known.get(name, Claim(str(name), "(this claim is no longer in the bank)"))
                          for name in entry["claims"]]  # fmt: skip
                found.append(Sitting(len(found) + 1, claims, not found, bool(entry["practice"])))
            elif entry["kind"] == "answer":
                sitting = found[_place(entry["sitting"])]
                sitting.answers.setdefault(str(entry["id"]), _probability(entry["probability"]))
            elif entry["kind"] == "graded":
                _whole(entry)
                found[_place(entry["sitting"])].grade = entry
            else:
                raise ValueError(entry["kind"])
        except (KeyError, IndexError, TypeError, ValueError, UserError):
            problems.append(f"{FILE}, entry {position}: can't be read as part of a sitting; it is passed over")
    return found, problems


def current(folder: Path, *, practice: bool = False) -> Sitting:
    """The sitting that is not graded yet, or a new one of eight claims that were never drawn before.

    Raises UserError when fewer claims are left; with ``practice`` it then draws from all of them.
    """
    past, _ = sittings(folder)
    if past and past[-1].grade is None:
        return past[-1]
    seen = {claim.id for sitting in past for claim in sitting.claims}
    claims = bank(folder)
    fresh = [claim for claim in claims if claim.id not in seen]
    again = len(fresh) < min(A_SITTING, len(claims))
    if again and not practice:
        raise UserError(
            f"you have seen {len(seen)} of the {len(claims)} claims, and {len(fresh)} are too few for a sitting: "
            "--practice draws from all of them again, which counts for nothing"
        )
    seed = secrets.randbits(32)
    drawn = random.Random(seed).sample(claims if again else fresh, min(A_SITTING, len(claims)))
    chain.append(folder / FILE, "sitting", {"seed": seed, "claims": [c.id for c in drawn], "practice": again})
    return Sitting(len(past) + 1, drawn, not past, again)


def answer(folder: Path, sitting: Sitting, claim_id: str, probability: float) -> None:
    """Write down how probable it is (0 to 1) that a claim is true. The first answer counts.

    Raises UserError for a claim of another sitting, a number outside 0 to 1, or a claim answered before.
    """
    if claim_id not in {claim.id for claim in sitting.claims}:
        raise UserError(f"the claim {claim_id!r} is not in this sitting")
    if claim_id in sitting.answers:
        raise UserError(f"the claim {claim_id!r} has its answer already; the first one counts")
    value = _probability(probability)
    chain.append(folder / FILE, "answer", {"sitting": sitting.number, "id": claim_id, "probability": value})
    sitting.answers[claim_id] = value


def settle(folder: Path, unit: str, sitting: Sitting, truths: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Score a finished sitting with what the examiner says of its claims; gives the entry that was written.

    ``truths`` has, by claim, ``truth`` (bool), ``source``, ``section``, ``explanation``. Claims that the examiner does
    not know are left out of the score. Raises UserError when claims are open or none is known.
    """
    if sitting.grade is not None:
        return sitting.grade
    if sitting.open_claims:
        raise UserError(f"{len(sitting.open_claims)} of the claims have no probability yet")
    rows = [
        {"id": claim.id, "text": claim.text, "probability": sitting.answers[claim.id], **truths[claim.id]}
        for claim in sitting.claims
        if claim.id in truths
    ]
    if not rows:
        raise UserError("the examiner knows none of these claims: the unit's copy and the course do not match")
    entry = {
        "sitting": sitting.number,
        "unit": unit,
        "first": sitting.first,
        "practice": sitting.practice,
        "brief": [{key: row[key] for key in ("id", "probability", "truth")} for row in rows],
        "brier": brier([(row["probability"], row["truth"]) for row in rows]),
        "rows": rows,
    }
    sitting.grade = chain.append(folder / FILE, "graded", entry)
    return sitting.grade


def brier(pairs: list[tuple[float, bool]]) -> float:
    """Mean squared distance between probability and truth (Brier 1950): 0 is perfect, 0.25 a coin, 1 surely wrong."""
    return sum((probability - truth) ** 2 for probability, truth in pairs) / len(pairs)


def _whole(entry: dict[str, Any]) -> None:
    """Raise KeyError, TypeError or ValueError for a grade that lacks what is shown of it."""
    if finite(entry["brier"], 0, 1) is None:
        raise ValueError("the score of a grade")
    for row in entry["rows"]:
        _probability(row["probability"])
        if not isinstance(row["truth"], bool) or not row["text"]:
            raise ValueError("a row of a grade")
        _ = row["explanation"], row["source"], row["section"], row["id"]


def _place(number: Any) -> int:
    """Where the sitting ``number`` (from 1) stands in the list; raises ValueError for what is no such number."""
    if type(number) is not int or number < 1:
        raise ValueError("the number of a sitting")
    return number - 1


def _probability(value: Any) -> float:
    number = finite(value, 0, 1)
    if number is None:
        raise UserError(f"a probability is a number from 0 to 1, not {str(value)[:20]!r}")
    return number
