"""After a rehearsal: what to shore up, and where to go back to."""

from __future__ import annotations

from dataclasses import dataclass, field

from worktest.interview.bank import BOUND
from worktest.interview.binding import Bound
from worktest.interview.material import Material
from worktest.interview.record import Rehearsal
from worktest.interview.rubric import CRITERIA, NEVER
from worktest.safe import plain


@dataclass
class Summary:
    """What a rehearsal showed: counts, habits to practise, questions to go back to with their place and why."""

    title: str
    asked: int
    answered: int
    scored: int
    practise: list[str] = field(default_factory=list)
    revisit: list[tuple[str, list[str]]] = field(default_factory=list)
    strong: list[str] = field(default_factory=list)


def summarise(rehearsal: Rehearsal, material: Material | None = None) -> Summary:
    """Put together self-scores, the ways the answers went, and (with ``material``) points lost in the last grade."""
    questions = rehearsal.questions
    given = [rehearsal.of(question) for question in questions]
    summary = Summary(
        f"Rehearsal {rehearsal.number} (seed {rehearsal.seed}, {rehearsal.mode})",
        len(questions),
        sum(bool(g.texts) or g.branch is not None for g in given),
        sum(bool(g.scores) for g in given),
    )
    for criterion in CRITERIA:
        levels = [g.scores[criterion.id] for g in given if criterion.id in g.scores]
        top = len(criterion.levels) - 1
        if not levels:
            continue
        mean = sum(levels) / len(levels)
        plural = "s" if len(levels) > 1 else ""
        said = f"{criterion.asks}: {mean:.1f} of {top} over {len(levels)} answer{plural}."
        if mean < 0.75 * top:
            summary.practise.append(f"{said} {criterion.shore_up}")
        else:
            summary.strong.append(said)
    places: dict[str, list[str]] = {}
    for number, question in enumerate(questions, start=1):
        if reason := _reason(number, question, rehearsal):
            places.setdefault(_place(question.notebook, question.heading), []).append(reason)
    for lost in material.lost if material else []:
        where = _place(_notebook_of(lost.cell, material), lost.title)
        failed = f"; first: {lost.failed[0]}" if lost.failed else ""
        places.setdefault(where, []).append(f"{lost.points:g} of {lost.maximum:g} points in the last grade{failed}")
    summary.revisit = sorted(places.items(), key=lambda item: -len(item[1]))
    return summary


def _reason(number: int, question: Bound, rehearsal: Rehearsal) -> str:
    """Why to go back to what a question was about, or "" when nothing speaks for it."""
    given = rehearsal.of(question)
    reasons = []
    low = [c.asks.lower() for c in CRITERIA if c.id in given.scores and given.scores[c.id] == 0]
    if low:
        reasons.append(f"lowest level for {' and '.join(low)}")
    if given.branch == 1:
        reasons.append(f"your answer went: {question.branches[1][0]}")
    if not given.texts and given.branch is None and rehearsal.mode == "written":
        reasons.append("left open")
    subject = f" {question.subject}" if question.about in BOUND else ""
    return f"question {number} ({question.about}{subject}): {'; '.join(reasons)}" if reasons else ""


def _place(notebook: str, heading: str) -> str:
    return f"{notebook}.ipynb, “{heading}”"


def _notebook_of(cell: str, material: Material | None) -> str:
    graded = material.info.graded if material else []
    return next((c.notebook for c in graded if c.id == cell), "work_test")


def as_markdown(summary: Summary) -> str:
    """The summary page."""
    lines = [f"# {summary.title}", ""]
    lines += [f"{summary.answered} of {summary.asked} questions answered, {summary.scored} scored by you.", ""]
    if not summary.answered and not summary.scored:
        lines += ["Nothing is answered yet, so there is little to say. Open the rehearsal and begin.", ""]
    if summary.practise:
        lines += ["## What to shore up", "", *[f"- {text}" for text in summary.practise], ""]
    if summary.revisit:
        lines += ["## Where to go back to", ""]
        for place, reasons in summary.revisit:
            lines += [f"- **{plain(place)}**", *[f"  - {' '.join(plain(reason).split())}" for reason in reasons]]
        lines += [""]
    if summary.strong:
        lines += ["## What holds", "", *[f"- {text}" for text in summary.strong], ""]
    return "\n".join([*lines, NEVER, ""])
