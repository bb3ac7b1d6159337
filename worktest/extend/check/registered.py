"""What was registered, what was run, and whether the difference is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from worktest.extend.check.base import PLAN, Facts, Finding, listed
from worktest.extend.log import Registration
from worktest.extend.plan import MARK
from worktest.journal import FILE as JOURNAL
from worktest.safe import counted, words_in

DEVIATIONS = "Deviations from the registration"
_DEVIATE = 'log it: worktest extend deviate "what" --because "why"'
_FEW_WORDS = 20
_NONE = re.compile(r"\W*(?:there (?:were|was|are|is) )?(?:none|nothing|no\b)", re.IGNORECASE)


def look_at_registration(facts: Facts) -> Iterator[Finding]:
    """Whether the plan was registered, before the runs, and is still the one that was."""
    log, plan = facts.log, facts.plan
    for problem in log.problems:
        yield Finding(
            "registration", JOURNAL, problem, "put the file back as it was; if you can't, say so in the paper"
        )
    first = log.registration
    if first is None:
        ran = bool(facts.runs or facts.has_results)
        what = "it was run and never registered" if ran else "the plan is not registered"
        todo = "worktest extend register" + ("; say in the paper that it came after the runs" if ran else "")
        yield Finding("registration", PLAN, what, todo)
        return
    kinds = [kind for entry in log.entries if (kind := _kind(entry)) in ("register", "run")]
    if kinds[:1] == ["run"] and facts.runs and not facts.deviation_tells("pilot", "registered", "registration"):
        what = f"the plan was registered ({first.time}) after the first run ({facts.runs[0].time})"
        yield Finding("registration", JOURNAL, what, f"{_DEVIATE}; the runs before it are a pilot")
    if plan is not None:
        changed = changed_keys(log.registrations[-1].content, plan.registered())
        if changed:
            what = f"differs from the registered plan in: {', '.join(changed)}"
            yield Finding("registration", PLAN, what, "put it back, or log the deviation and register again")


def _kind(entry: dict[str, Any]) -> str:
    """What an entry of the log is; a pilot is none of the runs."""
    return "pilot" if entry["kind"] == "run" and entry.get("pilot") is True else str(entry["kind"])


def changed_keys(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Which registered keys differ, as a person finds them: ``seeds``, ``comparison main, smallest_effect``."""
    found: list[str] = []
    for key in dict.fromkeys([*old, *new]):
        one, other = old.get(key), new.get(key)
        if one == other:
            continue
        parts = _by_id(one), _by_id(other)
        if parts[0] is None or parts[1] is None:
            found.append(key)
            continue
        for name in dict.fromkeys([*parts[0], *parts[1]]):
            before, after = parts[0].get(name), parts[1].get(name)
            if before is None or after is None:
                found.append(f"{key} {name} ({'new' if before is None else 'gone'})")
            elif before != after:
                fields = [field for field in dict.fromkeys([*before, *after]) if before.get(field) != after.get(field)]
                found.append(f"{key} {name}, {' and '.join(fields)}")
        if not found or not found[-1].startswith(key):
            found.append(f"{key} (order)")
    return found


def _by_id(value: Any) -> dict[str, dict[str, Any]] | None:
    """A list of tables by their ids; None for anything else."""
    if isinstance(value, list) and all(isinstance(part, dict) and "id" in part for part in value):
        return {str(part["id"]): part for part in value}
    return None


def look_at_deviations(facts: Facts) -> Iterator[Finding]:
    """What was run otherwise than registered and is not logged, and what is logged and not told."""
    first = facts.log.registration
    if first is not None and facts.has_results:
        yield from _other_runs(facts, first)
        yield from _other_code(facts)
    yield from _again(facts)
    body = facts.section(DEVIATIONS)
    if facts.log.deviations and facts.paper is not None:
        silent = not body or MARK in body or (bool(_NONE.match(body)) and words_in(body) < _FEW_WORDS)
        if silent and not facts.placeholders("deviations"):
            what = f"the log has {counted(len(facts.log.deviations), 'deviation')} and this section tells of none"
            yield Finding("deviation", facts.place(DEVIATIONS), what, "write {{deviations}} there, and what it means")


def _other_runs(facts: Facts, first: Registration) -> Iterator[Finding]:
    planned = [str(part.get("id")) for part in first.content.get("condition", []) if isinstance(part, dict)]
    seeds = {seed for seed in first.content.get("seeds", []) if isinstance(seed, int)}
    tried = {condition: set(seeds) for condition, seeds in facts.tried.items()}
    for condition, seed in facts.rows:
        tried.setdefault(condition, set()).add(seed)
    for condition in tried:
        if condition not in planned and not facts.deviation_tells(condition):
            what = f"the condition {condition} was run and is not in the first registration"
            yield Finding("deviation", f"{JOURNAL}: {condition}", what, _DEVIATE)
    odd: dict[str, list[str]] = {}  # most often all conditions lack the same seeds
    for condition in planned:
        if condition not in tried:
            if not facts.deviation_tells(condition):
                what = f"the registered condition {condition} was never run"
                yield Finding("deviation", f"{JOURNAL}: {condition}", what, f"worktest extend run, or {_DEVIATE}")
            continue
        if facts.deviation_tells("seed", "seeds", condition):
            continue
        if extra := tried[condition] - seeds:
            odd.setdefault(f"seeds {listed(extra)} were run and not registered", []).append(condition)
        if missing := seeds - tried[condition]:
            odd.setdefault(f"the registered seeds {listed(missing)} were never run", []).append(condition)
    for what, conditions in odd.items():
        more = f" and {len(conditions) - 4} more" if len(conditions) > 4 else ""
        todo = _DEVIATE if "not registered" in what else f"worktest extend run, or {_DEVIATE}"
        yield Finding("deviation", f"{JOURNAL}: {', '.join(conditions[:4])}{more}", what, todo)


def _other_code(facts: Facts) -> Iterator[Finding]:
    """Rows that other code made than their neighbours: a difference between conditions may be the code's."""
    codes: dict[str, list[str]] = {}
    for (condition, seed), run in facts.made_by.items():
        codes.setdefault(run.code, []).append(f"{condition} (seed {seed})")
    if len(codes) < 2 or facts.deviation_tells("code", "experiment.py", "work_test.py", "world.py", "function", "bug"):
        return
    newest = facts.runs[-1].code
    older = [row for code, rows in codes.items() if code != newest for row in rows]
    what = f"the code was changed between the runs that are compared; {', '.join(older[:3])}" + (
        f" and {len(older) - 3} more" if len(older) > 3 else ""
    )
    todo = f"run all conditions with the same code (--again), or {_DEVIATE} (name the code)"
    yield Finding("deviation", f"{JOURNAL}: code", f"{what} came from the older code", todo)


def _again(facts: Facts) -> Iterator[Finding]:
    """A plan that was registered anew when results were there already."""
    ran = False
    number = 0
    for entry in facts.log.entries:
        ran |= _kind(entry) == "run"
        if entry["kind"] != "register" or number >= len(facts.log.registrations):
            continue
        number += 1
        if number < 2 or not ran:
            continue
        one, other = facts.log.registrations[number - 2 : number]
        keys = changed_keys(one.content, other.content)
        words = {word for key in keys for word in re.findall(r"[a-z0-9][a-z0-9_-]*", key)}
        if not facts.deviation_tells("registered", "registration", "plan", *words):
            what = f"registered again after runs (number {number}, {other.time}), changed: {', '.join(keys)}"
            yield Finding("deviation", f"{JOURNAL}: registration {number}", what, _DEVIATE)
