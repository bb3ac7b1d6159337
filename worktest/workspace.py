"""The learner's copies of units. Nothing a learner wrote is ever overwritten."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from worktest import paths
from worktest.errors import UserError
from worktest.lines import entries_of
from worktest.units import load_unit

FIRST_UNITS = ("00_start_here", "01_logit_diff_amplification")
COURSE = "course"
"""Of a person alone: the grader's side of their workspace, nbgrader's course folder."""
_README = """This folder is yours: worktest keeps it out of version control.

NN_name/       your copy of a unit; open its notebooks here
course/        the grader's side (nbgrader's course folder): hand-ins, gradebook, feedback pages,
               and the worked notebooks; look there after your own attempt
progress.jsonl what you were graded, one line an attempt
streams/       descriptions of streams that you paste (.md or .txt), for `worktest shortlist`
shortlist.*    .toml: what you want, made by `worktest shortlist --wishes`; .jsonl: your own order, with reasons
"""


def prepare(workspace: Path) -> Path:
    """Make ``workspace`` a workspace; safe to call again. Raises UserError when it can't be written."""
    try:
        workspace.mkdir(parents=True, exist_ok=True)
        marker = workspace / paths.MARKER
        if not marker.exists():
            marker.write_text("worktest workspace\n", encoding="utf-8")
        readme = workspace / "README.txt"
        if not readme.exists():
            readme.write_text(_README, encoding="utf-8")
    except OSError as error:
        raise disk_problem(error, workspace) from None
    return workspace


def make_own(folder: Path) -> None:
    """Make a folder for generated files if it is not there.

    Raises UserError when it is a link: what is written, replaced and removed in it would be somebody else's, or the
    unit's own notebooks. Raises OSError when it can't be made.
    """
    if folder.is_symlink():
        raise UserError(f"{folder} is a link to somewhere else, and nothing is written through it: move it away")
    folder.mkdir(exist_ok=True)


def disk_problem(error: OSError, where: Path) -> UserError:
    """One clear line for a failed write."""
    if error.errno == errno.ENOSPC:
        return UserError(f"no space left on the disk of {where}: free some and run the same command again")
    if isinstance(error, PermissionError):
        return UserError(f"{where} can't be written (permission denied): choose another folder with --workspace")
    return UserError(f"{where}: {error.strerror or error}")


def start(
    unit: str,
    target: Path,
    *,
    fresh: bool = False,
    confirm: Callable[[str], bool] | None = None,
    adapt: Callable[[Path], None] | None = None,
) -> Path:
    """Copy the released unit to ``target``; ``adapt`` changes the copy before it is put there.

    An existing ``target`` stays as it is unless ``fresh`` (or ``confirm`` says yes): then it is renamed to a dated
    copy first. Raises UserError when ``target`` exists and neither holds, or when the copy can't be written.
    """
    source = paths.curriculum() / unit
    if target.exists() and not fresh:
        question = f"{target} exists. Keep a dated copy of it and start fresh?"
        if confirm is None or not confirm(question):
            raise UserError(f"{target} exists and stays as it is; --fresh keeps a dated copy of it and starts anew")
    partial = target.with_name(f".{target.name}.partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(partial, ignore_errors=True)
        shutil.copytree(source, partial, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"))
        for path in partial.rglob("*"):  # an installed package may be read-only
            path.chmod(path.stat().st_mode | 0o200)
        if adapt is not None:
            adapt(partial)
        if target.exists():  # only now: a copy that fails changes nothing
            _set_aside(target)
        partial.rename(target)
    except UserError:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    except OSError as error:
        shutil.rmtree(partial, ignore_errors=True)
        raise disk_problem(error, target) from None
    return target


def _set_aside(target: Path) -> Path:
    stamp = dt.datetime.now().strftime("%Y-%m-%d_%H%M%S")
    kept = target.with_name(f"{target.name}.kept-{stamp}")
    number = 1
    while kept.exists():
        number += 1
        kept = target.with_name(f"{target.name}.kept-{stamp}-{number}")
    target.rename(kept)
    return kept


def first_units(workspace: Path) -> list[Path]:
    """Copy the units a newcomer begins with, where they are not there yet; gives the folders that were made."""
    prepare(workspace)
    made = []
    for name in FIRST_UNITS:
        target = workspace / name
        if name in paths.units_in(paths.curriculum()) and not target.exists():
            made.append(start(name, target))
    return made


def is_graders(folder: Path) -> bool:
    """Whether a folder in a workspace is the grader's side of a person alone."""
    return folder.name == COURSE and ((folder / "gradebook.db").exists() or (folder / "exchange").is_dir())


def learner_folder(unit: str, workspace: Path, folder: str | None = None) -> Path:
    """The learner's folder of ``unit``: ``folder`` if given, else the one in the workspace.

    Raises UserError when it is not there, or in two courses of a hub and the current folder is in neither.
    """
    path = paths.given_path(folder) if folder else _only(unit, workspace)
    if not path.is_dir():
        if paths.ON_A_HUB in os.environ and not folder:
            raise UserError(f"unit {unit[:2]} is not in {workspace}: fetch it in JupyterLab, Nbgrader, Assignment List")
        raise UserError(f"{path} is not there; get the unit with `worktest start {unit[:2]}`")
    load_unit(path)
    return path


def _only(unit: str, workspace: Path) -> Path:
    found = paths.learners_units(workspace).get(unit, [workspace / unit])
    here = Path.cwd().resolve()
    near = [path for path in found if here == path or here in path.parents or path in here.parents]
    if len(near or found) > 1:
        told = " and in ".join(str(path.parent.relative_to(workspace)) for path in found)
        raise UserError(f"unit {unit[:2]} lies in {told}: change into the folder that you mean, or name it with --dir")
    return (near if len(near) == 1 else found)[0]


# What was graded ------------------------------------------------------------------------------------------------


def record(workspace: Path, entry: dict[str, Any]) -> None:
    """Append one graded attempt to ``progress.jsonl``."""
    stamped = {"time": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), **entry}
    path = workspace / "progress.jsonl"
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(stamped) + "\n")
    except OSError as error:
        raise disk_problem(error, path) from None


def attempts(workspace: Path) -> list[dict[str, Any]]:
    """All graded attempts, oldest first; a line that can't be read is passed over."""
    return [
        entry
        for entry in entries_of(workspace / "progress.jsonl")
        if "unit" in entry and isinstance(entry.get("points"), int | float)
    ]
