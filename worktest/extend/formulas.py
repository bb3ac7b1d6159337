"""TeX formulas in plain letters, for pages made without LaTeX: simple ones only, and what is left out is named."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Literal

from worktest.extend.latex_text import COMMANDS

Place = Literal["LINE", "SUB", "SUP"]
_UPRIGHT = ("text", "mathrm", "operatorname", "textrm", "mathbf", "mathsf", "mathtt", "mathit", "mathcal", "mathbb")
_ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "vec": "\u20d7", "dot": "\u0307"}
_NAMES = ("log", "ln", "exp", "max", "min", "sin", "cos", "tan", "Pr", "arg", "lim", "det", "inf", "sup", "argmax")
_BLANKS = {"quad": " ", "qquad": "  ", ",": " ", ";": " ", ":": " ", " ": " ", "!": ""}
_MORE = {
    "le": "≤", "ge": "≥", "ne": "≠", "rightarrow": "→", "ldots": "…", "dots": "…", "cdots": "…", "epsilon": "ε",
    "phi": "φ", "mid": "|", "lbrace": "{", "rbrace": "}", "%": "%", "$": "$", "&": "&", "#": "#", "_": "_", "{": "{",
    "}": "}", "ll": "≪", "gg": "≫", "prime": "′", "langle": "⟨", "rangle": "⟩", "left": "", "right": "",
    "limits": "", "displaystyle": "",
}  # fmt: skip
_TOKEN = re.compile(r"\\([A-Za-z]+)\s*|\\(.)|([{}^_])|(\s+)|(.)", re.DOTALL)


@dataclass(frozen=True)
class Span:
    """Letters of a formula: on the line, below it or above it; slanted or upright."""

    text: str
    italic: bool = False
    place: Place = "LINE"


@dataclass
class Formula:
    """The spans of a formula, and the commands that letters can't show."""

    spans: list[Span] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def spans_of(tex: str) -> Formula:
    """A formula in letters. Never raises: what it does not know is left out and named."""
    found = Formula()
    _Reader(tex, found).read("LINE", upright=False, depth=0)
    found.left = list(dict.fromkeys(found.left))
    merged: list[Span] = []
    for span in found.spans:
        if merged and (merged[-1].italic, merged[-1].place) == (span.italic, span.place):
            merged[-1] = Span(merged[-1].text + span.text, span.italic, span.place)
        elif span.text:
            merged.append(span)
    found.spans = merged
    return found


class _Reader:
    """Reads a formula token by token."""

    def __init__(self, tex: str, found: Formula) -> None:
        self.tokens = list(_TOKEN.finditer(tex))
        self.found = found
        self.position = 0

    def read(self, place: Place, *, upright: bool, depth: int, single: bool = False) -> None:
        """Read to the end of the group, or (``single``) one token or group."""
        while self.position < len(self.tokens):
            token = self.tokens[self.position]
            self.position += 1
            mark = token[3]
            if mark == "}":
                if depth:
                    return
            elif mark == "{":
                self.read(place, upright=upright, depth=min(depth + 1, 50))
            elif mark:
                if place != "LINE":
                    self.found.left.append(f"a second level of {mark}")
                self.read("SUB" if mark == "_" else "SUP", upright=upright, depth=depth, single=True)
            elif token[1] or token[2]:
                self._command(token[1] or token[2], place, upright, depth)
            elif token[5]:
                self._letter(token[5], place, upright)
            elif token[4] and upright:
                self._add(" ", False, place)
            if single and not token[4]:
                return

    def _command(self, name: str, place: Place, upright: bool, depth: int) -> None:
        if name in _UPRIGHT:
            self.read(place, upright=name != "mathit", depth=depth, single=True)
        elif name in _NAMES:
            after = self.tokens[self.position][0] if self.position < len(self.tokens) else ""
            self._add(name if after[:1] in ("_", "^", "(", "") else f"{name} ", False, place)
        elif name in _ACCENTS:
            before = len(self.found.spans)
            self.read(place, upright=upright, depth=depth, single=True)
            base = "".join(span.text for span in self.found.spans[before:])
            accented = unicodedata.normalize("NFC", base + _ACCENTS[name])
            if len(accented) == 1:
                self.found.spans[before:] = [Span(accented, not upright, place)]
            else:
                self.found.left.append(f"\\{name}")
        elif name in ("frac", "dfrac", "tfrac"):
            self._grouped(place, upright, depth)
            self._add(" / ", False, place)
            self._grouped(place, upright, depth)
        elif name == "sqrt":
            self._add("√", False, place)
            self._grouped(place, upright, depth)
        elif name in COMMANDS or name in _MORE or name in _BLANKS:
            sign = COMMANDS.get(name) or _MORE.get(name) or _BLANKS.get(name, "")
            self._letter(sign, place, upright)
        else:
            self.found.left.append(f"\\{name}")

    def _grouped(self, place: Place, upright: bool, depth: int) -> None:
        """The next group, in brackets when it is more than one thing."""
        before = len(self.found.spans)
        self.read(place, upright=upright, depth=depth, single=True)
        if len("".join(span.text for span in self.found.spans[before:]).strip()) > 1:
            self.found.spans.insert(before, Span("(", False, place))
            self._add(")", False, place)

    def _letter(self, sign: str, place: Place, upright: bool) -> None:
        if sign in "=<>≤≥≠≈∼≡∝→←±×+∈≪≫" and sign and place == "LINE":
            self._add(f" {sign} ", False, place)
        else:
            sign = "−" if sign == "-" else sign
            self._add(sign, not upright and sign.isalpha(), place)

    def _add(self, text: str, italic: bool, place: Place) -> None:
        self.found.spans.append(Span(text, italic, place))
