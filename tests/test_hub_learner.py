"""A learner on a hub: worktest's commands find the units of their courses, and grading is left to the course."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from cli import call, the_line
from traitlets.config import Config

from autograde.cli import app as grader_app
from autograde.hub import demo, plan, settings
from worktest import calibration, doctor, paths, progress, review, workspace
from worktest.cli import app
from worktest.errors import UserError
from worktest.journal import Journal

UNIT = "01_logit_diff_amplification"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home on a hub with the unit of one course in it."""
    home = tmp_path / "ana"
    monkeypatch.delenv("WORKTEST_WORKSPACE", raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv(paths.ON_A_HUB, "ana")
    monkeypatch.chdir(tmp_path)
    fetched(home, "basics")
    return home


def fetched(home: Path, course: str) -> Path:
    target = home / course / UNIT
    target.mkdir(parents=True)
    for name in ("unit.toml", "exit.toml", "claims.toml"):
        shutil.copyfile(paths.curriculum() / UNIT / name, target / name)
    return target


def test_a_unit_is_found_in_the_folder_of_its_course(home: Path) -> None:
    assert paths.workspace() == home, "wherever the terminal stands"
    assert workspace.learner_folder(UNIT, home) == home / "basics" / UNIT
    Journal(home / "basics" / UNIT).predict("spread", value=0.1, interval=(0, 1), confidence=0.8)
    Journal(home / "basics" / UNIT).measure("spread", 0.2, (0.1, 0.3), "share")
    assert [point.name for point in calibration.gather(home)] == ["spread"]
    row = next(one for one in progress.gather(home).rows if one.unit == UNIT)
    assert row.started
    assert review.load(home, unit=UNIT).of(UNIT)


def test_elsewhere_a_folder_in_the_workspace_is_no_course(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(paths.ON_A_HUB)
    with pytest.raises(UserError, match="is not there; get the unit with `worktest start 01`"):
        workspace.learner_folder(UNIT, home)


def test_a_unit_that_is_not_there_is_fetched_in_jupyterlab(home: Path) -> None:
    with pytest.raises(UserError, match="unit 00 is not in .*: fetch it in JupyterLab"):
        workspace.learner_folder("00_start_here", home)


def test_a_unit_of_two_courses_is_not_guessed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    again = fetched(home, "spring")
    with pytest.raises(UserError, match="unit 01 lies in basics and in spring: change into the folder"):
        workspace.learner_folder(UNIT, home)
    monkeypatch.chdir(again)
    assert workspace.learner_folder(UNIT, home) == again
    monkeypatch.chdir(home / "basics")
    assert paths.workspace() == home, "wherever the terminal stands"
    assert workspace.learner_folder(UNIT, home) == home / "basics" / UNIT


def test_the_doctor_does_not_send_a_learner_to_switch_on_what_the_hub_switched_off(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    off = home / "labconfig" / "page_config.json"
    off.parent.mkdir()
    off.write_text(json.dumps({"disabledExtensions": {"@jupyter/nbgrader:formgrader": True}}), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(home))
    assert doctor.check_lab_extension().status == "ok"
    monkeypatch.delenv(paths.ON_A_HUB)
    assert doctor.check_lab_extension().status == "fail"


def test_a_learner_who_grades_is_told_who_does(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("autograde.paths.os.access", lambda path, _: path != paths.checkout() / "solutions")
    for one in (app, grader_app):
        assert "on a hub only the course grades" in the_line(call(one, "grade", "01", capsys=capsys))


def test_a_login_leads_the_facilitator_to_the_courses_and_learners_to_their_work(tmp_path: Path) -> None:
    one = demo.new_plan(
        tmp_path / "hub", plan.free_ports(1)[0], "facilitator", ["ana"], [plan.Course("basics", (UNIT,))]
    )
    one.root.mkdir()
    one.save(tmp_path / "plan.json")
    c = Config()
    settings.configure(c, str(tmp_path / "plan.json"), "/usr/bin/proxy")

    def lands(name: str) -> str:
        return c.JupyterHub.default_url(
            SimpleNamespace(current_user=SimpleNamespace(name=name), hub=SimpleNamespace(base_url="/hub/"))
        )

    assert lands("facilitator") == "/hub/home" and lands("ana") == ""
    assert Path(c.JupyterHub.template_paths[0], "home.html").is_file()


def test_a_course_shows_no_tab_that_would_stay_blank(tmp_path: Path) -> None:
    one = demo.new_plan(
        tmp_path / "hub", plan.free_ports(1)[0], "facilitator", ["ana"], [plan.Course("basics", (UNIT,))]
    )
    one.root.mkdir()
    demo.make_ready(one)
    folder = one.root / "jupyter"
    off = json.loads((folder / "course" / "labconfig" / "page_config.json").read_text())["disabledExtensions"]
    assert off["@jupyter/nbgrader:formgrader"] and off["@jupyterlab/apputils-extension:announcements"]
    assert not (folder / "course" / "jupyter_server_config.json").exists(), "formgrader's own page stays"
