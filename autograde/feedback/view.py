"""What stands on a feedback page, as plain data: the template only lays it out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup
from nbformat import NotebookNode

from autograde.examiner.sitting import topic_of
from autograde.feedback.checks import Failure, failures, ticked
from autograde.feedback.grades import KEY, Grades, Mark
from autograde.feedback.outputs import Output, code, outputs_of
from autograde.feedback.prose import from_markdown
from autograde.feedback.unit import Titles, titles_of

_NOTHING = Markup("")


@dataclass
class Cell:
    """One cell of the notebook as it was graded."""

    anchor: str
    kind: str
    page: Markup
    label: str = ""
    lines: int = 0
    outputs: list[Output] = field(default_factory=list)
    graded: str = ""
    """The anchor of the verdict on this cell."""
    comment: Markup = _NOTHING

    @property
    def stopped(self) -> str:
        """What ended the cell early, if anything did."""
        return next((o.error for o in self.outputs if o.error), "")

    @property
    def quiet(self) -> bool:
        """Whether grading passed the cell over."""
        return any(o.kind == "quiet" for o in self.outputs)


@dataclass
class Graded:
    """One graded cell: its points, its checks, what a person wrote, where to go next."""

    anchor: str
    cell: str
    kind: str
    title: str
    topic: str
    mark: Mark
    total: int = 0
    failed: list[Failure] = field(default_factory=list)
    passed: list[Markup] = field(default_factory=list)
    note: str = ""
    comment: Markup = _NOTHING
    answer: Cell | None = None
    hint: bool = False
    blank: bool = False
    """Whether the answer is still what was given out."""

    @property
    def state(self) -> str:
        """``done``, ``open``, ``waits`` or ``blank``."""
        if self.mark.waits:
            return "waits"
        if self.blank and not self.mark.points:
            return "blank"
        return "done" if not self.failed and self.mark.points >= self.mark.maximum else "open"

    @property
    def by_hand(self) -> bool:
        """Whether a person set other points than the examiner."""
        return self.mark.auto is not None and self.mark.manual is not None and self.mark.manual != self.mark.auto


@dataclass
class Page:
    """A whole feedback page."""

    unit: str
    number: str
    title: str
    notebook: str
    grades: Grades
    graded: list[Graded]
    cells: list[Cell]

    @property
    def maximum(self) -> float:
        """All points of this notebook."""
        return sum(g.mark.maximum for g in self.graded)

    @property
    def points(self) -> float:
        """Points so far; a late penalty can't take more than there is."""
        return max(sum(g.mark.points for g in self.graded) - self.grades.late_penalty, 0.0)

    @property
    def waiting(self) -> float:
        """Points that a person has still to give."""
        return sum(g.mark.maximum for g in self.graded if g.mark.waits)

    @property
    def next(self) -> Graded | None:
        """The first cell that is worth another look."""
        return next((g for g in self.graded if g.state in ("open", "blank")), None)

    @property
    def stopped(self) -> list[Cell]:
        """Cells that ended early, apart from those whose verdict says so."""
        return [c for c in self.cells if c.stopped and not c.graded]


def page_of(notebook: NotebookNode, resources: dict[str, Any]) -> Page:
    """The feedback page of ``notebook``, with what ``ReadGrades`` put into ``resources``."""
    about, grades = resources["nbgrader"], resources[KEY]
    titles = titles_of(about["assignment"], about["notebook"])
    cells = [_cell(cell, number, grades) for number, cell in enumerate(notebook.cells, start=1)]
    graded = list(_graded(notebook.cells, cells, grades, titles))
    return Page(about["assignment"], titles.number, titles.title, about["notebook"], grades, graded, cells)


def _about(cell: NotebookNode) -> dict[str, Any]:
    about = cell.metadata.get("nbgrader")
    return about if isinstance(about, dict) else {}


def _topic(cell: NotebookNode) -> str | None:
    return topic_of(cell) if _about(cell) else None


def _cell(cell: NotebookNode, number: int, grades: Grades) -> Cell:
    about, source = _about(cell), str(cell.source)
    shown = Cell(f"c{number}", str(cell.cell_type), Markup(""))  # ids of our own: a submission names none
    if comment := grades.comments.get(str(about.get("grade_id", ""))):
        shown.comment = Markup(from_markdown(comment))
    if cell.cell_type == "markdown":
        shown.page = Markup(from_markdown(source, cell.get("attachments")))
    else:
        shown.page = code(source)
        shown.lines = source.count("\n") + 1
    if cell.cell_type == "code":
        shown.label = "Given code" if about.get("locked") and not about.get("grade") else "Your code"
        if _topic(cell) is None or _report(cell) is None:
            shown.outputs = outputs_of(cell)
    return shown


def _graded(sources: list[NotebookNode], cells: list[Cell], grades: Grades, titles: Titles) -> Iterable[Graded]:
    """The graded cells in the notebook's order; an answer belongs to the test cell that asks about it."""
    answers = {
        str(_about(source).get("grade_id")): cell
        for source, cell in zip(sources, cells, strict=True)
        if _about(source).get("solution") and not _about(source).get("grade")
    }
    for source, cell in zip(sources, cells, strict=True):
        about = _about(source)
        name = str(about.get("grade_id", ""))
        mark = grades.marks.get(name)
        if mark is None or not (about.get("grade") or about.get("task")):
            continue
        number = cell.anchor.removeprefix("c")
        topic = _topic(source)
        if topic is None:
            title = titles.written.get(name, "Written answer" if source.cell_type == "markdown" else "Answer in code")
            graded = Graded(f"g{number}", cell.anchor, "written", title, name, mark, answer=cell, comment=cell.comment)
        else:
            own = answers.get(topic)
            comment = own.comment if own else Markup("")
            title = titles.graded.get(topic, topic)
            graded = Graded(f"g{number}", cell.anchor, "checks", title, topic, mark, answer=own, comment=comment)
            graded.hint = topic in titles.hints
            if report := _report(source):
                checks = report["report"]["checks"]
                graded.total, graded.failed, graded.passed = len(checks), failures(checks), ticked(checks)
                graded.note = str(report.get("note", ""))
            if own:
                own.graded = graded.anchor
        graded.blank = graded.topic in grades.blank
        cell.graded = graded.anchor
        yield graded


def _report(cell: NotebookNode) -> dict[str, Any] | None:
    """What the examiner noted in a test cell; only asked of test cells, whose one output is the examiner's."""
    for output in cell.get("outputs", []):
        about = output.get("metadata", {}).get("worktest")
        if isinstance(about, dict) and isinstance(about.get("report"), dict):
            return about
    return None
