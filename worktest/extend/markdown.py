"""The Markdown of a paper: CommonMark, tables and TeX between dollar signs, with the line of each piece."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

MATH = "math_inline"


def parse(text: str) -> list[Token]:
    """The blocks of a paper's text; ``$...$`` and ``$$...$$`` become tokens of type `MATH` with the TeX as content."""
    parser = MarkdownIt("commonmark").enable("table")
    parser.inline.ruler.before("escape", MATH, _math)
    return parser.parse(text)


def _math(state: StateInline, silent: bool) -> bool:
    """TeX as pandoc has it: no blank just inside the dollar signs and no digit behind the last, so that prices stay."""
    text, start = state.src, state.pos
    if text[start] != "$":
        return False
    marks = "$$" if text.startswith("$$", start) else "$"
    first = start + len(marks)
    end = _closing(text, first, state.posMax, marks)
    if end is None:
        return False
    if not silent:
        token = state.push(MATH, "math", 0)
        token.content, token.markup = text[first:end], marks
    state.pos = end + len(marks)
    return True


def _closing(text: str, first: int, last: int, marks: str) -> int | None:
    """Where the closing mark of the TeX that begins at ``first`` stands; None when this dollar sign is only a sign."""
    if first >= last or (text[first].isspace() and marks == "$"):
        return None
    position = first
    while position < last:
        if text[position] == "\\":
            position += 2
            continue
        if text.startswith(marks, position):
            if marks == "$" and (text[position - 1].isspace() or text[position + 1 : position + 2].isdigit()):
                return None
            return position if position > first else None
        position += 1
    return None


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph; ``kind`` is text, code, math, link, image or break, ``path`` that of an image."""

    kind: str
    text: str
    line: int
    path: str = ""


def pieces(token: Token, line: int) -> Iterator[Piece]:
    """The stretches of an inline token that begins on ``line``. Emphasis is left out, and so are comments and HTML."""
    address = False
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            line += 1
            yield Piece("break", " ", line)
        elif child.type == "link_open":
            address = child.info == "auto"
        elif child.type == "link_close":
            address = False
        elif child.type == "image":
            yield Piece("image", caption_of(child), line, str(child.attrs.get("src", "")))
            line += sum(inner.type in ("softbreak", "hardbreak") for inner in child.children or [])
        elif child.type == "code_inline":
            yield Piece("code", child.content, line)
        elif child.type == MATH:
            yield Piece("math", f"{child.markup}{child.content}{child.markup}", line)
            line += child.content.count("\n")
        elif child.type == "text":
            yield Piece("link" if address else "text", child.content, line)


def caption_of(image: Token) -> str:
    """The words of a picture's caption on one line, with its code and TeX as they were typed."""
    parts = []
    for child in image.children or []:
        if child.type == MATH:
            parts.append(f"{child.markup}{child.content}{child.markup}")
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type in ("text", "code_inline"):
            parts.append(child.content)
    return " ".join("".join(parts).split())
