"""The harness that tries answers, where a kernel is lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from autograde.answers.bank import BankAnswer
from autograde.answers.judge import Bench
from worktest.checks.answer import RoomLost
from worktest.checks.registry import Check


class Room:
    """A room whose kernel dies of every definition, as one does that is stopped for taking too long."""

    busy_seconds = 0.0

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.restarts = 0

    def ask(self, request: Mapping[str, Any]) -> dict[str, Any]:
        self.asked.append(str(request["op"]))
        if request["op"] == "space":
            raise RoomLost("it ran longer than 10 seconds and was stopped")
        return {"ok": None}

    def restart(self) -> None:
        self.restarts += 1


def test_an_answer_that_takes_its_kernel_along_twice_loses_its_checks_and_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("autograde.answers.judge.given_cells", lambda unit: [])
    room = Room()
    bench = Bench("90_micro", room)  # type: ignore[arg-type]
    check = Check("one", "micro-double", "is right", lambda answer, rng: None)
    answer = BankAnswer("90_micro", "micro-double", "slow", "wrong", "slow", frozenset({"one"}), "while True: ...")
    results = bench.try_out(answer, [check], [1, 2])
    assert [[(r.name, r.passed) for r in of] for of in results.values()] == [[("one", False)]] * 2
    assert room.restarts == 4
    assert room.asked[-1] == "drop"
