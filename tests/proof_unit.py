"""The small unit with a bank that proves it, and changes to its files: for tests of the proofs that are kept."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
from banked import BANK
from micro import DOUBLE, TOTAL, UNIT

Change = Callable[[Path], object]
NOUGHT = "# wrong: nothing\n# loses: sums_one_two, sums_what_is_drawn\ndef total(v):\n    return 0.0\n"
LOCK = "numpy==2.0  # via scipy\nrich==13.0\ntorch==2.13.0 ; python_version < '3.14'  # via worktest\n"
WORKED, RELEASED = f"solutions/{UNIT}", f"curriculum/{UNIT}"


def with_sound_bank(built: Path, root: Path) -> Path:
    """A copy of the built small unit in ``root``, with a bank whose every answer does what it says; gives ``root``."""
    shutil.copytree(built, root)
    for topic, answers in {DOUBLE: BANK[DOUBLE], TOTAL: {**BANK[TOTAL], "nought": NOUGHT}}.items():
        folder = root / WORKED / "answers" / topic
        folder.mkdir(parents=True)
        for name, text in answers.items():
            (folder / f"{name}.py").write_text(text)
    (root / "requirements.lock").write_text(LOCK)
    return root


def edit(path: str, text: str) -> Change:
    def change(root: Path) -> None:
        file = root / path
        file.parent.mkdir(exist_ok=True)
        file.write_text((file.read_text() if file.is_file() else "") + text)

    return change


def replace(path: str, old: str, new: str) -> Change:
    def change(root: Path) -> None:
        content = (root / path).read_bytes()
        assert old.encode() in content
        (root / path).write_bytes(content.replace(old.encode(), new.encode()))

    return change


def cell_edit(path: str, kind: str, text: str, *, outputs: bool = False) -> Change:
    """Change the last cell of this type in a notebook that bears a grade_id (or, of Markdown, any)."""

    def change(root: Path) -> None:
        notebook = nbformat.read(root / path, as_version=4)
        cells = [c for c in notebook.cells if c.cell_type == kind and (kind != "code" or c.metadata.get("nbgrader"))]
        cells = [c for c in cells if "unit.check" not in c.source]
        if outputs:
            cells[-1].outputs = [nbformat.v4.new_output("stream", text=text)]
        else:
            cells[-1].source += text
        nbformat.write(notebook, root / path)

    return change
