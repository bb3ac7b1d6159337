"""Put every answer of a bank before the real examiner: many answers in one kernel, each in a fresh namespace."""

from __future__ import annotations

import atexit
import multiprocessing
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from typing import Any

import nbformat

from autograde.answers.bank import BankAnswer
from autograde.engine.sandbox import trusted
from autograde.examiner.execution import checks_of
from autograde.examiner.kernel import KernelRoom, Limits
from autograde.examiner.sitting import topic_of
from autograde.paths import solutions
from worktest.checks.answer import RoomLost
from worktest.checks.registry import Check, CheckSet
from worktest.checks.run import Result, run_check, seed_of
from worktest.errors import UserError
from worktest.paths import curriculum

Progress = Callable[[str], None]
_LIMITS = Limits(ask_seconds=10.0)


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


class _Bench:
    """A kernel with the unit's set-up and worked answers in it, revived when an answer kills it."""

    def __init__(self, unit: str, room: KernelRoom) -> None:
        self.room = room
        self.cells = [
            cell.source
            for path in sorted((solutions() / unit).glob("*.ipynb"))
            for cell in nbformat.read(path, as_version=4).cells
            if cell.cell_type == "code" and "nbgrader" in cell.metadata and topic_of(cell) is None
        ]
        self.prepare()

    def prepare(self) -> None:
        for source in self.cells:
            run = self.room.run(source)
            if run.error or any(output["output_type"] == "error" for output in run.outputs):
                raise UserError(f"a given or worked cell does not run in the harness: {source.splitlines()[0]!r}")

    def revive(self) -> None:
        self.room.restart()
        self.prepare()

    def try_out(self, answer: BankAnswer, checks: list[Check], seeds: list[int]) -> dict[int, list[Result]]:
        """Results of every check, by seed; an answer that can't even be defined loses all."""
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
                    self.revive()
                    results.append(Result(check.name, check.title, False, check.visible, str(problem)))
                    self.room.ask({"op": "space", "name": space, "code": answer.code})
            outcome[seed] = results
            self.room.ask({"op": "drop", "name": space})
        return outcome


def prove_unit(
    unit: str, bank: list[BankAnswer], *, seeds: int, workers: int = 1, progress: Progress = lambda _: None
) -> list[Row]:
    """Prove the checks of ``unit``: right answers under ``seeds`` seeds, all others under at most five.

    With more than one worker the graded cells are shared out among as many processes, each with a kernel of its own.
    Raises UserError when a bank names a check that there is not.
    """
    topics = list(dict.fromkeys(answer.topic for answer in bank))
    if workers > 1 and len(topics) > 1:
        return _side_by_side(unit, bank, topics, seeds, workers, progress)
    with KernelRoom(curriculum() / unit, _LIMITS, trusted()) as room:
        progress(f"{unit}: preparing a kernel")
        bench = _Bench(unit, room)
        return [_prove_cell(bench, unit, topic, bank, checks_of(unit), seeds, progress) for topic in topics]


def _side_by_side(
    unit: str, bank: list[BankAnswer], topics: list[str], seeds: int, workers: int, progress: Progress
) -> list[Row]:
    progress(f"{unit}: preparing {min(workers, len(topics))} kernels")
    context = multiprocessing.get_context("spawn")  # a forked zmq context would be shared with this process
    with ProcessPoolExecutor(min(workers, len(topics)), mp_context=context) as pool:
        begun = {pool.submit(_prove_elsewhere, unit, topic, bank, seeds): topic for topic in topics}
        rows: dict[str, Row] = {}
        try:
            for done in as_completed(begun):
                rows[begun[done]] = done.result()
                progress(f"{unit}: {len(rows)} of {len(topics)} cells proven; {begun[done]} is done")
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return [rows[topic] for topic in topics]


_held: dict[str, _Bench] = {}
"""A worker process's own kernel, kept from one graded cell to the next; its end takes the kernel with it."""


def _prove_elsewhere(unit: str, topic: str, bank: list[BankAnswer], seeds: int) -> Row:
    if unit not in _held:
        room = KernelRoom(curriculum() / unit, _LIMITS, trusted())
        room.start()
        atexit.register(room.close)
        _held[unit] = _Bench(unit, room)
    return _prove_cell(_held[unit], unit, topic, bank, checks_of(unit), seeds, lambda _: None)


def _prove_cell(
    bench: _Bench,
    unit: str,
    topic: str,
    bank: list[BankAnswer],
    checks: CheckSet,
    seeds: int,
    progress: Progress,
) -> Row:
    mine = [answer for answer in bank if answer.topic == topic]
    own = checks.of(topic)
    row = Row(unit, topic, answers=len(mine), seeds=seeds, checks=len(own))
    begun = time.monotonic()
    lost_by_some: set[str] = set()
    for answer in mine:
        progress(f"{topic}: {answer.kind} {answer.name}")
        count = seeds if answer.is_right else min(seeds, 5)
        outcome = bench.try_out(answer, own, [seed_of("answers", topic, str(n)) for n in range(count)])
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
