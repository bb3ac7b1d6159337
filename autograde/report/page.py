"""The facilitator's page: one HTML file that loads nothing, runs nothing and can be printed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from markupsafe import Markup

from autograde.report import guesses, plots, session
from autograde.report.gather import Group, State
from autograde.report.losses import FEW
from autograde.report.questions import Chosen, peers_apart
from autograde.report.session import Part
from worktest import one_page

_TEMPLATES = Path(__file__).resolve().parent / "templates"
MARK = '<meta name="generator" content="worktest report">'
"""Stands near the top of every page; a file without it is somebody's work and is not written over."""
SIGNS: dict[State, tuple[str, str]] = {
    "passed": ("●", "all points"),
    "part": ("◐", "some points"),
    "missed": ("○", "tried, no points"),
    "untouched": ("–", "as it was given out"),
    "waits": ("?", "not graded yet"),
}
"""How a graded cell's state is shown, and said."""


def page(group: Group, chosen: Chosen, parts: list[Part]) -> str:
    """The page as HTML."""
    return (
        one_page.environment(_TEMPLATES)
        .get_template("report.html")
        .render(
            mark=Markup(MARK),
            group=group,
            chosen=chosen,
            parts=list(zip(session.starts(parts), parts, strict=True)),
            minutes=sum(part.minutes for part in parts),
            made=_when(group.now),
            when=_when,
            signs=SIGNS,
            few=FEW,
            sureness=guesses.sureness(group.predicted),
            pictures=[(one, one_page.embedded(plots.intervals_png(one))) for one in group.predicted if not one.few],
            finding=plots.finding,
            percent=guesses.percent,
            apart=peers_apart(group.peers),
        )
    )


def write_page(group: Group, chosen: Chosen, parts: list[Part], target: Path) -> None:
    """Write the page to ``target``, whole or not at all, for its owner alone: it has names on it.

    Raises UserError when another file is there, or when it can't be written.
    """
    refusal = "is no page of `autograde report`: give another name after --to"
    one_page.write(page(group, chosen, parts), target, MARK, refusal, mode=0o600)


def _when(time: dt.datetime | None) -> str:
    """A time in UTC, which is what nbgrader's due dates are in."""
    return f"{time.astimezone(dt.UTC):%a %d %b, %H:%M}" if time else ""
