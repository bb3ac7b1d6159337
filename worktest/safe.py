"""Text that a learner or a peer wrote, made fit to be shown: nothing in it runs, colours or moves anything."""

from __future__ import annotations

import html
import math
import re
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


def unmarked(text: object, limit: int = 5_000) -> str:
    """The text on one line, for a Markdown page: nothing in it is markup."""
    line = html.escape(" ".join(plain(text, limit).split()), quote=False)
    for mark in "\\`*_[]|#":
        line = line.replace(mark, f"\\{mark}")
    return line


_OWN_LINE = re.compile(r"\s*(#{1,6}\s|[-*]\s|\d+[.)]\s|\||```)")


def flowing(text: str) -> str:
    """A Markdown text whose paragraphs are one line each: a line break within a paragraph is none where it is shown."""
    found: list[str] = []
    fresh, code = True, False
    for line in text.strip().split("\n"):
        code ^= line.lstrip().startswith("```")
        if fresh or code or not line.strip() or _OWN_LINE.match(line):
            found.append(line.rstrip())
        else:
            found[-1] += f" {line.strip()}"
        fresh = code or not line.strip() or line.lstrip().startswith(("#", "|", "```"))
    return "\n".join(found)


def heading_of(line: str) -> str:
    """The words of a Markdown heading, "" for any other line. Takes no longer for a line of blanks than for words."""
    words = line.lstrip("#")
    if not 1 <= len(line) - len(words) <= 6 or not words[:1].isspace():
        return ""
    words = words.strip()
    shorter = words.rstrip("#")
    return shorter.rstrip() if shorter[-1:].isspace() else words


def headings(text: str) -> list[str]:
    """The words of all headings of a Markdown text, in order."""
    return [found for line in text.split("\n") if (found := heading_of(line))]


def words_in(text: str) -> int:
    """Number of words, as a form counts them: what stands between blanks."""
    return len(text.split())


def counted(number: int, what: str) -> str:
    """``1 question``, ``2 questions``."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def finite(value: object, low: float = -math.inf, high: float = math.inf) -> float | None:
    """``value`` as a number within bounds, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) and low <= number <= high else None
