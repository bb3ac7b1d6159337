"""The progress page: one HTML file that loads nothing, runs nothing and can be printed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from markupsafe import Markup

from worktest import one_page, progress_plots, times
from worktest.one_page import embedded
from worktest.progress import Progress
from worktest.readiness import CAVEAT

MARK = '<meta name="generator" content="worktest progress">'
"""Stands near the top of every page; a file without it is somebody's work and is not written over."""


def page(found: Progress) -> str:
    """The page as HTML."""
    pictures = {
        "points": embedded(progress_plots.points_png(found.points)),
        "calibration": embedded(progress_plots.calibration_png(found.home)),
        "times": embedded(progress_plots.times_png(found.cells)),
    }
    deck = found.deck
    cards = deck.cards if deck else []
    due = [card for card in cards if card.is_due(found.now)]
    ahead = found.now.astimezone().date() + dt.timedelta(days=14)
    return (
        one_page.environment()
        .get_template("progress.html")
        .render(
            mark=Markup(MARK),
            found=found,
            caveat=CAVEAT,
            made=f"{found.now.astimezone():%d %b %Y, %H:%M}",
            pictures=pictures,
            times_sentence=times.sentence(found.cells),
            due=due,
            soon=[card for card in cards if not card.is_due(found.now) and card.due <= ahead],
            later=[card for card in cards if card.due > ahead],
            waiting=deck.waiting if deck else [],
        )
    )


def write_page(found: Progress, target: Path) -> None:
    """Write the page to ``target``, whole or not at all.

    Raises UserError when another file is there, or when it can't be written.
    """
    one_page.write(page(found), target, MARK, "is no progress page: give another name after --html")
