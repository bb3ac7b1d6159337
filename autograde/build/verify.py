"""What ``autograde build --check`` holds every unit to. Each function gives problems, one line each."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograde import course
from autograde.build import grade_ids, verify_stages
from autograde.build.make import recorded_digest, release, source_digest
from autograde.build.references import References
from autograde.build.source import SOURCE_SUFFIX, read_script, script_of
from autograde.build.verify_exit import problems_of_exit
from autograde.build.verify_interview import problems_of_interview
from autograde.build.verify_scenarios import problems_of_scenarios
from autograde.examiner.sitting import CHECK_SUFFIX
from worktest.checks.registry import check_files, unit_checks
from worktest.errors import UserError
from worktest.safe import headings
from worktest.units import UnitInfo, load_unit

_SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_MIN_LEAK = 14
"""Shorter lines (``return total``) may stand anywhere by chance."""

_SOURCE_ONLY = ("hidden.py", "reference.json")
_SOURCE_GLOBS = (f"*{SOURCE_SUFFIX}", "hidden_*.py", "*.ipynb", "make_*.py", "scenario_*.py", "answers/**/*.py")


def problems_of(unit: str, solutions: Path, curriculum: Path, references: References) -> list[str]:
    """Everything that is wrong with one unit, worked and released."""
    folder = solutions / unit
    try:
        info = load_unit(folder)
    except UserError as error:
        return [str(error)]
    found = [*_description(unit, info, solutions, references), *_source_files(folder)]
    for name in info.notebooks:
        found += _worked(folder, name, info, references)
    found += verify_stages.problems(folder, info, references)
    found += [*problems_of_exit(folder, info), *problems_of_interview(folder, info)]
    found += problems_of_scenarios(folder, info)
    found += grade_ids.problems(unit, info, folder, solutions)
    if not found:  # a release can only be made of a sound source
        found += _released(unit, info, folder, curriculum / unit)
    return list(dict.fromkeys(found))  # a fault of the unit is seen from each of its notebooks


def _description(unit: str, info: UnitInfo, solutions: Path, references: References) -> Iterator[str]:
    where = f"{solutions / unit / 'unit.toml'}"
    for key in info.papers:
        if key not in references.entries:
            yield f"{where}: key 'papers': unknown citation {key!r}"
    for name in info.prerequisites:
        if not (solutions / name / "unit.toml").is_file():
            yield f"{where}: key 'prerequisites': there is no unit {name!r}"
    cycle = _cycle(unit, solutions)
    if cycle:
        yield f"{where}: key 'prerequisites': a cycle: {' -> '.join(cycle)}"


def _cycle(unit: str, solutions: Path) -> list[str]:
    """A chain of prerequisites that leads from ``unit`` back to itself, or an empty list."""

    def search(path: list[str]) -> list[str]:
        try:
            ahead = load_unit(solutions / path[-1]).prerequisites
        except UserError:
            return []
        for name in ahead:
            if name == unit:
                return [*path, name]
            if name not in path and (found := search([*path, name])):
                return found
        return []

    return search([unit])


def _source_files(folder: Path) -> Iterator[str]:
    """Files in a worked unit that nobody has said whether they may be released."""
    allowed = {folder / path for path in course.released_paths(folder)}
    allowed |= {folder / name for name in _SOURCE_ONLY}
    for pattern in _SOURCE_GLOBS:
        allowed |= set(folder.glob(pattern))
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path not in allowed and not {"__pycache__", ".ipynb_checkpoints"} & set(path.parts):
            yield f"{path}: not on the list of files that a unit has (autograde/course.py)"


def _worked(folder: Path, name: str, info: UnitInfo, references: References) -> Iterator[str]:
    script = script_of(folder, name)
    try:
        notebook = read_script(script, info, references)
    except UserError as error:
        yield str(error)
        return
    if recorded_digest(folder / f"{name}.ipynb") != source_digest(folder, name):
        yield f"{folder / name}.ipynb: stale; run `autograde build {folder.name}`"
    graded = {c.metadata.nbgrader.grade_id for c in notebook.cells if "nbgrader" in c.metadata}
    cards = "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
    for cell in info.graded:
        if cell.notebook != name:
            continue
        if cell.id not in graded:
            yield f"{script}: no cell is marked solution={cell.id!r}"
        if cell.id + CHECK_SUFFIX not in graded:
            yield f"{script}: no cell is marked check={cell.id!r}, so it has no points"
        if f"(`{cell.id}`)" not in cards:
            yield f"{script}: {{{{card {cell.id}}}}} is missing"
    yield from _checks(folder, info)
    yield from _hints(folder, info)
    yield from _dead_links(notebook, folder, script)


def _checks(folder: Path, info: UnitInfo) -> Iterator[str]:
    if not info.graded:
        return
    try:
        visible = unit_checks(folder)
        hidden = unit_checks(folder, visible=False)
    except Exception as error:  # these files are programs: anything may go wrong while they are read
        yield f"{folder}: visible.py or hidden.py can't be read: {type(error).__name__}: {error}"
        return
    for cell in info.graded:
        if not visible.of(cell.id):
            yield f"{folder / 'visible.py'}: no check of {cell.id!r}"
        if len(hidden.of(cell.id)) != cell.held_back:
            yield (
                f"{folder / 'unit.toml'}: key 'held_back' of {cell.id!r} says {cell.held_back}, "
                f"hidden.py has {len(hidden.of(cell.id))}"
            )
    for topic in {*visible.topics(), *hidden.topics()} - {cell.id for cell in info.graded}:
        yield f"{folder}: checks of {topic!r}, which unit.toml does not list"


def _hints(folder: Path, info: UnitInfo) -> Iterator[str]:
    path = folder / "hints.toml"
    if not info.graded:
        return
    try:
        hints = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        yield f"{path}: {error}"
        return
    for cell in info.graded:
        if len(hints.get(cell.id, {}).get("hints", [])) != 3:
            yield f"{path}: {cell.id!r} needs three hints"


def _anchor(heading: str) -> str:
    """How JupyterLab names a heading for links."""
    return heading.strip().replace(" ", "-")


def _dead_links(notebook: NotebookNode, folder: Path, script: Path) -> Iterator[str]:
    texts = [c.source for c in notebook.cells if c.cell_type == "markdown"]
    anchors = {_anchor(h) for text in texts for h in headings(text)}
    for text in texts:
        for target in _LINK.findall(text):
            if re.match(r"[a-z]+:", target):
                continue
            path, _, anchor = target.partition("#")
            if path and not (folder / path).exists():
                yield f"{script}: dead link to {path}"
            if not path and anchor not in anchors:
                yield f"{script}: dead link to the heading #{anchor}"


def _released(unit: str, info: UnitInfo, folder: Path, target: Path) -> Iterator[str]:
    files = release(unit, folder)
    for relative, content in files.items():
        path = target / relative
        if not path.is_file():
            yield f"{path}: missing; run `autograde build {unit}`"
        elif path.read_bytes() != content:
            yield f"{path}: not what the build makes (edited by hand, or stale); run `autograde build {unit}`"
    for path in sorted(target.rglob("*")):
        if path.is_file() and path.relative_to(target) not in files and "__pycache__" not in path.parts:
            yield f"{path}: not on the list of released files"
    yield from leaks(info, folder, target)


def leaks(info: UnitInfo, folder: Path, target: Path) -> Iterator[str]:
    """Lines of solutions, names and lines of hidden checks, markers and outputs found anywhere in the release."""
    secrets = _secret_lines(info, folder)
    texts: dict[Path, str] = {}
    for path in sorted(p for p in target.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # weights
        for marker in ("BEGIN SOLUTION", "END SOLUTION", "BEGIN HIDDEN TESTS", "BEGIN MARK SCHEME"):
            if marker in text:
                yield f"{path}: leak: the marker {marker!r}"
        if path.suffix == ".ipynb":
            notebook = nbformat.reads(text, as_version=nbformat.NO_CONVERT)
            if any(cell.get("outputs") for cell in notebook.cells):
                yield f"{path}: leak: a cell has outputs"
            text = _all_strings(notebook)
        texts[path] = text
        lines = {line.strip() for line in text.splitlines()}
        for line, origin in secrets.items():
            if line in lines:
                yield f"{path}: leak from {origin}: {line[:60]!r}"
    yield from verify_stages.leaks(folder, info, texts)


def _secret_lines(info: UnitInfo, folder: Path) -> dict[str, str]:
    """Lines that must not be in a release, with where they come from; lines that are given anyway are no secret."""
    given: set[str] = set()
    secret: dict[str, str] = {}
    for name in info.notebooks:
        text = script_of(folder, name).read_text(encoding="utf-8")
        given |= {line.strip() for line in _SOLUTION.sub("", text).splitlines()}
        for part in _SOLUTION.findall(text):
            secret |= {line.strip(): f"the solution in {name}" for line in part.splitlines()}
    for path in [folder / "world.py", *check_files(folder, "visible")]:
        if path.is_file():
            given |= {line.strip() for line in path.read_text(encoding="utf-8").splitlines()}
    for path in check_files(folder, "hidden"):
        if path.is_file():
            lines = path.read_text(encoding="utf-8").splitlines()
            secret |= {line.strip(): path.name for line in lines if not line.startswith(("from ", "import "))}
    return {line: origin for line, origin in secret.items() if len(line) >= _MIN_LEAK and line not in given}


def _all_strings(value: object) -> str:
    """Every string in a notebook, metadata and outputs included, one after another."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return "\n".join([*map(str, value), *(_all_strings(item) for item in value.values())])
    if isinstance(value, list | tuple):
        return "\n".join(_all_strings(item) for item in value)
    return ""
