"""Bind the questions of a unit to one learner's work: which of them apply, and what they say then."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from worktest.interview.bank import DECISION_FIELDS, FIELD, PREDICTION_FIELDS, Question, When, fields_of
from worktest.interview.material import Lost, Material
from worktest.interview.notebooks import CodeLine, Printed
from worktest.journal import Decision, Measurement, Prediction
from worktest.safe import finite, plain

MAX_FIELD = 400
"""Characters of a learner's text inside a question; the whole of it stands on the sheet and in the journal."""

Values = dict[str, str]


@dataclass(frozen=True)
class Bound:
    """A question as this learner is asked it: every field filled, plain text throughout."""

    id: str
    about: str
    subject: str
    ask: str
    looks_for: tuple[str, ...]
    branches: tuple[tuple[str, str], tuple[str, str]]
    notebook: str
    heading: str
    weight: float = 1.0

    def to_json(self) -> dict[str, Any]:
        """Plain data for the record."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Bound:
        """Back from the record. Raises KeyError, TypeError or ValueError for what is no such data."""
        (went_1, ask_1), (went_2, ask_2) = data["branches"]
        texts = {key: str(data[key]) for key in ("id", "about", "subject", "ask", "notebook", "heading")}
        return cls(
            **texts,
            looks_for=tuple(str(item) for item in data["looks_for"]),
            branches=((str(went_1), str(ask_1)), (str(went_2), str(ask_2))),
            weight=_weight(data["weight"]),
        )


def _weight(value: Any) -> float:
    weight = finite(value)
    if weight is None:
        raise ValueError("a weight is a number")
    return weight


def bind(material: Material, rng: random.Random) -> list[Bound]:
    """Every question that applies to this learner, in the order of the bank.

    ``rng`` draws the raw sample, the line of code and the cell with lost points, so a seed gives the same again.
    """
    found = []
    for question in material.bank.questions:
        options = list(_options(question, material))
        if options:
            subject, own = options[rng.randrange(len(options))] if len(options) > 1 else options[0]
            bound = _fill(question, subject, own, material)
            if bound:
                found.append(bound)
    return found


def _options(question: Question, material: Material) -> Iterator[tuple[str, Values]]:
    """What the question can be about here: (subject, its fields), several for what is drawn at random."""
    seen, name, when = material.journal, question.name or "", question.when
    if question.about == "decision" and (decision := seen.decisions.get(name)) and _decided(decision, when):
        yield name, {"name": name, **decision_fields(decision)}
    elif question.about == "prediction" and (guess := seen.predictions.get(name)) and _predicted(guess, when):
        yield name, {"name": name, **prediction_fields(guess), **measured_fields(seen.measurements.get(name))}
    elif question.about == "result" and (result := seen.measurements.get(name)) and _measured(result, when):
        yield name, {"name": name, **measured_fields(result)}
    elif question.about == "missing":
        kept: dict[str, Any] = getattr(seen, "measurements" if when.missing == "result" else f"{when.missing}s")
        if name not in kept:
            yield name, {"name": name}
    elif question.about == "points":
        worked_on = {line.cell for line in material.work.code}
        tried = [lost for lost in material.lost if lost.points > 0 or lost.cell in worked_on]
        for lost in tried or material.lost:  # what was never begun says less than what went wrong
            if when.cell in (None, lost.cell):
                yield lost.cell, _lost_fields(lost)
    elif question.about == "sample":
        yield from (
            (s.heading, {"sample": s.text, "place": s.heading or "the notebook"})
            for s in _samples(material.work.printed, when.under)
        )
    elif question.about == "code":
        titles = {cell.id: cell.title for cell in material.info.graded}
        for line in material.work.code:
            if when.cell in (None, line.cell):
                yield line.cell, _line_fields(line, titles)
    elif question.about == "general":
        yield "", {}


def _samples(printed: list[Printed], under: list[str]) -> list[Printed]:
    below = [line for line in printed if line.heading in under]
    return below if under else printed


def _decided(decision: Decision, when: When) -> bool:
    words = str(decision.choice).casefold()
    number = _as_number(decision.choice)
    return (
        (when.choice_above is None or (number is not None and number > when.choice_above))
        and (when.choice_below is None or (number is not None and number < when.choice_below))
        and (not when.choice_contains or any(w.casefold() in words for w in when.choice_contains))
        and not any(w.casefold() in words for w in when.choice_lacks)
        and (when.alternatives is None or (when.alternatives == "some") == bool(decision.alternatives))
        and (when.revised is None or when.revised == (decision.revisions > 0))
    )


def _predicted(guess: Prediction, when: When) -> bool:
    factor = factor_off(guess)
    return (
        (when.outcome is None or when.outcome == outcome_of(guess))
        and (when.off_by is None or (factor is not None and factor >= when.off_by))
        and (when.confidence_above is None or guess.confidence > when.confidence_above)
        and (when.revised is None or when.revised == (guess.revisions > 0))
    )


def _measured(result: Measurement, when: When) -> bool:
    return (
        (when.measured_above is None or result.value > when.measured_above)
        and (when.measured_below is None or result.value < when.measured_below)
        and (when.interval is None or (when.interval == "given") == (result.low is not None))
    )


def _as_number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return finite(float(value) if isinstance(value, str) else value)
    except ValueError:
        return None


def outcome_of(guess: Prediction) -> str:
    """``late``, ``open`` (nothing measured yet), ``hit`` or ``missed``."""
    if guess.late:
        return "late"
    return "open" if guess.hit is None else "hit" if guess.hit else "missed"


def factor_off(guess: Prediction) -> float | None:
    """By which factor guess and measurement differ, 1 or more; None when one is missing, zero or of another sign."""
    if guess.measured is None or guess.measured.value * guess.value <= 0:
        return None
    ratio = abs(guess.measured.value / guess.value)
    factor = max(ratio, 1 / ratio) if ratio else math.inf
    return factor if math.isfinite(factor) else None


# How values are written -------------------------------------------------------------------------------------------


def number(value: float) -> str:
    """A number as one says it: 29,956; 0.12; 1.2e-05."""
    if 1000 <= abs(value) < 1e12:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def decision_fields(decision: Decision) -> Values:
    """Fields of a decision; what was left empty is left out, so a question that needs it is not asked."""
    choice = decision.choice
    said = choice if isinstance(choice, str) else number(choice) if not isinstance(choice, bool) else str(choice)
    values = {
        "choice": said,
        "alternatives": _listed(decision.alternatives),
        "because": decision.because,
        "mind": decision.would_change_my_mind,
    }
    return {key: _cut(text) for key, text in values.items() if text.strip()}


def prediction_fields(guess: Prediction) -> Values:
    """Fields of a prediction."""
    values = {
        "value": number(guess.value),
        "low": number(guess.low),
        "high": number(guess.high),
        "confidence": f"{100 * guess.confidence:.3g} %",
    }
    factor = factor_off(guess)
    return values | ({"factor": f"{factor:,.0f}" if factor >= 10 else f"{factor:.2g}"} if factor else {})


def measured_fields(result: Measurement | None) -> Values:
    """Fields of a measurement; empty when there is none."""
    if result is None:
        return {}
    values = {"measured": number(result.value)}
    if result.low is not None and result.high is not None:
        values |= {"measured_low": number(result.low), "measured_high": number(result.high)}
    return values | ({"unit": _cut(result.unit)} if result.unit.strip() else {})


def _listed(items: tuple[str, ...]) -> str:
    shown = [_cut(item.strip()) for item in items if item.strip()]
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def _lost_fields(lost: Lost) -> Values:
    failed = lost.failed[0] if lost.failed else "the checks, which gave less than all points"
    return {"cell": lost.title, "failed": failed, "points": f"{lost.points:g}", "maximum": f"{lost.maximum:g}"}


def _line_fields(line: CodeLine, titles: dict[str, str]) -> Values:
    return {
        "line": _cut(line.text),
        "number": str(line.number),
        "function": line.function or "the cell",
        "cell": titles.get(line.cell, line.cell),
    }


def _cut(text: str) -> str:
    return " ".join(plain(text, MAX_FIELD).split())


def _fill(question: Question, subject: str, own: Values, material: Material) -> Bound | None:
    """The question with its fields filled, or None when one of them can't be."""
    texts = [question.ask, *(branch.ask for branch in question.branches)]
    values: dict[tuple[str, str], str] = {("", key): _cut(text) for key, text in own.items()}
    for owner, name in {field for text in texts for field in fields_of(text)}:
        if owner and (found := _of(owner, name, material)) is not None:
            values[owner, name] = found
        elif (owner, name) not in values:
            return None
    # one pass over the template: what was inserted is never looked at again
    ask, first, second = (FIELD.sub(lambda m: values[m[1] or "", m[2]], text) for text in texts)
    went = [branch.went for branch in question.branches]
    return Bound(
        question.id,
        question.about,
        subject,
        ask,
        tuple(question.looks_for),
        ((went[0], first), (went[1], second)),
        question.revisit.notebook,
        question.revisit.heading,
        question.weight,
    )


def _of(owner: str, name: str, material: Material) -> str | None:
    """A field of another journal entry."""
    seen = material.journal
    if name in DECISION_FIELDS:
        decision = seen.decisions.get(owner)
        return decision_fields(decision).get(name) if decision else None
    if name in PREDICTION_FIELDS:
        guess = seen.predictions.get(owner)
        return prediction_fields(guess).get(name) if guess else None
    return measured_fields(seen.measurements.get(owner)).get(name)
