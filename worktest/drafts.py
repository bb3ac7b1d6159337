"""Written answers: drafts beside the notebooks, the written cells of a saved notebook, and which of the two counts.

A draft of the prompt ID lies in ``drafts/ID.md``. The notebook's own cell counts where it holds something; a draft
counts while the cell still holds the stub of the release.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from worktest.errors import UserError
from worktest.prompts import Prompt
from worktest.safe import words_in
from worktest.workspace import disk_problem, make_own

FOLDER = "drafts"
STUB = "Your answer here."
"""What the release puts into a written cell."""
MAX_CHARS = 40_000
"""Of one answer. A form of 5,000 words, the most that a prompt may allow, is well below."""
_MAX_BYTES = 4 * MAX_CHARS
_MAX_NOTEBOOK = 200_000_000


@dataclass(frozen=True)
class Answer:
    """The answer to a prompt that counts, and where it stands (``drafts/ID.md``, ``NAME.ipynb``, or "" for none)."""

    text: str = ""
    place: str = ""
    kind: Literal["draft", "notebook", "none"] = "none"
    unused_draft: bool = False
    """Whether there is a draft too, with another text, that does not count because the notebook's cell is filled."""

    @property
    def words(self) -> int:
        """Words, as a form counts them."""
        return words_in(self.text)


def path_of(folder: Path, prompt: str) -> Path:
    """Where the draft of a prompt lies."""
    return folder / FOLDER / f"{prompt}.md"


def read_draft(folder: Path, prompt: str) -> str:
    """The draft of a prompt, "" when there is none.

    Raises UserError when it is no file, can't be read, or is longer than any answer, and for a link to a file outside
    the folder: a draft is handed in and packed for peers, and a grader reads it with a grader's rights.
    """
    path = path_of(folder, prompt)
    try:
        if not path.exists():
            return ""
        if not path.resolve().is_relative_to(folder.resolve()):
            raise UserError(f"{path} is a link to a file outside the unit's folder: put the text itself there")
        if not path.is_file():
            raise UserError(f"{path} is no file: move it away, then write the draft again")
        with path.open("rb") as file:
            raw = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise UserError(f"{path} can't be read: {error.strerror or error}") from None
    text = raw.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    if len(raw) > _MAX_BYTES or len(text) > MAX_CHARS:
        raise UserError(f"{path} is longer than {MAX_CHARS:,} characters: that is no answer to a form; shorten it")
    return text


def write_draft(folder: Path, prompt: str, text: str) -> Path:
    """Put ``text`` in place of the draft, whole or not at all; gives its path.

    Raises UserError when it is too long or can't be written; the draft then stays as it was.
    """
    path = path_of(folder, prompt)
    if len(text) > MAX_CHARS:
        raise UserError(f"{path.name}: {len(text):,} characters; keep an answer under {MAX_CHARS:,}")
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        make_own(path.parent)
        partial.write_text(text, encoding="utf-8", errors="replace", newline="\n")
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise disk_problem(error, path) from None
    return path


def set_aside(folder: Path, prompt: str) -> Path | None:
    """Keep what the draft holds under another name, ``ID.before-1.md`` and so on; None when it holds nothing."""
    path = path_of(folder, prompt)
    if not read_draft(folder, prompt).strip():
        return None
    number = 1
    while (kept := path.with_name(f"{prompt}.before-{number}.md")).exists():
        number += 1
    try:
        path.rename(kept)
    except OSError as error:
        raise disk_problem(error, kept) from None
    return kept


def is_stub(source: str) -> bool:
    """Whether a written cell still waits for its answer."""
    return source.strip() in ("", STUB)


def written_cells(notebook: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each cell of a notebook that has a grade_id, with it. The notebook is JSON of any content."""
    cells = notebook.get("cells")
    for cell in cells if isinstance(cells, list) else []:
        about = cell.get("metadata") if isinstance(cell, dict) else None
        about = about.get("nbgrader") if isinstance(about, dict) else None
        name = about.get("grade_id") if isinstance(about, dict) else None
        if isinstance(name, str):
            yield name, cell


def source_of(cell: dict[str, Any]) -> str:
    """A cell's text; a notebook may keep it as one string or as lines."""
    source = cell.get("source")
    return "".join(map(str, source)) if isinstance(source, list) else str(source or "")


def in_notebook(folder: Path, prompt: Prompt) -> str:
    """What stands in the prompt's written cell of the notebook as it was last saved; "" for the stub or no such cell.

    Raises UserError when there is a notebook that can't be read.
    """
    path = folder / f"{Path(prompt.notebook).name}.ipynb"
    if not path.is_file() or path.stat().st_size > _MAX_NOTEBOOK:
        return ""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        raise UserError(f"{path} is not a whole notebook: open and save it in JupyterLab, then try again") from None
    for name, cell in written_cells(notebook if isinstance(notebook, dict) else {}):
        source = source_of(cell)
        if name == prompt.id and not is_stub(source):
            return source.encode("utf-8", "replace").decode()  # JSON can hold halves of characters
    return ""


def answer_to(folder: Path, prompt: Prompt) -> Answer:
    """The answer that counts. Raises UserError when a draft or a notebook is there and can't be read."""
    if prompt.kind == "write-up" and not prompt.notebook:
        from worktest.write_up import WRITE_UP, executive_summary

        if summary := executive_summary(folder):
            return Answer(summary, WRITE_UP, "notebook")
    written = in_notebook(folder, prompt)
    draft = read_draft(folder, prompt.id)
    if written:
        other = bool(draft.strip()) and draft.strip() != written.strip()
        return Answer(written, f"{prompt.notebook}.ipynb", "notebook", other)
    if draft.strip():
        return Answer(draft, f"{FOLDER}/{prompt.id}.md", "draft")
    return Answer()


def needed(folder: Path, prompt: Prompt, unit: str = "UNIT") -> Answer:
    """The answer that counts; raises UserError when there is none yet, or when it is too long to be kept."""
    answer = answer_to(folder, prompt)
    if not answer.text.strip():
        where = f"{prompt.notebook}.ipynb and save" if prompt.notebook else "the form of the sitting"
        if prompt.kind == "write-up" and not prompt.notebook:
            where = "the executive summary of write_up.md"
        raise UserError(
            f"your own answer to {prompt.id!r} is still empty: write it in {where}, "
            f"or with `worktest form {unit} {prompt.id}`, then come back"
        )
    if len(answer.text) > MAX_CHARS:
        raise UserError(
            f"your answer to {prompt.id!r} has {len(answer.text):,} characters; keep it under {MAX_CHARS:,}"
        )
    return answer


@dataclass(frozen=True)
class Count:
    """How many words an answer has, of how many; what ``unit.words(ID)`` shows."""

    prompt: str
    words: int
    limit: int
    place: str = ""

    @property
    def over(self) -> int:
        """Words above the limit."""
        return max(0, self.words - self.limit)

    @property
    def state(self) -> str:
        """``empty``, ``12 over the limit``, or "" when all is well."""
        return "empty" if not self.words else f"{self.over} over the limit" if self.over else ""

    def __str__(self) -> str:
        return f"{self.words} of {self.limit} words" + (f", {self.state}" if self.state else "")

    def __repr__(self) -> str:
        return f"{self.prompt}: {self}" + (f" (in {self.place}, as last saved)" if self.place else "")


def count(folder: Path, prompt: Prompt) -> Count:
    """Count the words of the answer that counts."""
    answer = answer_to(folder, prompt)
    return Count(prompt.id, answer.words, prompt.words, answer.place)
