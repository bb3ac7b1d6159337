"""Collecting from what broke: half submissions, a full disk, a process that was killed between two steps."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from autograde import course, exchange, inbound

UNIT = "00_start_here"
FIRST, SECOND, THIRD = (f"2026-01-0{day} 10:00:00.000000 UTC" for day in (1, 2, 3))


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with an exchange in which nothing lies yet."""
    home = tmp_path_factory.mktemp("grader")
    (home / "exchange" / "basics" / "inbound").mkdir(parents=True)
    course.root_of(home).mkdir()
    told = {"course": "basics", "exchange": str(home / "exchange")}
    (course.root_of(home) / course.SHARED).write_text(tomli_w.dumps(told), encoding="utf-8")
    return home


@pytest.fixture
def hand_in(room: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Puts into the inbound what nbgrader's submit puts there, or the first files of it."""
    monkeypatch.setattr(exchange, "owner_of", lambda name: os.getuid() + (name == "mallory"))
    made = iter("abcdefghij")

    def put(name: str, stamp: str, text: str, *, files: int = 3) -> Path:
        folder = room / "exchange" / "basics" / "inbound" / f"{name}+{UNIT}+{stamp}+{next(made)}"
        folder.mkdir()
        for path, held in [("start.ipynb", text), (inbound.STAMP, stamp), (inbound.SECRET, "5ec2e7")][:files]:
            (folder / path).write_text(held, encoding="ascii")
        return folder

    return put


def collected(room: Path, name: str) -> str:
    return (course.root_of(room) / "submitted" / name / UNIT / "start.ipynb").read_text(encoding="ascii")


def leftovers(room: Path, name: str) -> list[str]:
    return sorted(path.name for path in (course.root_of(room) / "submitted" / name).iterdir() if path.name != UNIT)


def full(*_: Any, **__: Any) -> int:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_half_submission_is_named_and_an_earlier_whole_one_counts(room: Path, hand_in: Callable[..., Path]) -> None:
    hand_in("ana", FIRST, "whole")
    hand_in("ana", SECOND, "half", files=1)
    (hand_in("ana", THIRD, "half", files=2) / inbound.STAMP).write_text("", encoding="ascii")
    hand_in("ben", FIRST, "half", files=2)
    hand_in("chen", FIRST, "whole")
    hand_in("chen", SECOND, "")
    there, refused = exchange.collect(UNIT, room)
    assert there == ["ana", "chen"] and (collected(room, "ana"), collected(room, "chen")) == ("whole", "whole")
    assert refused == [
        "ana: it broke off while it was handed in, before its timestamp.txt was written (2 times); an earlier one counts",
        "ben: it broke off while it was handed in, before its submission_secret.txt was written",
        "chen: it broke off while it was handed in: start.ipynb is empty; an earlier one counts",
    ]


def test_nobody_can_put_something_newer_before_anothers_submission(room: Path, hand_in: Callable[..., Path]) -> None:
    hand_in("dora", FIRST, "hers")
    os.symlink("/etc/passwd", hand_in("dora", SECOND, "hers, with a link") / "x.txt")
    hand_in("mallory", FIRST, "x")
    odd = room / "exchange" / "basics" / "inbound" / f"dora+{UNIT}+no time at all+x"
    odd.mkdir()
    there, refused = exchange.collect(UNIT, room)
    assert "dora" in there and collected(room, "dora") == "hers" and "mallory" not in there
    assert any(line.startswith("dora: 'x.txt' is a link") and "an earlier one counts" in line for line in refused)


def test_on_a_full_disk_what_was_collected_stays_and_the_newer_one_comes_once_there_is_room(
    room: Path, hand_in: Callable[..., Path]
) -> None:
    hand_in("emil", FIRST, "first")
    exchange.collect(UNIT, room)
    hand_in("emil", SECOND, "second")
    hand_in("fay", FIRST, "hers")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        there, refused = exchange.collect(UNIT, room)
    assert "emil" in there and collected(room, "emil") == "first" and leftovers(room, "emil") == []
    told = {line.partition(":")[0]: line for line in refused}
    assert "no space left on the disk; what was collected before is as it was" in told["emil"]
    assert "no space left on the disk; it waits in the exchange" in told["fay"] and "fay" not in there
    there, _ = exchange.collect(UNIT, room)
    assert collected(room, "emil") == "second" and collected(room, "fay") == "hers"


@pytest.mark.parametrize("killed_at", [1, 2, 3])
def test_killed_between_two_steps_it_is_whole_after_the_next_collect(tmp_path: Path, killed_at: int) -> None:
    """A kill leaves what it leaves: nothing may clean up after it."""
    target = tmp_path / "ana" / UNIT
    inbound.put(target, lambda fresh: (fresh / "a.txt").write_text("first", encoding="ascii"))
    fresh, old = (target.with_name(f".{UNIT}.{what}") for what in ("new", "old"))
    fresh.mkdir()
    (fresh / "a.txt").write_text("sec", encoding="ascii")
    if killed_at >= 2:
        target.rename(old)
    if killed_at == 3:
        fresh.rename(target)
        (target / "a.txt").write_text("second", encoding="ascii")
    inbound.mend(target)
    assert (target / "a.txt").read_text(encoding="ascii") == ("second" if killed_at == 3 else "first")
    inbound.put(target, lambda fresh: (fresh / "b.txt").write_text("third", encoding="ascii"))
    assert [path.name for path in target.parent.iterdir()] == [UNIT]
    assert [path.name for path in target.iterdir()] == ["b.txt"]
