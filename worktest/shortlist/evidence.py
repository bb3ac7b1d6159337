"""What a learner's own files show of what streams ask. Nothing is written, and nothing in them is trusted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from worktest import chain, paths, progress
from worktest.safe import counted, plain
from worktest.shortlist.tables import papers
from worktest.work import Work

ENOUGH = 0.5
"""The share of a notebook's points from which on it counts as something to show."""
RESEARCH = "research"
NOWHERE = ".no-workspace"


@dataclass
class Evidence:
    """By ask: what there is to show, and what was begun and is too little, one line each.

    ``works``: all units, done or not. ``read``: keys of papers whose claims were answered in a graded nuance check.
    """

    shown: dict[str, list[str]] = field(default_factory=dict)
    begun: dict[str, list[str]] = field(default_factory=dict)
    read: dict[str, str] = field(default_factory=dict)
    works: list[Work] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def add(self, ask: str, line: str, *, enough: bool = True) -> None:
        """Add one line to what is shown of ``ask``, or to what was begun."""
        (self.shown if enough else self.begun).setdefault(ask, []).append(line)


def gather(home: Path | None) -> Evidence:
    """Read a workspace, which need not be there (None: an empty one). Never raises for the content of its files."""
    place = home or paths.curriculum() / NOWHERE
    seen = progress.gather(place)
    found = Evidence(works=seen.works, problems=list(seen.problems))
    for work in seen.works:
        for reader in _READERS:
            reader(found, work)
    _research(found, place / RESEARCH)
    return found


def _points(found: Evidence, work: Work) -> None:
    points = work.work_test
    if points is None or not points.maximum:
        return
    line = f"unit {work.number}: {points.points:g} of {points.maximum:g} points in its work test"
    enough = points.points / points.maximum >= ENOUGH
    found.add("coding", line, enough=enough)
    if not (work.handed_in or work.from_brief):
        found.add("work-test", f"{line}, not from the brief alone and not handed in", enough=False)
    elif work.from_brief:
        found.add("work-test", f"{line}, from the brief alone", enough=enough)


def _handed_in(found: Evidence, work: Work) -> None:
    if not work.handed_in:
        if work.begun_write_up:
            found.add("writing", f"unit {work.number}: a write-up that was begun", enough=False)
        return
    line = f"unit {work.number}: a write-up that was handed in"
    for ask in ("work-test", "writing", "code-sample"):
        found.add(ask, line)


def _rubrics(found: Evidence, work: Work) -> None:
    for score in work.rubrics.own:
        if score.kind == "write-up":
            line = f"unit {work.number}: {score.points:g} of {score.maximum:g} for `{score.prompt}`, scored by yourself"
            found.add("writing", line)


def _questions(found: Evidence, work: Work) -> None:
    mentor = [draft for draft in work.drafts if draft.kind == "mentor"]
    fitting = sum(draft.fits for draft in mentor)
    if work.started and fitting:
        line = f"unit {work.number}: {fitting} of {counted(len(mentor), 'mentor question')} answered within the limit"
        found.add("questions", line, enough=fitting >= len(mentor) * ENOUGH)


def _sat(found: Evidence, work: Work) -> None:
    if work.sat.scored:
        first = (
            "" if work.sat.points is None else f", {work.sat.points:.1f} of {work.sat.maximum:g} points in the first"
        )
        found.add("timed", f"unit {work.number}: {counted(work.sat.scored, 'sitting')} scored{first}")


def _reasoned(found: Evidence, work: Work) -> None:
    """What helps with a test or an interview and is neither: points without a clock, decisions with their reasons."""
    points = work.reasoning
    if points is not None and points.maximum:
        line = f"unit {work.number}: {points.points:g} of {points.maximum:g} points in its reasoning notebook, no clock"
        found.add("timed", line, enough=False)
    decided = sum(bool(decision.because.strip()) for decision in work.journal.decisions.values())
    if decided:
        line = f"unit {work.number}: {counted(decided, 'decision')} with a reason in the journal, not defended yet"
        if not work.rehearsals.number:
            found.add("interview", line, enough=False)


def _talks(found: Evidence, work: Work) -> None:
    if work.rehearsals.number:
        held, answers = counted(work.rehearsals.number, "rehearsal"), counted(work.rehearsals.answers, "question")
        found.add("interview", f"unit {work.number}: {held}, {answers} answered")


def _papers(found: Evidence, work: Work) -> None:
    by_address = {paper.url: key for key, paper in papers().items()}
    before = len(found.read)
    for entry in chain.read(work.folder / "nuance.jsonl").entries:
        rows = entry.get("rows") if entry["kind"] == "graded" else None
        for row in rows if isinstance(rows, list) else []:
            key = by_address.get(str(row.get("url"))) if isinstance(row, dict) else None
            if key:
                found.read.setdefault(key, f"nuance check of unit {work.number}")
    if number := len(found.read) - before:
        found.add("reading", f"unit {work.number}: claims about {counted(number, 'paper')} answered in a nuance check")


_READERS: tuple[Callable[[Evidence, Work], None], ...] = (
    _points, _handed_in, _rubrics, _questions, _sat, _reasoned, _talks, _papers,
)  # fmt: skip


def _research(found: Evidence, folder: Path) -> None:
    """Research folders: a plan alone was begun, a plan with results can be shown."""
    try:
        plans = sorted(folder.glob("*/plan.toml"))
    except OSError as error:
        found.problems.append(f"{RESEARCH}/ can't be read: {error.strerror or error}")
        return
    for plan in plans:
        name = plain(plan.parent.name, 60)
        try:
            rows = len((plan.parent / "results.csv").read_text(encoding="utf-8", errors="replace").splitlines()) - 1
        except OSError:
            rows = 0
        if rows > 0:
            for ask in ("research", "code-sample"):
                found.add(ask, f"research/{name}: a plan and {counted(rows, 'row')} of results")
            if (plan.parent / "paper.pdf").is_file():
                found.add("writing", f"research/{name}: a paper")
        else:
            found.add("research", f"research/{name}: a plan, no results yet", enough=False)
