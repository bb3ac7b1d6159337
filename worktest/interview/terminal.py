"""A rehearsal in the terminal, without widgets. Each answer is kept the moment it ends; stopping loses nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from rich.console import Console

from worktest.interview import rubric
from worktest.interview.binding import Bound
from worktest.interview.papers import as_asked, wrapped
from worktest.interview.record import Rehearsal
from worktest.safe import plain

_ENDS = "(as many lines as you like; a line with only a dot ends it; .pause stops the timer)"


class Stopped(Exception):
    """The learner stopped: Ctrl-C, or the input ended. What was given so far is kept."""


@dataclass
class Clock:
    """Minutes since the rehearsal began, pauses left out; says nothing without a limit."""

    limit: float | None
    now: Callable[[], float] = time.monotonic
    begun: float = field(init=False)
    paused: float = 0.0

    def __post_init__(self) -> None:
        self.begun = self.now()

    def pause(self, wait: Callable[[], object]) -> None:
        """Stand still while ``wait`` runs."""
        start = self.now()
        wait()
        self.paused += self.now() - start

    def says(self) -> str:
        """Where the timer stands, or "" without one."""
        if self.limit is None:
            return ""
        gone = (self.now() - self.begun - self.paused) / 60
        if gone >= self.limit:
            return f"The {self.limit:g} minutes have passed. Nothing stops: go on as long as you like."
        return f"{gone:.0f} of {self.limit:g} minutes"


class Sitting:
    """One run through a rehearsal. ``read_line`` gives a line without its end, and raises EOFError at the end."""

    def __init__(
        self, rehearsal: Rehearsal, console: Console, read_line: Callable[[], str], clock: Clock | None = None
    ) -> None:
        self.rehearsal = rehearsal
        self.console = console
        self.read_line = read_line
        self.clock = clock or Clock(rehearsal.minutes)

    def run(self) -> None:
        """Ask what is still open, then let the learner score. Raises Stopped when the learner stops."""
        total = len(self.rehearsal.questions)
        left = [q for q in self.rehearsal.questions if not self._asked(q)]
        if len(left) < total:
            self._say(f"{total - len(left)} of {total} questions were answered before; we go on from there.")
        for number, question in enumerate(self.rehearsal.questions, start=1):
            if question in left:
                self._ask(question, number, total)
        self._score()

    def _asked(self, question: Bound) -> bool:
        given = self.rehearsal.of(question)
        return given.branch is not None and "follow-up" in given.texts

    def _ask(self, question: Bound, number: int, total: int) -> None:
        self._rule()
        if says := self.clock.says():
            self._say(says)
        self._say(as_asked(question, number, total))
        given = self.rehearsal.of(question)
        notes = self.rehearsal.mode != "written"
        hint = "Speak your answer; your notes" if notes else "Your answer"
        if "answer" in given.texts:
            self._say(f"\nYour answer from before:\n{given.texts['answer']}")
            hint = "Add to it"
        self._say(f"\n{hint} {_ENDS}:")
        self._keep(question, "answer")
        if given.branch is None:
            self._branch(question)
        if given.branch is not None:
            self._say("\n" + "\n".join(wrapped(plain(question.branches[given.branch][1]), 88)))
            self._keep(question, "follow-up")

    def _branch(self, question: Bound) -> None:
        self._say("\nWhich way did your answer go? Type 1 or 2; Enter leaves it open.")
        for number, (went, _) in enumerate(question.branches, start=1):
            self._say(f"  {number}  {went}")
        while (line := self._line().strip()) not in ("1", "2", ""):
            self._say("Type 1, 2 or nothing.")
        if line:
            self.rehearsal.keep_branch(question, int(line) - 1)

    def _keep(self, question: Bound, kind: str) -> None:
        """Read a text up to a lone dot and keep it; what was typed before a stop is kept too."""
        before = self.rehearsal.of(question).texts.get(kind)
        lines: list[str] = [before] if before else []
        try:
            while (line := self._line()).strip() != ".":
                if line.strip() == ".pause":
                    self._say("paused; Enter goes on")
                    self.clock.pause(self._line)
                else:
                    lines.append(line)
        finally:
            self.rehearsal.keep_text(question, kind, "\n".join(lines))

    def _score(self) -> None:
        left = [q for q in self.rehearsal.questions if not self.rehearsal.of(q).scores]
        if not left:
            return
        self._rule()
        self._say(f"Score yourself.\n\n{rubric.as_text()}")
        count = len(rubric.CRITERIA)
        for question in left:
            self._rule()
            self._say("\n".join(wrapped(plain(question.ask), 88)))
            answers = list(self.rehearsal.of(question).texts.values())
            self._say("\nYou said:\n" + ("\n".join(answers) if answers else "(nothing written)"))
            self._say("\nA strong answer holds:\n" + "\n".join(f"  - {text}" for text in question.looks_for))
            self._say(
                f"\n{count} levels in the order above, such as 2 1 - 0 (- leaves one out); Enter skips this question:"
            )
            while (scores := levels(self._line())) is None:
                self._say(f"{count} levels between 0 and 2, or -, with blanks between.")
            self.rehearsal.keep_scores(question, scores)

    def _line(self) -> str:
        try:
            return plain(self.read_line(), 20_000)
        except (EOFError, KeyboardInterrupt):
            raise Stopped from None

    def _say(self, text: str) -> None:
        self.console.print(plain(text), markup=False, highlight=False, soft_wrap=True)

    def _rule(self) -> None:
        self._say("\n" + "-" * 60)


def levels(line: str) -> dict[str, int] | None:
    """Levels by criterion from a line such as "2 1 - 0"; empty for an empty line, None when it can't be read."""
    parts = line.replace(",", " ").split()
    if not parts:
        return {}
    if len(parts) != len(rubric.CRITERIA):
        return None
    found = {}
    for criterion, part in zip(rubric.CRITERIA, parts, strict=True):
        if part == "-":
            continue
        if part not in [str(level) for level in range(len(criterion.levels))]:
            return None
        found[criterion.id] = int(part)
    return found
