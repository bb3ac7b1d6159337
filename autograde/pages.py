"""What stands on feedback pages and in formgrader: text that a learner wrote, shown as text and never run."""

from __future__ import annotations

import html
import re
from typing import Any

import bleach
from nbconvert.filters import markdown2html
from nbconvert.filters.markdown_mistune import InvalidNotebook

TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "code",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "li",
        "ol",
        "p",
        "pre",
        "s",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
    ]
)


def _of_picture(_: str, name: str, value: str) -> bool:
    """A picture may lie beside the page. One from elsewhere would tell its owner who opened the page, and when."""
    address = re.sub(r"[\x00-\x20]", "", html.unescape(value))  # as a browser reads it
    return name == "alt" or (name == "src" and not re.search(r"[:\\]|^//", address))


ATTRIBUTES: dict[str, Any] = {
    "*": ["title"],  # a class of the page's own could make a text look like a verdict
    "a": ["href"],
    "img": _of_picture,
    "td": ["align"],
    "th": ["align"],
}
PROTOCOLS = frozenset({"http", "https", "mailto"})


LONGEST_TEXT, MOST_FORMULAS = 200_000, 300
"""Characters and begun formulas in one text cell that are still set: the search for a formula's end is quadratic."""


def safe_markdown(text: str) -> str:
    """Markdown as HTML without scripts, styles, event handlers, links that run something or pictures from elsewhere.

    It takes the place of nbconvert's filter of the same work, which lets HTML in a text cell through as it is.
    """
    if len(text) > LONGEST_TEXT or text.count("\\begin") > MOST_FORMULAS:
        return f"<pre>{html.escape(text)}</pre>"
    try:
        page = markdown2html(text)
    except InvalidNotebook:  # a picture that was pasted into the cell; nbconvert ends the whole page over it
        page = markdown2html(text.replace("attachment:", "attachment-"))
    return str(bleach.clean(page, tags=TAGS, attributes=ATTRIBUTES, protocols=PROTOCOLS))
