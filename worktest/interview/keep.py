"""Write generated files without losing what a learner changed in them: a changed file is set aside first."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path

from worktest.workspace import disk_problem, make_own

_MADE = ".made.json"
"""Digests of the files as they were generated, by name."""


def write(folder: Path, name: str, content: bytes) -> str:
    """Write ``folder/name``. Gives a note when the old file had been changed by hand and was kept, else "".

    Raises UserError when it can't be written.
    """
    path = folder / name
    try:
        make_own(folder)
        made = _made(folder)
        note = ""
        if path.exists() and _digest(path.read_bytes(), name) not in (made.get(name), _digest(content, name)):
            kept = _kept_name(path)
            path.rename(kept)
            note = f"you had changed {name}: yours is kept as {kept.name}"
        partial = path.with_name(f".{name}.partial")
        partial.write_bytes(content)
        partial.replace(path)  # whole or not at all, and never through a link to somewhere else
        made[name] = _digest(content, name)
        (folder / _MADE).write_text(json.dumps(made, indent=1), encoding="utf-8")
    except OSError as error:
        raise disk_problem(error, path) from None
    return note


def _kept_name(path: Path) -> Path:
    stamp = dt.datetime.now().strftime("%Y-%m-%d_%H%M%S")
    kept, number = path.with_name(f"{path.stem}.kept-{stamp}{path.suffix}"), 1
    while kept.exists():
        number += 1
        kept = path.with_name(f"{path.stem}.kept-{stamp}-{number}{path.suffix}")
    return kept


def _made(folder: Path) -> dict[str, str]:
    try:
        found = json.loads((folder / _MADE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _digest(content: bytes, name: str) -> str:
    """Hash of a file; of a notebook only what its cells say, since running it is no change (answers are recorded)."""
    if name.endswith(".ipynb"):
        try:
            cells = json.loads(content)["cells"]
            sources = ["".join(cell["source"]) for cell in cells]
            content = json.dumps(sources).encode()
        except (ValueError, KeyError, TypeError, RecursionError):
            pass
    return hashlib.sha256(content).hexdigest()
