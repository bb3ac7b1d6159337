"""A scored sitting in words: for a terminal and for a notebook, from what ``sittings.jsonl`` holds."""

from __future__ import annotations

from typing import Any

from worktest.safe import finite

PARTS = {
    "numbers": "numbers and intervals",
    "probabilities": "probabilities",
    "experiment": "the experiment",
    "mind": "the change of mind",
}


def points(value: Any) -> str:
    """Points without needless digits, and without a minus before nothing."""
    number = round(finite(value) or 0.0, 1)
    return f"{number + 0.0:g}"


def percent(value: Any) -> str:
    """``0.347`` as ``35 %``."""
    return f"{100 * (finite(value) or 0.0):.0f} %"


def headline(grade: dict[str, Any]) -> str:
    """The sitting in one line."""
    line = f"{points(grade.get('points'))} of {points(grade.get('maximum'))} points"
    summary = summary_of(grade)
    if summary["on_truth"] is not None:
        line += f"; you gave the true explanation {percent(summary['on_truth'])} on average (who knows nothing: 25 %)"
    if summary["asked"]:
        line += f"; {summary['inside']} of {summary['asked']} intervals are right"
    return line


def summary_of(grade: dict[str, Any]) -> dict[str, Any]:
    """``percent`` of the points, ``on_truth`` (mean probability of the truth), ``inside`` of ``asked`` intervals."""
    rows = [row for row in grade.get("rows", []) if isinstance(row, dict)]
    given = [row["probabilities"].get(row.get("truth")) for row in rows if isinstance(row.get("probabilities"), dict)]
    known = [p for value in given if (p := finite(value, 0, 1)) is not None]
    flags = [part.get("interval") for row in rows for part in row.get("parts", []) if isinstance(part, dict)]
    asked = [flag for flag in flags if flag is not None]
    top = finite(grade.get("maximum")) or 0.0
    return {
        "percent": 100 * (finite(grade.get("points")) or 0.0) / top if top else None,
        "on_truth": sum(known) / len(known) if known else None,
        "inside": sum(map(bool, asked)),
        "asked": len(asked),
    }


def as_markdown(grade: dict[str, Any]) -> str:
    """The whole sitting: one section a scenario, with what was right and what the data could say."""
    parts = [f"**{headline(grade)}**", *notes_of(grade)]
    for row in grade.get("rows", []):
        parts.append(row_as_markdown(row))
    return "\n\n".join(parts)


def notes_of(grade: dict[str, Any]) -> list[str]:
    """What is worth saying of the sitting as a whole."""
    notes = []
    if (worked := finite(grade.get("minutes"))) is not None and (limit := finite(grade.get("limit_minutes"))):
        over = f", {worked - limit:.0f} over your limit" if worked > limit else ""
        paused = len(grade.get("pauses") or [])
        pauses = f", {paused} pause{'s' if paused != 1 else ''}" if paused else ""
        notes.append(f"{worked:.0f} of {limit:.0f} minutes{over}{pauses}.")
    if not grade.get("counts"):
        why = "it was practice" if grade.get("practice") else "it was not your first, or not without an LLM"
        notes.append(f"This sitting does not count for calibration: {why}.")
    return notes


def row_as_markdown(row: dict[str, Any]) -> str:
    """One scenario of a scored sitting."""
    lines = [
        f"### {row.get('title')} (`{row.get('scenario')}`): {points(row.get('points'))} of {points(row.get('maximum'))}"
    ]
    lines.append(f"What made the data: **{row.get('truth')}**. {row.get('truth_text')}")
    if not row.get("answered"):
        return "\n\n".join([*lines, "You gave no answer."])
    by_part = row.get("by_part", {})
    marks = [f"{words} {points(by_part[key][0])} of {points(by_part[key][1])}" for key, words in PARTS.items()]
    lines.append("; ".join(marks))
    lines.append("\n".join(number_line(part) for part in row.get("parts", [])))
    lines.append(beliefs_table(row))
    chosen, came = row.get("experiment"), row.get("came")
    lean, after = row.get("lean"), row.get("if_yes" if came else "if_no")
    right = "right" if lean == row.get("truth") else "wrong"
    said = [
        f"You chose `{chosen}`. Run in the world that made your data, its outcome "
        f"{'came' if came else 'did not come'}: that takes you to {percent(after)} for `{lean}`, which was {right}.",
        *row.get("says", []),
    ]
    if row.get("best") != chosen:
        said.append(f"The cheapest that tells: `{row.get('best')}`.")
    return "\n\n".join([*lines, " ".join(said)])


def number_line(part: dict[str, Any]) -> str:
    """One number: what was handed in, what is right."""
    given, truth = part.get("given") or [], part.get("truth") or []
    verdict = "left out" if not given else ("right" if part.get("value") else "not right")
    if given and part.get("interval") is not None:
        verdict += ", interval right" if part["interval"] else ", interval not right"
    says = f" {part['says']}" if part.get("says") else ""
    return f"- `{part.get('id')}`: {verdict}. You: {_number(given)}; from the data: {_number(truth)}.{says}"


def _number(values: list[Any]) -> str:
    numbers = [f"{value + 0.0:.4g}" for value in values if finite(value) is not None]
    if not numbers:
        return "nothing"
    return numbers[0] + (f" ({numbers[1]} to {numbers[2]})" if len(numbers) == 3 else "")


def beliefs_table(row: dict[str, Any]) -> str:
    """Your probabilities beside those of a reader who knows how such data are made."""
    mine, theirs = row.get("probabilities") or {}, row.get("reference") or {}
    lines = ["| explanation | you | a reader who knows the generator | |", "|:--|--:|--:|:--|"]
    for name in theirs:
        mark = "made the data" if name == row.get("truth") else ""
        lines.append(f"| `{name}` | {percent(mine.get(name))} | {percent(theirs[name])} | {mark} |")
    return "\n".join(lines)
