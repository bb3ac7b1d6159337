"""What stands on feedback pages and in formgrader: text that a learner wrote, shown as text and never run."""

from __future__ import annotations

import bleach
from nbconvert.filters import markdown2html

_TAGS = frozenset(
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
_ATTRIBUTES = {"*": ["class", "id", "title"], "a": ["href"], "img": ["src", "alt"], "td": ["align"], "th": ["align"]}


def safe_markdown(text: str) -> str:
    """Markdown as HTML without scripts, styles, event handlers or links that run something.

    It takes the place of nbconvert's filter of the same work, which lets HTML in a text cell through as it is.
    """
    html = markdown2html(text)
    return str(bleach.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, protocols={"http", "https", "mailto"}))
