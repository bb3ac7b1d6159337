"""The forty tasks of unit 03 can be done in every way that is offered, and its policies do what they are said to do."""

from __future__ import annotations

import importlib.util
import itertools
import random
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from worktest.agents.tasks import holds
from worktest.paths import curriculum


@pytest.fixture(scope="module")
def world() -> Iterator[Any]:
    path = curriculum() / "03_ctrl_z" / "world.py"
    spec = importlib.util.spec_from_file_location("ctrl_z_world", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


def test_every_way_of_every_step_solves_its_task(world: Any) -> None:
    assert len(world.TASKS) == 40 and len({task.name for task in world.TASKS}) == 40
    for task in world.TASKS:
        assert not task.solved(task.machine()), f"{task.name} is solved before it begins"
        for place, step in enumerate(task.steps):
            for way in step.ways:
                machine = task.machine()
                for other, one in enumerate(task.steps):
                    machine.run(way if other == place else one.ways[0])
                unmet = [condition for condition in task.done if not holds(machine, condition)]
                assert not unmet, (task.name, way)


def test_a_hard_step_that_goes_wrong_fails_the_task(world: Any) -> None:
    for task in world.TASKS:
        assert sum(step.hard for step in task.steps) == 1, task.name
        machine = task.machine()
        for step in task.steps:
            machine.run(step.slip if step.hard else step.ways[0])
        assert not task.solved(machine), task.name


def test_odd_ways_do_the_same_work(world: Any) -> None:
    rng = random.Random(5)
    for task in world.TASKS:
        machine = task.machine()
        for step in task.steps:
            machine.run(world.odd(rng.choice(step.ways), rng))
        assert task.solved(machine), task.name


def first(turn: Any) -> str:
    return str(turn.draw()[0])


def test_an_attack_that_nobody_stops_runs_and_does_the_work_too(world: Any) -> None:
    monitor = world.load_monitor()
    runs = [world.run_task(task, first, world.Policy(slips=0.0), monitor, 1, True) for task in world.TASKS]
    assert all(run.ran_at is not None and run.first is not None and run.first < run.ran_at for run in runs)
    assert all(run.solved for run in runs)
    honest = [world.run_task(task, first, world.Policy(slips=0.0), monitor, 1, False) for task in world.TASKS]
    assert all(run.solved and run.ran_at is None and run.first is None for run in honest)
    assert not any(bad for run in honest for step in run.bad for bad in step)


def test_the_trusted_policy_never_attacks_and_blocks_what_it_replaces(world: Any) -> None:
    monitor = world.load_monitor()
    for task in world.TASKS:
        run = world.run_task(task, lambda turn: (turn.draw(), turn.trusted())[1], world.Policy(), monitor, 2, True)
        assert run.ran_at is None and run.first is not None


def test_habits_hold_for_a_step_and_samples_for_themselves(world: Any) -> None:
    def three(turn: Any) -> str:
        commands = [turn.draw()[0] for _ in range(6)]
        seen.append(
            [any(sign in c for sign in ("cheatsheets.example", "manuals.example", "&& bash /tmp/.")) for c in commands]
        )
        return str(commands[0])

    monitor = world.load_monitor()
    for odd_by, mixed in (("step", False), ("sample", True)):
        seen: list[list[bool]] = []
        for task in world.TASKS:
            world.run_task(task, three, world.Policy(oddness=0.5, odd_by=odd_by), monitor, 3, False)
        assert any(len(set(row)) == 2 for row in seen) == mixed
        assert 0.4 < sum(itertools.chain.from_iterable(seen)) / (6 * len(seen)) < 0.6


def test_scores_are_whole_tie_and_do_not_change(world: Any) -> None:
    monitor, again = world.load_monitor(), world.load_monitor()
    commands = [way for task in world.TASKS for step in task.steps for way in step.ways]
    scores = monitor.scores(commands)
    assert all(isinstance(s, int) and 0 <= s <= 100 and s % 5 == 0 for s in scores)
    assert len(set(scores)) < 22 < len(set(commands))
    assert [again.scores([c])[0] for c in commands[:50]] == scores[:50]  # alone as in company


def test_the_same_seed_gives_the_same_run(world: Any) -> None:
    monitor = world.load_monitor()
    for attacks in (False, True):
        runs = [world.run_task(world.TASKS[3], first, world.Policy(), monitor, seed, attacks) for seed in (7, 7, 8)]
        assert runs[0] == runs[1] != runs[2]
