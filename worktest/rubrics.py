"""A rubric sitting: commit the own answer, score the samples, see the distance to the reference, score the own.

The order is what teaches, so it is kept: ``rubrics.jsonl``, a chained file (:mod:`worktest.chain`), holds each step
once it is done, and the sitting goes on from what the file says. Entries, each with the ``prompt`` it belongs to:

    own     text, words, place              the own answer as committed; a changed answer is a new entry
    order   seed, samples                   in which order the samples are shown
    score   answer, criterion, level        ``answer`` is a sample's id, or the hash of the ``own`` entry
    shown   reference, distance, alpha      the distance was shown; scores of samples after it don't count
"""

from __future__ import annotations

import random
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from worktest import activity, agreement, chain, drafts, recording
from worktest.errors import UserError
from worktest.prompts import Criterion, Prompt, Sample

FILE = "rubrics.jsonl"
Step = Literal["own", "samples", "distance", "score own", "done"]
Scores = dict[str, int]


@dataclass
class Sitting:
    """Where the sitting on one prompt stands. Levels are by criterion id; ``samples`` holds them by sample id."""

    prompt: Prompt
    own: dict[str, Any] | None = None
    versions: int = 0
    """How many versions of the own answer were committed."""
    order: list[str] = field(default_factory=list)
    samples: dict[str, Scores] = field(default_factory=dict)
    shown: dict[str, Any] | None = None
    own_scores: Scores = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @property
    def step(self) -> Step:
        """What comes next."""
        if self.own is None:
            return "own"
        if self.shown is None:
            return "samples" if self.open_samples() else "distance"
        return "done" if self.whole(self.own_scores) else "score own"

    def open_samples(self) -> list[Sample]:
        """Samples that lack a score, in the order of this sitting."""
        names = self.order or [sample.id for sample in self.prompt.sample]
        return [self.prompt.sample_of(name) for name in names if not self.whole(self.samples.get(name, {}))]

    def open_criteria(self, scores: Scores) -> list[Criterion]:
        """Criteria without a level in ``scores``."""
        return [criterion for criterion in self.prompt.criterion if criterion.id not in scores]

    def whole(self, scores: Scores) -> bool:
        """Whether every criterion has its level."""
        return not self.open_criteria(scores)

    def to_json(self) -> dict[str, Any]:
        """Plain data for ``--json``; holds nothing of the reference."""
        return {
            "prompt": self.prompt.id,
            "next": self.step,
            "versions": self.versions,
            "order": self.order,
            "samples": self.samples,
            "own": self.own_scores,
            "points": sum(self.own_scores.values()) if self.step == "done" else None,
            "maximum": self.prompt.points,
            "problems": self.problems,
        }


def sitting(folder: Path, prompt: Prompt) -> Sitting:
    """Read where the sitting on ``prompt`` stands. Never raises for the file's content: what is odd is named."""
    record = chain.read(folder / FILE)
    found = Sitting(prompt, problems=record.problems)
    for number, entry in enumerate(record.entries, start=1):
        if entry.get("prompt") == prompt.id and not _take(found, entry):
            found.problems.append(f"{FILE}, entry {number}: a {entry['kind']!r} that doesn't fit; it is passed over")
    return found


def _take(found: Sitting, entry: dict[str, Any]) -> bool:
    """Move the sitting on by one entry; gives whether it fitted."""
    kind, names = entry["kind"], [sample.id for sample in found.prompt.sample]
    if kind == "own" and isinstance(entry.get("text"), str) and isinstance(entry.get("hash"), str):
        found.own, found.own_scores = entry, {}
        found.versions += 1
    elif kind == "order" and isinstance(entry.get("samples"), list) and not found.order:
        kept = [name for name in entry["samples"] if name in names]
        found.order = [*dict.fromkeys(kept), *(name for name in names if name not in kept)]
    elif kind == "shown" and not found.open_samples() and found.own is not None:
        found.shown = found.shown or entry
    elif kind == "score":
        criterion = next((c for c in found.prompt.criterion if c.id == entry.get("criterion")), None)
        level, of = entry.get("level"), entry.get("answer")
        if criterion is None or type(level) is not int or not 0 <= level <= criterion.top:
            return False
        if of in names and found.own is not None and found.shown is None:
            found.samples.setdefault(str(of), {})[criterion.id] = level
        elif found.own is not None and of == found.own["hash"] and found.shown is not None:
            found.own_scores[criterion.id] = level
        else:  # a score of an earlier version of the own answer stays in the file and counts no more
            return isinstance(of, str) and of not in names
    else:
        return False
    return True


def commit(folder: Path, prompt: Prompt, unit: str = "UNIT") -> tuple[Sitting, str]:
    """Write the own answer down as it is now, before any sample is scored; gives the sitting and one line to say.

    The same text again is no new entry. Raises UserError while the answer is empty, and outside a learner's own run.
    """
    if not prompt.sample:
        raise UserError(f"the prompt {prompt.id!r} has no sample answers to score first")
    if not recording.is_on():
        raise UserError("nothing is written down in a build, a re-check or grading: run this in your own copy")
    now = sitting(folder, prompt)
    answer = drafts.needed(folder, prompt, unit)
    said = f"your answer of {answer.words} words (from {answer.place}) is written down in {FILE}"
    if now.own is None or now.own["text"] != answer.text:
        if now.own is not None:
            said = f"your answer changed since you committed it: version {now.versions + 1} is written down in {FILE}"
            said += ", the earlier ones stay" + ("; its scores start anew" if now.own_scores else "")
        entry = {"prompt": prompt.id, "text": answer.text, "words": answer.words, "place": answer.place}
        chain.append(folder / FILE, "own", entry)
    else:
        said = "your answer is the one that you committed before"
    if not now.order:
        seed = secrets.randbits(32)
        names = [sample.id for sample in prompt.sample]
        random.Random(seed).shuffle(names)
        chain.append(folder / FILE, "order", {"prompt": prompt.id, "seed": seed, "samples": names})
    return sitting(folder, prompt), said


def score(folder: Path, prompt: Prompt, of: str, criterion: str, level: int) -> Sitting:
    """Give the answer ``of`` (a sample's id, or "own") a level; the last level counts until the distance is shown.

    Raises UserError when it is not this answer's turn, or the level is none of the criterion's.
    """
    now = sitting(folder, prompt)
    wanted = next((c for c in prompt.criterion if c.id == criterion), None)
    if wanted is None or type(level) is not int or not 0 <= level <= wanted.top:
        raise UserError(f"{prompt.id!r}: {level!r} is no level of the criterion {criterion!r}")
    if now.own is None:
        raise UserError(f"{prompt.id!r}: commit your own answer first, then score the samples")
    if of == "own":
        if now.shown is None:
            raise UserError(f"{prompt.id!r}: your own answer is scored last, after the samples and their distance")
        of = str(now.own["hash"])
    elif of not in now.order:
        raise UserError(f"{prompt.id!r}: there is no sample {of!r}")
    elif now.shown is not None:
        raise UserError(f"{prompt.id!r}: the samples' scores are closed since you saw the reference")
    activity.note(folder, "rubric", prompt=prompt.id)
    chain.append(
        folder / FILE, "score", {"prompt": prompt.id, "answer": of, "criterion": criterion, "level": int(level)}
    )
    return sitting(folder, prompt)


def reveal(folder: Path, prompt: Prompt, reference: Mapping[str, Mapping[str, Any]] | None) -> dict[str, Any]:
    """The distance to the reference (None: not on this machine), and note that it was shown. Plain data:

    ``available``, ``distance`` (mean difference in levels), ``alpha``, ``pairs``, ``says``, ``by_criterion``, and
    ``rows``: one a sample and criterion, with ``yours``, ``reference``, ``difference``, ``reason``.

    Raises UserError before every sample has been scored on every criterion.
    """
    now = sitting(folder, prompt)
    if now.own is None:
        raise UserError(f"{prompt.id!r}: commit your own answer first; the reference is shown after the samples")
    if left := now.open_samples():
        raise UserError(
            f"{prompt.id!r}: the reference is shown when all samples are scored; {len(left)} of {len(now.order)} "
            "are still open"
        )
    found = compare(now, reference)
    if now.shown is None:
        told = {"reference": found["available"], "distance": found["distance"], "alpha": found["alpha"]}
        chain.append(folder / FILE, "shown", {"prompt": prompt.id, **told})
    return found


def compare(now: Sitting, reference: Mapping[str, Mapping[str, Any]] | None) -> dict[str, Any]:
    """The learner's scores of the samples beside the reference's; see :func:`reveal`."""
    rows: list[dict[str, Any]] = []
    for name in now.order if reference is not None else ():
        given = reference.get(name, {}) if reference is not None else {}
        for criterion in now.prompt.criterion:
            theirs = given.get("scores", {}).get(criterion.id)
            mine = now.samples.get(name, {}).get(criterion.id)
            if mine is None or type(theirs) is not int or not 0 <= theirs <= criterion.top:
                continue  # the learner's copy is of another release than the worked unit, or was when it was scored
            rows.append(
                {
                    "sample": name,
                    "criterion": criterion.id,
                    "yours": mine,
                    "reference": theirs,
                    "difference": mine - theirs,
                    "reason": str(given.get("reasons", {}).get(criterion.id, "")),
                }
            )
    value = agreement.alpha([[row["yours"] for row in rows], [row["reference"] for row in rows]]) if rows else None
    return {
        "prompt": now.prompt.id,
        "available": bool(rows),
        "distance": _mean(rows),
        "by_criterion": {
            c.id: _mean([row for row in rows if row["criterion"] == c.id])
            for c in now.prompt.criterion
            if any(row["criterion"] == c.id for row in rows)
        },
        "alpha": value,
        "pairs": len(rows),
        "levels": {name: str(dict(entry).get("level") or "") for name, entry in (reference or {}).items()},
        "rows": rows,
        "says": in_words(rows, value),
    }


def _mean(rows: list[dict[str, Any]]) -> float | None:
    return sum(abs(row["difference"]) for row in rows) / len(rows) if rows else None


def in_words(rows: list[dict[str, Any]], value: float | None) -> list[str]:
    """The distance and the agreement in a few sentences."""
    distance = _mean(rows)
    if distance is None:
        return ["The reference scores are not on this machine; ask whoever runs the course. You go on without them."]
    apart = sum(1 for row in rows if row["difference"])
    above = sum(1 for row in rows if row["difference"] > 0)
    said = f"Your levels are {distance:.2f} away from the reference on average; {apart} of {len(rows)} differ"
    said += f", {above} higher and {apart - above} lower." if apart else "."
    return [said, agreement.in_words(value, len(rows))]
