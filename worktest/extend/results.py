"""``results.csv`` of a research folder: one row for each condition, seed and measure; means and paired differences."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean, stdev

from worktest.extend.log import RESULTS
from worktest.extend.plan import Plan
from worktest.workspace import disk_problem

HEADER = ["condition", "seed", "measure", "value"]
_MAX_BYTES = 50_000_000
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Row:
    """One value."""

    condition: str
    seed: int
    measure: str
    value: float


@dataclass(frozen=True)
class Estimate:
    """A mean over seeds with its 95 % interval (Student's t); without an interval while there is only one seed."""

    mean: float
    low: float | None
    high: float | None
    n: int
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.show(self.mean)} ({self.interval or 'no interval'}, n = {self.n})"

    @property
    def interval(self) -> str:
        """``0.21 to 0.65``; "" without one."""
        if self.low is None or self.high is None:
            return ""
        return f"{self.show(self.low)} to {self.show(self.high)}"

    def show(self, value: float) -> str:
        """A value of this estimate to as many decimals as its interval carries: two figures of the half-width."""
        half = (self.high - self.low) / 2 if self.low is not None and self.high is not None else 0.0
        size = half or abs(self.mean)
        decimals = 2 if not size else min(6, max(0, 1 - math.floor(math.log10(size))))
        text = f"{value:.{decimals}f}"
        return text.removeprefix("-") if float(text) == 0 else text


def estimate_of(values: list[float], unit: str = "") -> Estimate | None:
    """The mean of the values with its interval; None for no values."""
    if not values:
        return None
    mean = fmean(values)
    if len(values) < 2:
        return Estimate(mean, None, None, len(values), unit)
    from scipy.stats import t

    half = float(t.ppf(0.5 + CONFIDENCE / 2, len(values) - 1)) * stdev(values) / math.sqrt(len(values))
    return Estimate(mean, mean - half, mean + half, len(values), unit)


@dataclass
class Results:
    """All rows of a results.csv, and one line for each thing that is wrong with the file.

    A row that stands twice counts as it stands last.
    """

    rows: list[Row] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def conditions(self) -> list[str]:
        """The conditions that have rows, in the order of the file."""
        return list(dict.fromkeys(row.condition for row in self.rows))

    def values(self, condition: str, measure: str) -> dict[int, float]:
        """The value of each seed, by seed."""
        found = {row.seed: row.value for row in self.rows if (row.condition, row.measure) == (condition, measure)}
        return dict(sorted(found.items()))

    def seeds(self, condition: str, measure: str) -> list[int]:
        """The seeds that have a value, sorted."""
        return list(self.values(condition, measure))

    def estimate(self, condition: str, measure: str, unit: str = "") -> Estimate | None:
        """The mean over seeds of one condition; None when it has no rows."""
        return estimate_of(list(self.values(condition, measure).values()), unit)

    def difference(self, condition: str, against: str, measure: str, unit: str = "") -> Estimate | None:
        """The mean over the seeds that both have of condition minus ``against``: paired, so what a seed shifts in both
        cancels. None when no seed has both.
        """
        one, other = self.values(condition, measure), self.values(against, measure)
        return estimate_of([one[seed] - other[seed] for seed in one if seed in other], unit)


def read_results(folder: Path, name: str = RESULTS) -> Results:
    """Read results.csv (or pilot.csv); never raises for what is in it. A missing file is no rows."""
    path = folder / name
    found = Results()
    if not path.is_file():
        return found
    try:
        if path.stat().st_size > _MAX_BYTES:
            found.problems.append(f"{name} is larger than {_MAX_BYTES:,} bytes: that is no table of results")
            return found
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        found.problems.append(f"{name} can't be read: {error.strerror or error}")
        return found
    try:
        lines = list(csv.reader(text.splitlines()))
    except csv.Error as error:
        found.problems.append(f"{name} is no table of comma-separated values: {error}")
        return found
    if not lines or [cell.strip() for cell in lines[0]] != HEADER:
        found.problems.append(f"{name}, line 1: the header is {','.join(HEADER)}")
        return found
    seen: set[tuple[str, int, str]] = set()
    for number, cells in enumerate(lines[1:], start=2):
        if not cells:
            continue
        row = _row(cells)
        if row is None:
            found.problems.append(f"{name}, line {number}: not a condition, a seed, a measure and a number")
            continue
        if (row.condition, row.seed, row.measure) in seen:
            found.problems.append(f"{name}, line {number}: {row.condition}, seed {row.seed}, stands there twice")
        if not math.isfinite(row.value):
            found.problems.append(f"{name}, line {number}: {row.value} is no finite number; it is left out")
            continue
        seen.add((row.condition, row.seed, row.measure))
        found.rows.append(row)
    return found


def write_results(folder: Path, rows: list[Row], name: str = RESULTS) -> None:
    """Write the table whole or not at all. Raises UserError when it can't be written."""
    path = folder / name
    partial = path.with_name(f".{name}.partial")
    try:
        with partial.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(HEADER)
            writer.writerows([row.condition, row.seed, row.measure, repr(row.value)] for row in rows)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise disk_problem(error, path) from None


def _row(cells: list[str]) -> Row | None:
    if len(cells) != len(HEADER):
        return None
    try:
        return Row(cells[0].strip(), int(cells[1]), cells[2].strip(), float(cells[3]))
    except ValueError:
        return None


def named(plan: Plan, results: Results) -> dict[str, Estimate]:
    """Every result under the name by which the paper calls it: a comparison's id, or ``condition:measure``."""
    found: dict[str, Estimate] = {}
    for comparison in plan.comparison:
        unit = plan.measure_of(comparison.measure).unit
        difference = results.difference(comparison.condition, comparison.against, comparison.measure, unit)
        if difference is not None:
            found[comparison.id] = difference
    units = {measure.id: measure.unit for measure in plan.measure}
    for condition in results.conditions():
        for measure in dict.fromkeys(row.measure for row in results.rows if row.condition == condition):
            estimate = results.estimate(condition, measure, units.get(measure, ""))
            if estimate is not None:
                found[f"{condition}:{measure}"] = estimate
    return found


def condition_table(plan: Plan, results: Results) -> list[list[str]]:
    """Each condition's means with their intervals, a measure a column; rows of texts, the header first."""
    measures = [m for m in plan.measure if any(row.measure == m.id for row in results.rows)]
    roles = {condition.id: str(condition.role) for condition in plan.condition}
    there = results.conditions()
    order = [name for name in roles if name in there] + [name for name in there if name not in roles]
    rows = [["condition", "role", *(f"{m.id} ({m.unit})" for m in measures), "seeds"]]
    for name in order:
        found = [results.estimate(name, m.id, m.unit) for m in measures]
        sizes = sorted({e.n for e in found if e is not None}) or [0]
        seeds = str(sizes[0]) if len(sizes) == 1 else f"{sizes[0]} to {sizes[-1]}"
        rows.append([name, roles.get(name, "not in the plan"), *(_cell(e) for e in found), seeds])
    return rows


def comparison_table(plan: Plan, results: Results) -> list[list[str]]:
    """Each comparison's difference, paired by seed, beside what was expected; rows of texts, the header first."""
    rows = [["comparison", "difference", "expected", "smallest effect", "seeds"]]
    estimates = named(plan, results)
    for one in plan.comparison:
        if one.id in estimates:
            estimate = estimates[one.id]
            what = f"{one.id}: {one.measure}, {one.condition} minus {one.against}"
            rows.append([what, _cell(estimate), one.expect, f"{one.smallest_effect:g}", str(estimate.n)])
    return rows


def _cell(estimate: Estimate | None) -> str:
    if estimate is None:
        return "none"
    between = f" ({estimate.interval})" if estimate.interval else " (no interval)"
    return estimate.show(estimate.mean) + between


def markdown_of(table: list[list[str]]) -> str:
    """Rows of texts as a Markdown table."""
    header, *rows = ([cell.replace("|", "\\|") for cell in row] for row in table)
    return "".join(f"| {' | '.join(line)} |\n" for line in [header, ["---"] * len(header), *rows])


def table_markdown(plan: Plan, results: Results) -> str:
    """Both tables in Markdown, the conditions first."""
    return f"{markdown_of(condition_table(plan, results))}\n{markdown_of(comparison_table(plan, results))}"
