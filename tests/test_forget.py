"""A learner leaves a course: nothing of theirs stays that the course may remove, and nobody else's changes."""

from __future__ import annotations

import http.server
import json
import os
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import pytest
import tomli_w
from cli import call, the_line
from micro import DOUBLE, UNIT, answered

from autograde import course, exchange
from autograde.batch import grade_batch
from autograde.cli import app
from autograde.engine import pool
from autograde.leaving import places
from autograde.leaving.peers import forget_peer
from worktest import paths

Capture = pytest.CaptureFixture[str]
PEOPLE = ("ann", "anna", "bob")


@contextmanager
def threads(workers: int) -> Iterator[Executor]:
    """Workers that know the unit of these tests."""
    with ThreadPoolExecutor(workers) as executor:
        yield executor


@pytest.fixture(scope="module")
def graded(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with an exchange: three learners handed in, were graded, and got their pages; gives its workspace."""
    home = tmp_path_factory.mktemp("kurs")
    root = course.root_of(home)
    root.mkdir()
    share(root)
    for name in PEOPLE:
        answers = {} if name == "anna" else {DOUBLE: "def double(values):\n    return values"}
        for folder in (
            root / "submitted" / name / UNIT,
            home / "exchange" / "basics" / "inbound" / f"{name}+{UNIT}+2026-01-01 10:00:00 UTC+x",
        ):
            folder.mkdir(parents=True)
            nbformat.write(answered(built, answers), folder / "micro.ipynb")
            (folder / "timestamp.txt").write_text("2026-01-01 10:00:00 UTC", encoding="ascii")
            (folder / "submission_secret.txt").write_text(f"secret of {name}", encoding="ascii")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "checkout", lambda: built)
        patch.setattr(pool, "local", threads)
        assert {row.state for row in grade_batch(UNIT, home).rows} == {"graded"}
        for name in PEOPLE:
            assert course.api(root).generate_feedback(UNIT, name, force=True)["success"]
        exchange.release_feedback(UNIT, list(PEOPLE), root)
    return home


def share(root: Path) -> None:
    """Say in the course which exchange it has."""
    told = {"course": "basics", "exchange": str(root.parent / "exchange")}
    (root / course.SHARED).write_text(tomli_w.dumps(told), encoding="utf-8")


@pytest.fixture
def root(graded: Path, micro_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that course in a workspace of its own; gives the course's folder."""
    monkeypatch.setattr(pool, "local", threads)
    home = tmp_path / "kurs"
    shutil.copytree(graded, home)
    monkeypatch.setenv("WORKTEST_WORKSPACE", str(home))
    share(course.root_of(home))
    return course.root_of(home)


def grades(root: Path) -> dict[str, list[Any]]:
    """All that the gradebook says about each learner's submission."""
    found = {}
    with course.api(root).gradebook as book:
        for student in book.students:
            found[student.id] = sorted(
                (grade.name, grade.auto_score, grade.manual_score, grade.max_score)
                for one in student.submissions
                for notebook in one.notebooks
                for grade in notebook.grades
            )
    return found


def naming(root: Path, name: bytes) -> list[str]:
    """Files of the course and its exchange that say a name as a word, in their path or their bytes."""
    found = []
    for path in sorted(root.parent.rglob("*")):
        text = path.name.encode() + (b" " + path.read_bytes() if path.is_file() else b"")
        if name in text.replace(b"anna", b"").replace(b"annotat", b"").replace(b"cannot", b"").replace(b"channel", b""):
            found.append(path.name)
    return found


def test_a_learner_is_gone_everywhere_and_others_are_as_they_were(root: Path, capsys: Capture) -> None:
    before = grades(root)
    kept = {
        path: path.read_bytes() for name in ("anna", "bob") for path in root.glob(f"*/{name}/**/*") if path.is_file()
    }
    pages = list((root.parent / "exchange" / "basics" / "feedback").iterdir())
    (root / "report").mkdir()
    (root / "report" / f"{UNIT}.html").write_text("<td>ann</td>", encoding="utf-8")
    said = call(app, "forget", "ann", "--yes", capsys=capsys)
    assert said.code == 0
    for line in (
        "gradebook: them and 1 submission",
        "exchange: 1 feedback page",
        f"inbound: ann+{UNIT}",
        "submitted/ann",
    ):
        assert f"gone: {'course/' if line[0] == 's' else ''}{line}" in said.out or f"gone: exchange, {line}" in said.out
    assert grades(root) == {name: rows for name, rows in before.items() if name != "ann"}
    assert len(before["ann"]) == 2, "there was something to remove"
    assert all(path.read_bytes() == content for path, content in kept.items())
    assert len(list((root.parent / "exchange" / "basics" / "feedback").iterdir())) == len(pages) - 1
    assert naming(root, b"ann") == [], "not even in the gradebook's free pages"
    assert [row.state for row in grade_batch(UNIT, root.parent).rows] == ["kept", "kept"]
    assert "there are: anna, bob" in the_line(call(app, "forget", "ann", "--yes", capsys=capsys))


def test_a_page_of_an_earlier_hand_in_goes_as_well(root: Path, capsys: Capture) -> None:
    """Its secret is nowhere any more, so its name can't be told; the page says whose it is."""
    feedback = root.parent / "exchange" / "basics" / "feedback"
    page = (root / "feedback" / "ann" / UNIT / "micro.html").read_text(encoding="utf-8")
    (feedback / "0123.html").write_text(page, encoding="utf-8")
    (feedback / "4567.html").write_text(page.replace('data-student="ann"', 'data-student="anna"'), encoding="utf-8")
    assert "gone: exchange: 2 feedback pages" in call(app, "forget", "ann", "--yes", capsys=capsys).out
    assert not (feedback / "0123.html").exists() and (feedback / "4567.html").exists()


def test_nothing_goes_without_a_yes(root: Path, capsys: Capture) -> None:
    said = call(app, "forget", "ann", capsys=capsys)
    assert said.code == 2 and "submitted/ann" in said.out and "--yes" in said.err
    assert "ann" in grades(root) and (root / "submitted" / "ann").is_dir()


def test_an_exported_table_that_names_them_is_pointed_out(root: Path, capsys: Capture) -> None:
    (root.parent / "grades.csv").write_text("student,score\nann,3\n", encoding="utf-8")
    (root.parent / "others.csv").write_text("student,score\nanna,3\n", encoding="utf-8")
    said = call(app, "forget", "ann", "--yes", capsys=capsys).out
    assert f"left: {root.parent / 'grades.csv'}: it names them still" in said and "others.csv" not in said


@pytest.mark.parametrize("name", ["nobody", "", ".", "..", "../anna", "*", "ann+"])
def test_who_is_not_there_is_one_line(root: Path, capsys: Capture, name: str) -> None:
    assert "there is no learner" in the_line(call(app, "forget", "--yes", "--", name, capsys=capsys))
    assert sorted(grades(root)) == sorted(PEOPLE)


def test_without_a_course_one_line_says_so(tmp_path: Path, capsys: Capture) -> None:
    line = the_line(call(app, "forget", "ann", "--workspace", str(tmp_path), capsys=capsys))
    assert "there is no course" in line and not any(tmp_path.iterdir())


# The hub's group -------------------------------------------------------------------------------------------------


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, str, bytes]]]:
    """A stand-in for the hub's interface; gives what it was asked."""
    asked: list[tuple[str, str, bytes]] = []
    groups = {"ann": ["nbgrader-basics", "nbgrader-control"]}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_DELETE(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append(("DELETE", self.path, body))
            for name in json.loads(body)["users"]:
                groups[name].remove("nbgrader-basics")
            self.answer({})

        def do_GET(self) -> None:
            self.answer({"groups": groups.get(self.path.rpartition("/")[2], [])})

        def answer(self, data: object) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(data).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("JUPYTERHUB_API_URL", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("JUPYTERHUB_API_TOKEN", "token")
    monkeypatch.setenv("JUPYTERHUB_USER", "grader-basics")
    yield asked
    server.shutdown()
    server.server_close()


def test_on_a_hub_they_leave_the_courses_group(root: Path, hub: list[tuple[str, str, bytes]], capsys: Capture) -> None:
    said = call(app, "forget", "ann", "--yes", capsys=capsys).out
    assert [(verb, path, json.loads(body)) for verb, path, body in hub] == [
        ("DELETE", "/groups/nbgrader-basics/users", {"users": ["ann"]})
    ]
    assert "gone: hub: the group nbgrader-basics" in said and "left: hub" not in said


# Files of somebody else's account --------------------------------------------------------------------------------


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes files of another account")
def test_of_a_learners_own_folders_the_course_removes_what_it_may_and_counts_the_rest() -> None:
    place = Path(tempfile.mkdtemp(dir="/tmp"))
    try:
        place.chmod(0o777)
        top = place / "ann+00"
        (top / "data").mkdir(parents=True)
        (top / "data" / "mine.csv").write_text("mine", encoding="ascii")
        (top / "mine.ipynb").write_text("mine", encoding="ascii")
        for path in (top, top / "data", top / "data" / "mine.csv", top / "mine.ipynb"):
            os.chown(path, 20_002, 20_002)
        top.chmod(0o777)  # as nbgrader's submit leaves it
        child = os.fork()
        if child == 0:
            os.setuid(20_009)
            left = places.remove(top)
            places.set_aside(top)
            os._exit(left)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1
        (aside,) = place.iterdir()
        assert aside.name.startswith(".left-"), "nobody's name, and not collected"
        assert [path.name for path in sorted(aside.rglob("*"))] == ["data", "mine.csv"]
    finally:
        shutil.rmtree(place)


def test_a_link_goes_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "a").touch()
    (tmp_path / "folder").mkdir()
    for link in (tmp_path / "link", tmp_path / "folder" / "link"):
        link.symlink_to(tmp_path / "theirs")
    assert places.remove(tmp_path / "link") == places.remove(tmp_path / "folder") == 0
    assert [path.name for path in tmp_path.iterdir()] == ["theirs"] and (tmp_path / "theirs" / "a").exists()


# Blind peers -----------------------------------------------------------------------------------------------------


A, B, C = "a" * 8, "b" * 8, "c" * 8


@pytest.fixture
def peers(tmp_path: Path) -> Path:
    """A course with three packets: ann's is read by bob and cat, bob's by ann and cat, cat's by bob alone."""
    folder = tmp_path / "peers" / UNIT
    assigned = {
        A: {"author": "ann", "prompt": "why", "readers": ["bob", "cat"], "excused": []},
        B: {"author": "bob", "prompt": "why", "readers": ["ann", "cat"], "excused": []},
        C: {"author": "cat", "prompt": "why", "readers": ["bob"], "excused": ["ann"]},
    }
    for code, about in assigned.items():
        (folder / "scores" / code).mkdir(parents=True)
        (folder / "packets").mkdir(exist_ok=True)
        (folder / "packets" / f"{code}.json").write_text(code, encoding="ascii")
        for name in about["readers"]:
            (folder / "scores" / code / f"{name}.json").write_text(f"{name} on {code}", encoding="ascii")
    (folder / "assigned.json").write_text(json.dumps(assigned), encoding="utf-8")
    return tmp_path


def test_their_packets_and_scores_go_and_others_keep_theirs(peers: Path) -> None:
    found, folder = forget_peer(peers, UNIT, "ann"), peers / "peers" / UNIT
    assert (found.wrote, found.read) == ([A], [B, C])
    assert json.loads((folder / "assigned.json").read_text(encoding="utf-8")) == {
        B: {"author": "bob", "prompt": "why", "readers": ["cat"], "excused": []},
        C: {"author": "cat", "prompt": "why", "readers": ["bob"], "excused": []},
    }
    files = {path.relative_to(folder).as_posix() for path in folder.glob("*/**/*.json")}
    assert files == {f"packets/{B}.json", f"packets/{C}.json", f"scores/{B}/cat.json", f"scores/{C}/bob.json"}
    again, nowhere = forget_peer(peers, UNIT, "ann"), forget_peer(peers, "99_nowhere", "ann")
    assert not (again.wrote or again.read or nowhere.wrote or nowhere.read)


@pytest.mark.parametrize(
    "text", ["{", "[]", f'{{"{A}": 3}}', '{"../../x": {"author": "ann", "prompt": "why", "readers": []}}']
)
def test_a_damaged_list_removes_no_packet_and_says_so(peers: Path, text: str) -> None:
    folder = peers / "peers" / UNIT
    (folder / "assigned.json").write_text(text, encoding="utf-8")
    found = forget_peer(peers, UNIT, "ann")
    assert "can't be read" in found.problem and found.read == [B]
    assert len(list((folder / "packets").iterdir())) == 3 and (folder / "assigned.json").read_text() == text


def test_the_command_removes_them_from_the_exchange_of_answers(root: Path, peers: Path, capsys: Capture) -> None:
    shutil.copytree(peers / "peers", root / "peers", dirs_exist_ok=True)
    said = call(app, "forget", "ann", "--yes", capsys=capsys).out
    assert f"peers, {UNIT}: 1 packet of theirs with all scores, and their part in 2 packets of others" in said
    assert not (root / "peers" / UNIT / "packets" / f"{A}.json").exists()


def test_a_gradebook_that_is_locked_is_left_and_said(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    told = course.configure

    def hasty(config: Any, where: str) -> None:
        told(config, where)
        config.CourseDirectory.db_url = f"sqlite:///{root / 'gradebook.db'}?timeout=0.1"

    monkeypatch.setattr(course, "configure", hasty)
    holder = sqlite3.connect(root / "gradebook.db")
    holder.execute("BEGIN IMMEDIATE")
    said = call(app, "forget", "ann", "--yes", capsys=capsys).out
    holder.rollback()
    holder.close()
    assert "left: gradebook: " in said and "run the same command again" in said and "ann" in grades(root)
    assert "gone: gradebook" in call(app, "forget", "ann", "--yes", capsys=capsys).out
