"""Run the checks of one graded cell and say what came out, for a terminal, a notebook and a program."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from worktest.checks.answer import Answer, RoomLost
from worktest.checks.expect import CheckFailure
from worktest.checks.registry import Check

MIME = "application/vnd.worktest.report+json"


@dataclass(frozen=True)
class Result:
    """What one check said: passed, or which misconception, what was expected in kind, what came, where to look."""

    name: str
    title: str
    passed: bool
    visible: bool = True
    says: str = ""
    expected: str = ""
    got: str = ""
    look: str = ""


@dataclass
class Report:
    """The results of one graded cell. ``held_back`` counts checks that exist and were not run here."""

    topic: str
    results: list[Result] = field(default_factory=list)
    held_back: int = 0

    @property
    def passed(self) -> int:
        """How many checks passed."""
        return sum(result.passed for result in self.results)

    @property
    def green(self) -> bool:
        """Whether there was a check and none failed."""
        return bool(self.results) and self.passed == len(self.results)

    def summary(self) -> str:
        """One line: how many passed, how many were held back."""
        total = len(self.results)
        kind = "visible check" if self.held_back else "check"
        line = f"{self.topic}: {self.passed} of {total} {kind}{'s' if total != 1 else ''} passed"
        if self.held_back:
            line += f"; {self.held_back} more {'are' if self.held_back != 1 else 'is'} held back until you grade"
        return line + "."

    def to_json(self) -> dict[str, Any]:
        """Plain data, for ``--json`` and for the notebook's output bundle."""
        return {
            "topic": self.topic,
            "passed": self.passed,
            "total": len(self.results),
            "held_back": self.held_back,
            "checks": [
                {
                    "name": r.name,
                    "title": r.title,
                    "passed": r.passed,
                    "visible": r.visible,
                    "says": r.says,
                    "expected": r.expected,
                    "got": r.got,
                    "look": r.look,
                }
                for r in self.results
            ],
        }


def seed_of(*parts: bytes | str) -> int:
    """A 63-bit seed from any texts: the same parts give the same seed, in any process."""
    digest = hashlib.sha256(b"\0".join(p.encode() if isinstance(p, str) else p for p in parts)).digest()
    return int.from_bytes(digest[:8], "little") >> 1


def run_check(check: Check, ask: Callable[[dict[str, Any]], dict[str, Any]], seed: int, *, space: str = "") -> Result:
    """Run one check; an error inside the check itself counts as failed and is named as ours.

    Raises :class:`RoomLost` when the room died or hangs: the caller decides how to go on.
    """
    own_seed = seed_of(str(seed), check.topic, check.name)
    rng = np.random.default_rng(own_seed)
    # the room is told a seed of its own: from the one that draws the inputs it could know what comes next
    answer = Answer(ask, seed=seed_of("room", str(own_seed)), space=space)
    try:
        check.function(answer, rng)
    except CheckFailure as failure:
        return Result(
            check.name,
            check.title,
            False,
            check.visible,
            failure.says,
            failure.expected,
            failure.got,
            failure.look,
        )
    except RoomLost:
        raise
    except Exception as error:  # a result of an odd type can surprise a check; that is a failed check, not a crash
        says = "What came back has an unexpected form, so this check could not be finished."
        return Result(check.name, check.title, False, check.visible, says, got=f"{type(error).__name__} in the check")
    return Result(check.name, check.title, True, check.visible)


def as_text(report: Report) -> str:
    """The report for a terminal or a notebook's plain text."""
    lines = [report.summary()]
    for result in report.results:
        lines.append(f"  {'pass' if result.passed else 'FAIL'}  {result.title}")
        lines += [f"        {line}" for line in _details(result)]
    return "\n".join(lines)


def _details(result: Result) -> Iterable[str]:
    if result.passed:
        return
    if result.says:
        yield result.says
    if result.expected:
        yield f"expected: {result.expected}"
    if result.got:
        yield f"got: {result.got}"
    if result.look:
        yield f"look at: {result.look}"


def _marked_up(text: str) -> str:
    """Escaped text, with `code` shown as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text))


def as_html(report: Report, *, footer: str = "") -> str:
    """The report as one self-contained piece of HTML; everything that came from an answer is escaped."""
    colour = "#1a7f37" if report.green else "#b35900"
    rows = []
    for result in report.results:
        mark, shade = ("pass", "#1a7f37") if result.passed else ("fail", "#b3261e")
        detail = "".join(f"<div style='margin-left:3.2em'>{_marked_up(line)}</div>" for line in _details(result))
        held = "" if result.visible else " <span style='opacity:.75'>(held-back check)</span>"
        rows.append(
            f"<div style='margin:.25em 0'><b style='color:{shade};display:inline-block;width:3.2em'>{mark}</b>"
            f"{_marked_up(result.title)}{held}{detail}</div>"
        )
    foot = f"<div style='margin-top:.4em;opacity:.8'>{html.escape(footer)}</div>" if footer else ""
    return (
        f"<div class='worktest-report {'green' if report.green else 'open'}' "
        f"style='border-left:4px solid {colour};padding:.3em .8em;font-family:sans-serif;line-height:1.4;"
        f"overflow-wrap:anywhere'><div style='color:{colour};font-weight:600'>{html.escape(report.summary())}</div>"
        + "".join(rows)
        + foot
        + "</div>"
    )
