"""``autograde cases``: look at a scenario, fit what a reader could know, let simulated takers sit."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from autograde.cases import reference, takers
from autograde.cases.draw import draw, whole_case
from autograde.cases.public import files_of
from autograde.cases.scenario import PREFIX, Case, Scenario, scenarios_of
from autograde.cases.score import TOTAL, skill
from autograde.paths import resolve_units, solutions
from worktest import paths, workspace
from worktest.errors import UserError
from worktest.options import Space, Unit
from worktest.terminal import progress_bar

app = typer.Typer(help="Scenarios with drawn data: look at one, fit references, simulate takers.", no_args_is_help=True)
console = Console()
Names = Annotated[list[str] | None, typer.Argument(help="Scenarios by id; all when left out.")]


def _chosen(unit: str, names: list[str] | None) -> tuple[str, dict[str, Scenario]]:
    whole = resolve_units([unit])[0]
    known = scenarios_of(whole)
    if odd := [name for name in names or [] if name not in known]:
        raise UserError(f"{whole} has no scenario {odd[0]!r}; there are: {', '.join(known) or 'none'}")
    return whole, {name: known[name] for name in names or known}


@app.command()
def show(
    unit: Unit,
    name: Annotated[str, typer.Argument(help="A scenario.")],
    out: Annotated[Path, typer.Option("--out", help="Folder to write the case into.")],
    truth: Annotated[str | None, typer.Option("--truth", help="The explanation that makes the data.")] = None,
    seed: Annotated[int, typer.Option("--seed", help="Of the data.")] = 1,
) -> None:
    """Draw one case and write it down as a learner gets it, with ``key.md``: truth, numbers, discussion."""
    whole, chosen = _chosen(unit, [name])
    scenario = chosen[name]
    drawn = draw(scenario, seed)
    if truth is not None:
        if truth not in scenario.truths:
            raise UserError(f"{name} has no explanation {truth!r}; there are: {', '.join(scenario.truths)}")
        while drawn.case.truth != truth:
            seed += 1
            drawn = draw(scenario, seed)
    out.mkdir(parents=True, exist_ok=True)
    case = drawn.case
    for file, content in files_of(drawn).items():
        (out / file).write_bytes(content)
    references = reference.read(whole) if (solutions() / whole / reference.FILE).is_file() else {}
    beliefs = references[name].beliefs(case) if name in references else None
    (out / "key.md").write_text(_key(scenario, case, seed, beliefs), encoding="utf-8")
    console.print(f"written: {out}", soft_wrap=True)


@app.command()
def give(
    unit: Unit,
    out: Annotated[Path, typer.Option("--out", help="Folder to write the sitting into; one for each learner.")],
    space: Space = None,
    limit: Annotated[str | None, typer.Option("--timed", help="A limit: 60m, 1h30.")] = None,
    seen: Annotated[list[str] | None, typer.Option("--seen", help="A scenario not to draw; may be repeated.")] = None,
) -> None:
    """Draw a sitting for a learner whose machine has no examiner: a folder to lay into their copy of the unit."""
    from autograde.cases.sit import opened
    from worktest import clock
    from worktest.cases import record

    whole, known = _chosen(unit, None)
    names = [name for name in known if name not in (seen or [])]
    count = min(record.A_SITTING, len(names))
    if not count:
        raise UserError("every scenario was seen: there is nothing left to draw")
    if (out / record.FILE).exists():
        raise UserError(f"{out / record.FILE} exists already: give each learner a folder of their own")
    out.mkdir(parents=True, exist_ok=True)
    nonce = record.new_nonce()
    cases = opened(whole, workspace.prepare(paths.workspace(space)), nonce, names, count)
    minutes = None if limit is None else clock.minutes_of(limit)
    record.begin(out, nonce, cases, limit=minutes, llm_off=True, run_clock=False)
    console.print(f"written: {out}; the learner lays its content into the unit's folder and runs", soft_wrap=True)
    console.print(
        f"`worktest sit {whole[:2]}`; you score it with `autograde cases mark {whole[:2]} FOLDER`", soft_wrap=True
    )


@app.command()
def mark(
    unit: Unit,
    folder: Annotated[Path, typer.Argument(help="A learner's folder of the unit, as handed in.")],
    space: Space = None,
) -> None:
    """Score the open sitting in a learner's folder, and write the score there for them."""
    from rich.markdown import Markdown

    from autograde.cases.sit import settled
    from worktest.cases import record, report

    whole, _ = _chosen(unit, None)
    sitting = record.open_sitting(folder)
    if sitting is None:
        raise UserError(f"{folder} holds no sitting that waits for its score")
    answers = record.answers_of(folder, sitting)
    home, sheets = workspace.prepare(paths.workspace(space)), record.sheets_of(folder, sitting)
    rows = settled(whole, home, sitting.nonce, answers, sheets)
    console.print(Markdown(report.as_markdown(record.settle(folder, whole, sitting, rows))))


def _key(scenario: Scenario, case: Case, seed: int, beliefs: Mapping[str, float] | None) -> str:
    """What an author wants to see of a case, as Markdown."""
    lines = [f"# {scenario.title}: {case.truth} (seed {seed})", "", case.brief, "", "## Numbers"]
    for number in case.numbers:
        ends = ", ".join(f"({low:.4f}, {high:.4f})" for low, high in number.intervals)
        lines.append(f"- {number.id}: {number.value:g} within {number.tolerance:g}; {ends} ({number.asks})")
    lines += ["", "## Explanations", *(f"- {name}: {text}" for name, text in case.explanations.items())]
    lines += ["", "## Experiments"]
    for e in case.experiments:
        bits = "" if beliefs is None else f", {reference.bits(e.chances, beliefs):.2f} bits"
        lines.append(f"- {e.id} ({e.cost:g} {case.cost_unit}{bits}): {e.text} Outcome: {e.outcome}. {dict(e.chances)}")
    features = {name: round(value, 4) for name, value in case.features.items()}
    lines += ["", "## Features", str(features), "", "## Careless", str(case.careless), ""]
    lines += [] if beliefs is None else [f"Reference: { {k: round(v, 3) for k, v in beliefs.items()} }", ""]
    return "\n".join([*lines, "## Discussion", case.discussion]) + "\n"


@app.command()
def fit(unit: Unit, names: Names = None) -> None:
    """Fit what a reader who knows the generators would believe, and say how well that is calibrated on fresh cases."""
    whole, chosen = _chosen(unit, names)
    path = solutions() / whole / reference.FILE
    kept = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {"digests": {}, "scenarios": {}}
    table = Table(title=f"{whole}: references, on 200 fresh cases of each truth", title_justify="left")
    for heading in ("scenario", "on the truth", "skill", "largest", "right", "ms a draw", "by truth"):
        table.add_column(heading, overflow="fold")
    with progress_bar(Console(stderr=True)) as step:
        for name, scenario in chosen.items():
            step(f"fitting {name}")
            found = reference.fit(scenario)
            kept["scenarios"][name] = found.to_json()
            file = f"{PREFIX}{name.replace('-', '_')}.py"
            kept["digests"][file] = reference.digest_of(solutions() / whole / file)
            table.add_row(name, *_quality(scenario, reference.Reference.of(found.to_json())))
    known = set(scenarios_of(whole))
    kept["scenarios"] = {k: v for k, v in sorted(kept["scenarios"].items()) if k in known}
    kept["digests"] = {k: v for k, v in sorted(kept["digests"].items()) if (solutions() / whole / k).is_file()}
    path.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    console.print(table)


def _quality(scenario: Scenario, found: reference.Reference, each: int = 200) -> list[str]:
    rng = np.random.default_rng(66)
    begun = time.perf_counter()
    on: dict[str, float] = {}
    largest: list[float] = []
    right: list[bool] = []
    skills: list[float] = []
    for truth in scenario.truths:
        mine = []
        for _ in range(each):
            case = whole_case(scenario, truth, rng)
            p = found.beliefs(case)
            mine.append(p[truth])
            largest.append(max(p.values()))
            right.append(max(p, key=lambda k: p[k]) == truth)
            skills.append(skill(p, truth))
        on[truth] = float(np.mean(mine))
    spent = 1000 * (time.perf_counter() - begun) / (each * len(scenario.truths))
    figures = [np.mean(list(on.values())), np.mean(skills), np.mean(largest), np.mean(right)]
    return [*(f"{v:.2f}" for v in figures), f"{spent:.0f}", ", ".join(f"{k} {v:.2f}" for k, v in on.items())]


@app.command()
def simulate(
    unit: Unit,
    names: Names = None,
    sittings: Annotated[int, typer.Option("--sittings", min=2, help="How many.")] = 200,
    count: Annotated[int, typer.Option("--count", min=1, help="Scenarios a sitting.")] = 4,
) -> None:
    """Let four simulated takers answer the same sittings; mean points in percent with 95 % intervals over sittings."""
    whole, chosen = _chosen(unit, names)
    with progress_bar(Console(stderr=True)) as step:
        found = takers.simulate(whole, chosen, sittings, count, step)
    per = min(count, len(chosen))
    table = Table(title=f"{whole}: {sittings} sittings of {per}, points of {TOTAL:g} a scenario", title_justify="left")
    for heading in ("taker", "percent", "95 %", *takers.PARTS[1:]):
        table.add_column(heading)
    for row in found.rows():
        ends = f"{row['percent'] - row['percent_half']:.1f} to {row['percent'] + row['percent_half']:.1f}"
        table.add_row(row["taker"], f"{row['percent']:.1f}", ends, *(f"{row[part]:.2f}" for part in takers.PARTS[1:]))
    console.print(table)
    by = Table(title="percent by scenario", title_justify="left")
    for heading in ("scenario", *takers.TAKERS):
        by.add_column(heading)
    for name, got in found.by_scenario.items():
        by.add_row(name, *(f"{np.mean(got[taker]):.0f}" if got[taker] else "-" for taker in takers.TAKERS))
    console.print(by)
