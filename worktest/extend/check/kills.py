"""Kill criteria that are met, and whether the paper says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from worktest.extend.check.base import PAPER, PLAN, Facts, Finding
from worktest.extend.kills import is_met

_WORDS = re.compile(
    r"kill(?:ing)? criteri(?:on|a)|stopping (?:rule|criterion)|rules? (?:for|of) stopping", re.IGNORECASE
)
_NOT = re.compile(r"\b(?:no|not|none|neither|nor|never|without)\b|n['’]t\b", re.IGNORECASE)


def look_at_kills(facts: Facts) -> Iterator[Finding]:
    """A criterion that is met and that no sentence owns up to."""
    if facts.plan is None:
        return
    for kill in facts.plan.kill:
        estimate = facts.named.get(kill.comparison)
        if estimate is None or not is_met(kill, estimate) or _says_so(facts, kill.id):
            continue
        what = f"the kill criterion {kill.id} ({kill.when} {kill.value:g}) is met: {kill.comparison} is {estimate}"
        todo = f"say in {PAPER} that {kill.id} was met and what you did then"
        yield Finding("kill", f"{PLAN}: kill {kill.id}", what, todo)


def _says_so(facts: Facts, name: str) -> bool:
    """An id such as ``no-effect`` says it anywhere; a plain word needs "kill" beside it. "None was met" says it not."""
    for sentence in facts.sentences:
        text = sentence.text
        named = re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)
        rest = text.replace(name, "")
        if named and ("-" in name or f"`{name}`" in text or "kill" in text.lower()):
            return True
        if _WORDS.search(rest) and not _NOT.search(rest):
            return True
    return False
