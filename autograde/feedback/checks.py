"""The checks of one graded cell as a tired reader wants them: what is off, said once, and where to look."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup


@dataclass
class Failure:
    """One thing that is off, and the checks that say so in the same words."""

    says: Markup
    facts: list[tuple[str, Markup]]
    checks: list[tuple[Markup, bool]] = field(default_factory=list)
    """Title, and whether the learner can't see this check in the notebook."""


_LABELS = {"expected": "Expected", "got": "Got", "look": "Look at"}


def failures(checks: list[dict[str, Any]]) -> list[Failure]:
    """The failed checks; those with the same words stand together, in the order of the first."""
    found: dict[tuple[str, ...], Failure] = {}
    for check in checks:
        if check.get("passed"):
            continue
        words = tuple(str(check.get(key) or "") for key in ("says", *_LABELS))
        if words not in found:
            facts = [(label, marked_up(text)) for label, text in zip(_LABELS.values(), words[1:], strict=True) if text]
            found[words] = Failure(marked_up(words[0]), facts)
        found[words].checks.append((marked_up(str(check.get("title", ""))), not check.get("visible", True)))
    return list(found.values())


def ticked(checks: list[dict[str, Any]]) -> list[Markup]:
    """The titles of the checks that passed."""
    return [marked_up(str(check.get("title", ""))) for check in checks if check.get("passed")]


def marked_up(text: str) -> Markup:
    """Escaped text, with `code` shown as code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text)))
