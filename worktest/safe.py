"""Text that a learner or a peer wrote, made fit to be shown: nothing in it runs, colours or moves anything."""

from __future__ import annotations

import html
import unicodedata

_KEPT_CONTROLS = "\n\t"
_REORDERING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(text: object, limit: int = 20_000) -> str:
    """The text without control characters (a terminal's commands) and reordering marks, cut at ``limit`` characters."""
    raw = str(text)
    kept = "".join(
        c
        for c in raw[:limit].replace("\r\n", "\n").replace("\r", "\n")
        if c in _KEPT_CONTROLS or (unicodedata.category(c) not in ("Cc", "Cs") and c not in _REORDERING)
    )
    return kept + (" [cut here]" if len(raw) > limit else "")


def as_html(text: object, limit: int = 20_000) -> str:
    """The text as HTML: escaped, with its line breaks."""
    return html.escape(plain(text, limit)).replace("\n", "<br>\n")


def words_in(text: str) -> int:
    """Number of words, as a form counts them: what stands between blanks."""
    return len(text.split())


def counted(number: int, what: str) -> str:
    """``1 question``, ``2 questions``."""
    return f"{number} {what}{'' if number == 1 else 's'}"
