"""``worktest extend build``: figures, table, log, lock and paper of a research folder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worktest.errors import UserError
from worktest.extend import lock
from worktest.extend.draw import draw
from worktest.extend.filling import fill, tables, without_result
from worktest.extend.log_page import log_markdown
from worktest.extend.paper import PAPER, read_paper
from worktest.workspace import disk_problem

if TYPE_CHECKING:
    from worktest.extend.folder import Research

TEX, NEW_TEX, PDF = "paper.tex", "paper.new.tex", "paper.pdf"
TABLE, LOG = "table.md", "log.md"
_MADE = "% Made by worktest extend build from paper.md; its checksum: "
_SUM = 16


@dataclass
class Built:
    """The files that were made, one line for each thing that is wrong or left out, and the pages of paper.pdf."""

    files: list[Path] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    pages: int = 0
    made_with: str = "worktest"

    def to_json(self) -> dict[str, Any]:
        """Plain data for ``--json``."""
        return {
            "files": [str(path) for path in self.files],
            "problems": self.problems,
            "pages": self.pages,
            "made_with": self.made_with,
        }


def build(research: Research, progress: Callable[[str], None] = lambda text: None, *, latex: bool = False) -> Built:
    """Make all that is made from plan, results, log, figures and paper; ``latex`` compiles the paper, too.

    What fails is named under ``problems``, and the rest is made all the same. Raises UserError when the plan can't be
    read or the folder can't be written.
    """
    found = Built()
    plan, results, log = research.plan(), research.results(), research.log()
    found.problems += results.problems + log.problems
    try:
        drawn = draw(research, progress)
        found.files += drawn.files
        found.problems += drawn.problems
    except UserError as problem:
        found.problems.append(str(problem))
    progress("table and log")
    heading = (
        f"# Results of {research.name}\n\nMade by `worktest extend build` from `results.csv`; changes are lost.\n\n"
    )
    _write(research.path / TABLE, heading + tables(plan, results, {"conditions": 1, "comparisons": 2}) + "\n", found)
    _write(research.path / LOG, log_markdown(plan, log), found)
    modules = lock.read_imported(research.path)
    if modules:
        progress("lock")
        _write(research.path / lock.FILE, lock.lock_text(modules), found)
    elif not (research.path / lock.FILE).is_file():  # one from an earlier run, or from who made the folder, stays
        found.problems.append(f"{lock.FILE} is not made: it needs a run of this experiment (`worktest extend run`)")
    progress("paper")
    try:
        _paper(research, found, latex, progress)
    except UserError as problem:
        found.problems.append(f"{problem}; {TEX} and {PDF} are not made anew")
    return found


def _paper(research: Research, found: Built, latex: bool, progress: Callable[[str], None]) -> None:
    from worktest.extend.compile_tex import Compiled, compile_tex
    from worktest.extend.document import document_of
    from worktest.extend.latex import latex_of
    from worktest.extend.paper_pdf import pdf_of
    from worktest.safe import plain

    paper = read_paper(research.path)
    found.problems += without_result(paper, research)
    filled = fill(paper, research)
    document = document_of(plain(filled, len(filled)), research.path)
    found.problems += document.problems
    made = latex_of(document, research.path)
    tex = _write_tex(research.path, made.text, found)
    compiled = Compiled()
    if latex:
        progress("LaTeX")
        compiled = compile_tex(research.path, tex.stem)
        found.problems += compiled.problems
    if compiled.content is not None:
        found.pages, found.made_with = compiled.pages, compiled.program
        found.problems += made.problems
        _write(research.path / PDF, compiled.content, found)
        return
    rendered = pdf_of(document_of(plain(filled, len(filled)), research.path), research.path)
    found.pages = rendered.pages
    found.problems += [f"{PAPER}: {line}" for line in rendered.problems]
    found.problems += [line for line in made.problems if not _named(line, rendered.problems)]
    _write(research.path / PDF, rendered.content, found)


def _named(line: str, problems: list[str]) -> bool:
    """Whether these name the figure, too, that this line says is missing."""
    figure, is_one, _ = line.partition(" is not in ")
    return bool(is_one) and any(problem.startswith(figure) for problem in problems)


def _write_tex(folder: Path, text: str, found: Built) -> Path:
    """Write paper.tex, with its checksum in the first line; one that somebody changed stays, and the new one is put
    beside it.
    """
    content = f"{_MADE}{_sum(text)}\n{text}"
    path = folder / TEX
    if _is_changed(path):
        found.problems.append(f"{TEX} was changed by hand and stays as it is; the new one is {NEW_TEX}")
        path = folder / NEW_TEX
    _write(path, content, found)
    return path


def _is_changed(path: Path) -> bool:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return True
    first, _, rest = text.partition("\n")
    return not (first.startswith(_MADE) and first.removeprefix(_MADE).strip() == _sum(rest))


def _sum(text: str) -> str:
    return hashlib.sha256(text.replace("\r\n", "\n").encode("utf-8", "replace")).hexdigest()[:_SUM]


def _write(path: Path, content: str | bytes, found: Built) -> None:
    """Write a file whole or not at all. Raises UserError when it can't be written."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.write_bytes(content.encode("utf-8", "replace") if isinstance(content, str) else content)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise disk_problem(error, path) from None
    found.files.append(path)
