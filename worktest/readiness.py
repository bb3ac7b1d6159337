"""Readiness by what programs select on: areas, each with what was done, what was measured, and one next step.

Nothing is added up over the areas and nothing here predicts an admission: nobody has measured how such figures and
the decisions of programs go together. Every figure has its denominator beside it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from worktest import rubric_evidence
from worktest.safe import counted
from worktest.work import REASONING, WORK_TEST, Work

CAVEAT = (
    "These figures say what you did and what was measured, nothing more. There is no overall score, "
    "and nothing here predicts whether a program admits you."
)


@dataclass(frozen=True)
class Figure:
    """One measured figure: what it is, its value, over how many it was taken, and the words that show it."""

    what: str
    value: float
    of: float
    text: str


@dataclass(frozen=True)
class Step:
    """The one thing that would help most now, and the command to type for it, if there is one."""

    text: str
    command: str


@dataclass
class Area:
    """One area: what programs look at, what was done, the measured figures, the next step."""

    id: str
    title: str
    looks_at: str
    done: list[str] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    step: Step | None = None

    def add(self, what: str, value: float, of: float, text: str) -> None:
        """Add a figure, unless there is nothing that it could be taken over."""
        if of > 0:
            self.figures.append(Figure(what, value, of, text))

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "id": self.id,
            "title": self.title,
            "done": self.done,
            "figures": [vars(figure) for figure in self.figures],
            "next": vars(self.step) if self.step else None,
        }


def readiness(works: list[Work]) -> list[Area]:
    """Five areas, in the order in which an application meets them; carrying on (extend/state.py) is the sixth."""
    ladders: list[Callable[[list[Work]], Area]] = [_reading, _building, _judgement, _writing, _defending]
    return [ladder(works) for ladder in ladders]


def _begin(works: list[Work], wanted: Callable[[Work], bool], what: str) -> Step | None:
    """Start the first unit that has what is wanted, when none of those was started."""
    having = [work for work in works if wanted(work)]
    if any(work.started for work in having):
        return None
    if not having:
        return Step(f"No unit here has {what} yet.", "")
    return Step(f"Start {having[0].info.title!r}, which has {what}.", f"worktest start {having[0].number}")


def _first(works: list[Work], wanted: Callable[[Work], bool]) -> Work | None:
    """The first started unit for which ``wanted`` holds."""
    return next((work for work in works if work.started and wanted(work)), None)


def _reading(works: list[Work]) -> Area:
    area = Area("reading", "Reading", "what a paper shows and what it does not, in your own words")
    sat = [work for work in works if work.nuance.brier is not None]
    asked = [work for work in works if work.started and work.has_claims]
    claims = [claim for work in sat for claim in work.nuance.claims]
    for work in sat:
        again = work.nuance.graded - 1  # the first one is there, so this is no less than 0
        area.done.append(
            f"{work.number}: nuance check handed in" + (f", {counted(again, 'sitting')} since" if again else "")
        )
    if claims:
        brier = sum((probability - truth) ** 2 for probability, truth in claims) / len(claims)
        text = f"{brier:.2f} over {len(claims)} claims (0 is perfect; 0.25 is “50 %” on every claim)"
        area.add("Brier score, first sittings", brier, len(claims), text)
    for work in sat:
        if not work.nuance.claims and work.nuance.brier is not None:
            text = f"{work.nuance.brier:.2f} in unit {work.number}"
            area.add(f"Brier score, first sitting of {work.number}", work.nuance.brier, 1, text)
    mentor = [draft for work in works if work.started for draft in work.drafts if draft.kind == "mentor"]
    fitting = sum(draft.fits for draft in mentor)
    long = sum(draft.words is not None and not draft.fits for draft in mentor)
    text = f"{fitting} of {len(mentor)}" + (f", {long} over the limit" if long else "")
    area.add("mentor questions drafted within their limits", fitting, len(mentor), text)
    if work_ := _first(works, lambda work: work.has_claims and work.nuance.brier is None):
        area.step = Step(f"Take the nuance check of unit {work_.number}.", f"worktest nuance {work_.number}")
    elif work_ := _first(works, lambda work: any(d.kind == "mentor" and not d.fits for d in work.drafts)):
        draft = next(d for d in work_.drafts if d.kind == "mentor" and not d.fits)
        what = "Shorten" if draft.words else "Draft"
        text = f"{what} your answer to `{draft.id}` of unit {work_.number} (at most {draft.limit} words)."
        area.step = Step(text, f"worktest form {work_.number} {draft.id}")
    elif any(not work.started and work.has_claims for work in works):
        area.step = _next_unit([work for work in works if work.has_claims])
    elif asked:
        worst = max(asked, key=lambda work: work.nuance.brier or 0.0)
        text = f"Sit the nuance check of unit {worst.number} again: other claims are drawn."
        area.step = Step(text, f"worktest nuance {worst.number}")
    area.step = _begin(works, lambda work: work.has_claims, "a nuance check") or area.step
    return area


def _building(works: list[Work]) -> Area:
    area = Area("building", "Building", "working code for a brief, right on inputs that you did not see")
    having = [work for work in works if work.has_notebook(WORK_TEST)]
    scored = [(work, work.work_test) for work in having if work.work_test is not None]
    for work, points in scored:
        tries = f"best of {counted(points.attempts, 'attempt')}" if points.attempts > 1 else "1 attempt"
        area.done.append(f"{work.number}: {points.points:g} of {points.maximum:g} points, {tries}")
    got, top = sum(points.points for _, points in scored), sum(points.maximum for _, points in scored)
    area.add("points in work tests that were graded", got, top, f"{got:g} of {top:g} points, held-back checks included")
    if work_ := _first(having, lambda work: work.work_test is None):
        area.step = Step(f"Have the work test of unit {work_.number} graded.", f"worktest grade {work_.number}")
    elif lossy := [(work, points) for work, points in scored if points.points < points.maximum]:
        work, points = max(lossy, key=lambda pair: pair[1].maximum - pair[1].points)
        cell = points.weakest
        if cell:
            area.step = Step(f"Most points are still open in `{cell}`.", f"worktest hint {work.number} {cell}")
        else:
            area.step = Step(f"Find the open points of unit {work.number}.", f"worktest grade {work.number}")
    elif fresh := [work for work in having if not work.started]:
        area.step = Step(f"Go on with {fresh[0].info.title!r}.", f"worktest start {fresh[0].number}")
    elif again := [work for work, _ in scored if not work.from_brief]:
        area.step = Step(
            "Build it again from the brief alone, as a work test is given; a copy of your work is kept.",
            f"worktest start {again[0].number} --brief-only --fresh",
        )
    elif scored:
        area.step = _next_unit(works)
    area.step = _begin(works, lambda work: work.has_notebook(WORK_TEST), "a work test") or area.step
    return area


def _judgement(works: list[Work]) -> Area:
    area = Area("judgement", "Experimental judgement", "predicting before you measure, deciding for reasons")
    started = [work for work in works if work.started]
    named = {(work.name, name) for work in started for name in _named(work.info.predictions, work.journal.predictions)}
    made = {(work.name, p.name): p for work in started for p in work.journal.predictions.values()}
    in_time = {key: p for key, p in made.items() if key in named and not p.late}
    late = sum(p.late for p in made.values())
    text = f"{len(in_time)} of {len(named)}" + (f", {late} more came after the measurement" if late else "")
    area.add("predictions made before measuring", len(in_time), len(named), text)
    measured = [p for p in in_time.values() if p.hit is not None]
    hits = sum(bool(p.hit) for p in measured)
    if measured:
        sure = 100 * sum(p.confidence for p in measured) / len(measured)
        text = f"{hits} of {len(measured)}; you were {sure:.0f} % sure on average"
        area.add("measured values inside your intervals", hits, len(measured), text)
    asked = {(work.name, name) for work in started for name in _named(work.info.decisions, work.journal.decisions)}
    recorded = {(work.name, d.name): d for work in started for d in work.journal.decisions.values()}
    full = sum(
        any(a.strip() for a in decision.alternatives) and bool(decision.because.strip())
        for key, decision in recorded.items()
        if key in asked
    )
    area.add("decisions with alternatives and a reason", full, len(asked), f"{full} of {len(asked)}")
    scored = [(work, work.reasoning) for work in works if work.reasoning is not None]
    got, top = sum(points.points for _, points in scored), sum(points.maximum for _, points in scored)
    area.add("points in reasoning notebooks", got, top, f"{got:g} of {top:g}")
    for work in works:
        if work.sat.points is not None:
            text = f"{work.sat.points:.1f} of {work.sat.maximum:g}; below zero is possible for the sure and wrong"
            area.add(f"points in the first sitting of {work.number}", work.sat.points, work.sat.maximum, text)
        if work.sat.scored:
            area.done.append(f"{work.number}: {counted(work.sat.scored, 'sitting')} of the reasoning test scored")
    apart = [gap for work in works for gap in work.rubrics.distances]
    if apart:
        number = sum(scores for _, scores in apart)
        mean = sum(distance * scores for distance, scores in apart) / number
        text = f"{mean:.2f} levels on average over {number} scores (0: you score as the reference does)"
        area.add("distance of your scores from the reference", mean, number, text)
    for work in started:
        if count := len(work.journal.predictions) + len(work.journal.decisions):
            area.done.append(f"{work.number}: {count} predictions and decisions in the journal")
    area.step = _judgement_step(works)
    return area


def _judgement_step(works: list[Work]) -> Step | None:
    for work in works:
        if not work.started:
            continue
        seen = work.journal
        # what was measured can't be predicted any more
        if missing := [n for n in work.info.predictions if n not in seen.predictions and n not in seen.measurements]:
            return _in_notebook(work, _asked_in(work, missing[0]), f"Predict `{missing[0]}` before you measure it")
        if missing := [name for name in work.info.decisions if name not in seen.decisions]:
            return _in_notebook(
                work, _asked_in(work, missing[0]), f"Decide `{missing[0]}`, with alternatives and a reason"
            )
        if work.has_notebook(REASONING) and work.reasoning is None:
            return _in_notebook(work, REASONING, "Work on the scenarios")
        if work.info.scenarios and not work.sat.scored:
            text = f"Sit the empirical reasoning test of unit {work.number}; set yourself a limit."
            return Step(text, f"worktest sit {work.number} --timed 1h")
        unscored = [draft for draft in work.drafts if draft.kind == "reasoning"]
        if unscored and not work.rubrics.distances:
            text = f"Answer `{unscored[0].id}` of unit {work.number}, score the samples, then your own."
            return Step(text, f"worktest rubric {work.number} {unscored[0].id}")
    return _begin(works, lambda w: bool(w.info.predictions), "predictions to make") or _next_unit(works)


def _writing(works: list[Work]) -> Area:
    area = Area("writing", "Writing", "a claim with its evidence and its limits, short enough to be read")
    kinds = ("write-up", "mentor")
    having = [work for work in works if work.started and work.has_notebook(WORK_TEST)]
    handed = [work for work in having if work.handed_in]
    area.add(
        "write-ups handed in", len(handed), len(having), f"{len(handed)} of {counted(len(having), 'started unit')}"
    )
    area.done += [f"{work.number}: write-up handed in" for work in handed]
    scores = [score for work in works for score in work.rubrics.own if score.kind in kinds]
    got, top = sum(score.points for score in scores), sum(score.maximum for score in scores)
    text = f"{got:g} of {top:g} points over {counted(len(scores), 'text')}, scored by yourself"
    area.add("your own scores by the rubric", got, top, text)
    scored = {(work.name, score.prompt) for work in works for score in work.rubrics.own}
    unscored = [(w, d) for w in having for d in w.drafts if d.kind in kinds and (w.name, d.id) not in scored]
    if work_ := _first(having, lambda work: not work.handed_in and not work.begun_write_up):
        text = f"Begin the write-up of unit {work_.number} from its template."
        area.step = Step(text, f"worktest handin {work_.number} --template")
    elif work_ := _first(having, lambda work: not work.handed_in):
        text = f"Hand in the write-up of unit {work_.number}; it says what a mentor would miss."
        area.step = Step(text, f"worktest handin {work_.number}")
    elif unscored:
        work, draft = min(unscored, key=lambda pair: not pair[1].words)  # what is written, before what is not
        written = f"Score your `{draft.id}` of unit {work.number} by the rubric."
        open_ = f"Answer `{draft.id}` of unit {work.number}, score the samples, then your own."
        text = written if draft.words else open_
        area.step = Step(text, f"worktest rubric {work.number} {draft.id}")
    else:
        area.step = _begin(works, lambda work: work.has_notebook(WORK_TEST), "a work test") or _next_unit(works)
    return area


def _defending(works: list[Work]) -> Area:
    area = Area("defending", "Defending", "saying why you did what you did, and what would change your mind")
    having = [work for work in works if work.has_interview]
    talks = [work for work in having if work.rehearsals.number]
    for work in talks:
        held, answers = counted(work.rehearsals.number, "rehearsal"), counted(work.rehearsals.answers, "question")
        area.done.append(f"{work.number}: {held}, {answers} answered")
    started = [work for work in having if work.started]
    text = f"{len(talks)} of {counted(len(started), 'started unit')}"
    area.add("units rehearsed", len(talks), len(started), text)
    scores = [score for work in talks for score in work.rehearsals.scores]
    if scores:
        mean = sum(scores) / len(scores)
        top = rubric_evidence.TOP_OF_REHEARSAL
        text = f"{mean:.1f} of {top} levels on average over {len(scores)} criteria, scored by yourself"
        area.add("your own scores of your answers", mean, len(scores), text)
    if work_ := _first(having, lambda work: not work.rehearsals.number):
        area.step = Step(f"Rehearse the interview about unit {work_.number}.", f"worktest interview {work_.number}")
    elif talks:
        fewest = min(talks, key=lambda work: work.rehearsals.number)
        area.step = Step(
            f"Rehearse unit {fewest.number} again: other questions come.", f"worktest interview {fewest.number}"
        )
    area.step = _begin(works, lambda work: work.has_interview, "an interview") or area.step
    return area


def _named(listed: list[str], found: dict[str, Any]) -> set[str]:
    """The names a unit asks for, or, of a unit that lists none, the ones the journal holds."""
    return set(listed) or set(found)


def _next_unit(works: list[Work]) -> Step:
    fresh = [work for work in works if not work.started]
    if fresh:
        return Step(f"Go on with {fresh[0].info.title!r}.", f"worktest start {fresh[0].number}")
    return Step("Keep what you know: answer the exit questions that are due.", "worktest review")


def _asked_in(work: Work, name: str) -> str:
    """The notebook that asks for the journal entry ``name``; the work test where none can be found."""
    for notebook in work.info.notebooks:
        with contextlib.suppress(OSError):
            if f'\\"{name}\\"' in (work.folder / f"{notebook}.ipynb").read_text(encoding="utf-8", errors="replace"):
                return notebook
    return WORK_TEST


def _in_notebook(work: Work, notebook: str, what: str) -> Step:
    """A step that is taken in a notebook: the text says which one, the command opens JupyterLab."""
    return Step(f"{what}, in {notebook}.ipynb of unit {work.number}.", "worktest lab")
