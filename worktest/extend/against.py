"""What a funder should know that speaks against a project: read off its results and its log, never guessed."""

from __future__ import annotations

import re
from pathlib import Path

from worktest.extend.costs import written
from worktest.extend.formulas import spans_of
from worktest.extend.kills import is_met
from worktest.extend.log import Log
from worktest.extend.paper import PAPER
from worktest.extend.plan import Comparison, Plan
from worktest.extend.results import Estimate, Results, named
from worktest.safe import counted, heading_of, plain, words_in

_LIMITS = "Limitations"
_FEW = 5
_WORDS = 50
_FORMULA = re.compile(r"\$([^$\n]+)\$")


def speaks_against(folder: Path, plan: Plan, results: Results, log: Log) -> list[str]:
    """One line for each thing. Never raises for what the files hold, and is never empty: a toy is a toy."""
    unit = plain(plan.unit, 80)
    found = [f"All of this comes from a toy (unit `{unit}`). Nothing here shows that it holds in a larger model."]
    estimates = named(plan, results)
    found += _of_results(plan, estimates)
    for kill in plan.kill:
        if is_met(kill, estimates.get(kill.comparison)):
            found.append(f"The kill criterion {kill.id} is met.")
    found += _of_log(log)
    limits = own_limits(folder)
    return [*found, f"In my own words: {limits}"] if limits else found


def _of_results(plan: Plan, estimates: dict[str, Estimate]) -> list[str]:
    """One line for each kind of weakness, with the comparisons that have it."""
    kinds: dict[str, list[str]] = {}
    for one in plan.comparison:
        if (estimate := estimates.get(one.id)) is not None:
            for kind in _weaknesses(one, estimate):
                kinds.setdefault(kind, []).append(f"{one.id} ({estimate.show(estimate.mean)})")
    return [f"{kind}: {', '.join(names)}." for kind, names in kinds.items()]


def _weaknesses(one: Comparison, estimate: Estimate) -> list[str]:
    found = []
    if estimate.low is None or estimate.high is None:
        found.append("One seed, so no interval")
    elif one.expect != "no difference" and estimate.low <= 0 <= estimate.high:
        found.append("The interval holds zero")
    if 1 < estimate.n < _FEW:
        found.append(f"Only {estimate.n} seeds")
    against = (one.expect == "higher" and estimate.mean < 0) or (one.expect == "lower" and estimate.mean > 0)
    if against:
        found.append("Against the expectation")
    elif one.expect != "no difference" and abs(estimate.mean) < one.smallest_effect:
        found.append("Smaller than the smallest effect that matters")
    elif one.expect == "no difference" and max(abs(estimate.low or 0), abs(estimate.high or 0)) > one.smallest_effect:
        found.append("Room for a difference that would matter")
    return found


def _of_log(log: Log) -> list[str]:
    found = []
    real = [run for run in log.runs if not run.pilot]
    if real and (log.registration is None or log.registration.time > real[0].time):
        found.append("The plan was not registered before the first run.")
    if len(log.registrations) > 1:
        found.append(f"The plan was registered {len(log.registrations)} times; the log keeps all of them.")
    if log.deviations:
        told = "; ".join(f"{plain(d.what, 200).strip()}, since {plain(d.because, 200).strip()}" for d in log.deviations)
        found.append(f"{counted(len(log.deviations), 'deviation')} from the registration: {' '.join(told.split())}.")
    failed = sum(len(run.failed) for run in real)
    if failed:
        found.append(f"{counted(failed, 'run')} failed.")
    replaced = sum(len(run.replaced) for run in real)
    if replaced:
        found.append(f"{counted(replaced, 'value')} took the place of an earlier one.")
    return found


def own_limits(folder: Path) -> str:
    """The beginning of ``## Limitations`` in paper.md; "" when it is not written, or waits for numbers."""
    try:
        text = (folder / PAPER).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    inside, lines = False, []
    for line in text.split("\n"):
        if line.startswith("#"):
            inside = heading_of(line) == _LIMITS
        elif inside and line.strip():
            lines.append(line.strip())
        elif inside and lines:
            break
    paragraph = _beginning(_FORMULA.sub(_in_letters, " ".join(plain(" ".join(lines), 2_000).split())))
    return paragraph if written(paragraph) and "{{" not in paragraph and not paragraph.startswith("<!--") else ""


def _in_letters(formula: re.Match[str]) -> str:
    return "".join(span.text for span in spans_of(formula[1]).spans)


def _beginning(paragraph: str) -> str:
    """As many whole sentences as a page has room for; at least one."""
    kept: list[str] = []
    for sentence in re.split(r"(?<=[.!?])\s+", paragraph):
        if kept and words_in(" ".join([*kept, sentence])) > _WORDS:
            break
        kept.append(sentence)
    return " ".join(kept)
