"""The journal: what a learner predicted before running, decided while working, and then measured.

It lies beside the notebooks as ``journal.jsonl``, a chained file (:mod:`worktest.chain`). The first prediction and the
first decision under a name count, later ones are revisions; of a measurement the last one counts. The interview, the
calibration plot and ``worktest journal`` are made from it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from worktest import chain, recording
from worktest.errors import UserError
from worktest.safe import finite, plain

FILE = "journal.jsonl"
MAX_TEXT = 5_000
Choice = str | float | int | bool


@dataclass(frozen=True)
class Measurement:
    """What was measured under a name: the last value, its interval if one was given, and its unit."""

    name: str
    value: float
    low: float | None = None
    high: float | None = None
    unit: str = ""
    time: str = ""


@dataclass(frozen=True)
class Prediction:
    """What was predicted first under a name: a value, an interval, and how sure (0 to 1) the interval holds it.

    ``late``: a measurement of the same name stood in the journal already, so it is no prediction.
    """

    name: str
    value: float
    low: float
    high: float
    confidence: float
    time: str = ""
    revisions: int = 0
    late: bool = False
    measured: Measurement | None = None

    @property
    def hit(self) -> bool | None:
        """Whether the measured value lies in the interval; None while nothing was measured or when it came late."""
        if self.measured is None or self.late:
            return None
        return self.low <= self.measured.value <= self.high


@dataclass(frozen=True)
class Decision:
    """What was decided first under a name, what else was considered, why, and what would have changed it."""

    name: str
    choice: Choice
    alternatives: tuple[str, ...] = ()
    because: str = ""
    would_change_my_mind: str = ""
    time: str = ""
    revisions: int = 0


@dataclass
class View:
    """A journal as it is read: by name, and one line for each thing that is wrong with the file."""

    predictions: dict[str, Prediction] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    measurements: dict[str, Measurement] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def view(folder: Path) -> View:
    """Read the journal of the unit in ``folder``. Never raises for its content: a line that is no entry is named."""
    record = chain.read(folder / FILE)
    seen = View(problems=record.problems)
    for number, entry in enumerate(record.entries, start=1):
        try:
            _take(seen, entry)
        except (UserError, KeyError, TypeError, ValueError, OverflowError):
            seen.problems.append(f"{FILE}, entry {number}: a {entry['kind']!r} that can't be read; it is passed over")
    for name, prediction in seen.predictions.items():
        if name in seen.measurements:
            seen.predictions[name] = replace(prediction, measured=seen.measurements[name])
    return seen


_OF_RESEARCH = ("register", "run", "note", "deviate")
"""Entries of a research folder's journal that :mod:`worktest.extend.log` reads."""


def _take(seen: View, entry: dict[str, Any]) -> None:
    if entry["kind"] in _OF_RESEARCH:
        return
    name, time = _name(entry["name"]), str(entry["time"])
    if entry["kind"] == "predict":
        if name in seen.predictions:
            first = seen.predictions[name]
            seen.predictions[name] = replace(first, revisions=first.revisions + 1)
            return
        value, low, high, sure = (_number(entry[key], key) for key in ("value", "low", "high", "confidence"))
        seen.predictions[name] = Prediction(name, value, low, high, sure, time, late=name in seen.measurements)
    elif entry["kind"] == "decide":
        if name in seen.decisions:
            first_choice = seen.decisions[name]
            seen.decisions[name] = replace(first_choice, revisions=first_choice.revisions + 1)
            return
        because, mind = (_text(entry[key], key) for key in ("because", "would_change_my_mind"))
        others = tuple(_text(item, "alternatives") for item in entry["alternatives"])
        seen.decisions[name] = Decision(name, _choice(entry["choice"]), others, because, mind, time)
    elif entry["kind"] == "measure":
        low_end, high_end = (None if entry[key] is None else _number(entry[key], key) for key in ("low", "high"))
        value = _number(entry["value"], "value")
        seen.measurements[name] = Measurement(name, value, low_end, high_end, _text(entry["unit"], "unit"), time)
    else:
        raise ValueError(f"unknown kind {entry['kind']!r}")


class Journal:
    """The journal of one unit, as its notebooks use it. Each call prints one line that says what was written.

    A placeholder (``...``) that is still there is not recorded, and says so. Outside a learner's own run (a build, a
    re-check, grading) the same lines are printed and nothing is written.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE

    def predict(self, name: str, value: Any, interval: Any, confidence: Any) -> None:
        """Predict a number before it is measured.

        Args:
            name: what is predicted, as the notebook names it.
            value: your best guess, a number in the unit that the notebook asks for.
            interval: (low, high) that you believe holds the measured value.
            confidence: how sure you are of that, strictly between 0 and 1.

        Raises:
            UserError: if a value is of another kind, or the interval does not hold your own guess.
        """
        if self._open(name, "prediction", value=value, interval=interval, confidence=confidence):
            return
        low, high = _interval(interval)
        sure = _number(confidence, "confidence")
        guess = _number(value, "value")
        if not 0 < sure < 1:
            raise UserError(f"prediction {name!r}: confidence is a number between 0 and 1 (0.8 for 80 %), not {sure:g}")
        if not low <= guess <= high:
            raise UserError(f"prediction {name!r}: your guess {guess:g} lies outside your interval {low:g} to {high:g}")
        entry = {"name": _name(name), "value": guess, "low": low, "high": high, "confidence": sure}
        self._write("predict", entry, f"prediction {name} = {guess:g}, {low:g} to {high:g}, {100 * sure:g} % sure")

    def decide(
        self, name: str, choice: Any, alternatives: Any = (), because: Any = "", would_change_my_mind: Any = ""
    ) -> None:
        """Write down a decision when it is made.

        Args:
            name: what is decided, as the notebook names it.
            choice: what you chose: a number or a short text.
            alternatives: what else you considered, a list.
            because: why, in one or two sentences.
            would_change_my_mind: what you would have to see to choose differently.

        Raises:
            UserError: if a value is of another kind.
        """
        if self._open(
            name,
            "decision",
            choice=choice,
            alternatives=alternatives,
            because=because,
            would_change_my_mind=would_change_my_mind,
        ):
            return
        if isinstance(alternatives, str | int | float):
            alternatives = [alternatives]
        if not isinstance(alternatives, list | tuple | set):
            raise UserError(f"decision {name!r}: alternatives is a list, not a {type(alternatives).__name__}")
        entry = {
            "name": _name(name),
            "choice": _choice(choice),
            "alternatives": [_text(str(item), "alternatives") for item in alternatives],
            "because": _text(because, "because"),
            "would_change_my_mind": _text(would_change_my_mind, "would_change_my_mind"),
        }
        self._write("decide", entry, f"decision {name} = {entry['choice']}")

    def measure(self, name: str, value: Any, interval: Any = None, unit: str = "") -> None:
        """Write down what was measured, with its interval if there is one; the last one counts.

        Raises:
            UserError: if a value is of another kind.
        """
        if self._open(name, "measurement", value=value):
            return
        low: float | None = None
        high: float | None = None
        if interval is not None:
            low, high = _interval(interval)
        number = _number(value, "value")
        entry = {"name": _name(name), "value": number, "low": low, "high": high, "unit": _text(unit, "unit")}
        between = "" if low is None else f", {low:g} to {high:g}"
        said = f"measured {name} = {number:g}{between}"
        prediction = view(self.path.parent).predictions.get(name) if recording.is_on() else None
        if prediction and not prediction.late:
            said += f"; you predicted {prediction.value:g}, {prediction.low:g} to {prediction.high:g}"
        self._write("measure", entry, said)

    def _open(self, name: str, what: str, **values: Any) -> bool:
        """Whether a placeholder is still there; says which."""
        parts = {key: value if isinstance(value, list | tuple) else [value] for key, value in values.items()}
        missing = [key for key, items in parts.items() if any(item is ... for item in items)]
        if missing:
            print(f"journal: {what} {name!r} is not recorded yet: fill in {', '.join(missing)}")
        return bool(missing)

    def _write(self, kind: str, entry: dict[str, Any], said: str) -> None:
        said = plain(said, 300)
        if not recording.is_on():
            print(f"journal: {said}")
            return
        same = [e for e in chain.read(self.path).entries if e["kind"] == kind and e.get("name") == entry["name"]]
        if same and all(same[-1].get(key) == value for key, value in entry.items()):
            print(f"journal: {said} (written down before)")
            return
        chain.append(self.path, kind, entry)
        revised = " (a revision: your first entry counts)" if same and kind != "measure" else ""
        print(f"journal: {said}{revised}")


def _name(name: Any) -> str:
    if not isinstance(name, str) or not name.strip() or len(name) > 80:
        raise UserError(f"a journal entry's name is a short text, not {str(name)[:40]!r}")
    return name


def _number(value: Any, what: str) -> float:
    if hasattr(value, "item"):
        try:
            value = value.item()  # a number from numpy or torch
        except (ValueError, RuntimeError, TypeError):
            pass  # more than one: named below
    number = finite(value)
    if number is None:
        said = "one beyond 1e308" if isinstance(value, int) and abs(value) > 1e308 else repr(str(value)[:40])
        raise UserError(f"{what} is a finite number, not {said} ({type(value).__name__})")
    return number


def _interval(interval: Any) -> tuple[float, float]:
    if not isinstance(interval, list | tuple) or len(interval) != 2:
        raise UserError(f"an interval is two numbers (low, high), not {str(interval)[:40]!r}")
    low, high = _number(interval[0], "interval"), _number(interval[1], "interval")
    if low > high:
        raise UserError(f"an interval goes from low to high; {low:g} is above {high:g}")
    return low, high


def _choice(choice: Any) -> Choice:
    if isinstance(choice, str | bool):
        return _text(choice, "choice") if isinstance(choice, str) else choice
    try:
        number = _number(choice, "choice")
        return int(number) if number.is_integer() and abs(number) < 1e15 else number  # 4 reads better than 4.0
    except UserError:
        raise UserError(f"choice is a number or a text, not a {type(choice).__name__}") from None


def _text(text: Any, what: str) -> str:
    if not isinstance(text, str):
        raise UserError(f"{what} is a text, not a {type(text).__name__}")
    if len(text) > MAX_TEXT:
        raise UserError(f"{what} has {len(text):,} characters; keep it under {MAX_TEXT:,}")
    return text
