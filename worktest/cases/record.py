"""Sittings: which cases were drawn, what was answered, when, and what came of it. Kept in ``sittings.jsonl``, chained.

Entries: ``sitting`` (nonce, scenarios, practice, limit, the word given about LLMs), ``answer`` (one a scenario; the
first one counts), ``declared`` (what an LLM was used for, at the end), ``graded``. The cases lie in
``sittings/NUMBER/SCENARIO/``. What was drawn stays drawn: a sitting that was left goes on where it stopped, so that
nobody draws until the cases please.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from worktest import chain, clock
from worktest.cases.answer import Answer, answer_of
from worktest.cases.sheet import FILE as CASE
from worktest.cases.sheet import Case
from worktest.errors import UserError
from worktest.safe import finite, plain
from worktest.workspace import disk_problem, make_own

FILE, FOLDER, DRAFT = "sittings.jsonl", "sittings", "draft.json"
A_SITTING = 4
"""Scenarios in a sitting: a little over an hour."""
NONE = "none"
"""What somebody declares who used no LLM."""


@dataclass
class Sitting:
    """One sitting. ``first``: the first that is not practice; only this one counts for calibration."""

    number: int
    nonce: str
    scenarios: list[str]
    practice: bool
    first: bool
    limit: float | None = None
    llm_off: bool = False
    used: str | None = None
    """What an LLM was used for, as declared at the end; None while nothing was declared."""
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    """The entries of the file, by scenario."""
    grade: dict[str, Any] | None = None

    @property
    def left(self) -> list[str]:
        """Scenarios without an answer."""
        return [name for name in self.scenarios if name not in self.answers]

    @property
    def kind(self) -> str:
        """What this sitting counts for, in words."""
        if self.practice:
            return "practice: it counts for nothing"
        if not self.first:
            return "not your first: it does not count for calibration"
        return "it counts for calibration" if self.clean else "with an LLM: it does not count for calibration"

    @property
    def clean(self) -> bool:
        """Whether no LLM takes part: as said before, and, once it was declared, as said after."""
        after = NONE if self.used is None else self.used.lower().strip(" .")
        return self.llm_off and after in (NONE, "no", "nothing")

    def folder(self, unit: Path, scenario: str) -> Path:
        """Where the case lies."""
        return unit / FOLDER / f"{self.number:02d}" / scenario


def sittings(folder: Path) -> tuple[list[Sitting], list[str]]:
    """All sittings of the unit in ``folder``, oldest first, and a line for each thing that is wrong with the file."""
    record = chain.read(folder / FILE)
    found: list[Sitting] = []
    problems = list(record.problems)
    for position, entry in enumerate(record.entries, start=1):
        try:
            _take(found, entry)
        except (KeyError, IndexError, TypeError, ValueError):
            problems.append(f"{FILE}, entry {position}: can't be read as part of a sitting; it is passed over")
    return found, problems


def _take(found: list[Sitting], entry: dict[str, Any]) -> None:
    if entry["kind"] == "sitting":
        names = entry["scenarios"]
        if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
            raise ValueError("scenarios")
        practice = entry["practice"] is True
        first = not practice and not any(not sitting.practice for sitting in found)
        limit = None if entry["limit_minutes"] is None else finite(entry["limit_minutes"], 0)
        found.append(
            Sitting(len(found) + 1, str(entry["nonce"]), [Path(name).name for name in names], practice, first,
                    limit, entry["llm_off"] is True)
        )  # fmt: skip
        return
    number = entry["sitting"]
    if type(number) is not int or number < 1:
        raise ValueError("the number of a sitting")
    sitting = found[number - 1]
    if entry["kind"] == "answer" and entry["scenario"] in sitting.scenarios:
        sitting.answers.setdefault(entry["scenario"], entry)
    elif entry["kind"] == "declared":
        sitting.used = str(entry["used"]) if sitting.used is None else sitting.used
    elif entry["kind"] == "graded" and isinstance(entry["rows"], list):
        sitting.grade = sitting.grade or entry
    else:
        raise ValueError(entry["kind"])


def sheets_of(folder: Path, sitting: Sitting) -> dict[str, str]:
    """A hash of each case as it lies in ``folder``, so that the examiner scores what was seen and nothing else."""
    found = {}
    for name in sitting.scenarios:
        path = sitting.folder(folder, name) / CASE
        try:
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            raise UserError(f"{path} can't be read: {error.strerror or error}") from None
    return found


def seen(past: list[Sitting]) -> set[str]:
    """Scenarios that were drawn before, in practice or not."""
    return {name for sitting in past for name in sitting.scenarios}


def open_sitting(folder: Path) -> Sitting | None:
    """The sitting that is not scored yet, or None."""
    past, _ = sittings(folder)
    return next((sitting for sitting in reversed(past) if sitting.grade is None), None)


def new_nonce() -> str:
    """A name for a sitting that no other one has."""
    return secrets.token_hex(8)


def begin(
    folder: Path,
    nonce: str,
    cases: Mapping[str, Mapping[str, bytes]],
    *,
    practice: bool = False,
    limit: float | None = None,
    llm_off: bool = False,
    run_clock: bool = True,
) -> Sitting:
    """Write down a sitting and the files of its cases (by scenario, then by name); start the clock if it has a limit.

    With ``run_clock`` off the clock waits until the learner goes on with the sitting (:func:`start_clock`).

    Raises UserError when one is open, or the files can't be written.
    """
    past, _ = sittings(folder)
    if past and past[-1].grade is None:
        raise UserError(f"sitting {past[-1].number} is open; finish it first: `worktest sit {clock.number_of(folder)}`")
    if limit is not None and clock.find(folder) is not None:
        raise UserError(f"{clock.path_of(folder)}: a clock runs already; finish it, or sit without --timed")
    place = folder / FOLDER / f"{len(past) + 1:02d}"
    try:
        make_own(folder / FOLDER)
        for name, files in cases.items():
            (place / name).mkdir(parents=True, exist_ok=True)
            for file, content in files.items():
                (place / name / file).write_bytes(content)
    except OSError as error:
        raise disk_problem(error, place) from None
    entry = {"nonce": nonce, "scenarios": list(cases), "practice": practice, "limit_minutes": limit, "llm_off": llm_off}
    chain.append(folder / FILE, "sitting", entry)
    if run_clock:
        start_clock(folder, sittings(folder)[0][-1])
    return sittings(folder)[0][-1]


def start_clock(folder: Path, sitting: Sitting) -> None:
    """Start the clock of a sitting with a limit, unless it runs."""
    if sitting.limit is not None and clock.find(folder) is None:
        clock.start(folder, sitting.limit)


def answers_of(folder: Path, sitting: Sitting) -> dict[str, Answer | None]:
    """The answers by scenario; None for a scenario without one. Raises UserError for a damaged one."""
    found: dict[str, Answer | None] = {}
    for name in sitting.scenarios:
        entry = sitting.answers.get(name)
        sheet = case_of(folder, sitting, name).sheet
        parts = Answer.__dataclass_fields__
        found[name] = None if entry is None else answer_of(sheet, {key: entry.get(key) for key in parts})
    return found


def case_of(folder: Path, sitting: Sitting, scenario: str) -> Case:
    """The case of ``scenario``; raises UserError for one that is not in the sitting, or whose files are gone."""
    if scenario not in sitting.scenarios:
        there = ", ".join(sitting.scenarios)
        raise UserError(f"sitting {sitting.number} has no scenario {plain(scenario, 40)!r}; there are: {there}")
    return Case.read(sitting.folder(folder, scenario))


def commit(folder: Path, sitting: Sitting, scenario: str, data: Mapping[str, Any]) -> Answer:
    """Write down the answer to a scenario. The first one counts.

    Raises UserError for an answer that is not whole, or a scenario that was answered before.
    """
    found = answer_of(case_of(folder, sitting, scenario).sheet, data)
    if scenario in sitting.answers:
        raise UserError(f"{scenario} has its answer already; the first one counts")
    running = clock.find(folder) if sitting.limit is not None else None
    entry: dict[str, Any] = {"sitting": sitting.number, "scenario": scenario, **found.to_json()}
    if running is not None:
        entry |= {"worked_minutes": round(running.worked, 2), "late": running.over > 0}
    sitting.answers[scenario] = chain.append(folder / FILE, "answer", entry)
    sitting.folder(folder, scenario).joinpath(DRAFT).unlink(missing_ok=True)
    return found


def declare(folder: Path, sitting: Sitting, used: str) -> None:
    """Write down what an LLM was used for. The first declaration counts."""
    if sitting.used is None:
        sitting.used = plain(used, 1_000).strip()
        chain.append(folder / FILE, "declared", {"sitting": sitting.number, "used": sitting.used})


def settle(folder: Path, unit: str, sitting: Sitting, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Write down what the examiner says of a sitting, and end its clock.

    ``rows``: see :func:`autograde.cases.sit.settled`. Discussions go into a file beside each case. Gives the entry.
    """
    if sitting.grade is not None:
        return sitting.grade
    kept = []
    for row in rows:
        try:
            sitting.folder(folder, row["scenario"]).joinpath("discussion.md").write_text(
                row["discussion"], encoding="utf-8"
            )
        except OSError as error:
            raise disk_problem(error, folder) from None
        answered = sitting.answers.get(row["scenario"], {})
        about = {key: answered.get(key) for key in ("probabilities", "lean", "experiment", "if_yes", "if_no", "late")}
        kept.append({**about, **{key: value for key, value in row.items() if key != "discussion"}})
    entry = {
        "sitting": sitting.number,
        "unit": unit,
        "practice": sitting.practice,
        "used": sitting.used,
        "counts": sitting.first and sitting.used is not None and sitting.clean,
        "points": sum(row["points"] for row in kept),
        "maximum": sum(row["maximum"] for row in kept),
        "rows": kept,
        **_times(folder, sitting),
    }
    sitting.grade = chain.append(folder / FILE, "graded", entry)
    _end_clock(folder, sitting)
    return sitting.grade


def _times(folder: Path, sitting: Sitting) -> dict[str, Any]:
    running = clock.find(folder) if sitting.limit is not None else None
    if running is None:
        return {"minutes": None, "limit_minutes": sitting.limit, "pauses": []}
    pauses = [
        {"reason": pause.text, "minutes": round(((pause.end or running.now) - pause.begin).total_seconds() / 60, 1)}
        for pause in running.pauses
    ]
    return {"minutes": round(running.worked, 1), "limit_minutes": running.limit, "pauses": pauses}


def _end_clock(folder: Path, sitting: Sitting) -> None:
    """Finish the sitting's clock and lay it beside the cases, so that the next sitting can have one."""
    if sitting.limit is None or (running := clock.find(folder)) is None:
        return
    if running.finished is None:
        clock.finish(folder)
    try:
        os.replace(clock.path_of(folder), folder / FOLDER / f"{sitting.number:02d}" / clock.FILE)
    except OSError as error:
        raise disk_problem(error, folder) from None


# Drafts ----------------------------------------------------------------------------------------------------------


def draft(folder: Path, sitting: Sitting, scenario: str) -> dict[str, Any]:
    """What was said so far to a scenario that is not committed; empty when there is nothing that can be read."""
    try:
        found = json.loads((sitting.folder(folder, scenario) / DRAFT).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    kinds = {"numbers": dict, "probabilities": dict, "lean": str, "experiment": str, "if_yes": float, "if_no": float}
    said = found.items() if isinstance(found, dict) else ()
    return {key: value for key, value in said if isinstance(value, kinds.get(key, ()))}


def keep_draft(folder: Path, sitting: Sitting, scenario: str, data: Mapping[str, Any]) -> None:
    """Keep what was said so far. A disk that is full must not stop the sitting, so nothing is raised."""
    path = sitting.folder(folder, scenario) / DRAFT
    try:
        path.write_text(json.dumps(data, default=str) + "\n", encoding="utf-8")
    except OSError:
        pass
