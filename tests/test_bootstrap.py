"""What the set-up decides to do. Nothing is downloaded: making the environment and running pip are played."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from worktest import bootstrap

SCRIPT = Path(bootstrap.__file__)


class Played:
    """Stands in for venv and pip: notes what was asked for, and fails where told to."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.fail_at: str | None = None
        self.error: BaseException = KeyboardInterrupt()

    def _note(self, call: str) -> None:
        self.calls.append(call)
        if call == self.fail_at:
            raise self.error

    def make_venv(self, venv: Path, lock: int) -> None:
        (venv / bootstrap.BIN).mkdir(parents=True)
        (venv / "pyvenv.cfg").write_text("", encoding="utf-8")
        (venv / bootstrap.BIN / bootstrap.EXE).symlink_to(sys.executable)
        self._note("venv")

    def run_pip(self, venv: Path, arguments: Sequence[str], total: int, log: Path, lock: int) -> None:
        self._note("itself" if "--editable" in arguments else "packages")


ALL = ["venv", "packages", "itself"]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    root = tmp_path / "mit Umläuten und Leerzeichen"
    root.mkdir()
    (root / "requirements.lock").write_text("# head\nnumpy==2.0\ntorch==2.13.0\n", encoding="utf-8")
    (root / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    return root


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> Played:
    played = Played()
    monkeypatch.setattr(bootstrap, "make_venv", played.make_venv)
    monkeypatch.setattr(bootstrap, "run_pip", played.run_pip)
    monkeypatch.setattr(bootstrap, "check_disk", lambda root, needed_gib=0.0: None)
    return played


@pytest.fixture
def ready(checkout: Path, played: Played) -> Path:
    bootstrap.set_up(checkout)
    assert played.calls == ALL
    played.calls.clear()
    return checkout


def test_a_finished_set_up_is_left_alone_and_costs_next_to_nothing(ready: Path, played: Played) -> None:
    started = time.monotonic()
    bootstrap.set_up(ready)
    assert played.calls == []
    assert time.monotonic() - started < 1.0


@pytest.mark.parametrize("stage", ALL)
def test_interrupted_at_any_stage_it_is_rebuilt_from_scratch(checkout: Path, played: Played, stage: str) -> None:
    played.fail_at = stage
    with pytest.raises(KeyboardInterrupt):
        bootstrap.set_up(checkout)
    assert bootstrap.decide(checkout)[0] == "rebuild"
    (checkout / ".venv" / "half-written").touch()
    played.fail_at = None
    played.calls.clear()
    bootstrap.set_up(checkout)
    assert played.calls == ALL
    assert not (checkout / ".venv" / "half-written").exists()
    assert not list(checkout.glob(".venv-old-*"))
    assert bootstrap.decide(checkout)[0] == "ready"


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_changed_inputs_are_installed_into_the_environment(ready: Path, played: Played, name: str) -> None:
    (ready / name).write_text((ready / name).read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
    bootstrap.set_up(ready)
    assert played.calls == ["packages", "itself"]
    assert bootstrap.decide(ready)[0] == "ready"


def test_a_broken_interpreter_is_repaired(ready: Path, played: Played) -> None:
    interpreter = ready / ".venv" / bootstrap.BIN / bootstrap.EXE
    interpreter.unlink()
    interpreter.symlink_to(ready / "gone")
    bootstrap.set_up(ready)
    assert played.calls == ALL


def test_a_moved_checkout_is_rebuilt(ready: Path, played: Played) -> None:
    moved = ready.rename(ready.with_name("elsewhere"))
    bootstrap.set_up(moved)
    assert played.calls == ALL


def test_somebody_elses_folder_is_not_deleted(checkout: Path, played: Played) -> None:
    (checkout / ".venv").mkdir()
    (checkout / ".venv" / "precious").touch()
    with pytest.raises(bootstrap.SetupError, match="was not made by this set-up"):
        bootstrap.set_up(checkout)
    assert (checkout / ".venv" / "precious").exists() and played.calls == []


@pytest.mark.skipif(os.name == "nt", reason="uses fcntl to hold the lock")
def test_the_lock_keeps_a_second_set_up_out_and_does_not_outlive_its_holder(checkout: Path) -> None:
    with bootstrap.only_one(checkout), open(checkout / ".cache" / "bootstrap.lock", "a+b") as other:
        assert not bootstrap._try_lock(other.fileno())
    with open(checkout / ".cache" / "bootstrap.lock", "a+b") as other:
        assert bootstrap._try_lock(other.fileno())
    holder = "import sys, time; from pathlib import Path; sys.path.insert(0, sys.argv[1])\n" + textwrap.dedent("""
        import bootstrap
        with bootstrap.only_one(Path(sys.argv[2])):
            print("held", flush=True)
            time.sleep(60)
    """)
    # bootstrap takes its own folder off the front of the path on import, which is fine here
    process = subprocess.Popen(
        [sys.executable, "-c", holder, str(SCRIPT.parent), str(checkout)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout and process.stdout.readline() == "held\n"
    with open(checkout / ".cache" / "bootstrap.lock", "a+b") as other:
        assert not bootstrap._try_lock(other.fileno())
        process.kill()
        process.communicate()
        assert bootstrap._try_lock(other.fileno())


def test_an_old_python_gets_one_line_and_an_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 9, 2))
    assert bootstrap.main([]) == 1
    err = capsys.readouterr().err
    assert err.count("\n") == 1 and "3.9" in err and "3.11" in err and "PYTHON=" in err


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_python_without_venv_names_the_package_to_install(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    found = bootstrap.importlib.util.find_spec
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda name: None if name == missing else found(name))
    with pytest.raises(bootstrap.SetupError, match=r"python3\.11-venv"):
        bootstrap.check_python((3, 11, 2))


def test_a_full_disk_is_said_before_anything_is_made(checkout: Path) -> None:
    with pytest.raises(bootstrap.SetupError, match="no space"):
        bootstrap.check_disk(checkout, needed_gib=1e9)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "WARNING: Retrying ... NewConnectionError ...\nERROR: No matching distribution found for a",
            "network",
        ),
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
            "disk is full",
        ),
        (
            "Collecting a\nERROR: No matching distribution found for a==1",
            "No matching distribution found for a==1",
        ),
        ("", "did not say why"),
    ],
)
def test_what_pip_says_becomes_one_line(text: str, expected: str) -> None:
    line = bootstrap.explain(text, "pip could not install the packages")
    assert expected in line and "\n" not in line


def test_outside_a_checkout_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(bootstrap.SetupError, match="checkout"):
        bootstrap.set_up(tmp_path)


def test_it_runs_by_path_without_anything_installed_and_uses_no_module_of_the_project(tmp_path: Path) -> None:
    folder = tmp_path / "worktest"
    folder.mkdir()
    (folder / "bootstrap.py").write_bytes(SCRIPT.read_bytes())
    (folder / "argparse.py").write_text("raise SystemExit('shadowed')", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-S", str(folder / "bootstrap.py")],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("set-up failed: no requirements.lock in ") and done.stderr.count("\n") == 1
