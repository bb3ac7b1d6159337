"""What every subject of the check looks at, read once, and what it gives: findings and notes, a line each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from pydantic import ValidationError

from worktest.errors import UserError
from worktest.extend.folder import Research
from worktest.extend.log import Log, Run
from worktest.extend.paper import PAPER, Paper, Placeholder, Sentence, read_paper, sentences
from worktest.extend.plan import FILE as PLAN
from worktest.extend.plan import Comparison, Plan
from worktest.extend.results import Estimate, Results, named

SAID = ("abstract", "results", "conclusion", "conclusions")
"""The sections that claim something, in small letters."""
TITLES = {
    "results": "The results",
    "registration": "The registration",
    "deviation": "Deviations",
    "hidden-run": "Runs that nobody sees",
    "kill": "Kill criteria",
    "control": "Controls",
    "overclaim": "Said more than shown, or kept quiet",
    "number": "Numbers typed by hand",
    "claim": "Claims without evidence",
    "seeds": "Seeds",
    "plan": "The plan",
    "paper": "The paper's parts",
    "figure": "Figures",
    "limits": "Limitations",
    "ai-use": "Use of AI",
    "reproduce": "Reproducing it",
    "references": "References",
    "length": "Length",
}
"""The kinds of findings, what would sink the paper first, each with its heading in a terminal."""
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True)
class Finding:
    """One thing that is missing or wrong: its kind, where it stands, what is wrong, and what to do about it."""

    kind: str
    where: str
    what: str
    todo: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as it is written in paper.md: its text, its first line and its last, its section's title, and its
    placeholders.
    """

    text: str
    line: int
    last: int
    section: str
    placeholders: list[Placeholder]


@dataclass
class Facts:
    """A research folder as the check sees it. What can't be read is None, and ``unread`` says why."""

    research: Research
    plan: Plan | None
    log: Log
    results: Results
    paper: Paper | None
    unread: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @cached_property
    def named(self) -> dict[str, Estimate]:
        """The results by the names that the paper calls them by; empty while the plan can't be read."""
        return named(self.plan, self.results) if self.plan else {}

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The paper's sentences."""
        return sentences(self.paper) if self.paper else []

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        """The paper's paragraphs: what stands between blank lines, headings and code left out."""
        return paragraphs_of(self.paper) if self.paper else []

    def paragraph_at(self, line: int) -> Paragraph | None:
        """The paragraph that holds this line of paper.md."""
        return next((p for p in self.paragraphs if p.line <= line <= p.last), None)

    def placeholders(self, *kinds: str) -> list[Placeholder]:
        """The paper's placeholders of these kinds, or all of them."""
        return [p for p in (self.paper.placeholders if self.paper else []) if not kinds or p.kind in kinds]

    def section(self, title: str) -> str:
        """The text of a section without comments; "" when it is not there."""
        found = self.paper.section(title) if self.paper else None
        return _COMMENT.sub("", found.body).strip() if found else ""

    def place(self, title: str) -> str:
        """Where a section stands: ``paper.md, line 12``, or ``paper.md`` when it is not there."""
        found = self.paper.section(title) if self.paper else None
        return f"{PAPER}, line {found.line}" if found else PAPER

    @property
    def has_results(self) -> bool:
        """Whether there is a row."""
        return bool(self.results.rows)

    @cached_property
    def told(self) -> str:
        """All deviations of the log, as one text in small letters."""
        return "\n".join(f"{d.what} {d.because}" for d in self.log.deviations).lower()

    def deviation_tells(self, *words: str) -> bool:
        """Whether a logged deviation names one of these words (whole words; ids are words)."""
        return any(names(self.told, word) for word in words)

    @property
    def runs(self) -> list[Run]:
        """The runs that were no pilots, oldest first."""
        return [run for run in self.log.runs if not run.pilot]

    @cached_property
    def tried(self) -> dict[str, set[int]]:
        """The seeds that were run with each condition, whether it went well or not."""
        found: dict[str, set[int]] = {}
        for run in self.runs:
            failed = {int(seed) for seed in run.failed if seed.isdecimal()}
            found.setdefault(run.condition, set()).update(run.seeds, failed)
        return found

    @cached_property
    def made_by(self) -> dict[tuple[str, int], Run]:
        """The run that each row of the results came from: the last one of its condition and seed that went well."""
        found = {(run.condition, seed): run for run in self.runs for seed in run.seeds}
        return {key: run for key, run in found.items() if key in self.rows}

    @cached_property
    def rows(self) -> set[tuple[str, int]]:
        """The conditions and seeds that have a row."""
        return {(row.condition, row.seed) for row in self.results.rows}

    def expected(self) -> list[Comparison]:
        """The comparisons as they were first registered; the plan's while nothing that can be read is registered."""
        first = self.log.registration
        if first is None:
            return self.comparisons()
        try:
            return [Comparison.model_validate(part) for part in first.content["comparison"]]
        except (KeyError, TypeError, ValidationError):
            return self.comparisons()

    def comparisons(self) -> list[Comparison]:
        """The plan's comparisons; none while it can't be read."""
        return self.plan.comparison if self.plan else []


def look(research: Research) -> Facts:
    """Read the folder. Never raises for what a person wrote: what can't be read becomes a finding."""
    unread: list[Finding] = []
    plan, paper = None, None
    try:
        plan = research.plan()
    except UserError as problem:
        unread.append(
            Finding("plan", PLAN, shortened(problem, research), "mend it: nothing else can be held against it")
        )
    try:
        paper = read_paper(research.path)
    except UserError as problem:
        unread.append(Finding("paper", PAPER, shortened(problem, research), "mend it or put the file back"))
    return Facts(research, plan, research.log(), research.results(), paper, unread)


def shortened(problem: UserError, research: Research) -> str:
    """The message without the folder's path, which everybody knows who runs the check in it."""
    return str(problem).replace(f"{research.path}/", "").replace(f"{research.path}\\", "")


def names(text: str, word: str) -> bool:
    """Whether the text names this word or id as a whole word."""
    return bool(re.search(rf"(?<![\w-]){re.escape(word.lower())}(?![\w-])", text.lower()))


def listed(seeds: set[int]) -> str:
    """The first of some seeds, in order."""
    found = sorted(seeds)
    return ", ".join(str(seed) for seed in found[:8]) + (" and more" if len(found) > 8 else "")


def paragraphs_of(paper: Paper) -> list[Paragraph]:
    """What stands between blank lines and headings; comments and fenced code are left out."""
    found: list[Paragraph] = []
    text = _COMMENT.sub(lambda comment: re.sub(r"[^\n]", "", comment[0]), paper.text)
    lines: list[str] = []
    code = False
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        fence = line.lstrip().startswith(("```", "~~~"))
        ends = fence or not line.strip() or re.match(r"#{1,6}\s", line)
        if lines and ends:
            first, last = number - len(lines), number - 1
            inside = [p for p in paper.placeholders if first <= p.line <= last]
            found.append(Paragraph("\n".join(lines), first, last, paper.section_at(first), inside))
            lines = []
        code ^= fence
        if not ends and not code:
            lines.append(line)
    return found
