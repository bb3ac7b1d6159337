"""A filled paper as a PDF, without LaTeX: title block, abstract, numbered sections, captions, references."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from markdown_it.token import Token

from worktest.extend.bibliography import Source
from worktest.extend.document import CAPTION, CITE, Document
from worktest.extend.formulas import Span, spans_of
from worktest.extend.markdown import MATH
from worktest.pdf import Rendered, Writer
from worktest.pdf_look import PAPER
from worktest.safe import plain

_ABSTRACT_INDENT = 10.0


def pdf_of(document: Document, folder: Path) -> Rendered:
    """The pages of a paper; its pictures are PNG files inside ``folder``. Never raises for what the text holds."""
    writer = _PaperWriter(document, folder)
    writer.title_block(document)
    writer.blocks(document.body)
    writer.references(document.sources)
    return writer.rendered()


def pages_before_references(document: Document, folder: Path) -> int:
    """How many pages the paper has without its references, of which a limit does not speak."""
    writer = _PaperWriter(document, folder)
    writer.title_block(document)
    writer.blocks(document.body)
    return int(writer.pdf.page_no())


class _PaperWriter(Writer):
    """Writes the blocks as a paper has them."""

    def __init__(self, document: Document, folder: Path) -> None:
        super().__init__(folder, plain(document.title, 300), PAPER)
        if document.author:
            self.pdf.set_author(plain(document.author, 300))
        self._counts = [0, 0]
        self._figures = self._tables = 0
        self._links: dict[str, int] = {source.key: self.pdf.add_link() for source in document.sources}
        self._smaller = 0.0
        self._paragraph: Any = None
        self._wide = 0.0

    def title_block(self, document: Document) -> None:
        """Title and author in the middle, and the abstract in smaller letters between wider margins."""
        pdf, look = self.pdf, self.look
        title = Token("inline", "", 0, children=document.title_spans or [_text("Untitled")])
        self.flow(title, look.headings[1], "B", 6.6, 0.0, align="CENTER")
        if document.author:
            pdf.ln(2)
            pdf.set_font("body", "", look.size + 0.5)
            pdf.multi_cell(
                0, 5, self.known(plain(document.author, 600), "body", ""), align="C", new_x="LMARGIN", new_y="NEXT"
            )
        pdf.ln(5)
        if not document.abstract:
            return
        pdf.set_font("body", "B", look.size)
        pdf.cell(0, 5, "Abstract", align="C", new_x="LMARGIN", new_y="NEXT")
        pdf.ln(1)
        right = pdf.r_margin
        self._smaller, self._depth = 0.9, 0
        self.base = look.margin + _ABSTRACT_INDENT
        pdf.set_left_margin(self.base)
        pdf.set_right_margin(right + _ABSTRACT_INDENT)
        pdf.set_x(self.base)
        self.blocks(document.abstract)
        self._smaller, self.base = 0.0, look.margin
        pdf.set_left_margin(look.margin)
        pdf.set_right_margin(right)
        pdf.set_x(look.margin)
        pdf.ln(2)

    def heading(self, token: Token, level: int, picture: float) -> None:
        """A numbered heading: 1, 1.1; deeper ones have no number."""
        level = max(level, 2)
        if level <= 3:
            place = level - 2
            self._counts[place] += 1
            self._counts[place + 1 :] = [0] * (1 - place)
            number = ".".join(map(str, self._counts[: place + 1]))
            token = Token(
                "inline",
                "",
                0,
                children=[Token("text", "", 0, content=f"{number}\u00a0\u00a0"), *(token.children or [])],
            )
        super().heading(token, level, picture)

    # Paragraphs -----------------------------------------------------------------------------------------------------

    def flow(
        self,
        token: Token,
        size: float,
        style: str,
        line: float,
        after: float,
        *,
        align: str = "",
        hanging: float = 0.0,
    ) -> None:
        """Lines that are broken as a whole, so that no word is torn where its style changes.

        Body text has both edges even; ``hanging`` is how far (mm) the second line and those below it are set in.
        """
        size, line = size * (self._smaller or 1.0), line * (self._smaller or 1.0)
        align = align or ("LEFT" if style else "JUSTIFY")
        height = line / (size * 25.4 / 72)
        with (
            self.pdf.text_columns(text_align=align, line_height=height, skip_leading_spaces=True) as columns,
            columns.paragraph(indent=hanging, first_line_indent=-hanging) as self._paragraph,
        ):
            self.spans(token, size, style, line)
        self._paragraph = None
        self.pdf.set_x(self.pdf.l_margin)
        self.pdf.ln(after)

    def write(
        self,
        text: str,
        family: str = "body",
        style: str = "",
        size: float | None = None,
        line: float | None = None,
        link: str | int = "",
    ) -> None:
        """Add words to the paragraph that is open, or write them where the page stands."""
        if self._paragraph is None:
            return super().write(text, family, style, size, line, link)
        self.pdf.set_font(family, style, size or self.look.size)
        if link and isinstance(link, str):
            self.pdf.set_text_color(20, 60, 140)
        self._paragraph.write(self.known(text, family, style), link or None)
        self.pdf.set_text_color(0)

    def blank(self, line: float) -> None:
        """A line's end in the source."""
        if self._paragraph is not None:
            self._paragraph.write(" ")

    def newline(self, line: float) -> None:
        """A line's end that is meant."""
        if self._paragraph is not None:
            self._paragraph.write("\n")

    # Spans ----------------------------------------------------------------------------------------------------------

    def span(self, token: Token, size: float, style: str, line: float) -> None:
        """Citations, and formulas as far as letters can show them."""
        if token.type == CITE:
            self._citation(token, size, style, line)
        elif token.type == MATH:
            formula = spans_of(token.content)
            if formula.left:
                left = ", ".join(formula.left)
                self.problems.append(
                    f"the formula ${token.content}$ is in paper.pdf without {left}; paper.tex has it whole"
                )
            for part in formula.spans:
                self._formula(part, size, style, line)

    def _formula(self, part: Span, size: float, style: str, line: float) -> None:
        self.pdf.char_vpos = part.place
        self.write(part.text, "body", "".join(sorted({*style, *("I" if part.italic else "")})), size, line)
        self.pdf.char_vpos = "LINE"

    def _citation(self, token: Token, size: float, style: str, line: float) -> None:
        pairs = list(zip(token.meta["keys"], token.meta["labels"], strict=True))
        for place, (key, label) in enumerate(pairs):
            self.write("(" if not place else "; ", "body", style, size, line)
            self.write(label, "body", style, size, line, self._links.get(key, ""))
        self.write(")", "body", style, size, line)

    # Captions and tables --------------------------------------------------------------------------------------------

    def caption(self, image: Token) -> None:
        """``Figure 1:`` and the words."""
        self._figures += 1
        self._labelled(f"Figure {self._figures}: ", image.children or [])

    def _other(self, token: Token) -> None:
        if token.type == CAPTION:
            self._tables += 1
            if self.pdf.get_y() + 30 > self.pdf.page_break_trigger:
                self.pdf.add_page()
            self.pdf.ln(1)
            self._labelled(f"Table {self._tables}: ", token.children or [])
            self.pdf.ln(1)
        else:
            super()._other(token)

    def _labelled(self, label: str, children: list[Token]) -> None:
        bold = [Token("strong_open", "", 0), Token("text", "", 0, content=label), Token("strong_close", "", 0)]
        whole = Token("inline", "", 0, children=[*bold, *children])
        self.flow(whole, self.look.caption, "", self.look.caption_line, 0.0)

    def cell_text(self, children: list[Token]) -> str:
        """The words of a table's cell, with citations and formulas."""
        parts: list[str] = []
        for child in children:
            if child.type == MATH:
                parts += [part.text for part in spans_of(child.content).spans]
            elif child.type in ("text", "code_inline", CITE):
                parts.append(child.content)
        return "".join(parts)

    def table(self, tokens: list[Token]) -> None:
        """A table between two rules; it begins where its head and two rows have room."""
        if self.pdf.get_y() + 4 * self.look.table_line > self.pdf.page_break_trigger:
            self.pdf.add_page()
        self._wide = self.pdf.epw
        self.pdf.set_fill_color(0)  # its default: the grey of code would else be that of the cells, too
        top, page = self.pdf.get_y(), self.pdf.page_no()
        super().table(tokens)
        bottom, left = self.pdf.get_y() - 2.2, self.pdf.l_margin + (self.pdf.epw - self._wide) / 2
        self.pdf.set_line_width(0.3)
        if self.pdf.page_no() == page:
            self.pdf.line(left, top, left + self._wide, top)
        self.pdf.line(left, bottom, left + self._wide, bottom)
        self.pdf.set_line_width(0.2)
        self.pdf.ln(1)

    def table_layout(self, tokens: list[Token], rows: list[list[str]]) -> dict[str, Any]:
        """Columns as wide as what they hold, a table no wider than that, and each column aligned as it was typed."""
        sides = {"text-align:right": "RIGHT", "text-align:center": "CENTER"}
        aligned = [sides.get(str(t.attrs.get("style", "")), "LEFT") for t in tokens if t.type == "th_open"]
        self.pdf.set_font("body", "B", self.look.table)
        room = 2 * self.pdf.c_margin + 1.5
        widths = []
        for column in range(len(aligned)):
            cells = [row[column] for row in rows[1:] if column < len(row)]
            cells += rows[0][column].split() if rows and column < len(rows[0]) else []  # a heading may wrap
            widths.append(max((self.pdf.get_string_width(cell) for cell in cells), default=0) + room)
        if (total := sum(widths)) > self.pdf.epw:  # only the wide columns give way
            fair = self.pdf.epw / len(widths)
            spare = self.pdf.epw - sum(width for width in widths if width <= fair)
            wide = sum(width for width in widths if width > fair)
            widths = [width if width <= fair else width * spare / wide for width in widths]
            total = self.pdf.epw
        self._wide = total
        return {"col_widths": tuple(widths), "width": total, "text_align": tuple(aligned), "align": "CENTER"}

    # References -----------------------------------------------------------------------------------------------------

    def references(self, sources: list[Source]) -> None:
        """The list at the end, each source with the place that its citations jump to."""
        if not sources:
            return
        super().heading(Token("inline", "", 0, children=[Token("text", "", 0, content="References")]), 2, 0.0)
        size, line = self.look.caption, self.look.caption_line
        for source in sources:
            if self.pdf.get_y() + 2 * line > self.pdf.page_break_trigger:
                self.pdf.add_page()
            self.pdf.set_link(self._links[source.key], y=self.pdf.get_y(), page=self.pdf.page_no())
            self.flow(Token("inline", "", 0, children=_entry(source)), size, "", line, 1.0, align="LEFT", hanging=5.0)


def _entry(source: Source) -> list[Token]:
    """A source as its line in the list has it: authors, title, venue in italics, year, link."""
    authors = f"{source.authors}. ".replace("..", ".") if source.authors else ""
    title = source.title if source.title.endswith(("?", "!", ".")) else f"{source.title}."
    spans = [_text(f"{authors}{title} ")]
    if source.venue:
        spans += [Token("em_open", "", 0), _text(source.venue), Token("em_close", "", 0), _text(", ")]
    spans.append(_text(f"{source.year}. "))
    if source.url:
        link = Token("link_open", "", 0, attrs={"href": source.url})
        spans += [link, _text(source.url), Token("link_close", "", 0)]
    return spans


def _text(words: str) -> Token:
    return Token("text", "", 0, content=plain(words, 2_000))
