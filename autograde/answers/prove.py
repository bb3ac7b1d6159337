"""Share out the graded cells of a unit: one kernel for all, or some kernels side by side."""

from __future__ import annotations

import atexit
import multiprocessing
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed

from autograde.answers.bank import BankAnswer
from autograde.answers.judge import LIMITS, Bench, Progress, Row, prove_cell
from autograde.engine.sandbox import trusted
from autograde.examiner.execution import checks_of
from autograde.examiner.kernel import KernelRoom
from worktest.paths import curriculum

Seeds = Mapping[str, Sequence[int]]
"""The seeds of each graded cell, by number; a cell that is not in it is left out."""


def prove_unit(
    unit: str,
    bank: list[BankAnswer],
    *,
    seeds: int | Seeds,
    workers: int = 1,
    progress: Progress = lambda _: None,
    done: Callable[[Row], None] = lambda _: None,
) -> list[Row]:
    """Prove the checks of ``unit``: right answers under all ``seeds``, all others under an eighth of them.

    ``seeds`` is how many every graded cell gets, or says for each cell which ones. ``done`` is called with each cell's
    row as soon as there is one. With more than one worker the cells are shared out among as many processes, each with
    a kernel of its own. Raises UserError when a bank names a check that there is not.
    """
    topics = list(dict.fromkeys(answer.topic for answer in bank))
    shares = dict.fromkeys(topics, range(seeds)) if isinstance(seeds, int) else seeds
    topics = [topic for topic in topics if topic in shares]
    if not topics:
        return []
    if workers > 1 and len(topics) > 1:
        return _side_by_side(unit, bank, topics, shares, workers, progress, done)
    rows = []
    with KernelRoom(curriculum() / unit, LIMITS, trusted()) as room:
        progress(f"{unit}: preparing a kernel")
        bench = Bench(unit, room)
        for topic in topics:
            rows.append(prove_cell(bench, unit, topic, bank, checks_of(unit), shares[topic], progress))
            done(rows[-1])
    return rows


def _side_by_side(
    unit: str,
    bank: list[BankAnswer],
    topics: list[str],
    seeds: Seeds,
    workers: int,
    progress: Progress,
    done: Callable[[Row], None],
) -> list[Row]:
    progress(f"{unit}: preparing {min(workers, len(topics))} kernels")
    context = multiprocessing.get_context("spawn")  # a forked zmq context would be shared with this process
    with ProcessPoolExecutor(min(workers, len(topics)), mp_context=context) as pool:
        begun = {pool.submit(_prove_elsewhere, unit, topic, bank, seeds[topic]): topic for topic in topics}
        rows: dict[str, Row] = {}
        try:
            for ended in as_completed(begun):
                rows[begun[ended]] = ended.result()
                progress(f"{unit}: {len(rows)} of {len(topics)} cells tried; {begun[ended]} is done")
                done(rows[begun[ended]])
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return [rows[topic] for topic in topics]


_held: dict[str, Bench] = {}
"""A worker process's own kernel, kept from one graded cell to the next; its end takes the kernel with it."""


def _prove_elsewhere(unit: str, topic: str, bank: list[BankAnswer], seeds: Sequence[int]) -> Row:
    if unit not in _held:
        room = KernelRoom(curriculum() / unit, LIMITS, trusted())
        room.start()
        atexit.register(room.close)
        _held[unit] = Bench(unit, room)
    return prove_cell(_held[unit], unit, topic, bank, checks_of(unit), seeds, lambda _: None)
