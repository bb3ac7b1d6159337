"""The paper's sections: are they there and written, do the limits name anything, is the use of AI told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from worktest.extend.check.base import PAPER, Facts, Finding, names
from worktest.extend.check.claims import bare_of
from worktest.extend.check.registered import DEVIATIONS
from worktest.extend.plan import MARK
from worktest.safe import counted, words_in

WANTED = (
    "Abstract",
    "Introduction",
    "Method",
    "Results",
    "Limitations",
    DEVIATIONS,
    "Statement of AI use",
    "Reproducing this",
)
LIMITS, AI_USE = "Limitations", "Statement of AI use"
FEWEST_WORDS = 40
_SPECIFIC = re.compile(
    r"\d|\{\{|`|\b(?:seeds?|Figure|Table|control|baseline|toy|layers?|one model|single|size|lines?)\b", re.IGNORECASE
)
_OTHER_KINDS = {LIMITS: "limits", AI_USE: "ai-use"}


def look_at_sections(facts: Facts) -> Iterator[Finding]:
    """Sections that are missing, empty or hold a mark still; the limits; the statement of AI use."""
    paper = facts.paper
    if paper is None:
        return
    unwritten = ["the title"] if not paper.title or MARK in paper.title else []
    unwritten += (
        ["the author (a line `Author: ...` below the title)"] if not paper.author or MARK in paper.author else []
    )
    for title in WANTED:
        kind = _OTHER_KINDS.get(title, "paper")
        marks = [mark.line for mark in paper.marks if mark.section.lower() == title.lower()]
        if paper.section(title) is None:
            yield Finding(kind, PAPER, f"the section {title!r} is missing", f"add the heading: ## {title}")
        elif (marks or not facts.section(title)) and title != DEVIATIONS and kind == "paper":
            unwritten.append(f"{title} ({facts.place(title).partition(', ')[2]})")
        elif marks:
            where = f"{PAPER}, line {marks[0]}"
            yield Finding(kind, where, f"{title}: a [Write here: ...] is left", "write it, or take the mark out")
        elif not facts.section(title) and title != DEVIATIONS:
            yield Finding(kind, facts.place(title), f"{title} is empty", "write it")
    if unwritten:
        yield Finding("paper", PAPER, f"still to be written: {'; '.join(unwritten)}", "write it, or take the mark out")
    yield from _limits(facts)


def _limits(facts: Facts) -> Iterator[Finding]:
    body = facts.section(LIMITS)
    if not body or MARK in body:
        return
    words = words_in(bare_of(body))
    if words < FEWEST_WORDS:
        what = (
            f"Limitations has {counted(words, 'word')}: too short to say what was not tested and how it could be wrong"
        )
        yield Finding("limits", facts.place(LIMITS), what, "say the strongest objection and what you did not check")
        return
    plan = facts.plan
    ids = [part.id for parts in (plan.condition, plan.measure, plan.comparison) for part in parts] if plan else []
    if not (_SPECIFIC.search(body) or any(names(body, name) for name in ids)):
        what = "Limitations would fit any paper: no number, condition, measure or figure is named"
        yield Finding("limits", facts.place(LIMITS), what, "name the one thing of this experiment that you trust least")
