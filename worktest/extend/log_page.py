"""``log.md``: the experiment log of a research folder for people, from its chained journal, in the order of writing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from worktest.extend.filling import as_sentence, count_of_runs
from worktest.extend.log import Log
from worktest.extend.plan import Plan
from worktest.safe import counted, unmarked

_HEAD = """# Experiment log of {name}

Made by `worktest extend build` from `journal.jsonl`, in which each line carries the hash of the one before it. Changes
to this page are lost. Times are UTC.

{count}
"""


def log_markdown(plan: Plan, log: Log) -> str:
    """The page, as Markdown in which nothing that a person wrote is markup."""
    lines = [_HEAD.format(name=unmarked(plan.title, 300), count=count_of_runs(log))]
    lines += [f"- Note: {unmarked(problem)}" for problem in log.problems]
    lines += [""] if log.problems else []
    if not log.entries:
        return "\n".join([*lines, "Nothing was written down yet."]) + "\n"
    lines += ["| When | What |", "|:---|:---|"]
    numbers = {"register": 0, "deviate": 0}
    for entry in log.entries:
        kind = str(entry["kind"])
        if kind in numbers:
            numbers[kind] += 1
        say = _SAYS.get(kind)
        said = say(entry, numbers.get(kind, 0)) if say is not None else f"an entry of the kind {unmarked(kind, 80)}"
        lines.append(f"| {unmarked(_when(entry), 40)} | {said} |")
    return "\n".join(lines) + "\n"


def _when(entry: dict[str, Any]) -> str:
    return str(entry.get("time", ""))[:16].replace("T", " ")


def _of(entry: dict[str, Any], key: str, limit: int = 2_500) -> str:
    return unmarked(entry.get(key, "?"), limit)


def _number(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, int | float) and not isinstance(value, bool) else unmarked(value, 40)


def _register(entry: dict[str, Any], number: int) -> str:
    what = "The plan was registered" if number == 1 else f"The plan was registered again (revision {number})"
    return f"**{what}**: `{_of(entry, 'digest', 40)}`"


def _run(entry: dict[str, Any], number: int) -> str:
    seeds, failed, replaced = (entry.get(key) for key in ("seeds", "failed", "replaced"))
    done = ", ".join(str(seed) for seed in seeds) if isinstance(seeds, list) and seeds else "none"
    parts = [f"{'Pilot run' if entry.get('pilot') is True else 'Run'} of {_of(entry, 'condition', 80)}: seeds {done}"]
    if isinstance(replaced, list) and replaced:
        parts.append(f"**in place of earlier rows**: {', '.join(str(seed) for seed in replaced)}")
    if isinstance(failed, dict) and failed:
        why = "; ".join(f"seed {unmarked(seed, 20)}: {unmarked(text, 200)}" for seed, text in list(failed.items())[:20])
        parts.append(f"**{counted(len(failed), 'seed')} failed** ({why})")
    parts.append(f"{_number(entry.get('seconds'))} s")
    parts.append(f"code `{_of(entry, 'code', 40)}`, results `{_of(entry, 'results', 40)}`")
    return "; ".join(parts)


def _deviate(entry: dict[str, Any], number: int) -> str:
    return f"**Deviation {number}**: {as_sentence(entry.get('what'))} Why: {as_sentence(entry.get('because'))}"


def _note(entry: dict[str, Any], number: int) -> str:
    return _of(entry, "text")


def _predict(entry: dict[str, Any], number: int) -> str:
    value, low, high, sure = (_number(entry.get(key)) for key in ("value", "low", "high", "confidence"))
    return f"Prediction of {_of(entry, 'name', 80)}: {value}, between {low} and {high}, sure {sure}"


def _decide(entry: dict[str, Any], number: int) -> str:
    because = f", because {_of(entry, 'because')}" if entry.get("because") else ""
    return f"Decision on {_of(entry, 'name', 80)}: {_of(entry, 'choice', 500)}{because}"


def _measure(entry: dict[str, Any], number: int) -> str:
    between = "" if entry.get("low") is None else f" ({_number(entry['low'])} to {_number(entry.get('high'))})"
    return (
        f"Measured {_of(entry, 'name', 80)}: {_number(entry.get('value'))}{between} {_of(entry, 'unit', 80)}".rstrip()
    )


_SAYS: dict[str, Callable[[dict[str, Any], int], str]] = {
    "register": _register,
    "run": _run,
    "note": _note,
    "deviate": _deviate,
    "predict": _predict,
    "decide": _decide,
    "measure": _measure,
}
