"""The wheel, installed alone and used away from the checkout, brings the commands, notebooks and data."""

from __future__ import annotations

import json
import os
import shutil
import site
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = "Scripts" if os.name == "nt" else "bin"

pytestmark = pytest.mark.slow


def run(command: Sequence[str | Path], cwd: Path, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        timeout=600,
        encoding="utf-8",
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT], cwd=out)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that holds the wheel and borrows everything else, so that nothing is downloaded.

    A .pth file names this environment's packages. The .pth files in there are not read again, so the editable
    checkout stays out of sight.
    """
    home = tmp_path_factory.mktemp("away") / "Umgebung mit Ümlaut"
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    python = home / BIN / ("python.exe" if os.name == "nt" else "python")
    packages = Path(run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], home).strip())
    borrowed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), *site.getsitepackages()}
    (packages / "borrowed.pth").write_text("\n".join(sorted(borrowed)) + "\n", encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python, "install"]
    run([*pip, "--no-deps", "--no-index", "--force-reinstall", wheel], home)
    return home


@pytest.fixture
def environment(installed: Path, tmp_path: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "WORKTEST", "VIRTUAL"))}
    # Programs and Jupyter's data (templates, kernels) are borrowed too; the wheel's own come first.
    kept["PATH"] = os.pathsep.join([str(installed / BIN), str(Path(sys.executable).parent), kept.get("PATH", "")])
    kept["JUPYTER_PATH"] = str(Path(sys.prefix, "share", "jupyter"))
    kept["WORKTEST_WORKSPACE"] = str(tmp_path / "work")
    kept["HOME"] = str(tmp_path)
    return kept


def shipped(folder: str) -> set[str]:
    """What git would ship of a folder: everything but caches."""
    files = (path for path in (ROOT / folder).rglob("*") if path.is_file())
    return {
        path.relative_to(ROOT / folder).as_posix()
        for path in files
        if not {"__pycache__", ".ipynb_checkpoints"} & set(path.parts) and path.suffix != ".pyc"
    }


def test_the_wheel_holds_all_units_and_solutions(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, place in (("curriculum", "worktest/_curriculum"), ("solutions", "autograde/_solutions")):
        inside = {name.removeprefix(place + "/") for name in names if name.startswith(place + "/")}
        assert inside == shipped(folder)
        assert any(name.endswith(".ipynb") for name in inside)
    assert not [name for name in names if "__pycache__" in name or ".ipynb_checkpoints" in name]
    assert not [name for name in names if name.startswith(("tests/", "curriculum/", "solutions/"))]


def test_the_commands_work_away_from_the_checkout(installed: Path, environment: dict[str, str], tmp_path: Path) -> None:
    python = installed / BIN / ("python.exe" if os.name == "nt" else "python")
    where = run([python, "-c", "import worktest, autograde; print(worktest.__file__)"], tmp_path, environment)
    assert Path(where.strip()).is_relative_to(installed), "the wheel is used, not the checkout"
    worktest, autograde = (shutil.which(name, path=str(installed / BIN)) for name in ("worktest", "autograde"))
    assert worktest and autograde
    assert "0.1.0" in run([worktest, "--version"], tmp_path, environment)
    assert "0.1.0" in run([autograde, "--version"], tmp_path, environment)

    workspace = tmp_path / "work"
    unit = next(path for path in (ROOT / "curriculum").glob("00_*") if path.is_dir())
    run([worktest, "start", "00", workspace / unit.name], tmp_path, environment)
    for released in unit.glob("*.ipynb"):
        assert (workspace / unit.name / released.name).read_bytes() == released.read_bytes()

    run([worktest, "extend", "00", "mine"], tmp_path, environment)
    assert {"plan.toml", "experiment.py", "paper.md", "reproduce.py"} <= {
        path.name for path in (workspace / "research" / "mine").iterdir()
    }
    assert "resampling" in run([worktest, "shortlist", "--json"], tmp_path, environment)
    assert "bluedot-rapid" in run([worktest, "routes", "--json"], tmp_path, environment)

    done = subprocess.run(
        [worktest, "grade", "00", "--workspace", str(workspace), "--json"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        encoding="utf-8",
    )
    # An untouched unit scores nothing. Which exit code that has is its own matter; it must be told in JSON.
    assert "Traceback" not in done.stderr, done.stderr
    assert done.stdout, done.stderr
    assert json.loads(done.stdout)
