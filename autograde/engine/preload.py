"""What a warm server imports once, so that no kernel has to.

Imports only: a process that has computed with several threads hands its children locks that nobody will ever open.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import json
from collections.abc import Iterator
from pathlib import Path

_KERNEL = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.debugger",
    "IPython.core.debugger",
    "IPython.core.interactiveshell",
    "matplotlib.backends.backend_agg",
    "matplotlib.pyplot",
    "ipywidgets",
    "zmq.eventloop.zmqstream",
    "worktest",
    "worktest.room",
    "worktest.figures",
    "worktest.checks",
)


def imports_of(folder: Path) -> list[str]:
    """The import statements of a released unit, files and notebooks, each once: the exact lines its code will run."""
    found: dict[str, None] = {}
    for source in _sources(folder):
        with contextlib.suppress(SyntaxError, ValueError):
            for node in ast.walk(ast.parse(source)):
                if isinstance(node, ast.Import | ast.ImportFrom) and not getattr(node, "level", 0):
                    found[ast.unparse(node)] = None
    return list(found)


def _sources(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.py")):
        yield path.read_text(encoding="utf-8")
    for path in sorted(folder.glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                yield "".join(cell["source"])


def preload(units: list[Path]) -> list[str]:
    """Import what every kernel needs and what the released ``units`` name; gives what could not be imported."""
    missed = []
    with contextlib.suppress(ImportError):
        import torch

        torch.set_num_threads(1)
    for name in _KERNEL:
        try:
            importlib.import_module(name)
        except Exception:
            missed.append(name)
    lines = dict.fromkeys(line for unit in units for line in imports_of(unit))
    for line in lines:
        if line.partition(" ")[2].startswith("__future__"):
            continue
        try:
            exec(line, {})
        except Exception:  # an import that a unit does in a branch of its own may well be absent here
            missed.append(line)
    return missed
