"""Words for LaTeX: what it would take as its own is escaped, what its fonts lack is named."""

from __future__ import annotations

import re
import unicodedata

_ESCAPED = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", '"': r"\textquotedbl{}", "`": r"\textasciigrave{}", "\u00a0": "~", "\u202f": r"\,",
    "\u2009": r"\,", "–": "--", "—": "---", "‘": "`", "’": "'", "“": "``", "”": "''", "…": r"\dots{}", "\u2011": "-",
    "\u00ad": r"\-", "\u200b": "", "\ufeff": "",
}  # fmt: skip
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma",
    "τ": "tau", "υ": "upsilon", "φ": "varphi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta",
    "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
}  # fmt: skip
_SIGNS = {
    "≤": "leq", "≥": "geq", "≠": "neq", "≈": "approx", "≡": "equiv", "∼": "sim", "∝": "propto", "±": "pm", "×": "times",
    "÷": "div", "·": "cdot", "→": "to", "←": "leftarrow", "↔": "leftrightarrow", "⇒": "Rightarrow", "∞": "infty",
    "∑": "sum", "∏": "prod", "∂": "partial", "∇": "nabla", "√": "surd", "∈": "in", "∉": "notin", "⊂": "subset",
    "∪": "cup", "∩": "cap", "∀": "forall", "∃": "exists", "¬": "neg", "∧": "wedge", "∨": "vee", "•": "bullet",
    "↑": "uparrow", "↓": "downarrow", "∥": "parallel", "ℓ": "ell",
}  # fmt: skip
_IN_MATH = {**_GREEK, **_SIGNS, "−": None}
COMMANDS = {name: sign for sign, name in {**_GREEK, **_SIGNS}.items()}
"""The sign of each of these commands."""
_IN_TEXT = set(
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿŒœŠšŽžŸĂăĄąĆćČčĎďĐđĘęĚěĞğĹĺĽľŁłŃńŇňŐőŔŕŘřŚśŞşŢţŤť"
    "ŮůŰűŹźŻżİıĲĳ§¶©®™°£€¥¢ªº¹²³¼½¾«»¿¡µ†‡‰„‚"
)
"""What T1 and textcomp have."""
_MAX_CODE = 90
"""Characters of a line of code in the smallest letters."""


def escape(text: str, lacking: set[str], *, breaks: bool = False) -> str:
    """Words as LaTeX; ``lacking`` is told the characters that became a question mark.

    With ``breaks`` a line may end behind the signs inside a path or a name.
    """
    parts = []
    for character in unicodedata.normalize("NFC", text):
        if breaks and character == "'":
            parts.append(r"\textquotesingle{}")
            continue
        parts.append(_one(character, lacking))
        if breaks and character in "_./:,=-+()":  # this also keeps two dashes of code apart
            parts.append(r"\allowbreak{}")
    return "".join(parts)


def _one(character: str, lacking: set[str]) -> str:
    if character in _ESCAPED:
        return _ESCAPED[character]
    if character in _IN_MATH:
        name = _IN_MATH[character]
        return f"\\ensuremath{{\\{name}}}" if name else r"\ensuremath{-}"
    if character in _IN_TEXT or character in "\n\t" or (character.isascii() and character.isprintable()):
        return character
    lacking.add(character)
    return "?"


def in_math(tex: str, lacking: set[str]) -> str | None:
    """TeX of a formula as it stands, with Unicode signs made commands; None when its braces do not match."""
    depth = 0
    for mark in re.findall(r"\\.|[{}]", tex):
        depth += {"{": 1, "}": -1}.get(mark, 0)
        if depth < 0:
            return None
    tex = re.sub(r"(\\.)|([%$#])", lambda found: found[1] or f"\\{found[2]}", tex)
    if depth or re.search(r"(?<!\\)(?:\\\\)*\\$", tex):
        return None
    parts = []
    for character in tex:
        if character in _IN_MATH:
            name = _IN_MATH[character]
            parts.append(f"\\{name} " if name else "-")
        elif character.isascii():
            parts.append(character)
        else:
            parts.append(f"\\text{{{_one(character, lacking)}}}")
    return "".join(parts)


def verbatim(code: str, lacking: set[str]) -> str:
    """Lines of code for the verbatim environment: cut where they are too long, without what would end it."""
    lines = []
    for line in code.rstrip("\n").split("\n"):
        line = line.expandtabs(4).replace("\\end{verbatim}", "\\end {verbatim}")
        kept = "".join(c if (c.isascii() and c.isprintable()) or c in _IN_TEXT else _lost(c, lacking) for c in line)
        lines += [kept[n : n + _MAX_CODE] for n in range(0, max(len(kept), 1), _MAX_CODE)]
    return "\n".join(lines)


def _lost(character: str, lacking: set[str]) -> str:
    plain = {"−": "-", "–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " ", "→": ">"}
    if character in plain:
        return plain[character]
    lacking.add(character)
    return "?"
