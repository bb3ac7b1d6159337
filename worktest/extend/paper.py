"""``paper.md`` as its author wrote it: title, sections, figures, placeholders, and what is still to be written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it.token import Token

from worktest.errors import UserError
from worktest.extend.filling import fill
from worktest.extend.markdown import caption_of, parse
from worktest.extend.wording import CITATION, KEY, TO_WRITE, Number, Sentence, sentences
from worktest.workspace import disk_problem

__all__ = [
    "PAPER",
    "Citation",
    "Figure",
    "Mark",
    "Number",
    "Paper",
    "Placeholder",
    "Section",
    "Sentence",
    "fill",
    "read_paper",
    "sentences",
]

PAPER = "paper.md"
MAX_BYTES = 400_000
PLACEHOLDER = re.compile(r"\{\{([^{}\n]*)\}\}")
_CODE = re.compile(r"(?<![\\`])(`+)(?!`)(?:(?!\n\s*\n).)*?(?<!`)\1(?!`)", re.DOTALL)
_MATH = re.compile(r"(?<![\\$])(\$\$?)(?![\s$])(?:\\.|(?!\n\s*\n)[^$\\])+?(?<!\s)\1(?!\d)", re.DOTALL)
_IN_MATH = re.compile(r"\{\{\s*(?:result|mean|interval|n)\s+[a-z0-9:-]+\s*\}\}")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_AUTHOR = re.compile(r"[ \t]*Author:[ \t]*(.*)")


@dataclass(frozen=True)
class Section:
    """A heading of the second level: its title, the text below it as it was typed, and the line of the heading."""

    title: str
    body: str
    line: int


@dataclass(frozen=True)
class Figure:
    """A picture: its path inside the folder, its caption on one line, and the line where it begins."""

    path: str
    caption: str
    line: int
    section: str


@dataclass(frozen=True)
class Placeholder:
    """``{{kind name}}`` on a line, with its place in the text; ``name`` is "" where the kind takes none."""

    kind: str
    name: str
    line: int
    start: int
    end: int

    def __str__(self) -> str:
        return f"{{{{{f'{self.kind} {self.name}'.strip()}}}}}"


@dataclass(frozen=True)
class Citation:
    """A key that is cited as ``[@key]``, and the line."""

    key: str
    line: int


@dataclass(frozen=True)
class Mark:
    """A ``[Write here: ...]`` that still stands there, or a placeholder's opening that nothing closes."""

    text: str
    line: int
    section: str


@dataclass(frozen=True)
class Paper:
    """The write-up. ``readable`` is the text, as long as it was, without code, comments and the braces of TeX."""

    text: str
    readable: str
    tokens: list[Token] = field(repr=False)
    title: str
    author: str
    sections: list[Section]
    figures: list[Figure]
    placeholders: list[Placeholder]
    citations: list[Citation]
    marks: list[Mark]

    def section(self, title: str) -> Section | None:
        """The section with this title, whatever its case; None when there is none."""
        wanted = title.strip(" :.").casefold()
        return next((s for s in self.sections if s.title.strip(" :.").casefold() == wanted), None)

    def section_at(self, line: int) -> str:
        """The title of the section in which a line stands; "" above the first."""
        return next((s.title for s in reversed(self.sections) if s.line <= line), "")


def read_paper(folder: Path) -> Paper:
    """Read ``paper.md``. Raises UserError when it is missing, too long, no UTF-8 text, or can't be read."""
    path = folder / PAPER
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UserError(f"{path} has more than {MAX_BYTES:,} bytes; a paper of four pages has some 15,000")
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UserError(f"{path} is not there; `worktest extend` writes one into a new research folder") from None
    except UnicodeDecodeError:
        raise UserError(f"{path} is not UTF-8 text; save it as UTF-8") from None
    except OSError as error:
        raise disk_problem(error, path) from None
    return paper_of(text)


def paper_of(text: str) -> Paper:
    """The same for a text that is at hand. Raises UserError for a placeholder that nothing closes."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    tokens = parse(text)
    readable = _without_code(text, tokens)
    title, author = _title(text, tokens)
    sections = _sections(text, tokens)

    def line_at(position: int) -> int:
        return text.count("\n", 0, position) + 1

    def section_at(line: int) -> str:
        return next((s.title for s in reversed(sections) if s.line <= line), "")

    placeholders = []
    for found in PLACEHOLDER.finditer(readable):
        kind, _, name = found[1].strip().partition(" ")
        placeholders.append(Placeholder(kind, name.strip(), line_at(found.start()), found.start(), found.end()))
    left = PLACEHOLDER.sub(lambda found: " " * len(found[0]), readable)
    for marks in ("{{", "}}"):
        if (position := left.find(marks)) >= 0:
            raise UserError(f"{PAPER}, line {line_at(position)}: {marks} has no partner on its line: {{{{kind name}}}}")
    citations = [
        Citation(key[1:], line_at(found.start()))
        for found in CITATION.finditer(readable)
        for key in KEY.findall(found[0])
    ]
    marks_left = []
    for found in TO_WRITE.finditer(readable):
        line = line_at(found.start())
        marks_left.append(Mark(" ".join(found[0].split()), line, section_at(line)))
    figures = [Figure(path, caption, line, section_at(line)) for path, caption, line in _pictures(tokens)]
    return Paper(text, readable, tokens, title, author, sections, figures, placeholders, citations, marks_left)


def _without_code(text: str, tokens: list[Token]) -> str:
    """The text with code and comments blanked out, each character by a blank, so that places stay the same."""
    lines = text.split("\n")
    for token in tokens:
        if token.type in ("fence", "code_block") and token.map:
            for number in range(token.map[0], min(token.map[1], len(lines))):
                lines[number] = " " * len(lines[number])

    def blank(found: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", found[0])

    return _MATH.sub(_without_braces, _CODE.sub(blank, _COMMENT.sub(blank, "\n".join(lines))))


def _without_braces(math: re.Match[str]) -> str:
    """TeX in which only a whole placeholder keeps its braces: TeX has double ones of its own."""
    inside, kept, place = math[0], [], 0
    for found in _IN_MATH.finditer(inside):
        kept += [re.sub(r"[{}]", " ", inside[place : found.start()]), found[0]]
        place = found.end()
    return "".join([*kept, re.sub(r"[{}]", " ", inside[place:])])


def _headings(tokens: list[Token]) -> list[tuple[int, str, int, int]]:
    """Level, words, first line (from 1) and the line behind, of each heading that stands in no list or quotation."""
    found = []
    for position, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0 and token.map:
            words = " ".join(tokens[position + 1].content.split())
            found.append((int(token.tag[1:]), words, token.map[0] + 1, token.map[1] + 1))
    return found


def _title(text: str, tokens: list[Token]) -> tuple[str, str]:
    heading = next((h for h in _headings(tokens) if h[0] == 1), None)
    if heading is None:
        return "", ""
    below = (line for line in text.split("\n")[heading[3] - 1 :] if line.strip())
    author = _AUTHOR.fullmatch(next(below, ""))
    return heading[1], author[1].strip() if author else ""


def _sections(text: str, tokens: list[Token]) -> list[Section]:
    lines = text.split("\n")
    heads = [heading for heading in _headings(tokens) if heading[0] <= 2]
    found = []
    for place, (level, title, first, behind) in enumerate(heads):
        end = heads[place + 1][2] - 1 if place + 1 < len(heads) else len(lines)
        if level == 2:
            found.append(Section(title, "\n".join(lines[behind - 1 : end]).strip("\n"), first))
    return found


def _pictures(tokens: list[Token]) -> list[tuple[str, str, int]]:
    """Path, caption and line of each picture."""
    found = []
    for token in tokens:
        if token.type != "inline" or not token.map:
            continue
        line = token.map[0] + 1
        for child in token.children or []:
            if child.type in ("softbreak", "hardbreak"):
                line += 1
            elif child.type == "image":
                found.append((str(child.attrs.get("src", "")), caption_of(child), line))
                line += sum(inner.type in ("softbreak", "hardbreak") for inner in child.children or [])
    return found
