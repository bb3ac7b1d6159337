"""Research folders: where they lie, how one is found, and how one is made from a learner's own work test."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from worktest.errors import UserError
from worktest.extend import plan as plan_module
from worktest.extend.code import MODULE, take_code
from worktest.extend.left_open import FILE as LEFT_OPEN
from worktest.extend.left_open import left_open
from worktest.extend.log import EXPERIMENT, Log, read_log
from worktest.extend.plan import ID, Plan, read_plan
from worktest.extend.results import Results, read_results
from worktest.safe import plain
from worktest.units import UnitInfo, load_unit
from worktest.workspace import disk_problem, prepare

FOLDER = "research"
HAND_IN = "hand_in"
_MAX_NAME = 60
_OF_THE_UNIT = ("unit.toml", "world.py", "weights", "data")
_TAKEN = (
    "build", "check", "deviate", "explain", "grant", "handin", "list", "note", "predict", "register", "run", "table",
)  # fmt: skip
"""Names of commands: a folder of such a name could not be told from them."""


@dataclass(frozen=True)
class Research:
    """One research folder. Nothing is kept: each call reads the files as they are now."""

    path: Path
    name: str

    def plan(self) -> Plan:
        """Its plan. Raises UserError naming file, key and reason."""
        return read_plan(self.path)

    def log(self) -> Log:
        """Its registrations, runs, notes and deviations."""
        return read_log(self.path)

    def results(self) -> Results:
        """Its results."""
        return read_results(self.path)


@dataclass
class Made:
    """A new research folder, the learner's functions that are still stubs, and what was passed over."""

    research: Research
    unwritten: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def is_research(path: Path) -> bool:
    """Whether a folder is one: it holds a plan and an experiment."""
    return (path / plan_module.FILE).is_file() and (path / EXPERIMENT).is_file()


def all_in(workspace: Path) -> list[Research]:
    """The research folders of a workspace, sorted by name."""
    home = workspace / FOLDER
    if not home.is_dir():
        return []
    return [Research(path, path.name) for path in sorted(home.iterdir()) if is_research(path)]


def at(path: Path) -> Research:
    """The research folder ``path``. Raises UserError when it is none."""
    if not is_research(path):
        raise UserError(f"{path} is no research folder: it lacks {plan_module.FILE} or {EXPERIMENT}")
    return Research(path.resolve(), path.resolve().name)


def find(name: str | None, workspace: Path) -> Research:
    """A research folder by name or path; without one the folder around the current one, or the only one there is.

    Raises UserError with the names there are.
    """
    there = all_in(workspace)
    if name is None:
        here = Path.cwd().resolve()
        for folder in (here, *here.parents):
            if is_research(folder):
                return Research(folder, folder.name)
        if len(there) == 1:
            return there[0]
        if not there:
            raise UserError("there is no research folder yet; make one with `worktest extend UNIT NAME`")
        raise UserError(
            f"which one? {', '.join(one.name for one in there)}; go into its folder, or name it, as in "
            f"`worktest extend check {there[0].name}`; note, deviate and predict take `--in {there[0].name}`"
        )
    for one in there:
        if one.name == name:
            return one
    path = Path(name).expanduser()
    if ("/" in name or "\\" in name or name in (".", "..")) and is_research(path):
        return at(path)
    names = ", ".join(one.name for one in there) or "none yet"
    raise UserError(f"there is no research folder {plain(name, 80)!r} in {workspace / FOLDER}; there are: {names}")


def make(unit: str, name: str, workspace: Path, source: Path) -> Made:
    """Make the research folder ``name`` from the learner's folder ``source`` of ``unit``.

    It is made whole or not at all. Raises UserError for a name that is none or is taken, or when it can't be written.
    """
    if not re.match(ID, name) or len(name) > _MAX_NAME or name in _TAKEN:
        raise UserError(
            f"{plain(name, 80)!r} is no name for a folder: small letters, digits and single dashes, "
            f"at most {_MAX_NAME}, and no command's name"
        )
    info = load_unit(source)
    target = prepare(workspace) / FOLDER / name
    if target.exists():
        raise UserError(f"{target} exists and stays as it is; choose another name")
    taken = take_code(source / f"{_notebook(info)}.ipynb")
    partial = target.with_name(f".{name}.partial")
    try:
        target.parent.mkdir(exist_ok=True)
        shutil.rmtree(partial, ignore_errors=True)
        (partial / "unit").mkdir(parents=True)
        _copy_unit(source, partial / "unit")
        for file_name, text in templates(unit, name, info).items():
            (partial / file_name).write_text(text, encoding="utf-8")
        (partial / MODULE).write_text(taken.text, encoding="utf-8", errors="replace")
        (partial / LEFT_OPEN).write_text(left_open(source, info), encoding="utf-8", errors="replace")
        partial.rename(target)
    except OSError as error:
        shutil.rmtree(partial, ignore_errors=True)
        raise disk_problem(error, target) from None
    return Made(Research(target, name), taken.unwritten, taken.problems)


def _notebook(info: UnitInfo) -> str:
    """The notebook whose functions are taken: the work test, or else the one with the most graded cells."""
    graded = [cell.notebook for cell in info.graded]
    if "work_test" in graded or not graded:
        return "work_test" if "work_test" in info.notebooks else info.notebooks[0]
    return max(info.notebooks, key=graded.count)


def _copy_unit(source: Path, target: Path) -> None:
    for name in _OF_THE_UNIT:
        path = source / name
        if path.is_dir():
            shutil.copytree(path, target / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        elif path.is_file():
            shutil.copyfile(path, target / name)


def templates(unit: str, name: str, info: UnitInfo) -> dict[str, str]:
    """The files of a new folder by name, with its own name and the unit's filled in."""
    found = {}
    for entry in (files("worktest.extend") / "templates").iterdir():
        if entry.is_file() and entry.name != "paper.tex":  # that one is the frame which `extend build` fills
            text = entry.read_text(encoding="utf-8")
            found[entry.name] = text.replace("@NAME@", name).replace("@UNIT@", unit).replace("@UNIT_TITLE@", info.title)
    return found
