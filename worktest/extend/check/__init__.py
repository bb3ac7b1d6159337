"""What is missing in a research folder: everything that a careful mentor would miss, one line each.

Each file of this package looks at one subject. A subject gives findings for what a file of the folder shows to be
missing or wrong, and nothing for what could be read either way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from worktest.extend.check.base import TITLES, Facts, Finding, look
from worktest.extend.check.built import look_at_length, look_at_reproduction
from worktest.extend.check.claims import look_at_claims
from worktest.extend.check.drawn import look_at_figures
from worktest.extend.check.kills import look_at_kills
from worktest.extend.check.numbers import look_at_numbers
from worktest.extend.check.overclaims import look_at_overclaims
from worktest.extend.check.planned import look_at_plan
from worktest.extend.check.references import look_at_references
from worktest.extend.check.registered import look_at_deviations, look_at_registration
from worktest.extend.check.rows import (
    look_at_controls,
    look_at_hidden_runs,
    look_at_plan_rows,
    look_at_results,
    look_at_seeds,
)
from worktest.extend.check.sections import look_at_sections
from worktest.extend.folder import Research

__all__ = ["BLIND", "TITLES", "Finding", "Report", "findings", "report"]

BLIND = (
    "The check can't see whether the idea is good, whether the code does what it says, whether the control is the "
    "right one, or whether a source says what it is cited for. Those are for a reader: show it to one."
)
_SUBJECTS: tuple[Callable[[Facts], Iterator[Finding]], ...] = (
    look_at_results,
    look_at_registration,
    look_at_deviations,
    look_at_hidden_runs,
    look_at_kills,
    look_at_controls,
    look_at_seeds,
    look_at_plan,
    look_at_plan_rows,
)
_OF_THE_PAPER: tuple[Callable[[Facts], Iterator[Finding]], ...] = (
    look_at_overclaims,
    look_at_numbers,
    look_at_claims,
    look_at_sections,
    look_at_figures,
    look_at_reproduction,
    look_at_references,
    look_at_length,
)


@dataclass
class Report:
    """What is missing, what would sink the paper first, and notes: what is no fault and may be worth a look."""

    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def report(research: Research) -> Report:
    """Look at everything. Never raises for what a person wrote: what can't be read is a finding."""
    facts = look(research)
    found = list(facts.unread)
    for subject in _SUBJECTS:
        found += subject(facts)
    if facts.has_results:
        for subject in _OF_THE_PAPER:
            found += subject(facts)
    else:
        facts.notes.append("the paper, its figures and its sources are looked at once there are results")
    found = list(dict.fromkeys(found))
    order = list(TITLES)
    found.sort(key=lambda finding: order.index(finding.kind))  # stable: within a kind in the order of the file
    return Report(found, facts.notes)


def findings(research: Research) -> list[Finding]:
    """The findings alone."""
    return report(research).findings
