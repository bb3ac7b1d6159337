"""Markdown and HTML of a submission as harmless HTML for the feedback page.

It is stricter than :func:`autograde.pages.safe_markdown`, which formgrader uses: here no class and no id of a
submission reaches the page, so that nothing can dress up as a verdict or take over a link of ours.
"""

from __future__ import annotations

import html
import re
from typing import Any

import bleach
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from autograde.feedback import pictures
from autograde.feedback.tex import as_mathml
from autograde.pages import ATTRIBUTES, LONGEST_TEXT, MOST_FORMULAS, PROTOCOLS, TAGS

_FORMULA = re.compile(r'<span class="(tex|tex-block)">([^<]*)</span>')
_PICTURE = re.compile(r'<span class="picture">(\d{1,3})</span>')
_UNSEEN = re.compile(r"<(style|script|template|noscript)\b.*?(</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)


_MARKS = ("tex", "tex-block", "picture")


def _class_of_span(_: str, name: str, value: str) -> bool:
    return name == "title" or (name == "class" and value in _MARKS)


_ATTRIBUTES: dict[str, Any] = {
    **ATTRIBUTES,
    "*": ["title"],
    "span": _class_of_span,
    "td": ["align", "colspan", "rowspan"],
    "th": ["align", "colspan", "rowspan"],
}


class _Renderer(IPythonRenderer):
    """Marks formulas and pasted pictures, so that they can be found again behind the cleaning."""

    shown: list[str]
    """The pictures that were pasted into the cell, as HTML, in the order in which they are shown."""

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """A picture; nbconvert's own way ends the whole page over a pasted one that is missing."""
        if not url.startswith("attachment:"):
            return super().image(text, url, title)
        alt = html.escape(text or "a picture")
        found = self.attachments.get(url.removeprefix("attachment:"), {})
        pasted = [a for kind, content in found.items() if (a := pictures.address(kind, str(content)))]
        self.shown.append(f'<img alt="{alt}" src="{pasted[0]}">' if pasted else f"({alt}, which is missing)")
        return f'<span class="picture">{len(self.shown) - 1}</span>'

    def inline_math(self, body: str) -> str:
        """A formula in a line."""
        return f'<span class="tex">{html.escape(body)}</span>'

    def block_math(self, body: str) -> str:
        """A formula of its own."""
        return f'<span class="tex-block">{html.escape(body)}</span>'

    def latex_environment(self, name: str, body: str) -> str:
        """An environment, such as ``align``."""
        return self.block_math(f"\\begin{{{name}}}{body}\\end{{{name}}}")


def from_markdown(text: str, attachments: Any = None) -> str:
    """Markdown as HTML that runs and loads nothing; formulas become MathML, ``attachments`` stand in the page."""
    if len(text) > LONGEST_TEXT or text.count("\\begin") > MOST_FORMULAS:
        return _as_it_is(text)
    attachments = {str(name): found for name, found in dict(attachments or {}).items() if isinstance(found, dict)}
    renderer = _Renderer(escape=False, exclude_anchor_links=True, attachments=attachments)
    renderer.shown = []
    try:
        page = _clean(MarkdownWithMath(renderer=renderer).render(text), strip=False)
    except RecursionError:
        return _as_it_is(text)
    return _PICTURE.sub(lambda m: "".join(renderer.shown[int(m[1]) : int(m[1]) + 1]), page)


def from_html(text: str) -> str:
    """HTML that a cell put out (a table, mostly) without what runs, loads or styles."""
    try:
        return _clean(_UNSEEN.sub("", text), strip=True)
    except RecursionError:
        return _as_it_is(text)


def _as_it_is(text: str) -> str:
    """Nested deeper than anybody writes: one odd cell must not cost the whole page."""
    return f"<pre>{html.escape(text)}</pre>"


def _clean(page: str, *, strip: bool) -> str:
    page = bleach.clean(page, tags=TAGS, attributes=_ATTRIBUTES, protocols=PROTOCOLS, strip=strip)
    page = _FORMULA.sub(lambda m: as_mathml(html.unescape(m[2]), block=m[1] == "tex-block"), page)
    # bleach gives balanced tags and no "<" in an attribute, so these two find tables and nothing else; a wide table
    # scrolls in its own box, and the page keeps the phone's width
    return page.replace("<table", '<div class="wide" tabindex="0"><table').replace("</table>", "</table></div>")
