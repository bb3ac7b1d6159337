"""A simple Markdown text as a PDF: A4, headings, paragraphs, lists, tables, code, PNG pictures with captions."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from fpdf.enums import WrapMode
from markdown_it.token import Token

from worktest.pdf_look import HAND_IN, Look, Pages
from worktest.pdf_pictures import PIXELS_PER_MM, picture_in
from worktest.safe import plain
from worktest.write_up import is_comment, parse


@dataclass
class Rendered:
    """A finished PDF: its bytes, how many pages it has, and one line for each thing that could not be shown."""

    content: bytes
    pages: int
    problems: list[str] = field(default_factory=list)


def render(text: str, folder: Path, title: str, look: Look = HAND_IN) -> Rendered:
    """Render a Markdown text; its pictures are PNG files inside ``folder``. Never raises for what the text holds."""
    writer = Writer(folder, title, look)
    writer.blocks(parse(plain(text, limit=len(text))))
    return writer.rendered()


class Writer:
    """Goes through the blocks of a text and writes them onto pages."""

    def __init__(self, folder: Path, title: str, look: Look = HAND_IN) -> None:
        self.folder = folder.resolve()
        self.look = look
        self.problems: list[str] = []
        self.lacking: set[str] = set()
        self.base = look.margin
        """The left margin, in mm, of what stands in no list."""
        self.pdf = Pages(look)
        self.pdf.set_title(title)
        self.pdf.set_creator("worktest")
        self.pdf.set_font("body", size=look.size)
        self.pdf.add_page()
        self._lists: list[int | None] = []  # the next number of each open list, None for bullets
        self._depth = 0
        self._tight = False

    def rendered(self) -> Rendered:
        """What was written so far, with its problems."""
        if self.lacking:
            shown = " ".join(sorted(self.lacking)[:20])
            self.problems.append(f"characters that the PDF's font lacks: {shown}")
        return Rendered(bytes(self.pdf.output()), self.pdf.pages_count, self.problems)

    # Blocks -------------------------------------------------------------------------------------------------------

    def blocks(self, tokens: list[Token]) -> None:
        """Write all blocks in order."""
        position = 0
        while position < len(tokens):
            token = tokens[position]
            if token.type == "heading_open":
                self.heading(tokens[position + 1], int(token.tag[1:]), self._picture_below(tokens[position + 3 :]))
                position += 2
            elif token.type == "table_open":
                end = next(i for i in range(position, len(tokens)) if tokens[i].type == "table_close")
                self.table(tokens[position:end])
                position = end
            elif token.type == "inline":
                self.paragraph(token)
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
            self.write(token.content.strip())
            self.pdf.ln(self.look.line + 2)

    def _shift(self, steps: int) -> None:
        self._depth += steps
        self.pdf.set_left_margin(self.base + self.look.indent * min(self._depth, 12))
        self.pdf.set_x(self.pdf.l_margin)

    def _bullet(self) -> None:
        number = self._lists[-1]
        mark = "•" if number is None else f"{number}."
        if number is not None:
            self._lists[-1] = number + 1
        if self.pdf.get_y() + self.look.line > self.pdf.page_break_trigger:
            self.pdf.add_page()
        self.pdf.set_font("body", size=self.look.size)
        self.pdf.set_x(self.pdf.l_margin - self.pdf.get_string_width(mark) - 1.6)
        self.pdf.cell(self.pdf.get_string_width(mark), self.look.line, mark)
        self.pdf.set_x(self.pdf.l_margin)

    def heading(self, token: Token, level: int, picture: float) -> None:
        """Write a heading; ``picture`` is the height (mm) of the one that follows it at once, or 0."""
        size = self.look.headings.get(level, self.look.size)
        room = 28 if not picture else picture + 26  # a heading stands above its text, or its picture
        if self.pdf.get_y() + room > self.pdf.page_break_trigger:
            self.pdf.add_page()
        elif self.pdf.get_y() > 30:
            self.pdf.ln(self.look.above_heading)
        self.flow(token, size, "B", size * 0.5, 1.5)

    def paragraph(self, token: Token) -> None:
        """Write a paragraph with the pictures in it."""
        groups = itertools.groupby(token.children or [], key=lambda child: child.type == "image")
        for are_images, group in groups:
            children = list(group)
            if are_images:
                for image in children:
                    self.picture(image)
            elif any(c.content.strip() for c in children):
                part = Token("inline", "", 0, children=children)
                self.flow(part, self.look.size, "", self.look.line, 0.6 if self._tight else self.look.paragraph)

    def flow(self, token: Token, size: float, style: str, line: float, after: float) -> None:
        """Write spans as lines of their own, with so much room below them (mm)."""
        self.spans(token, size, style, line)
        self.pdf.ln(line + after)

    def spans(self, token: Token, size: float, style: str, line: float) -> None:
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
                self.blank(line)
            elif child.type == "hardbreak":
                self.newline(line)
            elif child.type == "code_inline":
                self.write(child.content, "mono", "", size * 0.92, line, link)
            elif child.type == "text" or (child.type == "html_inline" and not is_comment(child)):
                self.write(child.content, "body", "B" * bold + "I" * italic, size, line, link)
            else:
                self.span(child, size, "B" * bold + "I" * italic, line)

    def blank(self, line: float) -> None:
        """A line's end in the source."""
        self.pdf.write(line, " ")

    def newline(self, line: float) -> None:
        """A line's end that is meant."""
        self.pdf.ln(line)

    def span(self, token: Token, size: float, style: str, line: float) -> None:
        """Write what is none of the usual spans; there is nothing such in plain Markdown."""

    def write(
        self,
        text: str,
        family: str = "body",
        style: str = "",
        size: float | None = None,
        line: float | None = None,
        link: str | int = "",
    ) -> None:
        """Write words; sizes and lines are those of the body unless given."""
        self.pdf.set_font(family, style, size or self.look.size)
        if link:
            self.pdf.set_text_color(20, 60, 140)
        self.pdf.write(line or self.look.line, self.known(text, family, style), link)
        self.pdf.set_text_color(0)

    def known(self, text: str, family: str, style: str) -> str:
        """The text, with a box in place of every character that the font lacks."""
        known = getattr(self.pdf.fonts[family + style], "cmap", {})
        lacking = {c for c in text if c not in "\n\t" and ord(c) not in known}
        self.lacking |= lacking
        box = "\u25a1" if 0x25A1 in known else "?"
        return "".join(box if c in lacking else c for c in text).replace("\t", "    ")

    def _code(self, text: str) -> None:
        self.pdf.set_font("mono", size=self.look.code)
        self.pdf.set_fill_color(244)
        self.pdf.multi_cell(
            0,
            self.look.code_line,
            self.known(text.rstrip("\n"), "mono", ""),
            fill=True,
            wrapmode=WrapMode.CHAR,
            new_x="LMARGIN",
            new_y="NEXT",
        )
        self.pdf.ln(2.2)

    def table(self, tokens: list[Token]) -> None:
        """Write a table."""
        rows: list[list[str]] = []
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(self.known(self.cell_text(token.children or []), "body", ""))
        try:
            layout = self.table_layout(tokens, rows)
            self.pdf.set_font("body", size=self.look.table)
            with self.pdf.table(
                line_height=self.look.table_line,
                borders_layout="MINIMAL" if self.look.columns_parted else "SINGLE_TOP_LINE",
                first_row_as_headings=True,
                **layout,
            ) as table:
                for cells in rows:
                    row = table.row()
                    for text in cells:
                        row.cell(text)
        except Exception as error:  # a table too wide or a row too high for a page has many ways to fail
            self.problems.append(f"a table could not be set ({type(error).__name__}); make it narrower")
        self.pdf.set_x(self.pdf.l_margin)
        self.pdf.ln(2.2)

    def table_layout(self, tokens: list[Token], rows: list[list[str]]) -> dict[str, Any]:
        """How fpdf2 is to lay a table out; nothing here leaves it to share out the line's width."""
        if self.look.columns_parted or not rows:
            return {}
        longest = [max(len(row[n]) for row in rows if n < len(row)) for n in range(len(rows[0]))]
        return {"text_align": "LEFT", "col_widths": tuple(min(40, max(8, length)) for length in longest)}

    def cell_text(self, children: list[Token]) -> str:
        """The words of a table's cell."""
        return "".join(c.content for c in children if c.type in ("text", "code_inline"))

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
        wide = min(self.pdf.epw, width / PIXELS_PER_MM)
        high, most = wide * height / width, self.look.highest_picture
        return (path, wide * most / high, most) if high > most else (path, wide, high)

    def picture(self, token: Token) -> None:
        """Write a picture with its caption, or name why there is none."""
        source = unquote(str(token.attrs.get("src", "")))
        caption = token.content.strip()
        try:
            path, wide, high = self._size(source)
            if self.pdf.get_y() + high + (12 if caption else 2) > self.pdf.page_break_trigger:
                self.pdf.add_page()
            self.pdf.image(str(path), w=wide, h=high)
        except ValueError as problem:
            self.problems.append(f"the figure {source!r} is not in the PDF: {problem}")
            self.write(f"[figure missing: {source}]", style="I")
            self.pdf.ln(self.look.line)
        except Exception as error:  # a damaged picture surprises Pillow in many ways
            self.problems.append(f"the figure {source!r} is not in the PDF: it is damaged ({type(error).__name__})")
            self.write(f"[figure missing: {source}]", style="I")
            self.pdf.ln(self.look.line)
        self.pdf.set_x(self.pdf.l_margin)
        if caption:
            self.pdf.ln(1)
            self.caption(token)
        self.pdf.ln(2)

    def caption(self, image: Token) -> None:
        """Write the words below a picture."""
        self.write(image.content.strip(), "body", "I", self.look.caption, self.look.caption_line)
        self.pdf.ln(self.look.caption_line)
