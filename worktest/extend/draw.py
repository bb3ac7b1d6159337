"""The figures of a research folder: each public function of its ``figures.py`` is run in a process of its own.

What a function draws is saved as ``figures/NAME.png``, and what a program can read of it as ``figures/NAME.json``.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from worktest.errors import UserError
from worktest.extend.process import environment
from worktest.lines import entries_of
from worktest.workspace import disk_problem, make_own

if TYPE_CHECKING:
    from worktest.extend.folder import Research

FILE = "figures.py"
FOLDER = "figures"
DPI = 150
WIDEST = 6.5
"""Inches that a figure is shown at; a wider one is shown smaller, and so are its letters."""
SECONDS = 300
"""For all figures of one process together."""


@dataclass
class Drawn:
    """The files that were made, and one line for each figure that failed or that will not read well."""

    files: list[Path] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def functions_in(folder: Path) -> list[str]:
    """The public functions of ``figures.py``, in order; none when there is no such file.

    Raises UserError with the line when it is no Python.
    """
    path = folder / FILE
    try:
        tree = ast.parse(path.read_bytes(), filename=FILE)
    except FileNotFoundError:
        return []
    except SyntaxError as error:
        raise UserError(f"{path}, line {error.lineno}: {error.msg}; nothing is drawn until that is mended") from None
    except (ValueError, RecursionError) as error:
        raise UserError(f"{path} can't be read as Python: {error}") from None
    except OSError as error:
        raise disk_problem(error, path) from None
    names = [node.name for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
    return list(dict.fromkeys(names))


def draw(research: Research, progress: Callable[[str], None] = lambda text: None) -> Drawn:
    """Draw all figures. What fails is named and keeps no picture of an earlier run; the others are made all the same.

    Raises UserError when ``figures.py`` is no Python, or when the folder can't be written.
    """
    found, names = Drawn(), functions_in(research.path)
    if not names:
        return found
    try:
        make_own(research.path / FOLDER)
        with tempfile.TemporaryDirectory() as scratch:
            made = _draw_all(research.path, names, Path(scratch), found, progress)
            for name in names:
                _keep(research.path / FOLDER, name, Path(scratch), name in made)
                if name in made:
                    found.files += [research.path / FOLDER / f"{name}.{ending}" for ending in ("png", "json")]
    except OSError as error:
        raise disk_problem(error, research.path / FOLDER) from None
    return found


def _keep(folder: Path, name: str, scratch: Path, made: bool) -> None:
    """Put a figure where it belongs, or take away the one that its function no longer draws."""
    for ending in ("png", "json"):
        path = folder / f"{name}.{ending}"
        if made:
            partial = folder / f".{name}.{ending}.partial"
            partial.write_bytes((scratch / path.name).read_bytes())
            partial.replace(path)
        else:
            path.unlink(missing_ok=True)


def _draw_all(folder: Path, names: list[str], scratch: Path, found: Drawn, progress: Callable[[str], None]) -> set[str]:
    """Draw into ``scratch``. A process that ends early is followed by another for the figures behind the one that ended
    it. Gives the names that were drawn.
    """
    made: set[str] = set()
    left = list(names)
    while left:
        progress(f"drawing {left[0]}" if len(left) == 1 else f"drawing {left[0]} and {len(left) - 1} more")
        answers = scratch / f"answers-{len(left)}.jsonl"
        ended = _process(folder, left, scratch, answers)
        for entry in entries_of(answers):
            name = str(entry.get("name"))
            if name not in left:
                continue
            left.remove(name)
            if "failed" in entry:
                found.problems.append(f"{FILE}: {name}() drew no figure: {entry['failed']}")
            else:
                made.add(name)
                found.problems += [f"{FILE}: {name}(): {note}" for note in entry.get("notes", [])]
        if left:
            found.problems.append(f"{FILE}: {left.pop(0)}() drew no figure: {ended}")
    return made


def _process(folder: Path, names: list[str], scratch: Path, answers: Path) -> str:
    """Let a process draw; gives how it ended."""
    order = json.dumps({"folder": str(folder), "names": names, "scratch": str(scratch), "answers": str(answers)})
    try:
        ran = subprocess.run(
            [sys.executable, "-m", "worktest.extend.draw_process"],
            input=order.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment(),
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"it took more than {SECONDS} s"
    if ran.returncode < 0:
        return f"its process was killed by signal {-ran.returncode}"
    said = ran.stdout.decode("utf-8", "replace").strip().split("\n")[-1][:200]
    return f"its process ended with code {ran.returncode}" + (f": {said}" if said else "")
