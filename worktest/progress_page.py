"""The progress page: one HTML file that loads nothing, runs nothing and can be printed."""

from __future__ import annotations

import base64
import datetime as dt
import os
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from worktest import progress_plots, times
from worktest.errors import UserError
from worktest.progress import Progress
from worktest.readiness import CAVEAT
from worktest.safe import plain
from worktest.workspace import disk_problem

_TEMPLATES = Path(__file__).resolve().parent / "pages"
MARK = '<meta name="generator" content="worktest progress">'
"""Stands near the top of every page; a file without it is somebody's work and is not written over."""
MAX_TEXT = 2_000


def page(found: Progress) -> str:
    """The page as HTML."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.filters["marked"] = _marked
    pictures = {
        "points": _embedded(progress_plots.points_png(found.points)),
        "calibration": _embedded(progress_plots.calibration_png(found.home)),
        "times": _embedded(progress_plots.times_png(found.cells)),
    }
    deck = found.deck
    cards = deck.cards if deck else []
    due = [card for card in cards if card.is_due(found.now)]
    ahead = found.now.astimezone().date() + dt.timedelta(days=14)
    return environment.get_template("progress.html").render(
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


def _marked(text: str) -> Markup:
    """A sentence of ours with ``code`` between backticks; what stands in it is escaped."""
    parts = [escape(plain(part, MAX_TEXT)) for part in text.split("`")]
    joined = (Markup("<code>{}</code>").format(part) if number % 2 else part for number, part in enumerate(parts))
    return Markup("").join(joined)


def _shown(value: Any) -> Any:
    """Every text on the page passes here: nothing in it colours, moves or grows without bound."""
    return plain(value, MAX_TEXT) if isinstance(value, str) and not isinstance(value, Markup) else value


def _embedded(png: bytes | None) -> Markup | None:
    """A picture as the address of itself."""
    return Markup("data:image/png;base64," + base64.b64encode(png).decode()) if png else None


def write_page(found: Progress, target: Path) -> None:
    """Write the page to ``target``, whole or not at all.

    Raises UserError when another file is there, or when it can't be written.
    """
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        if target.exists() and not _is_ours(target):
            raise UserError(f"{target} is there and is no progress page: give another name after --html")
        content = page(found)
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(content, encoding="utf-8", errors="replace", newline="\n")
        partial.replace(target)
    except OSError as error:
        raise disk_problem(error, target) from None
    finally:
        if partial.is_file():
            partial.unlink()


def _is_ours(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return MARK.encode() in file.read(2_000)
