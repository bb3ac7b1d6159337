"""What a PDF looks like: its fonts, sizes and margins. A hand-in has one look, a paper another."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from fpdf import FPDF

_SANS = {"": "DejaVuSans", "B": "DejaVuSans-Bold", "I": "DejaVuSans-Oblique", "BI": "DejaVuSans-BoldOblique"}
_SERIF = {"": "STIXGeneral", "B": "STIXGeneralBol", "I": "STIXGeneralItalic", "BI": "STIXGeneralBolIta"}
_MONO = "DejaVuSansMono"


@dataclass(frozen=True)
class Look:
    """Sizes of letters in points, all lengths in mm.

    ``fonts`` names the files (of matplotlib) for plain, bold, italic and both; ``headings`` the size of a heading by
    its level; ``above_heading`` and ``paragraph`` the room above a heading and below a paragraph. Tables have
    lines between their columns if these are ``columns_parted``.
    """

    fonts: dict[str, str] = field(default_factory=lambda: _SANS)
    size: float = 11.0
    line: float = 5.4
    margin: float = 22.0
    top: float = 18.0
    bottom: float = 18.0
    indent: float = 6.0
    headings: dict[int, float] = field(default_factory=lambda: {1: 17.0, 2: 13.5, 3: 12.0})
    above_heading: float = 1.5
    paragraph: float = 2.2
    caption: float = 9.5
    caption_line: float = 4.6
    table: float = 9.5
    table_line: float = 4.8
    code: float = 9.0
    code_line: float = 4.4
    highest_picture: float = 120.0
    columns_parted: bool = True


HAND_IN = Look()
PAPER = Look(
    fonts=_SERIF,
    size=10.0,
    line=4.5,
    margin=35.0,
    top=22.0,
    bottom=24.0,
    headings={1: 15.0, 2: 12.0, 3: 10.5},
    above_heading=2.2,
    paragraph=1.6,
    caption=9.0,
    caption_line=4.1,
    table=8.5,
    table_line=4.2,
    code=7.6,
    code_line=3.6,
    highest_picture=95.0,
    columns_parted=False,
)
"""Ten points of a serif on lines of 140 mm, as a workshop paper of one column has them."""
ONE_PAGE = replace(PAPER, margin=25.0, top=16.0, bottom=16.0, paragraph=1.4, headings={1: 13.0, 2: 11.0, 3: 10.5})
"""The same letters on wider lines: an application of which a funder reads one page."""


class Pages(FPDF):
    """A4 in a look, with page numbers at the foot."""

    def __init__(self, look: Look) -> None:
        super().__init__(format="A4")
        self.look = look
        self.set_margins(look.margin, look.top)
        self.set_auto_page_break(True, look.bottom)
        for style, name in look.fonts.items():
            self.add_font("body", style, _font_file(name))
        self.add_font("mono", "", _font_file(_MONO))

    def footer(self) -> None:
        """The page's number at its foot."""
        self.set_y(-14)
        self.set_font("body", size=8)
        self.set_text_color(110)
        self.cell(0, 5, f"{self.page_no()} / {{nb}}", align="C")
        self.set_text_color(0)


def _font_file(name: str) -> Path:
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf" / f"{name}.ttf"
