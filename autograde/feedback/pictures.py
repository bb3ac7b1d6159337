"""Pictures inside the page: the only addresses that a browser may look at are data of a known kind."""

from __future__ import annotations

import re

KINDS = ("image/png", "image/jpeg", "image/gif")


def address(kind: str, content: str) -> str:
    """A data address for a picture, or nothing when it is none: a drawing (SVG) is a document that can hold scripts."""
    content = re.sub(r"\s", "", content)
    known = kind in KINDS and re.fullmatch(r"[A-Za-z0-9+/]+={0,2}", content)
    return f"data:{kind};base64,{content}" if known else ""
