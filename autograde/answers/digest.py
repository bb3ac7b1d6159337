"""A digest of all that the verdict on one graded cell depends on: while it stays the same, so does what was proven.

Two folders are read, because the harness reads two: `solutions/UNIT` holds the checks and the worked cells,
`curriculum/UNIT` what lies beside the kernel and the released stubs. Of the files of checks only those count that
declare a check of the cell. Prose is left out: Markdown, outputs, hints, prompts, claims, the interview, `unit.toml`.
So is what can only fail loudly, whichever the seed: the way from the examiner to a kernel, and the parts of worktest
that open a unit.
"""

from __future__ import annotations

import ast
import hashlib
import re
import warnings
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import worktest
from autograde.answers import judge
from autograde.answers.bank import BankAnswer, given_cells
from autograde.paths import solutions
from worktest import paths
from worktest.errors import UserError

PACKAGES = ("matplotlib", "numpy", "scipy", "torch", "transformer-lens")
"""Libraries that checks and answers compute with."""
_FOLDERS = ("data", "weights")
_CHECKS = re.compile(r"(worked|released)/(visible|hidden)(_\w+)?\.py$")
_NO_PART = ("make_*.py", "scenario_*.py", "*.nb.py")
_ROOM = ("room.py", "figures.py", "checks/*.py")
"""Of worktest: how an answer is asked and compared, whatever the unit."""
_LOUD = ("__init__.py", "errors.py", "notebook.py", "units.py")
"""Of worktest: what opens a unit and reads its files. It works or it does not."""


def digests_of(unit: str, bank: list[BankAnswer]) -> dict[str, str]:
    """The digest of each graded cell of ``unit``, the same on every machine. ``bank`` holds the unit's answers.

    Raises UserError outside a checkout: an installed copy has no list of versions.
    """
    cells = given_cells(unit)
    worked, released = solutions() / unit, paths.curriculum() / unit
    files = [*_files(worked, "worked"), *_files(released, "released"), ("judge", Path(judge.__file__).read_bytes())]
    sources = {name: content.decode("utf-8", "replace") for name, content in files if name.endswith(".py")}
    checked = {name: _topics_checked(sources[name]) for name in sources if _CHECKS.match(name)}
    given = [(f"cell {number}", cell.encode()) for number, cell in enumerate(cells)]
    versions = [("version", line.encode()) for line in _versions()]
    found: dict[str, str] = {}
    for topic in dict.fromkeys(answer.topic for answer in bank):
        own = [(name, content) for name, content in files if topic in (checked.get(name) or {topic})]
        imported_by = [
            *cells,
            *(answer.code for answer in bank),
            *(sources[name] for name, _ in own if name in sources),
        ]
        modules = [(f"worktest/{name}", (_worktest() / name).read_bytes()) for name in _modules(imported_by)]
        mine = sorted((f"{a.kind} {a.name}", a.code.encode()) for a in bank if a.topic == topic)
        found[topic] = _hash([("topic", topic.encode()), *own, *given, *modules, *versions, *mine])
    return found


def _hash(parts: Iterable[tuple[str, bytes]]) -> str:
    """A digest of named contents. What is text counts without its kind of line ending."""
    total = hashlib.sha256()
    for name, content in parts:
        if b"\0" not in content:
            content = content.replace(b"\r\n", b"\n")
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()[:20]


def _files(folder: Path, label: str) -> Iterator[tuple[str, bytes]]:
    """The world, the checks and the data in a unit's folder, by name; not the scripts that make things."""
    found = [p for p in folder.glob("*.py") if not any(p.match(pattern) for pattern in _NO_PART)]
    found += [p for name in _FOLDERS for p in (folder / name).rglob("*")]
    names = {path.relative_to(folder).as_posix(): path for path in found if path.is_file()}
    for name in sorted(names):
        if not any(part.startswith((".", "__pycache__")) for part in name.split("/")):
            yield f"{label}/{name}", names[name].read_bytes()


def _topics_checked(source: str) -> set[str] | None:
    """The graded cells that a file of checks declares checks of; None when its text alone does not tell."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return None
    topics: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "check":
            if len(node.args) != 1 or not isinstance(node.args[0], ast.Constant):
                return None
            topics.add(str(node.args[0].value))
    return topics


def _worktest() -> Path:
    return Path(worktest.__file__).resolve().parent


def _modules(sources: Iterable[str]) -> list[str]:
    """The files of worktest, relative to it, that ask and compare an answer or that ``sources`` import in the end."""
    root = _worktest()
    found = {path.relative_to(root).as_posix() for pattern in _ROOM for path in root.glob(pattern)}
    left = [*sources, *((root / name).read_text(encoding="utf-8") for name in sorted(found))]
    while left:
        for name in _imported(left.pop()) - found:
            found.add(name)
            left.append((root / name).read_text(encoding="utf-8"))
    return sorted(found)


@lru_cache(maxsize=2000)
def _imported(source: str) -> frozenset[str]:
    """The files of worktest that a piece of Python imports. What can't be read imports nothing: it can't run either."""
    lines = ("" if line.startswith(("%", "!")) else line for line in source.splitlines())  # the shell's own commands
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about a backslash in somebody's string
            tree = ast.parse("\n".join(lines))
    except (SyntaxError, ValueError):
        return frozenset()
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    files = set()
    for name in names:
        first, *rest = name.split(".")
        if first != "worktest":
            continue
        for end in range(1, len(rest) + 1):  # a module's packages are imported with it
            stem = "/".join(rest[:end])
            files |= {f for f in (f"{stem}.py", f"{stem}/__init__.py") if (_worktest() / f).is_file()}
    return frozenset(files - set(_LOUD))


def _versions() -> list[str]:
    """The lines of requirements.lock for PACKAGES, without the remarks that say who asked for them."""
    checkout = paths.checkout()
    if checkout is None:
        raise UserError("proofs belong to a checkout of the project; this is an installed copy")
    path = checkout / "requirements.lock"
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise UserError(f"{path} can't be read: {error.strerror or error}") from None
    lines = (line.split("#")[0].strip() for line in text.splitlines())
    return sorted(line for line in lines if re.split(r"[=<>!~ ;\[]", line, maxsplit=1)[0] in PACKAGES)
