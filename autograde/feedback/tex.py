"""Formulas as MathML, which browsers show by themselves: a page needs no MathJax, no network and no script.

Only the TeX that the units and ordinary answers use is known. Anything else is shown as its source, which a reader of
TeX can still read; a half-right formula would be worse.
"""

from __future__ import annotations

import html
import re

_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|\d+(?:[.,]\d+)*|\s+|.", re.DOTALL)
_MOST_CHARACTERS, _DEEPEST = 2_000, 25


def _table(names: str, signs: str) -> dict[str, str]:
    """Names in their order, one sign each."""
    return dict(zip(names.split(), signs, strict=True))


_LETTERS = _table(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon"
    " phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega ell infty partial nabla"
    " emptyset hbar",
    "αβγδϵεζηθικλμνξπρστυϕφχψωΓΔΘΛΞΠΣΦΨΩℓ∞∂∇∅ℏ",
)
_SIGNS = _table(
    "cdot times pm mp le leq ge geq ne neq approx sim simeq equiv propto in notin subset subseteq cup cap to"
    " rightarrow leftarrow Rightarrow mapsto dots ldots cdots mid parallel forall exists ll gg div ast circ"
    " langle rangle lvert rvert lVert rVert vert Vert lfloor rfloor lceil rceil neg land lor int",
    "⋅×±∓≤≤≥≥≠≠≈∼≃≡∝∈∉⊂⊆∪∩→→←⇒↦……⋯∣∥∀∃≪≫÷∗∘⟨⟩||‖‖|‖⌊⌋⌈⌉¬∧∨∫",
)
_BIG = {"sum": "∑", "prod": "∏"}
_LIMITS = frozenset({"max", "min", "lim", "sup", "inf", "argmax", "argmin"})
_FUNCTIONS = _LIMITS | frozenset({"log", "ln", "exp", "sin", "cos", "tan", "tanh", "Pr", "det", "dim"})
_ACCENTS = {"hat": "^", "bar": "¯", "overline": "¯", "tilde": "~", "widehat": "^", "vec": "→", "dot": "˙"}
_SPACES = {",": 0.17, ":": 0.22, ";": 0.28, " ": 0.33, "!": 0.0, "quad": 1.0, "qquad": 2.0}
_FONTS = {"mathbf": "bold", "mathcal": "script", "mathbb": "double-struck", "boldsymbol": "bold-italic"}
_TEXTS = frozenset({"text", "mathrm", "operatorname", "textbf", "textit", "mbox", "mathit", "operatorname*", "texttt"})
_FENCES = {"(", ")", "[", "]", "|", "/"}


class _Unknown(ValueError):
    """TeX that is not known here."""


def as_mathml(source: str, *, block: bool = False) -> str:
    """The formula as MathML, or its source as code when some of it is not known. Always safe to put into a page."""
    source = source.strip()
    try:
        if len(source) > _MOST_CHARACTERS:
            raise _Unknown
        inner = _Reader(source).whole()
    except _Unknown:
        page = f'<code class="tex">{html.escape(source)}</code>'
    else:
        display = ' display="block"' if block else ""
        page = f'<math{display} alttext="{html.escape(source)}"><mrow>{inner}</mrow></math>'
    # a formula has no line breaks: a long one scrolls in its own box (a span, since it stands in a paragraph)
    return f'<span class="wide formula" tabindex="0">{page}</span>' if block else page


def _tag(name: str, text: str, attributes: str = "") -> str:
    return f"<{name}{attributes}>{html.escape(text)}</{name}>"


class _Reader:
    """Reads one formula from left to right."""

    def __init__(self, source: str) -> None:
        self.tokens = _TOKEN.findall(source)
        self.place = 0
        self.depth = 0

    def whole(self) -> str:
        row = self.row("")
        if self.place < len(self.tokens):
            raise _Unknown
        return row

    def peek(self) -> str:
        while self.place < len(self.tokens) and self.tokens[self.place].isspace():
            self.place += 1
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def next(self) -> str:
        token = self.peek()
        self.place += 1
        return token

    def row(self, end: str) -> str:
        """Everything up to ``end`` (which stays), or to the end of the formula."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _Unknown
        parts = []
        while (token := self.peek()) and token != end:
            parts.append(self.scripted())
        if token != end:
            raise _Unknown
        self.depth -= 1
        return "".join(parts)

    def group(self) -> str:
        """The argument of a command: ``{...}`` or one atom."""
        if self.peek() == "{":
            self.next()
            inner = self.row("}")
            self.next()
            return f"<mrow>{inner}</mrow>"
        return self.atom()

    def text(self) -> str:
        """The argument of a command as plain text."""
        if self.next() != "{":
            raise _Unknown
        start = self.place
        while self.place < len(self.tokens) and self.tokens[self.place] != "}":
            self.place += 1
        words = self.tokens[start : self.place]
        if self.place >= len(self.tokens) or any(w in ("{", "$") or re.match(r"\\[A-Za-z]", w) for w in words):
            raise _Unknown
        self.place += 1
        return "".join(w.removeprefix("\\") for w in words)

    def scripted(self) -> str:
        """An atom with what hangs on it: ``x_i^2``."""
        above_and_below = self.peek().removeprefix("\\") in {*_BIG, *_LIMITS}
        base, low, high = self.atom(), "", ""
        while (token := self.peek()) in ("_", "^"):
            self.next()
            if (low if token == "_" else high) or self.peek() in ("", "}", "_", "^"):
                raise _Unknown
            if token == "_":
                low = self.group()
            else:
                high = self.group()
        names = ("munder", "mover", "munderover") if above_and_below else ("msub", "msup", "msubsup")
        if low and high:
            return f"<{names[2]}>{base}{low}{high}</{names[2]}>"
        if low or high:
            name = names[0] if low else names[1]
            return f"<{name}>{base}{low or high}</{name}>"
        return base

    def atom(self) -> str:
        token = self.peek()
        if token == "{":
            return self.group()
        self.next()
        if token.startswith("\\"):
            self.depth += 1  # \hat\hat\hat... needs no braces to be deep
            if self.depth > _DEEPEST:
                raise _Unknown
            inner = self.command(token[1:])
            self.depth -= 1
            return inner
        if token[:1].isdigit():
            return _tag("mn", token)
        if token == "'":
            return "<mo>′</mo>"
        if token.isalpha():
            return _tag("mi", token)
        if not token or token in "_^}{&#$%~":
            raise _Unknown
        return _tag("mo", "−" if token == "-" else token, ' stretchy="false"' if token in _FENCES else "")

    def command(self, name: str) -> str:
        if name in _LETTERS:
            return _tag("mi", _LETTERS[name])
        if name in _SIGNS:
            return _tag("mo", _SIGNS[name], ' stretchy="false"')
        if name in _BIG:
            return _tag("mo", _BIG[name])
        if name in _FUNCTIONS:
            return _tag("mi", name) + '<mspace width="0.17em"></mspace>' * (self.peek() not in ("(", "_", "^", "}", ""))
        if name in _SPACES:
            return f'<mspace width="{_SPACES[name]}em"></mspace>'
        if name and name in "%$#&_{}":
            return _tag("mo", name, ' stretchy="false"')
        if name == "|":
            return '<mo stretchy="false">‖</mo>'
        if name in _TEXTS:
            kind = "mi" if name.startswith(("operatorname", "mathrm")) else "mtext"
            return _tag(kind, self.text(), ' mathvariant="normal"' if kind == "mi" else "")
        if name in _FONTS:
            return f'<mrow class="{_FONTS[name]}">{self.group()}</mrow>'
        if name in _ACCENTS:
            return f'<mover accent="true">{self.group()}<mo stretchy="false">{_ACCENTS[name]}</mo></mover>'
        if name in ("frac", "dfrac", "tfrac"):
            return f"<mfrac>{self.group()}{self.group()}</mfrac>"
        if name == "sqrt":
            return f"<msqrt>{self.group()}</msqrt>"
        if name == "left":
            opening = self.fence()
            inner = self.row("\\right")
            self.next()
            return f"<mrow>{opening}{inner}{self.fence()}</mrow>"
        raise _Unknown

    def fence(self) -> str:
        token = self.next()
        if token == ".":
            return ""
        sign = _SIGNS.get(token[1:], {"\\{": "{", "\\}": "}", "\\|": "‖"}.get(token, token))
        if len(sign) != 1 or sign.isalnum() or sign in "\\_^&":
            raise _Unknown
        return _tag("mo", sign, ' stretchy="true"')
