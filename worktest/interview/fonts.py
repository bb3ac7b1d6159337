"""Fonts for the PDF: DejaVu from matplotlib, and, for letters it lacks, fonts of this machine."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

FAMILY = "dejavu"
_MOST_TRIED = 150
_BOX = "\N{WHITE SQUARE}"


def _folder() -> Path:
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf"


@functools.cache
def letters_of(path: Path, number: int = 0) -> frozenset[int]:
    """Code points that the font file has; empty when it can't be read."""
    from fontTools.ttLib import TTFont

    try:
        with TTFont(path, lazy=True, fontNumber=number) as font:
            return frozenset(font.getBestCmap() or {}) if "glyf" in font else frozenset()
    except Exception:  # a damaged font file may raise anything
        return frozenset()


def add_fonts(pdf: Any, text: str) -> tuple[Callable[[str], str], list[str]]:
    """Add the fonts that ``text`` needs to ``pdf``.

    Gives a function that makes a text fit for them (a letter that no font has becomes a white square), and notes.
    """
    regular, bold = _folder() / "DejaVuSans.ttf", _folder() / "DejaVuSans-Bold.ttf"
    pdf.add_font(FAMILY, "", regular)
    pdf.add_font(FAMILY, "B", bold)
    wanted = {ord(c) for c in text if c not in "\n\t"}
    missing = wanted - letters_of(regular)
    fallback: list[str] = []
    for path in _candidates() if missing else []:
        gained = missing & letters_of(path)
        if len(gained) > 0 and len(fallback) < 4:
            name = f"other{len(fallback)}"
            for style in ("", "B"):
                pdf.add_font(name, style, path)
            fallback.append(name)
            missing -= gained
    if fallback:
        pdf.set_fallback_fonts(fallback, exact_match=False)
    known = wanted - missing
    notes = []
    if missing:
        shown = " ".join(chr(c) for c in sorted(missing)[:8])
        notes.append(
            f"walkthrough.pdf: no font on this machine has {len(missing)} of its letters ({shown}); "
            "they print as squares, walkthrough.html shows them"
        )

    if any(unicodedata.bidirectional(c) in ("R", "AL") for c in text):
        notes.append(
            "walkthrough.pdf sets text that runs from right to left in the wrong order; print walkthrough.html"
        )

    def clean(words: str) -> str:
        return "".join(
            c if ord(c) in known or ord(c) in _plain() or c in "\n" else _BOX for c in words.replace("\t", " ")
        )

    return clean, notes


@functools.cache
def _plain() -> frozenset[int]:
    return letters_of(_folder() / "DejaVuSans.ttf")


@functools.cache
def _candidates() -> tuple[Path, ...]:
    """Fonts of this machine, those with many letters first."""
    from matplotlib import font_manager

    found = [Path(name) for name in font_manager.findSystemFonts(fontext="ttf")]
    likely = ("noto", "unifont", "cjk", "droid", "wqy", "arialuni", "gothic", "dejavu")
    ranked = sorted(found, key=lambda p: (not any(word in p.name.lower() for word in likely), p.name))
    return tuple(path for path in ranked if path.suffix.lower() == ".ttf")[:_MOST_TRIED]
