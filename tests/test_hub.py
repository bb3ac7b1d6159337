"""The demo hub's plan, its accounts, its settings, and what is hidden in its room; the hub itself is a slow test."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from cli import call, the_line
from traitlets.config import Config

from autograde.cli import app
from autograde.hub import accounts, demo, plan, proxy, room, settings
from worktest.errors import UserError


def made(tmp_path: Path) -> plan.Plan:
    courses = [plan.Course("basics", ("00_start_here",)), plan.Course("control", ("03_ctrl_z",))]
    return demo.new_plan(tmp_path / "hub", plan.free_ports(1)[0], "facilitator", ["ana", "ben"], courses)


def test_a_plan_is_read_as_it_was_saved(tmp_path: Path) -> None:
    one = made(tmp_path)
    one.save(tmp_path / "plan.json")
    assert plan.read(tmp_path / "plan.json") == one
    assert len({*one.ports, *(course.port for course in one.courses)}) == 5


@pytest.mark.parametrize(
    ("facilitator", "learners", "course", "said"),
    [
        ("facilitator", ["Ana"], "basics", "account 'Ana'"),
        ("facilitator", ["ana", "ana"], "basics", "ana stands twice"),
        ("facilitator", ["ana"], "ana", "ana stands twice"),
        ("facilitator", ["ana"], "a b", "course 'a b'"),
        ("", ["ana"], "basics", "account ''"),
    ],
)
def test_names_that_cannot_be_accounts_are_named(
    tmp_path: Path, facilitator: str, learners: list[str], course: str, said: str
) -> None:
    with pytest.raises(UserError, match=said):
        demo.new_plan(tmp_path, plan.free_ports(1)[0], facilitator, learners, [plan.Course(course, ())])


def test_accounts_are_added_in_copies_and_only_people_have_passwords(tmp_path: Path) -> None:
    one = made(tmp_path)
    one.root.mkdir()
    before = Path("/etc/passwd").read_bytes()
    passwords = accounts.new_passwords(one)
    etc = accounts.write(one, passwords)
    assert Path("/etc/passwd").read_bytes() == before
    assert sorted(passwords) == ["ana", "ben", "facilitator"]
    lines = {line.split(":")[0]: line.split(":") for line in (etc / "passwd").read_text().splitlines()}
    assert lines["ana"][2] == "20002" and lines["ana"][5] == str(one.home("ana"))
    assert {"grader-basics", "grader-control", "root"} <= set(lines)
    shadow = {line.split(":")[0]: line.split(":")[1] for line in (etc / "shadow").read_text().splitlines()}
    assert shadow["ana"].startswith("$6$") and shadow["grader-basics"] == "*"
    assert (etc / "shadow").stat().st_mode & 0o777 == 0o600
    group = next(line for line in (etc / "group").read_text().splitlines() if line.startswith(plan.GRADERS))
    assert group.endswith(":grader-basics,grader-control"), "worked units are for the courses' accounts only"


def test_a_name_of_this_machine_is_refused(tmp_path: Path) -> None:
    one = demo.new_plan(tmp_path / "hub", plan.free_ports(1)[0], "facilitator", ["root"], [plan.Course("basics", ())])
    one.root.mkdir()
    with pytest.raises(UserError, match="'root' on this machine"):
        accounts.write(one, {})


def test_a_learner_is_in_courses_and_may_open_no_service(tmp_path: Path) -> None:
    one = made(tmp_path)
    one.save(tmp_path / "plan.json")
    c = Config()
    settings.configure(c, str(tmp_path / "plan.json"), "/usr/bin/proxy")
    assert c.JupyterHub.bind_url.startswith("http://127.0.0.1:")
    groups = {name: told["users"] for name, told in c.JupyterHub.load_groups.items()}
    assert groups["nbgrader-basics"] == ["ana", "ben"]
    assert groups["formgrade-basics"] == ["facilitator", "grader-basics"]
    for role in c.JupyterHub.load_roles:
        if any(scope.startswith("access:services") for scope in role["scopes"]):
            assert role["groups"] == [f"formgrade-{role['name'].partition('-')[2]}"]
    assert [one["name"] for one in c.JupyterHub.services] == ["basics", "control"]
    assert all(one["environment"]["JUPYTERHUB_USER"] == one["user"] for one in c.JupyterHub.services)


def test_going_on_keeps_the_passwords_and_learners_get_no_formgrader(tmp_path: Path) -> None:
    one = made(tmp_path)
    one.root.mkdir()
    first = demo.make_ready(one)
    assert demo.make_ready(one) == first
    page = json.loads((one.root / "jupyter" / "learner" / "labconfig" / "page_config.json").read_text())
    assert page["disabledExtensions"]["@jupyter/nbgrader:formgrader"]
    assert page["disabledExtensions"]["@jupyter/nbgrader:course-list"]
    assert (one.root / demo.PASSWORDS).stat().st_mode & 0o777 == 0o600


def test_a_folder_goes_on_with_its_own_people_only(tmp_path: Path) -> None:
    one = made(tmp_path)
    demo.same_people(one)  # a new folder
    one.root.mkdir()
    one.save(one.root / demo.PLAN)
    demo.same_people(made(tmp_path))  # other ports, the same people
    courses = [plan.Course(course.name, course.units) for course in one.courses]
    more = demo.new_plan(one.root, plan.free_ports(1)[0], "facilitator", ["ana", "ben", "chen"], courses)
    with pytest.raises(UserError, match="has the accounts facilitator, ana, ben, grader-basics"):
        demo.same_people(more)


@pytest.mark.parametrize(
    ("log", "said"),
    [
        (
            "Error: listen EADDRINUSE: address already in use\n    at node:net\n  port: 8000\n}\n",
            "Error: listen EADDRINUSE",
        ),
        ("[I] hello\n[C 2026 JupyterHub] Failed to start proxy\n  more\n", "Failed to start proxy"),
        ("killed\n", "killed"),
        ("", "said nothing"),
    ],
)
def test_what_kept_the_hub_from_starting_is_the_line_that_names_it(tmp_path: Path, log: str, said: str) -> None:
    (tmp_path / "hub.log").write_text(log, encoding="utf-8")
    assert said in demo._reason(tmp_path / "hub.log")


def test_other_peoples_folders_are_covered_and_what_is_needed_is_put_back(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    (closed / "python" / "bin").mkdir(parents=True)
    closed.chmod(0o700)
    covers = room.hidden([closed / "python", Path("/usr/lib")])
    assert Path("/tmp") in covers and Path("/home") in covers
    assert any(cover == closed or cover in closed.parents for cover in covers), "others may not walk through it"
    assert not any(cover == Path("/usr") for cover in covers)


def test_worked_units_and_history_are_no_need_of_the_room(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[1]
    (tmp_path / "node_modules" / "p" / "bin").mkdir(parents=True)
    needs = room.needed(made(tmp_path), tmp_path / "node_modules" / "p" / "bin" / "proxy")
    assert root / "curriculum" in needs and root / "worktest" in needs
    assert not {root, root / "solutions", root / ".git"} & {*needs, *(up for need in needs for up in [need])}


def test_without_node_one_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UserError, match="needs node"):
        proxy.program(tmp_path)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--course", "basics"], "write NAME=UNITS"),
        (["--course", "basics=77"], "no unit '77'"),
    ],
)
def test_bad_options_are_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], said: str
) -> None:
    assert said in the_line(call(app, "hub", "demo", "--dir", str(tmp_path / "hub"), *options, capsys=capsys))
    assert not (tmp_path / "hub").exists()


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="ascii")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo, "needs", list)
        line = the_line(call(app, "hub", "demo", "--dir", str(tmp_path), capsys=capsys))
    assert "holds something else" in line and [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_nothing_is_written_through_a_link_that_a_course_put_into_its_home(tmp_path: Path) -> None:
    one = made(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    home = one.home("grader-basics")
    home.mkdir(parents=True)
    (home / "course").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UserError, match="is a link to somewhere else"):
        demo.furnish_homes(one)
    assert not any((tmp_path / "elsewhere").iterdir())
