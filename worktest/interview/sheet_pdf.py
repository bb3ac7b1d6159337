"""The walkthrough sheet as a PDF of exactly one A4 page.

Text is set in the DejaVu fonts that matplotlib carries; a letter they lack is looked for in the fonts of this machine.
What does not fit is shortened, step by step, and says so; plots are never drawn smaller than can be read.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from worktest.interview.fonts import FAMILY, add_fonts
from worktest.interview.notebooks import Plot
from worktest.interview.sheet import DECISION_HEADS, PREDICTION_HEADS, SHORTENED, Sheet, shorten

MARGIN, WIDTH, BOTTOM = 12.0, 186.0, 285.0
"""Millimetres of an A4 page: margin, width of the text, where the page ends."""
READABLE = 0.115
"""Millimetres a pixel: at 100 pixels an inch, matplotlib's letters of 10 points are then about 4.5 points high."""
GAP = 3.0
_DECISION_WIDTHS = (22.0, 36.0, 34.0, 50.0, 44.0)
_PREDICTION_WIDTHS = (38.0, 64.0, 54.0, 30.0)


@dataclass(frozen=True)
class Room:
    """How much may stand on the page: size (1 is the smallest), characters of story and cell, rows, plots."""

    scale: float
    story: int
    cell: int
    rows: int
    plots: int


_ROOMS = (
    Room(1.45, 1800, 300, 14, 3),
    Room(1.3, 1800, 300, 14, 3),
    Room(1.15, 1800, 300, 14, 3),
    Room(1, 1800, 300, 14, 3),
    Room(1, 1800, 140, 12, 3),
    Room(1, 1500, 120, 12, 3),
    Room(1, 1800, 140, 12, 2),
    Room(1, 1500, 120, 10, 2),
    Room(1, 1100, 100, 10, 2),
    Room(1, 900, 80, 9, 1),
    Room(1, 500, 60, 8, 1),
    Room(1, 500, 50, 6, 0),
    Room(1, 300, 30, 4, 0),
)
"""From roomy to tight; the first that fits is drawn. The last one always fits. The story is told in the interview, so a
third plot goes before it is cut short."""


def write_pdf(sheet: Sheet, path: Path) -> list[str]:
    """Write the sheet to ``path``; gives notes (letters that no font has). Raises OSError when it can't be written."""
    first, last = 0, len(_ROOMS) - 1
    pdf, notes = None, []
    while pdf is None or first < last:  # each room takes less of the page than the one before it
        middle = (first + last) // 2
        drawn, found, end = _draw(sheet, _ROOMS[middle])
        if end <= BOTTOM or middle == len(_ROOMS) - 1:
            pdf, notes, last = drawn, found, middle
        else:
            first = middle + 1
    path.write_bytes(bytes(pdf.output()))
    return notes


def _draw(sheet: Sheet, room: Room) -> tuple[Any, list[str], float]:
    """The page drawn with this much room, notes, and where it ends (mm from the top)."""
    from fpdf import FPDF

    pdf = FPDF(format="A4")
    pdf.set_auto_page_break(False)
    pdf.set_margins(MARGIN, MARGIN, MARGIN)
    pdf.set_title(sheet.title)
    pdf.set_lang("en")
    pdf.add_page()
    clean, notes = add_fonts(pdf, _all_text(sheet))

    def text(points: float, words: str, *, bold: bool = False, after: float = 1.0) -> None:
        size = points * room.scale
        pdf.set_font(FAMILY, "B" if bold else "", size)
        pdf.multi_cell(WIDTH, size * 0.42, clean(words), align="L", new_x="LMARGIN", new_y="NEXT")
        pdf.ln(after)

    text(13, shorten(sheet.title, 90), bold=True)
    text(9.5, "The story in two minutes", bold=True, after=0.3)
    text(8.5, shorten("\n".join(sheet.story), room.story, room.story // 60), after=1.5)
    shown = _plots(pdf, sheet.plots[: room.plots], room.scale)
    if left := sheet.plots_left + len(sheet.plots) - shown:
        text(7, f"{left} more plot{'s' if left > 1 else ''} in the notebook {SHORTENED}", after=0.5)
    text(9.5, "What I decided", bold=True, after=0.3)
    _table(pdf, clean, DECISION_HEADS, sheet.decisions, _DECISION_WIDTHS, room, "No decision is written down.")
    text(9.5, "What I predicted, and what came", bold=True, after=0.3)
    _table(pdf, clean, PREDICTION_HEADS, sheet.predictions, _PREDICTION_WIDTHS, room, "No prediction is written down.")
    if sheet.gaps:
        text(7, shorten(f"Not in the journal: {'; '.join(sheet.gaps)}.", max(room.story // 3, 120)), after=0)
    return pdf, notes, pdf.get_y()


def _all_text(sheet: Sheet) -> str:
    rows = [cell for row in (*sheet.decisions, *sheet.predictions) for cell in row]
    return "".join([sheet.title, *sheet.story, *rows, *sheet.gaps])


def plot_rows(plots: Sequence[Plot], scale: float = 1.0) -> list[list[tuple[Plot, float, float]]]:
    """Plots in rows with the width and height (mm) of each: side by side where both stay readable, else below."""
    rows: list[list[Plot]] = []
    for plot in sorted(plots, key=lambda p: -p.width):
        for row in rows:
            if sum(least_width(p, scale) for p in [*row, plot]) + GAP * len(row) <= WIDTH:
                row.append(plot)
                break
        else:
            rows.append([plot])
    placed = []
    for row in rows:
        tallest = max(least_width(p, scale) * p.height / p.width for p in row)
        room = WIDTH - GAP * (len(row) - 1)
        height = min(tallest, room / sum(p.width / p.height for p in row))
        placed.append([(p, height * p.width / p.height, height) for p in row])
    return placed


def least_width(plot: Plot, scale: float = 1.0) -> float:
    """The smallest width (mm) at which a plot can be read, times ``scale``; never more than the page has."""
    return min(WIDTH, plot.width * READABLE * scale)


def _plots(pdf: Any, plots: Sequence[Plot], scale: float) -> int:
    for row in plot_rows(plots, scale):
        x, y = MARGIN, pdf.get_y()
        for plot, width, height in row:
            pdf.image(io.BytesIO(plot.png), x=x, y=y, w=width, h=height, alt_text=plot.heading or "plot")
            x += width + GAP
        pdf.set_y(y + max(height for _, _, height in row) + 1.5)
    return len(plots)


def _table(
    pdf: Any,
    clean: Any,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    room: Room,
    empty: str,
) -> None:
    """A table of short cells; rows beyond the room are counted, not drawn."""
    size, line = 6.8 * room.scale, 2.9 * room.scale
    if not rows:
        pdf.set_font(FAMILY, "", 7.5 * room.scale)
        pdf.multi_cell(WIDTH, 3.4 * room.scale, empty, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(1.5)
        return
    total = sum(widths)
    for number, row in enumerate([heads, *rows[: room.rows]]):
        pdf.set_font(FAMILY, "B" if number == 0 else "", size)
        cells = [clean(shorten(cell, room.cell)) for cell in row]
        lines = [
            pdf.multi_cell(w - 1, line, cell, dry_run=True, output="LINES", align="L")
            for w, cell in zip(widths, cells, strict=True)
        ]
        height = line * max(len(found) for found in lines) + 0.8
        x, y = MARGIN, pdf.get_y()
        for width, cell in zip(widths, cells, strict=True):
            pdf.set_xy(x + 0.5, y + 0.4)
            pdf.multi_cell(width - 1, line, cell, align="L")
            x += width
        pdf.set_draw_color(150)
        pdf.line(MARGIN, y + height, MARGIN + total, y + height)
        pdf.set_xy(MARGIN, y + height)
        if y > BOTTOM:
            return  # too long already: a tighter room is tried, so the rest need not be set
    if (left := len(rows) - room.rows) > 0:
        pdf.set_font(FAMILY, "", size)
        pdf.multi_cell(WIDTH, line, f"{left} more in the journal {SHORTENED}", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(1.8)
