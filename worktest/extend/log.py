"""What was registered, run, noted and changed in a research folder: entries of its ``journal.jsonl``.

The file is the same chained file that holds predictions, decisions and measurements (:mod:`worktest.journal`), so that
their order can be seen: what was registered before a run, and what after it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from worktest import chain
from worktest.errors import UserError
from worktest.extend.plan import Plan, digest_of, unwritten
from worktest.journal import FILE
from worktest.safe import finite

RESULTS = "results.csv"
PILOT = "pilot.csv"
EXPERIMENT = "experiment.py"
CODE = (EXPERIMENT, "work_test.py", "unit/world.py")
MAX_NOTE = 2_000


@dataclass(frozen=True)
class Registration:
    """A plan as it was hashed: its number (1 for the first), when, the hash, and the registered keys themselves."""

    number: int
    time: str
    digest: str
    content: dict[str, Any]


@dataclass(frozen=True)
class Run:
    """One call of ``extend run`` on one condition.

    ``failed``: seed (as text) to what went wrong. ``code`` and ``results``: hashes of the code that ran, and of
    results.csv when it was done; ``results_before``: when it began. ``replaced``: seeds whose rows took the
    place of earlier ones. A ``pilot`` writes into pilot.csv, and its hashes are of that file.
    """

    time: str
    condition: str
    seeds: list[int]
    failed: dict[str, str]
    seconds: float
    code: str
    results: str
    results_before: str = ""
    replaced: list[int] = field(default_factory=list)
    pilot: bool = False


@dataclass(frozen=True)
class Note:
    """A line that somebody wrote down while working."""

    time: str
    text: str


@dataclass(frozen=True)
class Deviation:
    """Something that was done otherwise than registered, and why."""

    number: int
    time: str
    what: str
    because: str


@dataclass
class Log:
    """A research folder's log as it is read, oldest first, and one line for each thing that is wrong with the file."""

    registrations: list[Registration] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    deviations: list[Deviation] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)

    @property
    def registration(self) -> Registration | None:
        """The first one: later ones are revisions."""
        return self.registrations[0] if self.registrations else None


def read_log(folder: Path) -> Log:
    """Read the log. Never raises for what is in the file: an entry that is none is named."""
    record = chain.read(folder / FILE)
    log = Log(problems=list(record.problems), entries=record.entries)
    for number, entry in enumerate(record.entries, start=1):
        take = _TAKES.get(entry["kind"])
        try:
            if take is not None:
                take(log, entry)
        except (KeyError, TypeError, ValueError, AttributeError):
            log.problems.append(f"{FILE}, entry {number}: a {entry['kind']!r} that can't be read; it is passed over")
    return log


def _registration(log: Log, entry: dict[str, Any]) -> None:
    content = entry["content"]
    if not isinstance(content, dict) or digest_of(content) != entry["digest"]:
        raise ValueError("the content is not what was hashed")
    log.registrations.append(
        Registration(len(log.registrations) + 1, str(entry["time"]), str(entry["digest"]), content)
    )


def _run(log: Log, entry: dict[str, Any]) -> None:
    seconds = finite(entry["seconds"], 0)
    if seconds is None:
        raise ValueError("seconds")
    log.runs.append(
        Run(
            str(entry["time"]),
            str(entry["condition"]),
            [int(seed) for seed in entry["seeds"]],
            {str(seed): str(why) for seed, why in entry["failed"].items()},
            seconds,
            str(entry["code"]),
            str(entry["results"]),
            str(entry.get("results_before", "")),
            [int(seed) for seed in entry.get("replaced", [])],
            entry.get("pilot") is True,
        )
    )


def _note(log: Log, entry: dict[str, Any]) -> None:
    log.notes.append(Note(str(entry["time"]), str(entry["text"])))


def _deviation(log: Log, entry: dict[str, Any]) -> None:
    what, because = str(entry["what"]), str(entry["because"])
    log.deviations.append(Deviation(len(log.deviations) + 1, str(entry["time"]), what, because))


_TAKES: dict[str, Callable[[Log, dict[str, Any]], None]] = {
    "register": _registration,
    "run": _run,
    "note": _note,
    "deviate": _deviation,
}


# Writing ---------------------------------------------------------------------------------------------------------


def register(folder: Path, plan: Plan) -> Registration:
    """Hash the plan into the journal. Raises UserError while something that is registered is unwritten, or when the
    plan is registered as it stands already.
    """
    content = plan.registered()
    left = [key for key in unwritten(plan) if key.split(" ")[0] in content]
    if left:
        raise UserError(f"plan.toml: still to be written: {', '.join(left)}; a plan is registered whole")
    for key, what in (("seeds", "seeds"), ("measure", "a [[measure]]"), ("comparison", "a [[comparison]]")):
        if not content[key]:
            raise UserError(
                f"plan.toml: {what} {'are' if key == 'seeds' else 'is'} missing; a plan is registered whole"
            )
    past = read_log(folder).registrations
    digest = digest_of(content)
    if past and past[-1].digest == digest:
        raise UserError(f"the plan is registered as it stands: {digest}, {past[-1].time}")
    entry = chain.append(folder / FILE, "register", {"digest": digest, "content": content})
    return Registration(len(past) + 1, str(entry["time"]), digest, content)


def note(folder: Path, text: str) -> Note:
    """Write a line into the log. Raises UserError for an empty or overlong one."""
    entry = chain.append(folder / FILE, "note", {"text": _said(text, "a note")})
    return Note(str(entry["time"]), str(entry["text"]))


def deviate(folder: Path, what: str, because: str) -> Deviation:
    """Log a deviation from the registration. Raises UserError while nothing is registered."""
    log = read_log(folder)
    if log.registration is None:
        raise UserError("nothing is registered yet, so there is nothing to deviate from: change plan.toml")
    entry = {"what": _said(what, "a deviation"), "because": _said(because, "the reason (--because)")}
    written = chain.append(folder / FILE, "deviate", entry)
    return Deviation(len(log.deviations) + 1, str(written["time"]), entry["what"], entry["because"])


def _said(text: str, what: str) -> str:
    text = text.strip()
    if not text:
        raise UserError(f"{what} is a sentence, and this is empty")
    if len(text) > MAX_NOTE:
        raise UserError(f"{what} has {len(text):,} characters; keep it under {MAX_NOTE:,}")
    return text


def code_digest(folder: Path) -> str:
    """A hash of the code that an experiment runs: experiment.py, work_test.py and the unit's world."""
    return _digest(folder, CODE)


def results_digest(folder: Path, name: str = RESULTS) -> str:
    """A hash of results.csv (or of pilot.csv); of nothing while there is none."""
    return _digest(folder, (name,))


def add_run(folder: Path, run: Run) -> None:
    """Log a run; its time is taken now."""
    entry = {key: value for key, value in asdict(run).items() if key != "time"}
    chain.append(folder / FILE, "run", entry)


def _digest(folder: Path, names: tuple[str, ...]) -> str:
    paths = {name: folder / name for name in names}
    return _digest_of({name: path.read_bytes() if path.is_file() else b"" for name, path in paths.items()})


def _digest_of(contents: dict[str, bytes]) -> str:
    total = hashlib.sha256()
    for name, content in contents.items():
        total.update(name.encode() + b"\0" + content.replace(b"\r\n", b"\n") + b"\0")
    return total.hexdigest()[:16]


NO_RESULTS = _digest_of({RESULTS: b""})
"""The hash while there is no results.csv, which is what a first run begins with."""
