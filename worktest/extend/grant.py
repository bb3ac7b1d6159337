"""``grant.md``: one page for a funder, made from a plan and its results; nothing in it that does not stand there."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from worktest.errors import UserError
from worktest.extend import costs
from worktest.extend.against import speaks_against
from worktest.extend.costs import cost, money, quantity, totals, written
from worktest.extend.folder import Research
from worktest.extend.kills import is_met, when
from worktest.extend.log import Log
from worktest.extend.plan import FILE as PLAN_FILE
from worktest.extend.plan import Compute, Plan
from worktest.extend.results import Estimate, Results, named
from worktest.routes import Route
from worktest.safe import counted, plain, words_in
from worktest.workspace import disk_problem

FILE = "grant.md"
PDF = "grant.pdf"
_TITLE = re.compile(r"\*\*([^*]+)\.\*\*")
_BELOW = "\n---\n\n"
_MOST = 2
"""Comparisons and kill criteria that a page has room for; the others are counted, and stand in the folder."""
_SIGNED = (
    "<!-- Made by `worktest extend grant` from plan.toml and results.csv. Write there, and make it anew. {} -->\n\n"
)


@dataclass
class Draft:
    """The page, what stands below it, and one line for each thing that a funder would stumble over."""

    page: str
    below: str = ""
    missing: list[str] = field(default_factory=list)


@dataclass
class Written:
    """A draft on disk: its files, how many pages it has as a PDF, and what is missing."""

    path: Path
    pdf: Path
    pages: int
    missing: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def draft(research: Research, route: Route | None = None, link: str = "", today: dt.date | None = None) -> Draft:
    """Make the page. Raises UserError for a plan that can't be read, and for nothing else."""
    today = today or dt.date.today()
    plan, results, log = research.plan(), research.results(), research.log()
    estimates = named(plan, results)
    coming = [line for line in plan.compute if line.stage == "next"]
    made = Draft("", missing=_missing(plan, results, log, estimates, today))
    asked = ", ".join(money(total.full, total.currency) for total in totals(coming)) or _gap("compute, stage next")
    state = " that is done" if estimates else "; the toy has no result yet"
    sections = {
        "": f"**Asked for:** {asked}, for the step after a toy{state}. **Done by:** {_text(plan, 'output_date')}.",
        "Question": _text(plan, "question"),
        "Who would act differently": _text(plan, "why"),
        "What works already": _works(research, plan, log, estimates, link),
        "What the money buys": _buys(plan, coming, log),
        "What goes at half the money": _half(coming),
        "What will exist, and when": f"{_text(plan, 'output')} By {_text(plan, 'output_date')}.",
        "When I would stop and give back what is left": _stops(plan),
        "What speaks against it": "\n".join(f"- {line}" for line in speaks_against(research.path, plan, results, log)),
    }
    if not link.strip():
        made.missing.append(
            "no public address of the folder: put it where a reader gets at it, and pass --link ADDRESS"
        )
    parts = [f"# {_text(plan, 'title')}"]
    parts += [_section(title, body) for title, body in sections.items()]
    made.page = "\n\n".join(parts) + "\n"
    if route is not None:
        made.below = _checklist(route, today)
        if route.status in ("closed", "not found"):
            made.missing.append(
                f"the route {route.id}: status {route.status}, checked {route.last_checked}; {route.link}"
            )
        elif route.is_stale(today):
            made.missing.append(f"the route {route.id} was last checked {route.days_old(today)} days ago: {route.link}")
    return made


def write(research: Research, made: Draft) -> Written:
    """Write grant.md and grant.pdf (the page alone). Raises UserError when grant.md was changed by hand."""
    from worktest.pdf import render
    from worktest.pdf_look import ONE_PAGE

    path, pdf = research.path / FILE, research.path / PDF
    if path.is_file() and not _is_ours(path):
        raise UserError(f"{path} was changed by hand and stays as it is: rename it, and make the draft again")
    rendered = render(made.page, research.path, plain(research.plan().title, 200), ONE_PAGE)
    body = made.page + (_BELOW + made.below if made.below else "")
    _replace(path, (_SIGNED.format(_digest(body)) + body).encode("utf-8", "replace"))
    _replace(pdf, rendered.content)
    found = Written(path, pdf, rendered.pages, list(made.missing), list(rendered.problems))
    if rendered.pages > 1:
        title, words = longest_section(made.page)
        found.missing.append(f"{rendered.pages} pages; the limit is one. The longest section: {title!r}, {words} words")
    return found


def longest_section(page: str) -> tuple[str, int]:
    """The section with the most words, and how many."""
    lengths: dict[str, int] = {}
    title = ""
    for line in page.split("\n"):
        if match := _TITLE.match(line):
            title = match.group(1)
        if not line.startswith("# "):
            lengths[title] = lengths.get(title, 0) + words_in(line[match.end() if match else 0 :].replace("|", " "))
    return max(lengths.items(), key=lambda item: item[1])


def _section(title: str, body: str) -> str:
    """A section with its title at the head of its first line: nine headings would fill a third of the page."""
    if not title:
        return body
    between = "\n\n" if body.startswith(("- ", "| ")) else " "
    return f"**{title}.**{between}{body}"


def _gap(what: str) -> str:
    return f"[missing in {PLAN_FILE}: {what}]"


def _text(plan: Plan, key: str) -> str:
    """A text of the plan on one line, or a gap that says where it is to be written."""
    text = str(getattr(plan, key))
    return " ".join(plain(text).split()) if written(text) else _gap(key)


def _works(research: Research, plan: Plan, log: Log, estimates: dict[str, Estimate], link: str) -> str:
    lines = []
    real = [run for run in log.runs if not run.pilot]
    for one in plan.comparison[:_MOST]:
        estimate = estimates.get(one.id)
        what = f"**{one.id}**: {one.measure}, {one.condition} minus {one.against}"
        if estimate is None:
            lines.append(f"- {what}: no result yet; expected: {one.expect}.")
            continue
        interval = f"95 % interval {estimate.interval}" if estimate.interval else "no interval from one seed"
        unit = f" {estimate.unit}" if written(estimate.unit) else ""
        lines.append(
            f"- {what}: {estimate.show(estimate.mean)}{unit} ({interval}, {counted(estimate.n, 'seed')}); "
            f"expected: {one.expect}, smallest effect that matters {one.smallest_effect:g}."
        )
    if len(plan.comparison) > _MOST:
        more = counted(len(plan.comparison) - _MOST, "more comparison")
        lines.append(f"- {more}, whatever came out: table.md in the folder.")
    if log.registration:
        before = " before the first run" if not real or log.registration.time <= real[0].time else ""
        lines.append(f"- Registered{before}, on {log.registration.time[:10]}, hash `{log.registration.digest}`.")
    where = f"<{link.strip()}>" if link.strip() else "[missing: the public address]"
    lines.append(f"- Code, data, log and a script that runs all of it again: folder `{research.name}`, {where}.")
    return "\n".join(lines)


def _buys(plan: Plan, coming: Sequence[Compute], log: Log) -> str:
    parts: list[str] = []
    if coming:
        rows = ["| what | quantity | price of one | cost | price from |", "|---|---:|---:|---:|---|"]
        for line in coming:
            source = (
                f"{_cell(line.source)}, {_cell(line.checked) or 'no date'}" if written(line.source) else "no source"
            )
            amount = f"{quantity(line.quantity)} {_cell(line.unit)}"
            price = money(Decimal(str(line.price)), line.currency)
            rows.append(f"| {_cell(line.what)} | {amount} | {price} | {money(cost(line), line.currency)} | {source} |")
        parts.append("\n".join(rows))
        parts.append("In all: " + ", ".join(money(t.full, t.currency) for t in totals(coming)) + ".")
    else:
        parts.append(_gap("[[compute]] with stage next"))
    toy = [line for line in plan.compute if line.stage == "toy"]
    spent = ", ".join(money(t.full, t.currency) for t in totals(toy))
    seconds = sum(run.seconds for run in log.runs)
    runs = sum(len(run.seeds) for run in log.runs if not run.pilot)
    if runs:
        paid = f", {spent}" if spent else ""
        parts.append(f"The toy is done: {counted(runs, 'logged run')}, {seconds / 60:.1f} minutes of computing{paid}.")
    else:
        parts.append("The toy has no logged run yet.")
    return "\n\n".join(parts)


def _half(coming: Sequence[Compute]) -> str:
    less = [line for line in coming if line.at_half < line.quantity]
    lines = [
        f"- {_cell(line.what)}: {quantity(line.at_half)} instead of {quantity(line.quantity)} {_cell(line.unit)}"
        for line in less
    ]
    if not lines:
        return "Nothing goes: every line stays as it is." if coming else _gap("[[compute]] with stage next")
    for total in totals(coming):
        over = f", {money(total.over, total.currency)} more than half" if total.over else ""
        lines.append(f"- In all {money(total.half, total.currency)} of {money(total.full, total.currency)}{over}.")
    return "\n".join(lines)


def _stops(plan: Plan) -> str:
    if not plan.kill:
        return _gap("[[kill]]")
    lines = [
        f"- When {when(kill, plan)}: {_cell(kill.says) if written(kill.says) else _gap(f'kill {kill.id}, says')}"
        for kill in plan.kill[:_MOST]
    ]
    if len(plan.kill) > _MOST:
        lines.append(f"- and {len(plan.kill) - _MOST} more, in plan.toml.")
    return "\n".join(lines)


def _missing(plan: Plan, results: Results, log: Log, estimates: dict[str, Estimate], today: dt.date) -> list[str]:
    keys = ("title", "question", "why", "output", "output_date")
    found = [f"{PLAN_FILE}: {key!r} is still to be written" for key in keys if not written(getattr(plan, key))]
    due = costs.date_of(plan.output_date)
    if written(plan.output_date) and due is None:
        found.append(f"{PLAN_FILE}: 'output_date' is no date such as 2027-02-01: {plain(plan.output_date, 60)}")
    elif due is not None and due <= today:
        found.append(f"{PLAN_FILE}: 'output_date' {due} is over")
    found += costs.findings([line for line in plan.compute if line.stage == "next"], today)
    found += [] if plan.kill else [f"{PLAN_FILE}: no [[kill]]: a funder can't see when you would stop"]
    found += [f"{PLAN_FILE}, kill {k.id!r}: 'says' is still to be written" for k in plan.kill if not written(k.says)]
    found += [f"no result of the comparison {one.id!r} yet" for one in plan.comparison if one.id not in estimates]
    if not log.registration:
        found.append("the plan is not registered: `worktest extend register`")
    for kill in plan.kill:
        if is_met(kill, estimates.get(kill.comparison)):
            found.append(
                f"the kill criterion {kill.id!r} is met by the present results: do what it says before you ask"
            )
    return [*found, *results.problems, *log.problems]


def _checklist(route: Route, today: dt.date) -> str:
    age = route.days_old(today)
    lines = [
        f"## Before you send it to {route.name}\n",
        f"{route.link} (status: {route.status}; checked {age} days ago)\n",
    ]
    for said in route.about("asks", "who", "amount", "answer", "status", "note"):
        lines.append(f"- [ ] {said.text} ({said.verified}: <{said.source}>)")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return " ".join(plain(text).split()).replace("|", "\\|")


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode("utf-8", "replace")).hexdigest()[:16]


def _is_ours(path: Path) -> bool:
    """Whether the file is as it was made: its first line holds the hash of the rest."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise disk_problem(error, path) from None
    head, _, body = text.partition("\n\n")
    return head + "\n\n" == _SIGNED.format(_digest(body))


def _replace(path: Path, content: bytes) -> None:
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise disk_problem(error, path) from None
