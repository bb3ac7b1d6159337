"""A paper without its author: what peers read is judged by what it says, and not by whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from markdown_it.token import Token

from worktest.extend.markdown import parse
from worktest.safe import counted, plain, words_in

NOBODY, NOWHERE = "[author]", "[address]"
_OPENERS = ("abstract", "summary", "introduction")
_ABOUT = re.compile(r"acknowledge?ments?|(?:about the )?authors?|author contributions?", re.IGNORECASE)
_PROSE = 40
"""Words from which on a paragraph above the first section is text, such as an abstract without its heading."""
_FRONT = re.compile(r"\A\s*(-{3}|\+{3})[ \t]*\n(.*?\n)(?:\1|\.{3})[ \t]*(?:\n|\Z)", re.DOTALL)
_KEYS = r"(?:authors?|written by|names?|affiliations?|institut\w+|e-?mails?|contacts?|correspondence|orcid)"
_IN_FRONT = re.compile(
    rf"^[ \t-]*{_KEYS}[ \t]*[:=](?:.*(?:\n(?:[ \t]+|[ \t]*-[ \t]).*)*)", re.IGNORECASE | re.MULTILINE
)
_LINE = re.compile(rf"[\W_]*(?:{_KEYS}\b[^\w\n]*[:=–—-]|by\b[\W_]*(?=(?-i:[A-Z])))[\W_]*", re.IGNORECASE)
_AUTHOR = re.compile(r"^(?:[^\w\n]|_)*authors?[*_ \t]*:.*\n?", re.IGNORECASE | re.MULTILINE)
_EMAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PARTICLES = ("van", "von", "der", "den", "de", "del", "della", "da", "di", "la", "le", "of", "the")
_MOST = 4
"""Lines that a note quotes."""


@dataclass
class Blind:
    """The text that names nobody, and a line for each thing that its author should look at."""

    text: str
    notes: list[str] = field(default_factory=list)


def without_author(text: str) -> Blind:
    """A paper without its author, in whatever form that is given.

    Left out: front matter; what stands above the title, or between it and the first section, unless that is a long
    paragraph; lines that begin with "Author:"; thanks and sections about the author. The names that were left out are
    replaced where they stand in the text, and so is every mail address.
    """
    front = _FRONT.match(text)
    text = text[front.end() :] if front else text
    lines, blocks = text.split("\n"), parse(text)
    heads = _headings(blocks)
    title, section = _borders(heads)
    above = {n for first, behind in _above(blocks, lines, title, section) for n in range(first, behind)}
    about = {n for first, behind in _about(heads, title, len(lines)) for n in range(first, behind)} - above
    kept = "\n".join(line for n, line in enumerate(lines) if n not in above | about)
    who = [lines[n] for n in sorted(above)] + [found[0] for found in _AUTHOR.finditer(kept)]
    kept = _EMAIL.sub(NOWHERE, _AUTHOR.sub("", kept))
    words: set[str] = set()
    for name in _names([*([found[0] for found in _IN_FRONT.finditer(front[2])] if front else []), *who]):
        words |= {word for word in name.split() if len(word) > 2 and word[0].isupper()}
        kept = _without(kept, name)
    kept = re.sub(r"\n{3,}", "\n\n", kept).lstrip("\n")
    gone = [" ".join(line.split()) for line in [*who, *(lines[n] for n in sorted(about))] if line.strip()]
    return Blind(kept, [*_told(gone, front is not None), *_still(kept, words)])


def _above(blocks: list[Token], lines: list[str], title: int | None, section: int | None) -> Iterator[tuple[int, int]]:
    """First line and the line behind (from 0) of each block above the first section that may name the author."""
    for place, token in enumerate(blocks[:section]):
        if token.level or not token.map or place == title:
            continue
        first, behind = token.map
        words = words_in("\n".join(lines[first:behind]))
        if token.type == "paragraph_open" and words >= _PROSE:
            if _AUTHOR.match(lines[first]):
                yield first, first + 1
        elif section is not None or _LINE.match(lines[first]) or (words < 8 and any(_names([lines[first]]))):
            yield first, behind


def _about(heads: list[_Head], title: int | None, end: int) -> Iterator[tuple[int, int]]:
    """The same of each section with thanks, or about the author."""
    for number, head in enumerate(heads):
        if _ABOUT.fullmatch(head.words) and head.place != title:
            yield head.line, next((other.line for other in heads[number + 1 :] if other.level <= head.level), end)


@dataclass(frozen=True)
class _Head:
    """A heading: its place among the blocks, its line (from 0), level and words."""

    place: int
    line: int
    level: int
    words: str


def _headings(blocks: list[Token]) -> list[_Head]:
    return [
        _Head(place, token.map[0], int(token.tag[1:]), " ".join(blocks[place + 1].content.split()).strip(" :.*_"))
        for place, token in enumerate(blocks)
        if token.type == "heading_open" and not token.level and token.map
    ]


def _borders(heads: list[_Head]) -> tuple[int | None, int | None]:
    """The places of the title and of the first section; a name that is set as a heading is none."""

    def opens(head: _Head) -> bool:
        return head.words.casefold() in _OPENERS

    title = heads[0].place if heads and heads[0].level == 1 and not opens(heads[0]) else None
    below = [head for head in heads if head.place != title]
    if len(below) > 1 and opens(below[1]) and any(_names([below[0].words])):
        return title, below[1].place
    return title, next((head.place for head in below if head.level <= 2), None)


def _names(lines: Iterable[str]) -> Iterator[str]:
    """What reads as a name: words with a capital, or particles; a single one only behind "Author:"."""
    for line in "\n".join(lines).split("\n"):
        told = _LINE.match(line)
        bare = _EMAIL.sub(";", line[told.end() :] if told else line)
        for part in re.split(r"[,;:&/|·•<>()\[\]{}\"=]|\s(?:and|und|et)\s", bare):
            words = re.sub(r"[*_`#%^~\\\d¹²³⁴⁵†‡§]", " ", part).strip(" -.").split()
            if (1 if told else 2) <= len(words) <= 6 and all(w[0].isupper() or w in _PARTICLES for w in words):
                yield " ".join(words)


def _without(text: str, name: str) -> str:
    """The text without a name of several words, in full or with initials before the last."""
    *given, family = name.split()
    if not given:
        return text
    parts = [rf"(?:{re.escape(word)}|{re.escape(word[0])}\.?)" for word in given] + [re.escape(family)]
    pattern = r"\s*".join(parts)
    return re.sub(rf"(?<!\w){pattern}(?!\w)", NOBODY, text)


def _told(gone: list[str], front: bool) -> Iterator[str]:
    """What was left out beside one plain line with the author."""
    if front or len(gone) > 1 or not all(_AUTHOR.match(line) for line in gone):
        what = ["the front matter"] * front + [f'"{plain(line, 60)}"' for line in gone[:_MOST]]
        more = f" and {counted(len(gone) - _MOST, 'more line')}" if len(gone) > _MOST else ""
        yield f"left out of the draft, which peers read blind: {', '.join(what)}{more}"


def _still(text: str, words: set[str]) -> Iterator[str]:
    """Parts of a name that still stand there: they may be somebody else's, so they stay."""
    for number, line in enumerate(text.split("\n"), start=1):
        for word in sorted(words & set(re.findall(r"[^\W\d_]+", line))):
            yield f'the draft has "{word}" in line {number}: if that is you, reword paper.md and hand in again'
            words = words - {word}
