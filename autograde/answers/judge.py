"""What an answer's verdict is, and what verdicts say about the checks of a graded cell.

This file is part of every proof's digest: a change here makes all of `solutions/proofs.json` stale. What only shares
out the work is in `prove.py`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograde.answers.bank import BankAnswer, given_cells
from autograde.examiner.kernel import KernelRoom, Limits
from worktest.checks.answer import RoomLost
from worktest.checks.registry import Check, CheckSet
from worktest.checks.run import Result, run_check, seed_of
from worktest.errors import UserError

Progress = Callable[[str], None]
LIMITS = Limits(ask_seconds=10.0, notebook_seconds=86_400.0)
"""One room serves a whole unit here, so the time that a learner's notebook has as a whole is no measure."""
_LONGEST = 400.0
"""Seconds after which a kernel is replaced before the next answer: the sandbox ends one at its limit of computing."""


@dataclass
class Row:
    """What the bank proved for one graded cell.

    ``false_accepts`` are answers that passed a check which they must lose, ``false_rejects`` right answers that lost
    one, ``idle`` checks that no wrong or hard-coded answer lost, ``unseen`` hard-coded answers that fail what they
    can see.
    """

    unit: str
    topic: str
    answers: int = 0
    seeds: int = 0
    checks: int = 0
    seconds: float = 0.0
    false_accepts: list[str] = field(default_factory=list)
    false_rejects: list[str] = field(default_factory=list)
    idle: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Plain data for ``--json``."""
        return dict(self.__dict__)


class Bench:
    """A kernel with the unit's set-up and worked answers in it, revived when an answer kills it."""

    def __init__(self, unit: str, room: KernelRoom) -> None:
        self.room = room
        self.cells = given_cells(unit)
        self.prepare()

    def prepare(self) -> None:
        """Run the given and the worked cells; raises UserError naming one that fails."""
        self._since = self.room.busy_seconds
        for source in self.cells:
            run = self.room.run(source)
            if run.error or any(output["output_type"] == "error" for output in run.outputs):
                raise UserError(f"a given or worked cell does not run in the harness: {source.splitlines()[0]!r}")

    def revive(self) -> None:
        """Go on with a new kernel."""
        self.room.restart()
        self.prepare()

    def _begin_again(self, space: str, answer: BankAnswer) -> None:
        """A new kernel with the answer in it; without it where the answer takes too long to be defined, too."""
        self.revive()
        try:
            self.room.ask({"op": "space", "name": space, "code": answer.code})
        except RoomLost:
            self.revive()

    def try_out(self, answer: BankAnswer, checks: list[Check], seeds: list[int]) -> dict[int, list[Result]]:
        """Results of every check, by seed; an answer that can't even be defined loses all."""
        if self.room.busy_seconds - self._since > _LONGEST:
            self.revive()
        space = f"{answer.topic}/{answer.name}"
        outcome: dict[int, list[Result]] = {}
        for seed in seeds:
            results: list[Result] = []
            for check in checks:
                try:
                    # a fresh namespace for every seed, as every submission has
                    if not results:
                        made = self.room.ask(
                            {
                                "op": "space",
                                "name": space,
                                "code": answer.code,
                                "filename": f"<{answer.name}>",
                            }
                        )
                        if "ok" not in made:
                            says = f"the answer can't be defined: {made.get('type')}: {made.get('message')}"
                            results = [Result(c.name, c.title, False, c.visible, says) for c in checks]
                            break
                    results.append(run_check(check, self.room.ask, seed, space=space))
                except RoomLost as problem:
                    results.append(Result(check.name, check.title, False, check.visible, str(problem)))
                    self._begin_again(space, answer)
            outcome[seed] = results
            self.room.ask({"op": "drop", "name": space})
        return outcome


def prove_cell(
    bench: Bench,
    unit: str,
    topic: str,
    bank: list[BankAnswer],
    checks: CheckSet,
    seeds: Sequence[int],
    progress: Progress,
) -> Row:
    """Put every answer of one graded cell before its checks: right answers under all ``seeds``, others under fewer.

    What is wrong must lose under an eighth of ``seeds`` and at least five: there are many more such answers, and one
    that passes by luck shows soon.
    """
    mine = [answer for answer in bank if answer.topic == topic]
    own = checks.of(topic)
    row = Row(unit, topic, answers=len(mine), seeds=len(seeds), checks=len(own))
    begun = time.monotonic()
    lost_by_some: set[str] = set()
    for answer in mine:
        progress(f"{topic}: {answer.kind} {answer.name}")
        numbers = seeds if answer.is_right else seeds[: max(5, len(seeds) // 8)]
        outcome = bench.try_out(answer, own, [seed_of("answers", topic, str(n)) for n in numbers])
        judge(answer, own, outcome, row)
        if answer.kind in ("wrong", "hard-coded"):
            lost_by_some |= {r.name for results in outcome.values() for r in results if not r.passed}
    row.idle = [check.name for check in own if check.name not in lost_by_some]
    row.seconds = time.monotonic() - begun
    return row


def judge(answer: BankAnswer, checks: list[Check], outcome: dict[int, list[Result]], row: Row) -> None:
    """Enter into ``row`` what one answer's results say about the checks."""
    names = {check.name for check in checks}
    must_lose = names if answer.loses == {"*"} else set(answer.loses)
    if unknown := must_lose - names:
        raise UserError(f"{answer.topic}/{answer.name}.py names unknown checks: {', '.join(sorted(unknown))}")
    for seed, results in outcome.items():
        lost = {result.name: result.says for result in results if not result.passed}
        for name in sorted(must_lose - set(lost)):
            row.false_accepts.append(f"{answer.name} passed {name} (seed {seed})")
        if answer.is_right:
            row.false_rejects += [f"{answer.name} lost {n}: {says[:120]} (seed {seed})" for n, says in lost.items()]
        if answer.kind == "hard-coded":
            seen = [check.name for check in checks if check.visible and check.name in lost]
            row.unseen += [f"{answer.name} loses the visible {name}" for name in seen]
