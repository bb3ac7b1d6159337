"""The learner's own functions out of a work test's notebook, as a module that an experiment can import."""

from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from worktest.errors import UserError

MODULE = "work_test.py"
_OPENS = re.compile(r"\bworktest\.open_unit\(\s*\)")
_HERE = 'worktest.open_unit(str(__import__("pathlib").Path(__file__).parent / "unit"))'
_MARKERS = re.compile(r"^[ \t]*### (?:BEGIN|END) SOLUTION[ \t]*\n?", re.MULTILINE)
_DEFINES = re.compile(
    r"^[ \t]*(?:(?:async[ \t]+)?def[ \t]+\w|class[ \t]+\w+[ \t]*(?:[:(\[]|$)"
    r"|import[ \t]+\w|from[ \t]+[\w.]+[ \t]+import\b)",
    re.MULTILINE,
)
_KEPT = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)


@dataclass
class Taken:
    """The text of the module, the names of its functions that are still to be written, and what was passed over."""

    text: str
    unwritten: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def take_code(notebook: Path) -> Taken:
    """Take the code of a unit's notebook.

    Given and graded cells are taken whole, without the cells that check; of other cells only imports, functions and
    classes. Cells tagged ``explore`` are left out, since they run things. A cell that is no Python is a problem when
    something would have been taken from it. Raises UserError when the notebook can't be read.
    """
    try:
        data = json.loads(notebook.read_text(encoding="utf-8"))
        cells = [cell for cell in data["cells"] if cell.get("cell_type") == "code"]
    except FileNotFoundError:
        raise UserError(
            f"{notebook} is not there; get the unit with `worktest start {notebook.parent.name[:2]}`"
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UserError(f"{notebook} is not a whole notebook: open and save it in JupyterLab, then try again") from None
    taken = Taken("")
    parts = [_HEAD.format(name=notebook.name)]
    for number, cell in enumerate(cells, start=1):
        source = cell.get("source", "")
        source = "".join(map(str, source)) if isinstance(source, list) else str(source)
        about = cell.get("metadata") or {}
        name = (about.get("nbgrader") or {}).get("grade_id")
        if not source.strip() or "explore" in about.get("tags", []) or "unit.check(" in source:
            continue
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError, RecursionError):
            if name or _DEFINES.search(source):  # of a cell with prose or IPython's commands nothing would be taken
                where = f"{notebook.name}, code cell {number} ({name or 'no name'})"
                taken.problems.append(f"{where} is no Python; left out")
            continue
        text = _MARKERS.sub("", source).strip() if name else _definitions(source, tree)
        if text:
            parts.append(f"# {'-' * 20} {notebook.name}, {name or f'code cell {number}'}\n{text}\n")
            taken.unwritten += _stubs(tree)
    taken.text = _OPENS.sub(_HERE, "\n\n".join(parts))
    return taken


_HEAD = '''"""The functions of your own work test, from {name} as it was when this folder was made.

Yours from now on: cut away what the experiment does not need, such as models that a given cell loads.
"""

# ruff: noqa
'''


def _definitions(source: str, tree: ast.Module) -> str:
    """The imports, functions and classes at the top level of a cell."""
    lines = source.splitlines()
    kept = []
    for node in tree.body:
        if isinstance(node, _KEPT):
            first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
            kept.append("\n".join(lines[first - 1 : node.end_lineno]))
    return "\n\n\n".join(kept)


def _stubs(tree: ast.Module) -> list[str]:
    """Functions whose body ends in ``raise NotImplementedError``: nbgrader's stub."""
    found = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and any(_is_stub(statement) for statement in node.body):
            found.append(node.name)
    return found


def _is_stub(statement: Any) -> bool:
    raised = statement.exc if isinstance(statement, ast.Raise) else None
    called = raised.func if isinstance(raised, ast.Call) else raised
    return isinstance(called, ast.Name) and called.id == "NotImplementedError"
