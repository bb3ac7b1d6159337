"""The rows of results.csv: where they came from, whether they are whole, and what was run and is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from worktest.extend.check.base import PAPER, PLAN, Facts, Finding, listed, names
from worktest.extend.log import NO_RESULTS, RESULTS, Run, code_digest, results_digest
from worktest.extend.plan import Comparison
from worktest.journal import FILE as JOURNAL
from worktest.safe import counted

_GONE = re.compile(
    r"\b(fail\w*|null|drop\w*|discard\w*|crash\w*|error\w*|exclud\w*|left out|removed?|replac\w*|again|rerun|re-run|"
    r"ran twice)\b",
    re.IGNORECASE,
)

_BY_HAND = re.compile(r"\bby hand\b|\bresults\.csv\b", re.IGNORECASE)


def look_at_results(facts: Facts) -> Iterator[Finding]:
    """Whether results.csv is what the runs left, of today's code, and holds numbers."""
    folder = facts.research.path
    for problem in facts.results.problems:
        todo = "take the line out, or move the file away and run everything again: worktest extend run"
        kind = "seeds" if "twice" in problem else "results"
        where, _, what = problem.partition(": ")
        yield Finding(kind, where if what else RESULTS, what or problem, todo)
    if not facts.has_results:
        if any(run.seeds for run in facts.runs):
            todo = "put the file back, or run it all again: worktest extend run"
            yield Finding("results", RESULTS, "the journal has runs, and their rows are not there", todo)
        return
    digest = results_digest(folder)
    runs = facts.runs
    left = [run.results for run in runs]
    if not left:
        what = "no run in the journal made it, unless one is going on now"
        yield Finding("results", RESULTS, what, "run the experiment with: worktest extend run")
    elif digest not in left:
        what = f"it is not what the last run ({runs[-1].time}) left: it was changed by hand, or a run was cut off"
        todo = "put it back as it was, or run everything again: worktest extend run --again"
        yield Finding("results", RESULTS, what, todo)
    elif digest != left[-1]:
        before = [run for run in runs if run.results == digest][-1]
        what = f"it is as it stood after the run of {before.time}; later runs are gone from it"
        yield Finding("results", RESULTS, what, "put the newer file back, or run again what is missing")
    yield from _hand_edits(facts)
    if runs and runs[-1].code != code_digest(folder):
        what = "the code was changed after the last run: nobody knows whether it still gives these numbers"
        yield Finding("results", RESULTS, what, "worktest extend run --again, or put the code back")


def _hand_edits(facts: Facts) -> Iterator[Finding]:
    """An edit by hand between two runs, until every row there is was run after it and the log tells of it."""
    at = _changed_between(facts.runs)
    if at is None:
        return
    changed = facts.runs[at]
    since = {(run.condition, seed) for run in facts.runs[at:] for seed in run.seeds}
    said = [note.text for note in facts.log.notes] + [f"{d.what} {d.because}" for d in facts.log.deviations]
    say = 'worktest extend deviate "results.csv was changed by hand: ..." --because "..."'
    what = f"it was changed by hand before the run of {changed.time}"
    if facts.rows - since:
        yield Finding(
            "results", RESULTS, what, f"run everything again: worktest extend run --again; then say so: {say}"
        )
    elif not any(_BY_HAND.search(text) for text in said):
        yield Finding("results", RESULTS, f"{what}; all of it was run again, and nothing tells of it", f"say so: {say}")


def _changed_between(runs: list[Run]) -> int | None:
    """Where in the list the last run is that began with another file than the one before it had left; a call logs one
    run a condition.
    """
    found, left, last = None, NO_RESULTS, ("", "")
    for at, run in enumerate(runs):
        if run.results_before and run.results_before != left and (run.results_before, run.results) != last:
            found = at
        left, last = run.results, (run.results_before, run.results)
    return found


def look_at_seeds(facts: Facts) -> Iterator[Finding]:
    """Whether both sides of a comparison have the same seeds, and as many as were tried for it."""
    tried = facts.tried
    for comparison in facts.comparisons():
        one, other = _sides(facts, comparison)
        if not one or not other:
            continue
        where = f"{RESULTS}: comparison {comparison.id}"
        if one != other:
            alone = [f"{comparison.condition} only: {listed(one - other)}"] if one - other else []
            alone += [f"{comparison.against} only: {listed(other - one)}"] if other - one else []
            if not facts.deviation_tells("seed", "seeds"):
                what = f"its sides have different seeds ({'; '.join(alone)}), and only shared ones count"
                odd = sorted((one ^ other) - set(facts.plan.seeds if facts.plan else []))
                todo = "worktest extend run runs what is missing"
                if odd:
                    wanted = " ".join(f"--seed {seed}" for seed in odd[:8])
                    todo = f"not in the plan, so ask for it: worktest extend run {wanted}"
                yield Finding("seeds", where, what, todo)
            continue
        planned = facts.log.registration.content.get("seeds", []) if facts.log.registration else []
        meant = {seed for seed in planned if isinstance(seed, int)}
        lost = (meant & tried.get(comparison.condition, set()) & tried.get(comparison.against, set())) - one
        # without {{log}} each of these is a hidden run already
        counted_only = bool(facts.placeholders("log"))
        if lost and counted_only and not any(_told(facts, c) for c in (comparison.condition, comparison.against)):
            what = f"it rests on {len(one)} seeds of {len(meant)} registered ones; without values: {listed(lost)}"
            yield Finding("seeds", where, what, "run them, or say in the paper which are missing and why")


def _sides(facts: Facts, comparison: Comparison) -> tuple[set[int], set[int]]:
    results = facts.results
    return (
        set(results.seeds(comparison.condition, comparison.measure)),
        set(results.seeds(comparison.against, comparison.measure)),
    )


def look_at_controls(facts: Facts) -> Iterator[Finding]:
    """A treatment's result without its control's, in the results or in the paper."""
    for comparison in facts.comparisons():
        one, other = _sides(facts, comparison)
        if one and not other:
            what = (
                f"{comparison.condition} has values of {comparison.measure} and its control {comparison.against} none"
            )
            todo = f"worktest extend run --condition {comparison.against}"
            yield Finding("control", f"{RESULTS}: comparison {comparison.id}", what, todo)
    if facts.plan is None:
        return
    treatments = {condition.id for condition in facts.plan.condition if condition.role == "treatment"}
    shown = {found.name: found for found in facts.placeholders("result", "mean", "interval", "see")}
    table = bool(facts.placeholders("table"))
    for condition in facts.plan.condition:
        own = [name for name in shown if name.partition(":")[0] == condition.id and ":" in name]
        for name in own if condition.id in treatments and not table else []:
            measure = name.partition(":")[2]
            its = [c for c in facts.comparisons() if c.condition == condition.id and c.measure == measure]
            controls = {f"{c.against}:{measure}" for c in its} | {c.id for c in its}
            if its and not controls & set(shown):
                what = f"the paper shows {name} and nowhere its control's value, {its[0].against}:{measure}"
                todo = f"write {{{{result {its[0].against}:{measure}}}}}, {{{{result {its[0].id}}}}} or {{{{table}}}}"
                yield Finding("control", f"{PAPER}, line {shown[name].line}", what, todo)


def look_at_hidden_runs(facts: Facts) -> Iterator[Finding]:
    """Runs that are in the log and can't be seen in the results, and of which nothing tells."""
    if facts.placeholders("log"):
        return
    for condition in dict.fromkeys(run.condition for run in facts.runs):
        what = _hidden(facts, condition, [run for run in facts.runs if run.condition == condition])
        if what and not _told(facts, condition):
            todo = f"tell of it: {{{{log}}}} in the paper, or a sentence that names {condition}"
            yield Finding("hidden-run", f"{JOURNAL}: {condition}", what, todo)
    pilots = [run for run in facts.log.runs if run.pilot]
    if pilots and not any("pilot" in p.text.lower() for p in facts.paragraphs) and facts.paper is not None:
        what = f"{counted(len(pilots), 'pilot run')} ({pilots[0].time[:10]}), and the paper says nothing of a pilot"
        yield Finding("hidden-run", JOURNAL, what, "say in a sentence what the pilot was for; {{log}} counts it")


def _hidden(facts: Facts, condition: str, runs: list[Run]) -> str:
    """What the results no longer show of a condition's runs; "" when nothing is hidden."""
    gone = {seed for run in runs for seed in run.seeds if (condition, seed) not in facts.rows}
    failed = {int(seed): why for run in runs for seed, why in run.failed.items() if seed.isdecimal()}
    failed = {seed: why for seed, why in failed.items() if (condition, seed) not in facts.rows and seed not in gone}
    replaced = {seed for run in runs for seed in run.replaced}
    parts = []
    if gone:
        parts.append(f"seeds {listed(gone)} were run and their rows are gone")
    if failed:
        parts.append(f"seeds {listed(set(failed))} failed ({next(iter(failed.values()))[:80]})")
    if replaced:
        last = [run for run in runs if run.replaced][-1]
        parts.append(f"seeds {listed(replaced)} were run again, last on {last.time[:10]}: their first values are gone")
    return "; ".join(parts)


def _told(facts: Facts, condition: str) -> bool:
    """Whether a note, a deviation or a sentence of the paper tells of a run of this condition that is not shown."""
    said = [note.text for note in facts.log.notes]
    said += [f"{deviation.what} {deviation.because}" for deviation in facts.log.deviations]
    said += [paragraph.text for paragraph in facts.paragraphs]
    return any(names(text, condition) and _GONE.search(text) for text in said)


def look_at_plan_rows(facts: Facts) -> Iterator[Finding]:
    """Values of a measure that the plan does not know: they would be shown without a word of what they are."""
    if facts.plan is None:
        return
    known = {measure.id for measure in facts.plan.measure}
    for measure in dict.fromkeys(row.measure for row in facts.results.rows):
        if measure not in known:
            what = f"results.csv has the measure {measure}, and the plan says nothing of it"
            yield Finding("plan", f"{PLAN}: measure", what, "add the [[measure]], and log it as a deviation")
