"""Fill the placeholders of a paper from the results, so that no number of it is typed by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from worktest.errors import UserError
from worktest.safe import counted, unmarked

if TYPE_CHECKING:
    from worktest.extend.folder import Research
    from worktest.extend.log import Log
    from worktest.extend.paper import Paper, Placeholder
    from worktest.extend.plan import Plan
    from worktest.extend.results import Estimate, Results

NAMED = ("result", "mean", "interval", "n", "see")
"""These name a result, so that they are evidence."""
ALONE = ("deviations", "log")
KINDS = (*NAMED, "table", *ALONE)
TABLES = ("conditions", "comparisons")
_CAPTIONED = re.compile(r"^Table(?: \d+)?:[^\n]*(?:\n[^\n|]+)*\n\s*\n\s*\|", re.MULTILINE)
_ON_ITS_OWN = ("table", "deviations")
"""These become a table or a list, so that they stand on a line of their own."""
NOT_YET = "[no result yet: {}]"
CAPTIONS = {
    "conditions": "Table {}: Each condition's mean over seeds, with its 95 % interval.",
    "comparisons": "Table {}: Each comparison, a difference paired by seed with its 95 % interval, beside what was "
    "registered: the direction expected, and the smallest effect that would matter.",
}


def fill(paper: Paper, research: Research) -> str:
    """The paper as Markdown with every placeholder filled from plan, results and log.

    A name that the plan knows and that has no rows yet gives ``[no result yet: name]``. Raises UserError with the line
    for a kind or a name that is not known.
    """
    from worktest.extend.results import named

    plan, results, log = research.plan(), research.results(), research.log()
    known = named(plan, results)
    names = list(dict.fromkeys([*(c.id for c in plan.comparison), *known, *_possible(plan)]))
    text, parts, place, numbers = paper.text, [], 0, numbers_of_tables(paper)
    for found in paper.placeholders:
        _examine(found, names, paper)
        parts.append(text[place : found.start])
        place = found.end
        if found.kind == "table":
            parts.append(tables(plan, results, numbers, found.name))
        elif found.kind == "deviations":
            parts.append(deviations(log))
        elif found.kind == "log":
            parts.append(count_of_runs(log))
        elif found.kind == "see":
            which = "conditions" if ":" in found.name else "comparisons"
            parts.append(f"(Table {numbers[which]})" if which in numbers else "(see table.md)")
        else:
            parts.append(_in_words(found, known.get(found.name)))
    return "".join([*parts, text[place:]])


def without_result(paper: Paper, research: Research) -> list[str]:
    """One line for each placeholder whose result is not there yet. Names that the plan does not know are left out."""
    from worktest.extend.results import named

    plan = research.plan()
    known = named(plan, research.results())
    waiting = {*(c.id for c in plan.comparison), *_possible(plan)} - set(known)
    missing = [p for p in paper.placeholders if p.kind in NAMED and p.kind != "see" and p.name in waiting]
    return [f"paper.md, line {p.line}: {p} has no result yet" for p in missing]


def _possible(plan: Plan) -> list[str]:
    return [f"{condition.id}:{measure.id}" for condition in plan.condition for measure in plan.measure]


def _examine(found: Placeholder, names: list[str], paper: Paper) -> None:
    """Raises UserError for a placeholder that can't be filled."""
    where = f"paper.md, line {found.line}: {found}"
    if found.kind not in KINDS:
        others = [kind for kind in KINDS if kind not in NAMED]
        raise UserError(f"{where} is no placeholder; there are {', '.join(NAMED)} (with a name), {', '.join(others)}")
    if found.kind == "table" and found.name not in ("", *TABLES):
        raise UserError(
            f"{where} is no table; there are {', '.join(f'{{{{table {one}}}}}' for one in TABLES)}, or both"
        )
    if found.kind in ALONE and found.name:
        raise UserError(f"{where} takes no name: write {{{{{found.kind}}}}}")
    if found.kind in _ON_ITS_OWN:
        line = paper.text.split("\n")[found.line - 1].strip()
        if not (line.startswith("{{") and line.endswith("}}") and line.count("{{") == 1):
            raise UserError(f"{where} stands alone on its line: what it becomes has several lines")
    if found.kind in NAMED and found.name not in names:
        some = ", ".join(names[:12]) + (" ..." if len(names) > 12 else "")
        raise UserError(f"{where} names no result of the plan; there are: {some or 'none yet, write plan.toml first'}")


def _in_words(found: Placeholder, estimate: Estimate | None) -> str:
    if estimate is None:
        return NOT_YET.format(found.name)
    if found.kind == "n":
        return str(estimate.n)
    mean, interval = estimate.show(estimate.mean), estimate.interval
    if found.kind == "mean":
        return mean
    seeds = counted(estimate.n, "seed")
    if not interval:
        return f"{mean} (no interval: {seeds})" if found.kind == "result" else f"(no interval: {seeds})"
    return interval if found.kind == "interval" else f"{mean} (95 % interval {interval}, {seeds})"


def numbers_of_tables(paper: Paper) -> dict[str, int]:
    """The number of each table of results where it first stands; tables with a caption of their own count, too."""
    found: dict[str, int] = {}
    ours = 0
    for placeholder in (found for found in paper.placeholders if found.kind == "table"):
        others = len(_CAPTIONED.findall(paper.readable[: placeholder.start]))
        for one in _tables_of(placeholder.name):
            ours += 1
            found.setdefault(one, others + ours)
    return found


def _tables_of(name: str) -> tuple[str, ...]:
    return (name,) if name else TABLES


def tables(plan: Plan, results: Results, numbers: dict[str, int], name: str = "") -> str:
    """The tables of results in Markdown, each with its caption above it; ``name`` for one of them."""
    from worktest.extend.results import comparison_table, condition_table, markdown_of

    made = {"conditions": condition_table, "comparisons": comparison_table}
    parts = [
        f"{CAPTIONS[one].format(numbers[one])}\n\n{markdown_of(made[one](plan, results)).rstrip()}"
        for one in _tables_of(name)
    ]
    return "\n\n".join(parts)


def deviations(log: Log) -> str:
    """The logged deviations as a list, or one sentence when there are none."""
    if log.registration is None:
        return "The plan was not registered, so that nothing can be said about deviations."
    if not log.deviations:
        return "The log holds no deviation from the registration."
    lines = []
    for deviation in log.deviations:
        day = str(deviation.time)[:10]
        lines.append(f"- {day}: {as_sentence(deviation.what)} Why: {as_sentence(deviation.because)}")
    return "\n".join(lines)


def as_sentence(text: object) -> str:
    """What a person wrote, on one line, without markup, with its full stop."""
    words = unmarked(text)
    return words if words.endswith((".", "!", "?")) else f"{words}."


def count_of_runs(log: Log) -> str:
    """One sentence that counts registrations, runs, failed seeds and seeds that were run again."""
    runs = [run for run in log.runs if not run.pilot]
    failed = sum(len(run.failed) for run in runs)
    again = sum(len(run.replaced) for run in runs)
    pilots = len(log.runs) - len(runs)
    parts = [
        f"{counted(len(log.registrations), 'registration')} of the plan",
        *([counted(pilots, "pilot run")] if pilots else []),
        f"{counted(len(runs), 'run')} of a condition",
        f"{counted(failed, 'seed')} that failed",
        f"{counted(again, 'seed')} whose rows were replaced",
        counted(len(log.deviations), "deviation"),
    ]
    return f"The log holds {', '.join(parts[:-1])} and {parts[-1]}."
