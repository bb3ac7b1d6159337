"""Numbers that are typed by hand in the Abstract and the Results: is each one a result, a plan's or a log's number.

Every typed number is held against what the folder knows, rounded as it is shown. A mean, an end of an interval, a
spread or a count matches anywhere; the value of a single seed only where the sentence speaks of single runs, since
among many values some number always fits.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from statistics import median, stdev

from worktest.extend.check.base import PAPER, Facts, Finding
from worktest.extend.filling import KINDS, NAMED
from worktest.extend.paper import Number, Sentence

SECTIONS = ("abstract", "results")
_DIGITS = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w])")
_SINGLE = re.compile(
    r"\b(seeds?|runs?|single|individual|each|every|between|range[sd]?|smallest|largest|lowest|highest|minimum|maximum|worst|best|outlier)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\b(?:stage|unit|footnote|seeds?|run|condition|layers?|heads?)\s*$", re.IGNORECASE)
_CHANCE = re.compile(r"\b(?:p|alpha|α)\s*(?:<|>|=|≤|≥|of)\s*$", re.IGNORECASE)
_TIMES = re.compile(r"\s*(?:times|-?fold|×|x\b)", re.IGNORECASE)
_CODE = ("experiment.py", "work_test.py", "figures.py", "unit/world.py")


@dataclass(frozen=True)
class Known:
    """A number that the folder knows, what it is, and the result that it belongs to ("" for none).

    ``needs``: a pattern of words without which no sentence means it. Many numbers are known, and without that some
    would fit any slip.
    """

    name: str
    value: float
    result: str = ""
    needs: str = ""

    def may_be_meant(self, sentence: str) -> bool:
        """Whether the sentence has the words that it needs."""
        return not self.needs or bool(re.search(self.needs, sentence, re.IGNORECASE))


class Pool:
    """All numbers that a typed one may be."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    @cached_property
    def results(self) -> list[Known]:
        """Means, ends of intervals, and the spread over seeds of each result."""
        found = []
        for name, estimate in self.facts.named.items():
            parts = [("mean", estimate.mean, "")]
            if estimate.low is not None and estimate.high is not None:
                half = (estimate.high - estimate.low) / 2
                parts += [("lower end", estimate.low, ""), ("upper end", estimate.high, "")]
                parts.append(("half-width", half, r"±|\+/-|half|plus or minus"))
            values = self._values(name)
            if len(values) > 1:
                error = stdev(values) / len(values) ** 0.5
                parts.append(("median", median(values), r"\bmedian"))
                parts.append(("standard deviation", stdev(values), r"\bstandard deviation|\bSD\b|±"))
                parts.append(("standard error", error, r"\bstandard error|\bSEM?\b|±"))
                parts.append(("t statistic", estimate.mean / error if error else 0.0, r"\bt\b"))
            found += [Known(f"{part} of {name}", value, name, needs) for part, value, needs in parts]
        return found

    @cached_property
    def single(self) -> list[Known]:
        """The value of each seed, and each seed's difference in a comparison."""
        names = self.facts.named
        return [Known(f"{name}, one seed", value, name) for name in names for value in self._values(name)]

    @cached_property
    def ratios(self) -> list[Known]:
        """What one side of a comparison is in parts of the other, and by how much it differs, as parts of 1."""
        found = []
        for comparison in self.facts.comparisons():
            sides = [
                self.facts.named.get(f"{c}:{comparison.measure}") for c in (comparison.condition, comparison.against)
            ]
            means = [side.mean for side in sides if side is not None]
            for one, other in (means, means[::-1]) if len(means) == 2 else ():
                if other:
                    found.append(Known(f"ratio in {comparison.id}", one / other, comparison.id))
                    what = f"relative difference in {comparison.id}"
                    found.append(Known(what, one / other - 1, comparison.id))
        return found

    @cached_property
    def exact(self) -> set[float]:
        """Numbers that need no rounding: those of the plan, the log and the code."""
        return {0.0, 1.0} | self.of_plan | self.of_log | self.of_code

    @cached_property
    def of_plan(self) -> set[float]:
        """All numbers of the plan, and how many seeds, measures, conditions, comparisons and criteria it has."""
        if (plan := self.facts.plan) is None:
            return set()
        parts = (plan.seeds, plan.measure, plan.condition, plan.comparison, plan.kill)
        return _numbers_in(plan.model_dump()) | {float(len(part)) for part in parts}

    @cached_property
    def of_log(self) -> set[float]:
        """Counts of runs, failures, rows, seeds, seeds by a difference's sign; what was predicted, decided, noted."""
        facts, log = self.facts, self.facts.log
        counts = [len(log.runs), len(facts.runs), len(log.registrations), len(log.deviations), len(log.notes)]
        counts += [sum(len(run.failed) for run in log.runs), sum(len(run.seeds) for run in log.runs)]
        counts += [len(facts.results.rows), len(facts.rows), len(facts.results.conditions())]
        counts += [estimate.n for estimate in facts.named.values()]
        for comparison in facts.comparisons():
            values = self._values(comparison.id)
            counts += [sum(value > 0 for value in values), sum(value < 0 for value in values)]
        said = ("predict", "decide", "note", "deviate")
        entries = [entry for entry in log.entries if entry["kind"] in said]
        told = [{k: v for k, v in entry.items() if k not in ("hash", "before", "time")} for entry in entries]
        return {float(count) for count in counts} | _numbers_in(told)

    @cached_property
    def of_code(self) -> set[float]:
        """The numbers that stand in the folder's code."""
        return set().union(*(_constants(self.facts, name) for name in _CODE))

    @cached_property
    def spent(self) -> list[Known]:
        """The time that the runs took, in seconds, minutes and hours."""
        seconds = sum(run.seconds for run in self.facts.log.runs)
        units = ((1, r"\bseconds?\b|\bs\b"), (60, r"\bmin"), (3600, r"hours?\b|\bh\b"))
        return [Known("time of all runs", seconds / size, needs=unit) for size, unit in units]

    def _values(self, name: str) -> list[float]:
        """One value a seed: of a comparison its differences."""
        results = self.facts.results
        condition, _, measure = name.partition(":")
        if measure:
            return list(results.values(condition, measure).values())
        for comparison in self.facts.comparisons():
            if comparison.id == name:
                one = results.values(comparison.condition, comparison.measure)
                other = results.values(comparison.against, comparison.measure)
                return [one[seed] - other[seed] for seed in one if seed in other]
        return []

    def source_of(self, number: Number, before: str, after: str, sentence: str) -> Known | None:
        """What this number is; None when the folder knows no such number.

        Args:
            number: the number as it is typed.
            before: the sentence up to it.
            after: the sentence behind it.
            sentence: the whole sentence.
        """
        percent = bool(re.search(r"%|per", number.text))
        if abs(number.value) in self.exact or number.value in self.exact:
            return Known("a number of the plan, the log or the code", number.value)
        if percent and number.value == 0.95 and re.search(r"\binterval|\bCI\b|confiden", sentence):
            return Known("the interval's confidence", number.value)
        if not number.decimals and _LABEL.search(before):
            return Known("a label", number.value)
        if _CHANCE.search(before):
            return Known("a threshold", number.value)
        pools = [self.results, self.spent]
        if _SINGLE.search(sentence):
            pools.append(self.single)
        if percent or _TIMES.match(after):
            pools.append(self.ratios)
        for known in (known for pool in pools for known in pool if known.may_be_meant(sentence)):
            if fits(number, known.value) or (percent and fits(number, known.value / 100)):
                return known
        return None

    def nearest(self, number: Number) -> Known | None:
        """The result that was probably meant: one with the same digits in another order, or else the closest."""
        digits = sorted(re.sub(r"\D", "", f"{abs(number.value):.{number.decimals}f}"))
        for known in [*self.results, *self.single]:
            shown = f"{abs(known.value):.{number.decimals}f}"
            if sorted(re.sub(r"\D", "", shown)) == digits and len(digits) > 1:
                return known
        known_ones = [known for known in self.results if known.name.startswith("mean")]
        return min(known_ones, key=lambda known: abs(abs(known.value) - abs(number.value)), default=None)


def fits(number: Number, value: float) -> bool:
    """Whether ``value`` rounds to the number as it is shown. A sign may be told in words ("a drop of 0.4")."""
    step = 10.0**-number.decimals
    return abs(abs(value) - abs(number.value)) <= step / 2 * (1 + 1e-9) + 1e-12


def _numbers_in(data: object) -> set[float]:
    """All numbers of plain data, also those within its texts."""
    if isinstance(data, bool) or data is None:
        return set()
    if isinstance(data, int | float):
        return {float(data), abs(float(data))}
    if isinstance(data, str):
        return {abs(float(text)) for text in _DIGITS.findall(data)}
    parts = data.values() if isinstance(data, dict) else data if isinstance(data, list) else []
    return set().union(*(_numbers_in(part) for part in parts))


def _constants(facts: Facts, name: str) -> set[float]:
    """The numbers that stand in a file of the folder's code."""
    try:
        tree = ast.parse((facts.research.path / name).read_text(encoding="utf-8", errors="replace"))
    except (OSError, SyntaxError, ValueError, RecursionError):
        return set()
    values = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return {float(v) for v in values if isinstance(v, int | float) and not isinstance(v, bool) and abs(v) < 1e15}


def look_at_numbers(facts: Facts) -> Iterator[Finding]:
    """Typed numbers that the folder does not know, and placeholders that name no result."""
    yield from _placeholders(facts)
    if not facts.has_results or facts.plan is None:
        return
    pool = Pool(facts)
    for sentence in facts.sentences:
        if sentence.section.lower() not in SECTIONS or sentence.citations:
            continue
        for number, before, after in placed(sentence):
            if pool.source_of(number, before, after, sentence.text):
                continue
            what = f"{number.text} is no number of the results, the plan or the log"
            near = pool.nearest(number)
            todo = "write a placeholder such as {{mean NAME}}, cite it, or note its source: worktest extend note"
            if near is not None:
                todo = f"the nearest result: {near.name}, {near.value:.{max(number.decimals, 2)}f}; {todo}"
            yield Finding("number", f"{PAPER}, line {number.line}", what, todo)


def placed(sentence: Sentence) -> Iterator[tuple[Number, str, str]]:
    """The numbers of a sentence with what stands before and behind each."""
    start = 0
    for number in sentence.numbers:
        found = sentence.text.find(number.text, start)
        end = found + len(number.text)
        yield (number, sentence.text[:found], sentence.text[end:]) if found >= 0 else (number, "", "")
        start = end if found >= 0 else start


def _placeholders(facts: Facts) -> Iterator[Finding]:
    if facts.plan is None or not facts.has_results:
        return
    planned = {f"{condition.id}:{measure.id}" for condition in facts.plan.condition for measure in facts.plan.measure}
    for found in facts.placeholders():
        where = f"{PAPER}, line {found.line}"
        there = ", ".join(facts.named)
        if found.kind in NAMED and found.name not in facts.named:
            known = found.name in planned | {comparison.id for comparison in facts.plan.comparison}
            what = f"{found} {'has no result yet' if known else 'names no result'}"
            yield Finding("number", where, what, "run it: worktest extend run" if known else f"there are: {there}")
        elif found.kind not in KINDS:
            yield Finding("number", where, f"{found} is no placeholder", f"there are: {', '.join(KINDS)}")
