"""The learner's wing does not know the grader's."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import worktest

PACKAGE = Path(worktest.__file__).parent
SOURCES = sorted(PACKAGE.rglob("*.py"))
GRADER = {"autograde", "nbgrader"}


def imports_of(tree: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    """Every import statement below ``tree`` with the top name of what it imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name.split(".")[0]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node, (node.module or "").split(".")[0]


def reaches_over(source: str) -> list[str]:
    """Imports of the grader's side in ``source``, and texts that an import by name could use."""
    tree = ast.parse(source)
    found = [ast.unparse(node) for node, name in imports_of(tree) if name in GRADER]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in ("import_module", "__import__"):
            found += [ast.unparse(node)] if any(name in ast.unparse(node) for name in GRADER) else []
    return found


@pytest.mark.parametrize(
    "source",
    ["import autograde", "from autograde.grade import grade", "def f():\n    import nbgrader.apps as n",
     "importlib.import_module('autograde.service')"],
)  # fmt: skip
def test_the_finder_finds(source: str) -> None:
    assert reaches_over(source)
    assert not reaches_over("from worktest import paths\nimport json")


def test_one_lazy_import_and_no_other() -> None:
    assert len(SOURCES) > 10
    found = {path.name: reaches_over(path.read_text(encoding="utf-8")) for path in SOURCES}
    assert {name: lines for name, lines in found.items() if lines} == {"grader.py": ["import autograde.service"]}
    top = ast.parse((PACKAGE / "commands" / "grader.py").read_text(encoding="utf-8")).body
    assert not [n for statement in top if isinstance(statement, ast.Import | ast.ImportFrom)
                for n, name in imports_of(statement) if name in GRADER]  # fmt: skip


def test_the_learners_side_loads_without_the_graders() -> None:
    modules = [
        "worktest" + "".join(f".{part}" for part in path.relative_to(PACKAGE).with_suffix("").parts)
        for path in SOURCES
        if path.stem not in ("__init__", "bootstrap")
        and "templates" not in path.parts  # files of a research folder, which run only in it
        and path.relative_to(PACKAGE).as_posix() != "agents/monitor.py"  # a torch model, which only worlds import
    ]
    code = (
        f"import sys, importlib\nfor name in {modules!r}: importlib.import_module(name)\n"
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'autograde', 'nbgrader', 'torch'}))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
