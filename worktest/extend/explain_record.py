"""What the folder itself knows about a number, a claim or a line: shown after one's own reason was given."""

from __future__ import annotations

import re

from worktest import journal
from worktest.extend.check.base import Facts, names
from worktest.extend.check.overclaims import came_true
from worktest.extend.explain_items import Item
from worktest.extend.log import Run, code_digest

_MOST = 6
"""Lines of one kind; a record is read in a minute."""


def record_of(facts: Facts, item: Item) -> list[str]:
    """Lines of plain text: the rows and their runs, the plan's words, decisions, notes and deviations that name it."""
    lines: list[str] = []
    for name in item.names[:2]:
        lines += _result(facts, name)
    if item.kind == "number" and not item.names:
        lines.append(
            f"It stands in: {', '.join(item.sources)}." if item.sources else "The folder knows no such number."
        )
    conditions = _conditions(facts, item)
    if item.kind == "line":
        lines += _code(facts)
    elif not item.names and facts.plan is not None:
        lines.append(f"The plan's hypothesis: {_flat(facts.plan.hypothesis)}")
    words = [*conditions, *item.names, *_words(item)]
    lines += _decisions(facts, words)
    said = [f"note of {note.time[:10]}: {_flat(note.text)}" for note in facts.log.notes if _about(note.text, words)]
    said += [
        f"deviation of {d.time[:10]}: {_flat(d.what)} Why: {_flat(d.because)}"
        for d in facts.log.deviations
        if _about(f"{d.what} {d.because}", words)
    ]
    return lines + said[-_MOST:]


def _flat(text: str) -> str:
    return " ".join(text.split())


def _about(text: str, words: list[str]) -> bool:
    return any(names(text, word) for word in words)


def _conditions(facts: Facts, item: Item) -> list[str]:
    """The conditions behind an item."""
    found: list[str] = []
    for name in item.names:
        sides = [[c.condition, c.against] for c in facts.comparisons() if c.id == name]
        found += sides[0] if sides else [name.partition(":")[0]]
    return list(dict.fromkeys(found))


def _words(item: Item) -> list[str]:
    """The names that a line of code gives; a number or a sentence has none of its own."""
    return re.findall(r"[A-Za-z_]\w{2,}", item.text) if item.kind == "line" else []


def _result(facts: Facts, name: str) -> list[str]:
    """One result: what it is, its value, its rows by seed, its runs, and the plan's words about it."""
    estimate = facts.named[name]
    for comparison in facts.comparisons():
        if comparison.id == name:
            lines = [
                f"{name}: {comparison.measure}, {comparison.condition} minus {comparison.against}: "
                f"{estimate} {estimate.unit}"
            ]
            for condition in (comparison.condition, comparison.against):
                lines.append(_by_seed(facts, condition, comparison.measure))
            lines += _runs(facts, [comparison.condition, comparison.against])
            expected = "it came true" if came_true(comparison, estimate) else "it did not come true"
            lines.append(
                f"the plan: {_flat(comparison.says)}; expected: {comparison.expect}, smallest effect that matters "
                f"{comparison.smallest_effect:g}; {expected}"
            )
            kills = [k for k in (facts.plan.kill if facts.plan else []) if k.comparison == name]
            lines += [f"it would have been stopped by {k.id}: {k.when} {k.value:g}; {_flat(k.says)}" for k in kills]
            return lines
    condition, _, measure = name.partition(":")
    lines = [
        f"{name}: the mean of {measure} over seeds: {estimate} {estimate.unit}",
        _by_seed(facts, condition, measure),
    ]
    lines += _runs(facts, [condition])
    if facts.plan is not None:
        said = {part.id: part.says for part in facts.plan.condition} | {
            part.id: part.says for part in facts.plan.measure
        }
        lines += [f"the plan on {part}: {_flat(said[part])}" for part in (condition, measure) if part in said]
    return lines


def _by_seed(facts: Facts, condition: str, measure: str) -> str:
    values = facts.results.values(condition, measure)
    shown = ", ".join(f"{seed}: {value:.4g}" for seed, value in list(values.items())[:12])
    return f"{condition}, by seed: {shown}" + (" ..." if len(values) > 12 else "")


def _runs(facts: Facts, conditions: list[str]) -> list[str]:
    runs = [run for run in facts.runs if run.condition in conditions]
    return [_run(facts, run) for run in runs[-_MOST:]]


def _run(facts: Facts, run: Run) -> str:
    seeds = ", ".join(map(str, run.seeds)) or "none"
    failed = f"; failed: {', '.join(run.failed)}" if run.failed else ""
    again = f"; run again: {', '.join(map(str, run.replaced))}" if run.replaced else ""
    code = "today's code" if run.code == code_digest(facts.research.path) else "older code"
    return f"run of {run.time}: {run.condition}, seeds {seeds}{failed}{again}; {code} ({run.code[:8]})"


def _code(facts: Facts) -> list[str]:
    """Since when the code is as it is, and what the plan says of the experiment."""
    today = code_digest(facts.research.path)
    runs = facts.runs
    same = [run for run in runs if run.code == today]
    lines = [f"{len(same)} of {len(runs)} runs were made by the code as it is today, the first on {same[0].time[:10]}"
             if same else "no run was made by the code as it is today"]  # fmt: skip
    if facts.plan is not None:
        lines.append(f"the plan on the experiment: {_flat(facts.plan.smallest_experiment)}")
        lines.append(f"the plan on the analysis: {_flat(facts.plan.analysis)}")
    return lines


def _decisions(facts: Facts, words: list[str]) -> list[str]:
    """Decisions and predictions of the journal that name it."""
    seen = journal.view(facts.research.path)
    lines = []
    for decision in seen.decisions.values():
        text = f"{decision.name} {decision.choice} {decision.because}"
        if _about(text, words):
            others = f" over {', '.join(decision.alternatives)}" if decision.alternatives else ""
            lines.append(
                f"decision of {decision.time[:10]}, {decision.name}: {decision.choice}{others}, because "
                f"{_flat(decision.because)}; would have changed it: {_flat(decision.would_change_my_mind)}"
            )
    for guess in seen.predictions.values():
        if guess.name in words:
            held = {None: "not measured yet", True: "it held", False: "it did not hold"}[guess.hit]
            lines.append(
                f"you predicted {guess.value:g} ({guess.low:g} to {guess.high:g}) on {guess.time[:10]}; {held}"
            )
    return lines[:_MOST]
