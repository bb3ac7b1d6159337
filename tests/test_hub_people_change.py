"""Who comes to a stopped demo hub and who goes: everybody else keeps account, number, password and files."""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from cli import call, the_line
from traitlets.config import Config

from autograde.cli import app
from autograde.hub import commands, demo, people, plan, settings
from worktest.errors import UserError

Capture = pytest.CaptureFixture[str]
FILES = ("ana+00+2026-01-01 10:00:00 UTC+x", "ben+00+2026-01-01 10:00:00 UTC+y", "benny+00+2026 UTC+z")
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files to other accounts")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A demo's folder, as it is after a first run: three learners with homes and hand-ins."""
    courses = [plan.Course("basics", ("00_start_here",))]
    names = ["ana", "ben", "benny"]
    one = demo.new_plan(tmp_path / "hub", plan.free_ports(1)[0], "facilitator", names, courses)
    one.root.mkdir()
    demo.make_ready(one)
    one.save(one.root / demo.PLAN)
    inbound = one.exchange / "basics" / "inbound"
    for folder in (*(inbound / name for name in FILES), *(one.home(name) / "basics" for name in names)):
        folder.mkdir(parents=True)
        (folder / "mine.ipynb").write_text("mine", encoding="utf-8")
    return one.root


def numbers(root: Path) -> dict[str, int]:
    """The accounts by the files that the demo's room shows."""
    lines = (line.split(":") for line in (root / "etc" / "passwd").read_text(encoding="utf-8").splitlines())
    return {name: int(uid) for name, _, uid, *_ in lines if int(uid) in range(plan.FIRST_UID, plan.FIRST_UID + 100)}


def names_in(path: Path) -> set[str]:
    return set(re.findall(r"[\w-]+", path.read_text(encoding="utf-8")))


@as_root
def test_who_is_removed_is_gone_and_nobodys_number_shifts(root: Path, capsys: Capture) -> None:
    before, passwords = numbers(root), json.loads((root / demo.PASSWORDS).read_text(encoding="utf-8"))
    said = call(app, "hub", "remove", "ben", "--dir", str(root), "--yes", capsys=capsys)
    assert said.code == 0 and "gone: 1 hand-in in the exchange" in said.out
    assert numbers(root) == {name: uid for name, uid in before.items() if name != "ben"}
    assert json.loads((root / demo.PASSWORDS).read_text(encoding="utf-8")) == {
        name: word for name, word in passwords.items() if name != "ben"
    }
    for name in (demo.PLAN, demo.PASSWORDS, "etc/passwd", "etc/shadow", "etc/group"):
        assert "ben" not in names_in(root / name) and "benny" in names_in(root / name)
    assert (root / demo.PASSWORDS).stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in (root / "homes").iterdir()) == ["ana", "benny"]
    assert sorted(path.name for path in (root / "exchange/basics/inbound").iterdir()) == [FILES[0], FILES[2]]
    c = Config()
    settings.configure(c, str(root / demo.PLAN), "/usr/bin/proxy")
    assert "ben" not in c.Authenticator.allowed_users and c.Authenticator.delete_invalid_users
    assert c.JupyterHub.load_groups["nbgrader-basics"]["users"] == ["ana", "benny"]


@as_root
def test_what_their_account_handed_in_under_another_name_goes_too_and_no_link_is_followed(root: Path) -> None:
    inbound = root / "exchange" / "basics" / "inbound"
    os.chown(inbound / FILES[0], numbers(root)["ben"], -1)
    (root / "homes" / "ben" / "link").symlink_to(root / "homes" / "ana")
    (inbound / "ben+link").symlink_to(root / "homes" / "ana")
    people.remove(root, "ben")
    assert [path.name for path in inbound.iterdir()] == [FILES[2]]
    assert (root / "homes" / "ana" / "basics" / "mine.ipynb").is_file()


@as_root
def test_who_comes_gets_a_number_that_nobody_ever_had(root: Path, capsys: Capture) -> None:
    before = numbers(root)
    people.remove(root, "benny")
    said = call(app, "hub", "add", "dora", "--dir", str(root), capsys=capsys)
    name, password = said.out.split()
    assert (said.code, name) == (0, "dora")
    assert json.loads((root / demo.PASSWORDS).read_text(encoding="utf-8"))["dora"] == password
    people.remove(root, "dora")
    people.add(root, "benny")
    after = numbers(root)
    assert after.pop("benny") == max(before.values()) + 2
    assert after == {name: uid for name, uid in before.items() if name != "benny"}


@as_root
def test_the_same_command_goes_on_with_those_who_are_there_now(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    people.remove(root, "ana")
    people.add(root, "dora")
    served: list[plan.Plan] = []
    monkeypatch.setattr(demo, "needs", list)
    monkeypatch.setattr(commands, "_serve", lambda one, passwords: served.append(one))
    port = str(plan.free_ports(1)[0])
    before = numbers(root)
    assert call(app, "hub", "demo", "--dir", str(root), "--port", port, capsys=capsys).code == 0
    options = ("--learners", "dora,benny,ben")
    assert call(app, "hub", "demo", "--dir", str(root), "--port", port, *options, capsys=capsys).code == 0
    assert [sorted(one.learners) for one in served] == [["ben", "benny", "dora"]] * 2
    assert numbers(root) == before == plan.read(root / demo.PLAN).uids
    options = ("--learners", "ana,ben,benny")
    line = the_line(call(app, "hub", "demo", "--dir", str(root), "--port", port, *options, capsys=capsys))
    assert "has the accounts facilitator, dora, benny, ben, grader" in line and len(served) == 2


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("facilitator", "is the facilitator"),
        ("grader-basics", "is the account of a course"),
        ("nobody", "no learner 'nobody' in .*; there are: ana, ben, benny"),
        ("../ana", "no learner"),
        ("root", "no learner"),
    ],
)
def test_who_cannot_be_removed_is_one_line(root: Path, capsys: Capture, name: str, said: str) -> None:
    before = (root / demo.PLAN).read_bytes()
    assert re.search(said, the_line(call(app, "hub", "remove", name, "--dir", str(root), "--yes", capsys=capsys)))
    assert (root / demo.PLAN).read_bytes() == before


@pytest.mark.parametrize(
    ("name", "said"),
    [("ana", "already"), ("basics", "already"), ("A b", "small letters"), ("root", "on this machine")],
)
def test_who_cannot_be_added_is_one_line(root: Path, capsys: Capture, name: str, said: str) -> None:
    before = [(root / file).read_bytes() for file in (demo.PLAN, demo.PASSWORDS, "etc/passwd", "etc/shadow")]
    assert said in the_line(call(app, "hub", "add", name, "--dir", str(root), capsys=capsys))
    assert before == [(root / file).read_bytes() for file in (demo.PLAN, demo.PASSWORDS, "etc/passwd", "etc/shadow")]


def test_nothing_is_removed_without_a_yes(root: Path, capsys: Capture) -> None:
    assert "--yes" in the_line(call(app, "hub", "remove", "ben", "--dir", str(root), capsys=capsys))
    assert (root / "homes" / "ben").is_dir()


def test_without_a_hub_one_line_says_so(tmp_path: Path, capsys: Capture) -> None:
    for command in (("add", "ana"), ("remove", "ana", "--yes")):
        assert "no demo hub" in the_line(call(app, "hub", *command, "--dir", str(tmp_path), capsys=capsys))
    assert not any(tmp_path.iterdir())


def test_while_the_hub_runs_nobody_comes_or_goes(root: Path, capsys: Capture) -> None:
    with demo.alone(root):
        for command in (("add", "dora"), ("remove", "ben", "--yes")):
            line = the_line(call(app, "hub", *command, "--dir", str(root), capsys=capsys))
            assert "runs: stop it first" in line
    assert (root / "homes" / "ben").is_dir() and "dora" not in names_in(root / demo.PLAN)


@pytest.fixture
def orphan(root: Path) -> Iterator[None]:
    """A hub that answers, although the command that started it is no more."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/hub/health" else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", plan.read(root / demo.PLAN).ports[1]), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield
    server.shutdown()
    server.server_close()


def test_nor_while_it_runs_without_its_command(root: Path, orphan: None) -> None:
    with pytest.raises(UserError, match="although its command ended"), demo.alone(root):
        pass


def test_a_plan_of_an_earlier_version_gets_the_numbers_that_it_had(root: Path) -> None:
    before = plan.read(root / demo.PLAN).uids
    data = json.loads((root / demo.PLAN).read_text(encoding="utf-8"))
    del data["uids"], data["last_uid"]
    (root / demo.PLAN).write_text(json.dumps(data), encoding="utf-8")
    assert plan.read(root / demo.PLAN).uids == before
    assert list(before.values()) == list(range(plan.FIRST_UID, plan.FIRST_UID + 5))
