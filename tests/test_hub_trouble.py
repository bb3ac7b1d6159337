"""A hub in trouble, without a hub: saving on a full disk, servers that queue, what a killed room left, what is counted."""

from __future__ import annotations

import asyncio
import errno
import os
from pathlib import Path
from typing import Any

import pytest
from cli import call, the_line
from jupyterhub.spawner import LocalProcessSpawner
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError
from tornado.web import HTTPError
from traitlets.config import Config

from autograde.bench.hub.learner import Promise, digest_of
from autograde.bench.hub.tally import spread
from autograde.cli import app
from autograde.hub import whole
from autograde.hub.contents import WholeContents
from autograde.hub.plan import ROOM
from autograde.hub.spawner import QueueSpawner
from autograde.inbound import SECRET, STAMP


def full(*_: Any, **__: Any) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def model(text: str) -> dict[str, Any]:
    return {"type": "notebook", "format": "json", "content": new_notebook(cells=[new_code_cell(text)])}


def test_a_save_on_a_full_disk_says_so_and_the_notebook_stays_whole(tmp_path: Path) -> None:
    files = WholeContents(root_dir=str(tmp_path))
    asyncio.run(files.save(model("first"), "a.ipynb"))
    before = (tmp_path / "a.ipynb").read_bytes()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", full)  # the last of the text, where Jupyter's own way leaves half a notebook
        with pytest.raises(HTTPError, match="No space left on the disk") as told:
            asyncio.run(files.save(model("second"), "a.ipynb"))
    assert told.value.status_code == 507
    assert (tmp_path / "a.ipynb").read_bytes() == before
    asyncio.run(files.save(model("second"), "a.ipynb"))
    assert b"second" in (tmp_path / "a.ipynb").read_bytes()
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["a.ipynb"]


def test_a_save_keeps_rights_and_links_and_what_may_not_be_written_is_not(tmp_path: Path) -> None:
    files = WholeContents(root_dir=str(tmp_path))
    (tmp_path / "real.ipynb").touch(mode=0o600)
    (tmp_path / "link.ipynb").symlink_to("real.ipynb")
    asyncio.run(files.save(model("first"), "link.ipynb"))
    assert (tmp_path / "link.ipynb").is_symlink() and b"first" in (tmp_path / "real.ipynb").read_bytes()
    assert (tmp_path / "real.ipynb").stat().st_mode & 0o777 == 0o600
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "access", lambda *_, **__: False)
        with pytest.raises(HTTPError, match="403"):
            asyncio.run(files.save(model("second"), "real.ipynb"))
    assert b"first" in (tmp_path / "real.ipynb").read_bytes()


# The exchange, from a learner's side -----------------------------------------------------------------------------------


@pytest.fixture
def exchange(tmp_path: Path) -> tuple[Path, Config]:
    """An exchange with a unit of two files, and a learner's settings in it."""
    for part in ("inbound", "outbound/u"):
        (tmp_path / "exchange" / "c" / part).mkdir(parents=True)
    for name in ("a.ipynb", "b.txt"):
        (tmp_path / "exchange" / "c" / "outbound" / "u" / name).write_text(name, encoding="ascii")
    config = Config()
    config.Exchange.root, config.Exchange.cache = str(tmp_path / "exchange"), str(tmp_path / "cache")
    config.Exchange.assignment_dir = str(tmp_path / "home")
    config.CourseDirectory.course_id, config.CourseDirectory.assignment_id = "c", "u"
    (tmp_path / "home").mkdir()
    return tmp_path, config


def runs(kind: Any, config: Config) -> None:
    from nbgrader.auth import Authenticator

    kind(coursedir=CourseDirectory(config=config), authenticator=Authenticator(config=config), config=config).start()


@pytest.mark.parametrize("broken", ["copied", "stamped"])
def test_what_is_fetched_and_handed_in_is_whole_or_not_there(
    exchange: tuple[Path, Config], monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    root, config = exchange
    inbound = root / "exchange" / "c" / "inbound"
    with monkeypatch.context() as patch:
        patch.setattr(whole.shutil, "copytree", half)
        with pytest.raises(ExchangeError, match="not fetched: no space left on the disk"):
            runs(whole.WholeFetch, config)
    assert not any((root / "home").iterdir())
    runs(whole.WholeFetch, config)
    assert (root / "home" / "u" / "b.txt").read_text(encoding="ascii") == "b.txt"

    (root / "home" / "u" / ".~a.ipynb.0a1b2c3d").touch()  # a save that was killed
    with monkeypatch.context() as patch:
        if broken == "copied":
            patch.setattr(whole.shutil, "copytree", half)
        else:
            patch.setattr(whole, "sync", full)
        with pytest.raises(ExchangeError, match="not handed in: no space left on the disk"):
            runs(whole.WholeSubmit, config)
    assert not any(inbound.iterdir()) and not any((root / "cache" / "c").iterdir())

    runs(whole.WholeSubmit, config)
    (there,) = inbound.iterdir()
    (kept,) = (root / "cache" / "c").iterdir()
    assert sorted(path.name for path in there.iterdir()) == ["a.ipynb", "b.txt", SECRET, STAMP]
    assert there.name.split("+")[1:3] == ["u", (there / STAMP).read_text(encoding="ascii")]
    assert (kept / SECRET).read_text(encoding="ascii") == (there / SECRET).read_text(encoding="ascii")


def half(source: str, target: str, **_: Any) -> None:
    Path(target).mkdir(parents=True)
    (Path(target) / "a.ipynb").write_text("a.", encoding="ascii")
    full()


# The hub ---------------------------------------------------------------------------------------------------------------


def test_servers_start_a_few_at_once_and_the_others_hear_how_many_are_before_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    starting: list[QueueSpawner] = []
    most = 0

    async def start(self: QueueSpawner) -> tuple[str, int]:
        nonlocal most
        starting.append(self)
        most = max(most, len(starting))
        return "127.0.0.1", 1

    async def answers(self: QueueSpawner, host: str, port: int) -> None:
        await asyncio.sleep(0.01)
        starting.remove(self)

    async def morning() -> list[str]:
        several = [QueueSpawner() for _ in range(5)]
        tasks = [asyncio.ensure_future(one.start()) for one in several]
        await asyncio.sleep(0)
        told = await anext(several[4].progress())
        tasks[3].cancel()  # given up while it waits
        await asyncio.gather(*tasks[:3], tasks[4])
        return [told["message"], (await anext(several[4].progress()))["message"]]

    monkeypatch.setattr(LocalProcessSpawner, "start", start)
    monkeypatch.setattr(QueueSpawner, "_until_it_answers", answers)
    monkeypatch.setattr(QueueSpawner, "_turns", None)
    told = asyncio.run(morning())
    assert most == 2 and not QueueSpawner._queue
    assert told == ["waiting for other servers to start, 2 before yours", "starting your server"]


def test_a_process_of_a_killed_room_is_not_taken_for_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ROOM, "monday")
    one, again, later = QueueSpawner(), QueueSpawner(), QueueSpawner()
    one.pid = 4711
    state = one.get_state()
    again.load_state(state)
    monkeypatch.setenv(ROOM, "tuesday")
    later.load_state(state)
    assert (again.pid, later.pid) == (4711, 0)


# What is counted -------------------------------------------------------------------------------------------------------


def test_a_promise_is_kept_by_what_was_acknowledged_or_tried_since(tmp_path: Path) -> None:
    file = tmp_path / "a.ipynb"
    one = Promise()
    assert one.holds(file) == "", "nothing was promised"
    first, second = (digest_of(model(text)["content"]) for text in ("first", "second"))
    one.acknowledged(first)
    assert "No such file" in one.holds(file)
    asyncio.run(WholeContents(root_dir=str(tmp_path)).save(model("first"), "a.ipynb"))
    # cell ids are drawn anew, so this is another notebook
    assert "none of what was written" in one.holds(file)
    notebook = model("third")
    one.tried.append(digest_of(notebook["content"]))
    asyncio.run(WholeContents(root_dir=str(tmp_path)).save(notebook, "a.ipynb"))
    assert one.holds(file) == ""
    one.acknowledged(second)
    assert one.holds(file) != "", "older than what was acknowledged"


def test_the_spread_is_of_values_that_were_there() -> None:
    assert spread([]) == {"n": 0, "median": None, "p95": None, "worst": None}
    assert spread([3.0]) == {"n": 1, "median": 3.0, "p95": 3.0, "worst": 3.0}
    assert spread([float(n) for n in range(100, 0, -1)]) == {"n": 100, "median": 50.0, "p95": 95.0, "worst": 100.0}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--trouble", "flood"], "--trouble flood: there are restart, kill, disk"),
        (["--unit", "77"], "no unit '77'"),
    ],
)
def test_bad_options_are_one_line(capsys: pytest.CaptureFixture[str], options: list[str], said: str) -> None:
    assert said in the_line(call(app, "bench", "hub", *options, capsys=capsys))
