"""The sentences of a paper: what each cites, which results stand behind it, and which numbers are typed by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from worktest.extend.filling import NAMED
from worktest.extend.markdown import Piece, pieces
from worktest.extend.plan import MARK

if TYPE_CHECKING:
    from worktest.extend.paper import Paper

KEY = re.compile(r"@[\w][\w:.+/-]*\w|@\w")
CITATION = re.compile(r"\[\s*@[^\[\]\n]*(?:\n[^\[\]\n]*)?\]")
"""One key or several: ``[@key]``, ``[@one; @two]``."""
TO_WRITE = re.compile(re.escape(MARK) + r"(?:[^\[\]]|\[[^\[\]]*\])*\]?")
"""Text that is still to be written; its own brackets may stand inside it."""
_PLACEHOLDER = re.compile(r"\{\{\s*(\w+)(?:\s+([^{}]*?))?\s*\}\}")
_FIGURE = re.compile(r"\b(?:Figures?|Figs?\.)[\s\u00a0]+(\d+)(?:[\s\u00a0]*(?:and|to|-|–|,)[\s\u00a0]*(\d+))?")

_SHORT = ("e.g.", "i.e.", "et al.", "Fig.", "Figs.", "Eq.", "Sec.", "Tab.", "cf.", "vs.", "approx.", "ca.", "resp.",
          "Dr.", "No.", "App.", "al.", "w.r.t.", "p.", "pp.")  # fmt: skip
_END = re.compile(r"[.!?][\"'”’)\]*_]*\s+(?=[\"'“‘(\[{$]*[A-Z0-9{\[$(\"“'‘])")

_NUMBER = re.compile(
    r"(?P<sign>(?<![^\s(\[=~<>≈≤≥±$|{/,])[-−+])?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?!\d)|\d+|(?=\.\d))(?P<point>\.\d+)?(?P<power>[eE][-+−]?\d+)?"
    r"(?P<percent>[\s\u00a0\u202f]*(?:\\?%|per[\s]?cent(?:age[\s]points?)?\b))?"
)
_NO_START = re.compile(r"[\w.\\^_@#:&]$|(?:^|\D)/$|[A-Za-z][-‑]$|[\^_]\{-?$|\d,$")
_NO_END = re.compile(
    r"^(?:(?!x\b)[A-Za-z_]|[-‑](?:layer|head|fold cross|sided|bit|shot|dim|way|page|"
    r"hot|token|step|parameter|D\b|[Bb]illion))|^\.\d"
)
_AFTER_WORD = re.compile(
    r"(?:\b(?:Figures?|Figs?\.|Tables?|Tab\.|Sections?|Sec\.|Appendix|App\.|Equations?|Eqs?\.|Algorithm|Chapter|[Uu]nits?|"
    r"[Ss]tep|[Vv]ersion|Python|PyTorch|NumPy|pages?|pp?\.|arXiv:?|doi:?|CC BY(?:-SA)?|Lemma|Theorem|Footnote|"
    r"No\.|Part|Phase|Level|Type)[\s\u00a0]*|\bv)$"
)
_AND_MORE = re.compile(r"\b(?:Figures?|Figs?\.|Tables?|Sections?|Equations?|Units?|pages?|pp\.)[\s\u00a0]+"
                       r"\d+[\s\u00a0]*(?:and|to|-|–|,)[\s\u00a0]*$")  # fmt: skip
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DATES = re.compile(
    rf"\b\d{{4}}-\d\d(?:-\d\d)?\b|\b\d{{1,2}}\s+{_MONTH}(?:\s+\d{{4}})?\b|\b{_MONTH}\s+\d{{1,2}}(?:,\s*\d{{4}})?\b(?!\.\d)|"
    rf"\b{_MONTH}\s+\d{{4}}\b|\b\d{{1,2}}:\d\d(?::\d\d)?\b"
)
_ADDRESS = re.compile(r"\b(?:https?://|www\.|doi\.org/)\S+")
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom|[Dd]uring|[Bb]efore|[Aa]fter|al\.,?|al,)|[A-Z]\w+,?)\s*\(?$|[(;\[]\s*$"
)
_COUNTED = re.compile(
    r"\s+(?:\w+\s+)?(?:steps|runs|samples|prompts|tokens|seeds|examples|rollouts|episodes|questions|answers|words|times)\b"
)
_LEVEL = re.compile(r"\s*(?:(?:confidence|credible|t|bootstrap|prediction)[\s-]+)?(?:intervals?|CIs?|bands?|levels?)\b")
_TO = re.compile(r"[\s\u00a0]*(?:to|and|or|-|–)[\s\u00a0]*[-−+]?")


@dataclass(frozen=True)
class Number:
    """A number that was typed: as it stands there, its value (a share for a percentage), its decimals, its line.

    34 % is 0.34 with 2 decimals; 34.5 % is 0.345 with 3; 1e-3 is 0.001 with 3; 1,200 has none.
    """

    text: str
    value: float
    decimals: int
    line: int


@dataclass(frozen=True)
class Sentence:
    """A sentence, a figure's caption or a row of a table, with its placeholders as they were typed.

    ``evidence`` holds the names of the results that its placeholders name, and the paths of the figures that it points
    to ("Figure 1") or is the caption of; ``kind`` is text, caption or row.
    """

    text: str
    line: int
    section: str
    evidence: list[str] = field(default_factory=list)
    citations: list[str] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    kind: str = "text"


@dataclass
class _Stretch:
    """A text with the line of each character, and the same text with what holds no numbers blanked out."""

    shown: str = ""
    bare: str = ""
    lines: list[int] = field(default_factory=list)

    def add(self, piece: Piece) -> None:
        self.shown += piece.text
        self.bare += piece.text if piece.kind in ("text", "math", "break", "image") else "`" * len(piece.text)
        line = piece.line
        for character in piece.text:
            self.lines.append(line)
            line += character == "\n"

    def cut(self, start: int, end: int) -> _Stretch:
        return _Stretch(self.shown[start:end], self.bare[start:end], self.lines[start:end])

    def without_marks(self) -> _Stretch:
        """The same with blanks where text is still to be written."""
        for found in TO_WRITE.finditer(self.shown):
            gap = " " * len(found[0])
            self.shown = self.shown[: found.start()] + gap + self.shown[found.end() :]
            self.bare = self.bare[: found.start()] + gap + self.bare[found.end() :]
        return self


def sentences(paper: Paper) -> list[Sentence]:
    """All sentences in order: those of paragraphs, lists and quotations, captions, and rows of tables.

    Headings, code, the author's line and text that is still to be written are left out.
    """
    found = []
    for kind, stretch, path in _stretches(paper):
        parts = [stretch] if kind == "row" else _split(stretch)
        for part in parts:
            if (sentence := _sentence(part, kind, path, paper)) is not None:
                found.append(sentence)
    return found


def _stretches(paper: Paper) -> Iterator[tuple[str, _Stretch, str]]:
    """Kind, text and (of a caption) the picture's path of each paragraph, caption and row."""
    row: _Stretch | None = None
    for position, token in enumerate(paper.tokens):
        if token.type == "tr_open":
            row = _Stretch()
        elif token.type == "tr_close" and row is not None:
            yield "row", row.without_marks(), ""
            row = None
        if token.type != "inline" or not token.map or paper.tokens[position - 1].type == "heading_open":
            continue
        line = token.map[0] + 1
        stretch = row if row is not None else _Stretch()
        if row is not None and row.shown:
            row.add(Piece("break", " | ", line))
        captions = []
        for piece in pieces(token, line):
            if piece.kind == "image" and row is None:
                caption = _Stretch()
                caption.add(piece)
                captions.append((caption, piece.path))
            else:
                stretch.add(piece)
        if row is None:
            if not (stretch.shown.lstrip().startswith("Author:") and paper.section_at(line) == ""):
                yield "text", stretch.without_marks(), ""
            for caption, path in captions:
                yield "caption", caption.without_marks(), path


def _split(stretch: _Stretch) -> list[_Stretch]:
    """Cut a paragraph into sentences; what holds only citations or placeholders behind a full stop stays with it."""
    ends = [0]
    for found in _END.finditer(stretch.bare):
        before = stretch.shown[: found.start() + 1]
        if any(before.endswith(short) and not before[: -len(short)][-1:].isalpha() for short in _SHORT):
            continue
        behind = stretch.shown[found.end() :]
        if rest := re.match(r"(?:\[\s*@[^\[\]]*\]|\{\{\s*see\b[^{}]*\}\})[\s.]*", behind):
            ends.append(found.end() + rest.end())
        else:
            ends.append(found.end())
    ends = sorted({*ends, len(stretch.shown)})
    return [stretch.cut(start, end) for start, end in pairwise(ends)]


def _sentence(part: _Stretch, kind: str, path: str, paper: Paper) -> Sentence | None:
    text = " ".join(part.shown.split())
    if not text or not re.search(r"\w", text):
        return None
    line = next(n for n, c in zip(part.lines, part.shown, strict=True) if not c.isspace())
    evidence = [path] if path else []
    bare = part.bare
    for found in _PLACEHOLDER.finditer(bare):
        if found[1] in NAMED and found[2]:
            evidence.append(found[2])
    for found in _FIGURE.finditer(bare):
        numbers = [int(digits) for digits in found.groups() if digits and len(digits) < 4]
        evidence += [paper.figures[n - 1].path for n in numbers if 1 <= n <= len(paper.figures)]
    citations = [key[1:] for found in CITATION.finditer(bare) for key in KEY.findall(found[0])]
    numbers_typed = [Number(t, v, d, part.lines[at]) for t, v, d, at in numbers_in(bare)]
    return Sentence(text, line, paper.section_at(line), list(dict.fromkeys(evidence)), citations, numbers_typed, kind)


def numbers_in(text: str) -> list[tuple[str, float, int, int]]:
    """Text, value, decimals and place of each number typed in a text.

    No number is what belongs to a placeholder, citation, address, date, year, name (GPT-2, v1.0, 3rd), a reference
    (Figure 1) or the level of an interval (95 % interval).
    """

    def blank(found: re.Match[str]) -> str:
        return "`" * len(found[0])

    for pattern in (_PLACEHOLDER, CITATION, _ADDRESS, _DATES):
        text = pattern.sub(blank, text)
    matches = [found for found in _NUMBER.finditer(text) if _is_number(text, found)]
    found_numbers = []
    for place, found in enumerate(matches):
        percent = bool(found["percent"]) or _shares_percent(text, matches[place : place + 2])
        if percent and found["percent"] and _LEVEL.match(text, found.end()):
            continue
        number = _value(found, percent)
        if number is not None:
            found_numbers.append((found[0].strip(), *number, found.start()))
    return found_numbers


def _is_number(text: str, found: re.Match[str]) -> bool:
    before, behind = text[: found.start()], text[found.end() :]
    if _NO_START.search(before[-3:]) or (not found["percent"] and _NO_END.match(behind)):
        return False
    if _AFTER_WORD.search(before[-24:]) or _AND_MORE.search(before[-40:]):
        return False
    whole = found["digits"].isdigit() and not (found["point"] or found["power"] or found["percent"] or found["sign"])
    is_year = whole and len(found["digits"]) == 4 and 1900 <= int(found["digits"]) < 2100
    return not (is_year and _YEAR_BEFORE.search(before[-24:]) and not _COUNTED.match(behind))


def _shares_percent(text: str, pair: list[re.Match[str]]) -> bool:
    """Whether this number takes the sign of the next one, as in "12 to 34 %"."""
    if len(pair) < 2 or not pair[1]["percent"]:
        return False
    between = text[pair[0].end() : pair[1].start()]
    if not _TO.fullmatch(between):
        return False
    plain_range = "and" not in between and "or" not in between
    return plain_range or bool(re.search(r"\bbetween\s*$", text[: pair[0].start()]))


def _value(found: re.Match[str], percent: bool) -> tuple[float, int] | None:
    power = (found["power"] or "e0").replace("−", "-")
    if len(found["digits"]) > 300 or len(power) > 5:
        return None
    value = float((found["digits"].replace(",", "") or "0") + (found["point"] or "") + power)
    decimals = max(0, len(found["point"] or ".") - 1 - int(power[1:]))
    if percent:
        value, decimals = value / 100, decimals + 2
    return (-value if found["sign"] in ("-", "−") else value), decimals
