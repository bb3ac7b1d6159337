"""The walkthrough sheet: one page about the learner's own work, to have at hand in an interview.

This module says what stands on it; :mod:`worktest.interview.sheet_html` and :mod:`worktest.interview.sheet_pdf` draw
it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from worktest.interview.binding import decision_fields, number, outcome_of
from worktest.interview.material import Material
from worktest.interview.notebooks import Plot
from worktest.journal import Measurement, Prediction
from worktest.safe import flowing, plain

MOST_PLOTS = 3
SHORTENED = "[shortened]"
NOTHING = "nothing written down"
OUTCOMES = {"hit": "inside", "missed": "outside", "late": "written after measuring", "open": "not measured yet"}


@dataclass
class Sheet:
    """What the walkthrough holds, as plain text; ``plots_left`` counts plots that are not on it."""

    title: str
    story: list[str]
    plots: list[Plot]
    plots_left: int
    decisions: list[tuple[str, str, str, str, str]] = field(default_factory=list)
    predictions: list[tuple[str, str, str, str]] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)


DECISION_HEADS = ("decision", "choice", "alternatives", "because", "what would change my mind")
PREDICTION_HEADS = ("what", "predicted", "measured", "in the interval?")


def make_sheet(material: Material) -> Sheet:
    """Put the sheet together from what the learner wrote and measured."""
    seen = material.journal
    plots = chosen_plots(material.work.plots)
    sheet = Sheet(
        title=f"{material.info.title}: my walkthrough",
        story=[tidy(text) for text in material.story] or _told_by_the_journal(material),
        plots=plots,
        plots_left=len(material.work.plots) - len(plots),
    )
    for name, decision in seen.decisions.items():
        parts = decision_fields(decision)
        cells = [plain(parts.get(key, NOTHING)) for key in ("choice", "alternatives", "because", "mind")]
        sheet.decisions.append((plain(name), cells[0], cells[1], cells[2], cells[3]))
    for name, guess in seen.predictions.items():
        result = OUTCOMES[outcome_of(guess)]
        sheet.predictions.append((plain(name), _predicted(guess), _measured(seen.measurements.get(name)), result))
    for name, result_only in seen.measurements.items():
        if name not in seen.predictions:
            sheet.predictions.append((plain(name), "", _measured(result_only), ""))
    for kind, names, kept in (
        ("decisions", material.info.decisions, list(seen.decisions)),
        ("predictions", material.info.predictions, list(seen.predictions)),
    ):
        if missing := [name for name in names if name not in kept]:
            sheet.gaps.append(f"{kind} {', '.join(missing)}")
    return sheet


def chosen_plots(plots: list[Plot]) -> list[Plot]:
    """At most three: those of graded cells first, then the others, each in the order of the notebook."""
    ordered = sorted(range(len(plots)), key=lambda i: (not plots[i].graded, i))
    return [plots[i] for i in sorted(ordered[:MOST_PLOTS])]


def _predicted(guess: Prediction) -> str:
    return f"{number(guess.value)} ({number(guess.low)} to {number(guess.high)}, {100 * guess.confidence:.3g} % sure)"


def _measured(result: Measurement | None) -> str:
    if result is None:
        return ""
    between = "" if result.low is None or result.high is None else f" ({number(result.low)} to {number(result.high)})"
    unit = f" {plain(result.unit, 90)}" if result.unit.strip() else ""
    return f"{number(result.value)}{unit}{between}"


def _told_by_the_journal(material: Material) -> list[str]:
    """A story for who wrote no claim yet: decisions and results, one after another."""
    seen = material.journal
    told = []
    for name, decision in seen.decisions.items():
        parts = decision_fields(decision)
        why = f", because {parts['because']}" if "because" in parts else ""
        told.append(f"For {plain(name)} I chose {parts.get('choice', NOTHING)}{why}.".replace("..", "."))
    told += [f"I measured {plain(name)}: {_measured(result)}." for name, result in seen.measurements.items()]
    if not told:
        return ["You have not written your claim yet, and the journal is empty. Tell the story in four sentences: "
                "what was asked, what you did, what you found with its interval, what you would do next."]  # fmt: skip
    return ["(You have not written your claim yet; this is what the journal tells.) " + " ".join(told)]


def tidy(text: str) -> str:
    """A Markdown text as paragraphs, without the marks that only a page draws: bold, code, headings, list points."""
    lines = [re.sub(r"^\s*(#{1,6}\s+|[-*]\s+)", "", line) for line in flowing(text).split("\n")]
    return "\n".join(line.replace("**", "").replace("`", "") for line in lines if line.strip())


def shorten(text: str, limit: int, lines: int = 1) -> str:
    """At most ``limit`` characters and ``lines`` lines, cut at a blank where there is one; says so."""
    kept = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    text = ("\n" if len(kept) <= lines else " ").join(kept)
    if len(text) <= limit:
        return text
    room = max(limit - len(SHORTENED) - 3, 0)
    cut = text[:room]
    at = max(cut.rfind(" "), cut.rfind("\n"))
    return f"{cut[:at] if at > room // 2 else cut} … {SHORTENED}".strip()
