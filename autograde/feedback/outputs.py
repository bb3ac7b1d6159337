"""A cell's outputs as harmless HTML: text stays text, pictures are embedded, nothing runs and nothing is loaded."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from nbconvert.filters import strip_ansi
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from autograde.feedback import pictures
from autograde.feedback.prose import from_html, from_markdown
from autograde.feedback.tex import as_mathml

NOT_RUN = "Not run in grading: no grade needs this cell."
_OURS = "[worktest] "
_SHORT = 25
"""Lines of text that stand open; more are folded."""


@dataclass(frozen=True)
class Output:
    """One output as it is shown: HTML that is safe, whether it is long, and whether it stopped the cell."""

    kind: str
    page: Markup
    lines: int = 0
    error: str = ""

    @property
    def long(self) -> bool:
        """Whether it is folded."""
        return self.lines > _SHORT


def code(source: str) -> Markup:
    """Python source with colours; everything in it is escaped."""
    return Markup(highlight(source, PythonLexer(stripnl=False), HtmlFormatter(nowrap=True, classprefix="py-")))


def outputs_of(cell: Any) -> list[Output]:
    """All outputs of a code cell, in order; one that can't be shown is left out."""
    found = (_shown(output) for output in cell.get("outputs", []))
    return [output for output in found if output is not None]


def _shown(output: Any) -> Output | None:
    kind = output.get("output_type")
    if kind == "stream":
        return _stream(_text(output.get("text", "")))
    if kind == "error":
        name, value = _plain(_text(output.get("ename", "Error"))), _plain(_text(output.get("evalue", "")))
        lines = _plain("\n".join(_text(line) for line in output.get("traceback", [])))
        return Output("error", _pre(lines), lines.count("\n") + 1, f"{name}: {value}" if value else name)
    return _data(output.get("data", {}))


def _stream(text: str) -> Output | None:
    text = _plain(text)
    if text.startswith(_OURS):
        said, _, rest = text.removeprefix(_OURS).partition("\n")
        if not rest.strip():  # a line of the examiner stands alone
            quiet = said == NOT_RUN
            stopped = said if said.startswith("This cell was left out") else ""
            return Output("quiet" if quiet else "note", Markup(html.escape(said)), 0, stopped)
    return Output("text", _pre(text), text.count("\n")) if text.strip() else None


def _data(data: Any) -> Output | None:
    for kind in pictures.KINDS:
        if kind in data and (address := pictures.address(kind, _text(data[kind]))):
            alt = html.escape(_plain(_text(data.get("text/plain", ""))) or "a picture")
            return Output("picture", Markup(f'<img alt="{alt}" src="{address}">'))
    if "application/vnd.jupyter.widget-view+json" in data:
        return Output("note", Markup("A widget stood here; it can be used in the notebook only."))
    if "text/html" in data:
        return Output("html", Markup(from_html(_text(data["text/html"]))))
    if "text/markdown" in data:
        return Output("html", Markup(from_markdown(_text(data["text/markdown"]))))
    if "text/latex" in data:
        return Output("html", Markup(as_mathml(_text(data["text/latex"]).strip("$ \n"), block=True)))
    if "text/plain" in data:
        text = _plain(_text(data["text/plain"]))
        return Output("text", _pre(text), text.count("\n") + 1)
    return None


def _pre(text: str) -> Markup:
    return Markup(f"<pre>{html.escape(text)}</pre>")


def _plain(text: str) -> str:
    """Without a terminal's colours and control characters."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", strip_ansi(text.replace("\r\n", "\n")))


def _text(value: Any) -> str:
    return "".join(map(str, value)) if isinstance(value, list) else str(value)
