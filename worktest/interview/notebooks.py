"""What the learner's saved notebooks hold: printed lines, plots, own code, written answers. Nothing is executed.

A submission may hold anything. What can't be read is named in ``problems``; the rest is used.
"""

from __future__ import annotations

import ast
import base64
import binascii
import io
import json
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from worktest.brief import FLAG, not_begun
from worktest.drafts import is_stub
from worktest.safe import heading_of, headings, plain

MAX_BYTES = 60_000_000
MAX_PNG_BYTES = 8_000_000
MAX_PIXELS = 20_000_000
_WORD = re.compile(r"[^\W\d_]{2,}")
_OURS = ("journal:", "worktest:", "nuance:", "rubric:")
STUB = "raise NotImplementedError()"


@dataclass(frozen=True)
class Plot:
    """A plot as the notebook shows it: PNG data that was decoded and written anew, and its size in pixels."""

    png: bytes
    width: int
    height: int
    heading: str
    graded: bool


@dataclass(frozen=True)
class Printed:
    """One printed line and the heading it stands under."""

    text: str
    heading: str


@dataclass(frozen=True)
class CodeLine:
    """A line of code that the learner wrote: the graded cell, the function around it, its number in the cell."""

    cell: str
    function: str
    number: int
    text: str


@dataclass
class Work:
    """All that the saved notebooks of a unit give."""

    plots: list[Plot] = field(default_factory=list)
    printed: list[Printed] = field(default_factory=list)
    code: list[CodeLine] = field(default_factory=list)
    written: dict[str, str] = field(default_factory=dict)
    claim: str = ""
    problems: list[str] = field(default_factory=list)
    not_asked: set[str] = field(default_factory=set)
    """Notebooks that lie beside a brief worked alone and were not begun: they were no part of the test."""


def read_work(folder: Path, released: Path, notebooks: list[str]) -> Work:
    """Read the saved notebooks of ``folder``; ``released`` holds them as they were given out. Never raises."""
    work = Work()
    found = {name: _cells(folder / f"{name}.ipynb", work.problems) for name in notebooks}
    work.not_asked = not_begun(folder, released, notebooks)
    for name, (cells, brief_only) in found.items():
        given = _cells(released / f"{name}.ipynb", []).cells
        stubs = {_grade_id(cell): _source(cell) for cell in given if _grade_id(cell)}
        texts = {_source(cell).strip() for cell in given if cell.get("cell_type") == "markdown"}
        _read(cells, stubs, texts, work, brief_only)
        runs = any(_grade_id(cell) and cell.get("cell_type") == "code" for cell in given or cells)
        if runs and name not in work.not_asked and cells and not any(_outputs(cell) for cell in cells):
            work.problems.append(
                f"{name}.ipynb holds no outputs: run it and save it, then plots and raw answers can be asked about"
            )
    return work


class _Saved(NamedTuple):
    cells: list[dict[str, Any]]
    brief_only: bool


def _cells(path: Path, problems: list[str]) -> _Saved:
    nothing = _Saved([], False)
    try:
        if path.stat().st_size > MAX_BYTES:
            problems.append(f"{path.name} has more than {MAX_BYTES // 1_000_000} MB and is not read")
            return nothing
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problems.append(f"there is no {path.name} in {path.parent}")
        return nothing
    except (OSError, ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        place = f" (invalid JSON at line {line})" if line else ""
        problems.append(
            f"{path.name} is not a whole notebook{place}: open and save it in JupyterLab; it is passed over"
        )
        return nothing
    cells = data.get("cells") if isinstance(data, dict) else None
    if not isinstance(cells, list):
        problems.append(f"{path.name} is no notebook (it has no list of cells); it is passed over")
        return nothing
    metadata = data.get("metadata")
    about = metadata.get("worktest") if isinstance(metadata, dict) else None
    brief_only = isinstance(about, dict) and about.get(FLAG) is True
    return _Saved([cell for cell in cells if isinstance(cell, dict)], brief_only)


def _joined(value: object) -> str:
    """Text that a notebook keeps as a string or as a list of strings."""
    if isinstance(value, str):
        return value
    return "".join(part for part in value if isinstance(part, str)) if isinstance(value, list) else ""


def _source(cell: dict[str, Any]) -> str:
    return _joined(cell.get("source"))


def _grade_id(cell: dict[str, Any]) -> str:
    metadata = cell.get("metadata")
    about = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    found = about.get("grade_id") if isinstance(about, dict) and about.get("solution") is True else None
    return found if isinstance(found, str) else ""


def _outputs(cell: dict[str, Any]) -> list[dict[str, Any]]:
    found = cell.get("outputs")
    return [output for output in found if isinstance(output, dict)] if isinstance(found, list) else []


def _read(cells: list[dict[str, Any]], stubs: dict[str, str], given: set[str], work: Work, brief_only: bool) -> None:
    heading = ""
    for cell in cells:
        kind, source, grade_id = cell.get("cell_type"), _source(cell), _grade_id(cell)
        if brief_only:  # the cells are the learner's own: what they answer is told by names and headings
            first = heading_of(source.lstrip().split("\n")[0])
            grade_id = first.strip("` :.") if kind == "markdown" else ""
            grade_id = grade_id if grade_id in stubs else ""
            if kind == "code":
                work.code += _lines_by_function(source, stubs)
        if kind == "markdown":
            if found := headings(source):
                heading = plain(found[-1], 200)
            if source.strip() not in given:
                _written(source, grade_id, heading, work)
        elif kind == "code":
            if grade_id:
                work.code += _own_lines(source, stubs.get(grade_id, STUB), grade_id)
            for output in _outputs(cell):
                _output(output, heading, bool(grade_id), work)


def _written(source: str, grade_id: str, heading: str, work: Work) -> None:
    """A text cell that is not as it was given out: an answer to a prompt, or the claim at the end."""
    text = source.strip()
    if is_stub(text):
        return
    if grade_id:
        work.written[grade_id] = text
    elif re.search(r"\bclaim\b", heading, re.IGNORECASE):
        work.claim = "\n".join(line for line in text.split("\n") if not heading_of(line)).strip()


def _output(output: dict[str, Any], heading: str, graded: bool, work: Work) -> None:
    kind = output.get("output_type")
    data = output.get("data") if isinstance(output.get("data"), dict) else {}
    text = ""
    if kind == "stream" and output.get("name") == "stdout":
        text = _joined(output.get("text"))
    elif kind == "execute_result" and isinstance(data, dict) and "text/html" not in data and "image/png" not in data:
        text = _joined(data.get("text/plain"))
    for line in plain(text, 200_000).splitlines():
        line = line.strip()
        if 8 <= len(line) <= 2000 and len(_WORD.findall(line)) >= 2 and not line.startswith(_OURS):
            work.printed.append(Printed(line, heading))
    if kind in ("display_data", "execute_result") and isinstance(data, dict) and "image/png" in data:
        plot = decode_png(_joined(data["image/png"]))
        if plot is None:
            work.problems.append("a plot in the notebook is no PNG image that can be read; it is left out")
        else:
            work.plots.append(Plot(*plot, heading, graded))


def decode_png(text: str) -> tuple[bytes, int, int] | None:
    """The PNG that base64 ``text`` holds, decoded and written anew without metadata; None when it is none."""
    from PIL import Image

    if len(text) > 2 * MAX_PNG_BYTES:
        return None
    try:
        raw = base64.b64decode("".join(text.split()), validate=True)
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(raw), formats=["PNG"]) as image:
                if image.width * image.height > MAX_PIXELS or min(image.size) < 8:
                    return None
                flat = Image.new("RGB", image.size, "white")
                whole = image.convert("RGBA")
                flat.paste(whole, mask=whole.getchannel("A"))
        out = io.BytesIO()
        flat.save(out, format="PNG", optimize=False)
    except (binascii.Error, ValueError, OSError, SyntaxError, Warning, Image.DecompressionBombError, MemoryError):
        return None
    return out.getvalue(), flat.width, flat.height


def _own_lines(source: str, stub: str, cell: str) -> Iterator[CodeLine]:
    """Lines that are not in the stub and say something: no comments, docstrings, headers or lone brackets."""
    given = {line.strip() for line in stub.splitlines()}
    texts, functions = _structure(source)
    for number, line in enumerate(source.splitlines(), start=1):
        code = line.strip()
        if code in given or number in texts or code.startswith(("#", "def ", "class ", "import ", "from ", '"', "'")):
            continue
        if len(code) >= 12 and re.search(r"[\w\])]\s*([=(\[]|[-+*/<>@])", code) and not code.startswith("raise "):
            yield CodeLine(cell, functions.get(number, ""), number, plain(code, 300))


def _lines_by_function(source: str, stubs: dict[str, str]) -> Iterator[CodeLine]:
    """The own lines of a cell of a brief worked alone, in those of its functions that are examined."""
    owners = {name: cell for cell, stub in stubs.items() for name in re.findall(r"^def (\w+)", stub, re.MULTILINE)}
    for line in _own_lines(source, "\n".join(stubs.values()), ""):
        if line.function in owners:
            yield replace(line, cell=owners[line.function])


def _structure(source: str) -> tuple[set[int], dict[int, str]]:
    """Numbers of lines inside texts (docstrings), and the innermost function around each line."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        found = [(i, m[1]) for i, s in enumerate(source.splitlines(), 1) if (m := re.match(r"\s*def\s+(\w+)", s))]
        last = len(source.splitlines()) + 1
        ends = [*(start for start, _ in found[1:]), last]
        return set(), {n: name for (start, name), end in zip(found, ends, strict=True) for n in range(start, end)}
    texts: set[int] = set()
    functions: dict[int, str] = {}
    for node in ast.walk(tree):  # outer before inner, so the inner name stays
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            functions.update(dict.fromkeys(range(node.lineno, (node.end_lineno or node.lineno) + 1), node.name))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            texts.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return texts, functions
