"""The real shape of a work test: the brief, the given code, the names that will be examined, and an empty notebook."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worktest.errors import UserError
from worktest.units import GradedCell, UnitInfo, load_unit, read_toml

if TYPE_CHECKING:  # importing it takes over a second, and every command comes by here
    from nbformat import NotebookNode

TAG = "brief"
"""The tag of the cells of a released notebook that a mentor would send; all else is the lesson."""
FLAG = "brief_only"
EXPLORE = "explore"
LATER = "later"
"""The tag of a given cell that calls what the learner writes: in the brief-only form it stands below the learner's."""

_INTRO = """## What will be examined

From here on the notebook is yours: cells in any number and order. What counts is what the names below mean when the
notebook has run from top to bottom. Ask as often as you like, as the last line of any cell: `unit.check("{first}")`
runs the visible checks of that name. In a terminal, `worktest check {number}` runs the whole notebook afresh, and
`worktest grade {number}` also asks the checks that are held back. Give a cell that only explores (a long sweep, a plot)
the tag `{explore}`: neither of the two runs it. When you are stuck: `worktest hint {number} {first}`.
"""
_LATER = """The next cell is given, too. It calls functions of yours: write those above it, and below it what uses its
results."""
_JOURNAL = """### The journal

Guess before you measure, and write a decision down when you make it: `unit.journal.predict(name, value, interval,
confidence)`, `unit.journal.decide(name, choice, alternatives, because, would_change_my_mind)`,
`unit.journal.measure(name, value, interval)`. No points hang on it. The interview is built from it, and it goes into
the hand-in. Names that this unit's interview knows{names}
"""
_HAND_IN = """### What to hand in

This notebook, `write_up.md` and `statement_of_ai_use.md`, which lie beside it; `worktest handin {number}` says what is
missing and puts everything together.{clock}
"""
_CLOCK = (
    ' The clock runs: `unit.clock()` shows it, `worktest clock {number} pause "lunch"` stops it. '
    'Every hour or so write down where you stand: `worktest clock {number} checkpoint "what I know, what next"`.'
)


def is_brief_only(notebook: NotebookNode) -> bool:
    """Whether ``notebook`` was made by :func:`brief_notebook`; a submission's metadata may hold anything."""
    about = notebook.metadata.get("worktest")
    return isinstance(about, dict) and about.get(FLAG) is True


def tags_of(cell: NotebookNode) -> list[object]:
    """The tags of a learner's cell, whose metadata may hold anything."""
    tags = cell.metadata.get("tags")
    return list(tags) if isinstance(tags, list) else []


def briefed(folder: Path) -> list[str]:
    """The notebooks of the released unit in ``folder`` that can be worked from their brief alone."""
    import nbformat

    info = load_unit(folder)
    graded = {cell.notebook for cell in info.graded}
    found = []
    for name in info.notebooks:
        if name in graded:
            notebook = nbformat.read(folder / f"{name}.ipynb", as_version=4)
            if any(TAG in cell.metadata.get("tags", []) for cell in notebook.cells):
                found.append(name)
    return found


def adapter(unit: str, released: Path, *, timed: bool) -> Callable[[Path], None]:
    """What turns a fresh copy of ``unit`` into a brief-only one.

    Raises UserError when no notebook of the unit has a brief.
    """
    import nbformat

    names = briefed(released)
    if not names:
        raise UserError(f"{unit} has no brief to work from alone; start it as it is: `worktest start {unit[:2]}`")

    def adapt(folder: Path) -> None:
        info = load_unit(folder)
        for name in names:
            notebook = nbformat.read(released / f"{name}.ipynb", as_version=4)
            made = brief_notebook(notebook, info, name, folder, number=unit[:2], timed=timed)
            (folder / f"{name}.ipynb").write_text(nbformat.writes(made) + "\n", encoding="utf-8")

    return adapt


def brief_notebook(
    released: NotebookNode, info: UnitInfo, name: str, folder: Path, *, number: str, timed: bool
) -> NotebookNode:
    """The brief-only form of the released notebook ``name``: brief and given cells, the names, an empty notebook."""
    import nbformat
    from nbformat.v4 import new_code_cell, new_markdown_cell

    cells = [cell for cell in released.cells if TAG in cell.metadata.get("tags", []) or is_given(cell)]
    later = [cell for cell in cells if LATER in tags_of(cell)]
    cells = [cell for cell in cells if cell not in later]
    topics = [cell for cell in info.graded if cell.notebook == name]
    stubs = {_grade_id(cell): cell.source for cell in released.cells if _grade_id(cell)}
    parts = [_INTRO.format(first=topics[0].id, number=number, explore=EXPLORE)]
    parts += [describe(topic, stubs.get(topic.id, "")) for topic in topics]
    parts += _written(released, folder)
    if info.predictions or info.decisions or info.results:
        parts.append(_JOURNAL.format(names=_journal_names(info)))
    parts.append(_HAND_IN.format(number=number, clock=_CLOCK.format(number=number) if timed else ""))
    listing = new_markdown_cell("\n".join(part.rstrip() + "\n" for part in parts).rstrip(), id="names-examined")
    listing.metadata["tags"] = [TAG]
    made = nbformat.v4.new_notebook()
    made.metadata = nbformat.NotebookNode({**released.metadata, "worktest": {FLAG: True}})
    made.nbformat, made.nbformat_minor = released.nbformat, released.nbformat_minor
    made.cells = [*cells, listing, new_code_cell("", id="yours-code")]
    if later:
        made.cells += [new_markdown_cell(_LATER, id="given-later"), *later, new_code_cell("", id="yours-code-2")]
    made.cells.append(new_markdown_cell("", id="yours-text"))
    return made


def _journal_names(info: UnitInfo) -> str:
    """The names of the journal; each on its own line with what it stands for, where unit.toml says that."""
    kinds = (("predict", info.predictions), ("decide", info.decisions), ("measure", info.results))
    if not info.journal:
        said = [f"{kind} {', '.join(f'`{n}`' for n in some)}" for kind, some in kinds if some]
        return f": {'; '.join(said)}."
    lines = []
    for name in dict.fromkeys(name for _, some in kinds for name in some):
        verbs = " and ".join(kind for kind, some in kinds if name in some)
        meaning = " ".join(info.journal.get(name, "").split())
        lines.append(f"- {verbs} `{name}`" + (f": {meaning}" if meaning else ""))
    return ":\n\n" + "\n".join(lines)


def is_given(cell: NotebookNode) -> bool:
    """Whether a released cell is locked code that carries no grade: the setup, and code to work with."""
    about = cell.metadata.get("nbgrader", {})
    return bool(about.get("locked")) and not about.get("grade") and not about.get("solution")


def is_written(cell: NotebookNode) -> bool:
    """Whether a released cell is a text that a person grades."""
    about = cell.metadata.get("nbgrader", {})
    return cell.cell_type == "markdown" and bool(about.get("grade")) and bool(about.get("solution"))


def not_begun(folder: Path, released: Path, notebooks: list[str]) -> set[str]:
    """Notebooks that lie beside a brief worked alone, as they were given out: no part of the test, and not begun.

    Empty when no notebook in ``folder`` is worked from its brief alone. Never raises for what a file holds.
    """
    here = {name: _parsed(folder / f"{name}.ipynb") for name in notebooks}
    if not any(found is not None and found[1] for found in here.values()):
        return set()
    given = {name: _parsed(released / f"{name}.ipynb") for name in notebooks}
    return {name for name, found in here.items() if found is not None and not found[1] and found == given[name]}


def _parsed(path: Path) -> tuple[list[object], bool] | None:
    """The sources of a notebook's cells, and whether it is brief-only; None when it can't be read."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        about = data.get("metadata", {}).get("worktest")
        sources = [_joined(cell.get("source")) for cell in data["cells"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return sources, isinstance(about, dict) and about.get(FLAG) is True


def _joined(source: object) -> object:
    """A source that a notebook keeps as a string or as a list of strings, as one text."""
    return "".join(map(str, source)) if isinstance(source, list) else source


def _grade_id(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def _written(released: NotebookNode, folder: Path) -> list[str]:
    """The written prompts of the notebook, each with the heading that its answer begins with."""
    ids = [_grade_id(cell) for cell in released.cells if is_written(cell)]
    if not ids:
        return []
    entries = read_toml(folder / "prompts.toml").get("prompt", []) if (folder / "prompts.toml").is_file() else []
    prompts: dict[str, dict[str, Any]] = {entry.get("id"): entry for entry in entries}
    parts = ["### In writing\n\nAnswer each in a text cell of its own that begins with the heading named here.\n"]
    for name in ids:
        prompt = prompts.get(name, {})
        words = f", at most {prompt['words']} words" if "words" in prompt else ""
        title, text = prompt.get("title", name), str(prompt.get("text", "")).strip()
        parts.append(f"**{title}** (heading `## {name}`{words})\n\n{text}\n")
    return parts


# The names ------------------------------------------------------------------------------------------------------


def describe(topic: GradedCell, stub: str) -> str:
    """What is examined under ``topic``, from the code that its cell is released with.

    Functions that are empty are given by signature and docstring. A cell with anything else in it (code to repair,
    names to assign) is shown as it is.
    """
    points = f"{topic.points} point{'s' if topic.points != 1 else ''}"
    parts = [f'### {topic.title}\n\n`unit.check("{topic.id}")`, {points}.\n']
    try:
        statements = ast.parse(stub).body
    except (SyntaxError, ValueError):  # IPython's own syntax
        statements = []
    functions = [node for node in statements if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    rest = [node for node in statements if node not in functions and not _is_nothing(node)]
    if not functions or rest or not all(_is_empty(function) for function in functions):
        return "\n".join([*parts, _fenced(stub.strip(), "python")])
    for function in functions:
        parts.append(_fenced(_signature(function, stub), "python"))
        text = ast.get_docstring(function) or ""
        first, _, more = text.partition("\n")
        if first:
            parts.append(first + "\n")
        if more.strip():
            whole = _fenced(text, "text")
            parts.append(f"<details><summary>The whole docstring</summary>\n\n{whole}\n</details>\n")
    return "\n".join(parts)


def _is_nothing(node: ast.stmt) -> bool:
    """An import, ``pass``, ``...``, or the line that nbgrader puts in place of a solution."""
    if isinstance(node, ast.Raise):
        return "NotImplementedError" in ast.dump(node)
    bare = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return bare or isinstance(node, ast.Pass | ast.Import | ast.ImportFrom)


def _is_empty(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return all(_is_nothing(node) for node in function.body)


def _signature(function: ast.FunctionDef | ast.AsyncFunctionDef, source: str) -> str:
    """The lines of the source from ``def`` to the colon, as their author laid them out."""
    begin, body = function.lineno - 1, function.body[0].lineno - 1
    if body > begin:
        lines = source.splitlines()[begin:body]
        while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
            lines.pop()
        return "\n".join(lines)
    kind = "async def" if isinstance(function, ast.AsyncFunctionDef) else "def"
    returns = f" -> {ast.unparse(function.returns)}" if function.returns else ""
    return f"{kind} {function.name}({ast.unparse(function.args)}){returns}:"


def _fenced(text: str, language: str) -> str:
    """``text`` as a code block, in a fence longer than any in it."""
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{language}\n{text}\n{fence}\n"
