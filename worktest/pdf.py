"""A simple Markdown text as a PDF: A4, 11 pt, headings, paragraphs, lists, tables, code, PNG pictures with captions."""

from __future__ import annotations

import itertools
import struct
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from fpdf import FPDF
from fpdf.enums import WrapMode
from markdown_it.token import Token

from worktest.safe import plain
from worktest.write_up import is_comment, parse

_SIZE, _LINE = 11.0, 5.4
_MARGIN, _INDENT = 22.0, 6.0
_HEADINGS = {1: 17.0, 2: 13.5, 3: 12.0}
_FILES = {
    ("body", ""): "DejaVuSans",
    ("body", "B"): "DejaVuSans-Bold",
    ("body", "I"): "DejaVuSans-Oblique",
    ("body", "BI"): "DejaVuSans-BoldOblique",
    ("mono", ""): "DejaVuSansMono",
}
_PIXELS_PER_MM = 150 / 25.4
_MOST_PIXELS, _MOST_BYTES = 40_000_000, 15_000_000
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass
class Rendered:
    """A finished PDF: its bytes, how many pages it has, and one line for each thing that could not be shown."""

    content: bytes
    pages: int
    problems: list[str] = field(default_factory=list)


def render(text: str, folder: Path, title: str) -> Rendered:
    """Render a Markdown text; its pictures are PNG files inside ``folder``. Never raises for what the text holds."""
    writer = _Writer(folder, title)
    writer.blocks(parse(plain(text, limit=len(text))))
    if writer.lacking:
        shown = " ".join(sorted(writer.lacking)[:20])
        writer.problems.append(f"characters that the PDF's font lacks: {shown}")
    return Rendered(bytes(writer.pdf.output()), writer.pdf.pages_count, writer.problems)


class _Paper(FPDF):
    """A4 with page numbers."""

    def footer(self) -> None:
        """The page's number at its foot."""
        self.set_y(-14)
        self.set_font("body", size=8)
        self.set_text_color(110)
        self.cell(0, 5, f"{self.page_no()} / {{nb}}", align="C")
        self.set_text_color(0)


class _Writer:
    """Goes through the blocks of a text and writes them onto pages."""

    def __init__(self, folder: Path, title: str) -> None:
        self.folder = folder.resolve()
        self.problems: list[str] = []
        self.lacking: set[str] = set()
        self.pdf = _Paper(format="A4")
        self.pdf.set_title(title)
        self.pdf.set_creator("worktest")
        self.pdf.set_margins(_MARGIN, 18)
        self.pdf.set_auto_page_break(True, 18)
        for (family, style), name in _FILES.items():
            self.pdf.add_font(family, style, _font_file(name))
        self.pdf.set_font("body", size=_SIZE)
        self.pdf.add_page()
        self._lists: list[int | None] = []  # the next number of each open list, None for bullets
        self._depth = 0
        self._tight = False

    # Blocks -------------------------------------------------------------------------------------------------------

    def blocks(self, tokens: list[Token]) -> None:
        """Write all blocks in order."""
        position = 0
        while position < len(tokens):
            token = tokens[position]
            if token.type == "heading_open":
                self._heading(tokens[position + 1], int(token.tag[1:]), self._picture_below(tokens[position + 3 :]))
                position += 2
            elif token.type == "table_open":
                end = next(i for i in range(position, len(tokens)) if tokens[i].type == "table_close")
                self._table(tokens[position:end])
                position = end
            elif token.type == "inline":
                self._paragraph(token)
            else:
                self._other(token)
            position += 1

    def _other(self, token: Token) -> None:
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            self._lists.append(int(token.attrs.get("start", 1)) if kind.startswith("ordered") else None)
            self._shift(1)
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self._lists.pop()
            self._shift(-1)
            if not self._lists:
                self.pdf.ln(1.6)
        elif kind == "list_item_open":
            self._bullet()
        elif kind in ("blockquote_open", "blockquote_close"):
            self._shift(1 if kind.endswith("open") else -1)
        elif kind == "paragraph_open":
            self._tight = bool(self._lists)
        elif kind in ("fence", "code_block"):
            self._code(token.content)
        elif kind == "hr":
            y = self.pdf.get_y() + 1
            self.pdf.line(self.pdf.l_margin, y, self.pdf.w - self.pdf.r_margin, y)
            self.pdf.ln(4)
        elif kind == "html_block" and not is_comment(token):
            self._write(token.content.strip())
            self.pdf.ln(_LINE + 2)

    def _shift(self, steps: int) -> None:
        self._depth += steps
        self.pdf.set_left_margin(_MARGIN + _INDENT * min(self._depth, 12))
        self.pdf.set_x(self.pdf.l_margin)

    def _bullet(self) -> None:
        number = self._lists[-1]
        mark = "•" if number is None else f"{number}."
        if number is not None:
            self._lists[-1] = number + 1
        if self.pdf.get_y() + _LINE > self.pdf.page_break_trigger:
            self.pdf.add_page()
        self.pdf.set_font("body", size=_SIZE)
        self.pdf.set_x(self.pdf.l_margin - self.pdf.get_string_width(mark) - 1.6)
        self.pdf.cell(self.pdf.get_string_width(mark), _LINE, mark)
        self.pdf.set_x(self.pdf.l_margin)

    def _heading(self, token: Token, level: int, picture: float) -> None:
        size = _HEADINGS.get(level, _SIZE)
        room = 28 if not picture else picture + 26  # a heading stands above its text, or its picture
        if self.pdf.get_y() + room > self.pdf.page_break_trigger:
            self.pdf.add_page()
        elif self.pdf.get_y() > 30:
            self.pdf.ln(1.5)
        self._spans(token, size, "B", size * 0.5)
        self.pdf.ln(size * 0.5 + 1.5)

    def _paragraph(self, token: Token) -> None:
        groups = itertools.groupby(token.children or [], key=lambda child: child.type == "image")
        for are_images, group in groups:
            children = list(group)
            if are_images:
                for image in children:
                    self._picture(image)
            elif any(c.content.strip() for c in children):
                part = Token("inline", "", 0, children=children)
                self._spans(part, _SIZE, "", _LINE)
                self.pdf.ln(_LINE + (0.6 if self._tight else 2.2))

    def _spans(self, token: Token, size: float, style: str, line: float) -> None:
        """Words in bold, italics and code, one after the other on lines that wrap."""
        bold, italic, link = "B" in style, False, ""
        for child in token.children or []:
            if child.type in ("strong_open", "strong_close"):
                bold = child.type == "strong_open" or "B" in style
            elif child.type in ("em_open", "em_close"):
                italic = child.type == "em_open"
            elif child.type == "link_open":
                address = str(child.attrs.get("href", ""))
                link = address if address.startswith(("https://", "http://", "mailto:")) else ""
            elif child.type == "link_close":
                link = ""
            elif child.type == "softbreak":
                self.pdf.write(line, " ")
            elif child.type == "hardbreak":
                self.pdf.ln(line)
            elif child.type == "code_inline":
                self._write(child.content, "mono", "", size * 0.92, line, link)
            elif child.type == "text" or (child.type == "html_inline" and not is_comment(child)):
                self._write(child.content, "body", "B" * bold + "I" * italic, size, line, link)

    def _write(
        self,
        text: str,
        family: str = "body",
        style: str = "",
        size: float = _SIZE,
        line: float = _LINE,
        link: str = "",
    ) -> None:
        self.pdf.set_font(family, style, size)
        if link:
            self.pdf.set_text_color(20, 60, 140)
        self.pdf.write(line, self._known(text, family, style), link)
        self.pdf.set_text_color(0)

    def _known(self, text: str, family: str, style: str) -> str:
        """The text, with a box in place of every character that the font lacks."""
        known = getattr(self.pdf.fonts[family + style], "cmap", {})
        lacking = {c for c in text if c not in "\n\t" and ord(c) not in known}
        self.lacking |= lacking
        return "".join("\u25a1" if c in lacking else c for c in text).replace("\t", "    ")

    def _code(self, text: str) -> None:
        self.pdf.set_font("mono", size=9)
        self.pdf.set_fill_color(244)
        self.pdf.multi_cell(
            0,
            4.4,
            self._known(text.rstrip("\n"), "mono", ""),
            fill=True,
            wrapmode=WrapMode.CHAR,
            new_x="LMARGIN",
            new_y="NEXT",
        )
        self.pdf.ln(2.2)

    def _table(self, tokens: list[Token]) -> None:
        rows: list[list[str]] = []
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                text = "".join(c.content for c in token.children or [] if c.type in ("text", "code_inline"))
                rows[-1].append(self._known(text, "body", ""))
        self.pdf.set_font("body", size=9.5)
        try:
            with self.pdf.table(line_height=4.8, borders_layout="MINIMAL", first_row_as_headings=True) as table:
                for cells in rows:
                    row = table.row()
                    for text in cells:
                        row.cell(text)
        except Exception as error:  # a table too wide or a row too high for a page has many ways to fail
            self.problems.append(f"a table could not be set ({type(error).__name__}); make it narrower")
        self.pdf.set_x(self.pdf.l_margin)
        self.pdf.ln(2.2)

    # Pictures -----------------------------------------------------------------------------------------------------

    def _picture_below(self, tokens: list[Token]) -> float:
        """The height (mm) of the picture with which these blocks begin; 0 if they begin with something else."""
        children = tokens[1].children if len(tokens) > 1 and tokens[0].type == "paragraph_open" else None
        if not children or children[0].type != "image":
            return 0.0
        try:
            return self._size(unquote(str(children[0].attrs.get("src", ""))))[2]
        except (ValueError, OSError):  # named when it is its turn
            return 0.0

    def _size(self, source: str) -> tuple[Path, float, float]:
        """The file of a picture, and how wide and high (mm) it is set. Raises ValueError as picture_in does."""
        path, width, height = picture_in(self.folder, source)
        wide = min(self.pdf.epw, width / _PIXELS_PER_MM)
        high = wide * height / width
        return (path, wide * 120 / high, 120.0) if high > 120 else (path, wide, high)

    def _picture(self, token: Token) -> None:
        source = unquote(str(token.attrs.get("src", "")))
        caption = token.content.strip()
        try:
            path, wide, high = self._size(source)
            if self.pdf.get_y() + high + (12 if caption else 2) > self.pdf.page_break_trigger:
                self.pdf.add_page()
            self.pdf.image(str(path), w=wide, h=high)
        except ValueError as problem:
            self.problems.append(f"the figure {source!r} is not in the PDF: {problem}")
            self._write(f"[figure missing: {source}]", style="I")
            self.pdf.ln(_LINE)
        except Exception as error:  # a damaged picture surprises Pillow in many ways
            self.problems.append(f"the figure {source!r} is not in the PDF: it is damaged ({type(error).__name__})")
            self._write(f"[figure missing: {source}]", style="I")
            self.pdf.ln(_LINE)
        self.pdf.set_x(self.pdf.l_margin)
        if caption:
            self.pdf.ln(1)
            self._write(caption, "body", "I", 9.5, 4.6)
            self.pdf.ln(4.6)
        self.pdf.ln(2)


def picture_in(folder: Path, source: str) -> tuple[Path, int, int]:
    """The PNG file that ``source`` names inside ``folder``, with its width and height in pixels.

    Raises ValueError with the reason when there is none, when it lies elsewhere, or is too large.
    """
    if "://" in source or source.startswith(("data:", "/", "\\")) or not source:
        raise ValueError("a figure is a PNG file in the unit's folder")
    path = (folder / source).resolve()
    if not path.is_relative_to(folder):
        raise ValueError("it lies outside the unit's folder")
    if not path.is_file():
        raise ValueError("there is no such file")
    with path.open("rb") as file:
        head = file.read(24)
    if head[:8] != _PNG or len(head) < 24:
        raise ValueError("it is no PNG file")
    width, height = struct.unpack(">II", head[16:24])
    if path.stat().st_size > _MOST_BYTES or not 0 < width * height <= _MOST_PIXELS:
        raise ValueError(f"it is too large ({width} x {height} pixels, {path.stat().st_size:,} bytes)")
    return path, width, height


def _font_file(name: str) -> Path:
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf" / f"{name}.ttf"
