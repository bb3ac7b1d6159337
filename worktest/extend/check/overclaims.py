"""Sentences that say more than their evidence, and expectations whose failure nobody tells.

As in :mod:`worktest.extend.check.claims`, a sentence that asks, supposes or hedges is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from worktest.extend.check.base import PAPER, PLAN, SAID, Facts, Finding, names
from worktest.extend.check.claims import ASKED, PROVES, bare_of, claim_in, short
from worktest.extend.paper import Sentence
from worktest.extend.plan import MARK, Comparison
from worktest.extend.results import Estimate

_UP = re.compile(r"\b(?:higher|increase[sd]?|raise[sd]?|rises?|rose|more than|boost(?:s|ed)?)\b(?!-)", re.I)
_DOWN = re.compile(
    r"\b(?:lower(?:s|ed)?|reduce[sd]?|decrease[sd]?|drops|dropped|falls|fell|less than|fewer|shrinks?)\b(?!-)", re.I
)
_AWAY = re.compile(r"\b(?:remov\w+|without|un\w+ed|absen\w+|lack\w*|ablat\w+|instead)\b", re.I)
"""Words that turn a sentence about a treatment round."""
_GOOD = re.compile(r"\b(?:improve[sd]?|outperform(?:s|ed)?|better|worse|beats?|helps|helped|causes|caused)\b", re.I)
_NONE = re.compile(
    r"\b(?:no (?:effect|difference|influence|change)|makes? no difference|"
    r"(?:does|do|did) not (?:differ|change|matter|increase|reduce|improve|raise|lower|help))\b",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:includes?|holds?|contains?|spans?|cross(?:es)?|covers?|reach(?:es)?) (?:zero|0|both)\b|"
    r"\b(?:cannot|can't|could(?: not)?|inconclusive|uncertain\w*|unclear|undecided|consistent with|compatible|"
    r"too few|might|(?-i:may)|if|whether|would|expect\w*|predict\w*|hypothes\w+|evidence (?:of|for|that)|"
    r"suggests?|seems?|appears?|at most|up to|no more than|noise|chance|any (?:difference|effect)|"
    r"not (?:distinguish\w*|clear\w*|sure|certain|tell|exclude\w*|rule))\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:no|not|never|neither|nor|none|without|nothing|rather than|fail(?:s|ed)?)\b|n['’]t\b", re.I)
_CLAUSES = re.compile(r"[,;:()]|\b(?:but|while|whereas|although|so that|because|which)\b")
_EVER = re.compile(
    r"(?<!I have )(?<!we have )\b(?:always|never)\b"
    r"(?! (?:run|ran|register|measured|tested|seen|looked|used|trained|opened|changed|tried))",
    re.I,
)
_LARGE = re.compile(
    r"\b(?:(?:large|real|frontier|deployed|production) (?:language )?models?|LLMs?|all models|language models)\b"
)
_TOY = re.compile(r"\b(?:toy|small|here|our|suggest\w*|remain\w*|untested|open|not|no|like|cannot)\b", re.IGNORECASE)
_MISSED = re.compile(
    r"\b(?:no|not|never|neither|nor|none|fail\w*|contrary|against|opposite|unlike|wrong|refut\w+|falsif\w+|null|inconclusive|"
    r"cannot|unexpected\w*|surpris\w+|below|(?:less|smaller) than|(?:includes?|holds?|contains?|spans?|"
    r"covers?|crosses) (?:zero|0))\b|n['’]t\b",
    re.IGNORECASE,
)
_EXPECTED = re.compile(r"\b(?:expect\w*|predict\w*|hypothes\w+|regist\w+)\b", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:effect|differ\w*|evidence|distinguish\w*|told|interval|confirm\w*|tell)\b", re.IGNORECASE)


def look_at_overclaims(facts: Facts) -> Iterator[Finding]:
    """Sentences that say more than the comparison that they name, and an expectation whose failure nobody tells."""
    for sentence in facts.sentences:
        section = sentence.section.lower()
        if sentence.kind == "row" or section not in (*SAID, "introduction"):
            continue
        where = f"{PAPER}, line {sentence.line}"
        bare = bare_of(sentence.text)
        for comparison, estimate in _comparisons_in(facts, sentence):
            said = _too_much(bare, comparison, estimate)
            if said:
                yield Finding("overclaim", where, f"{said[0]}: {short(sentence.text)}", said[1])
        if section in SAID and not ASKED.search(bare):
            yield from _too_sure(facts, sentence, bare, where)
    yield from _untold(facts)


def _comparisons_in(facts: Facts, sentence: Sentence) -> list[tuple[Comparison, Estimate]]:
    """The comparisons that stand behind a sentence: by their own name, or by those of both their sides."""
    own = [c for c in facts.comparisons() if c.id in sentence.evidence]
    if not own:
        sides = {name.partition(":")[0] for name in sentence.evidence if ":" in name}
        bare = bare_of(sentence.text)
        sides |= {c.id for c in (facts.plan.condition if facts.plan else []) if names(bare, c.id)}
        measures = {name.partition(":")[2] for name in sentence.evidence if ":" in name}
        own = [c for c in facts.comparisons() if {c.condition, c.against} <= sides]
        own = [c for c in own if not measures or c.measure in measures]
        own = own if len(own) == 1 else []
    return [(c, facts.named[c.id]) for c in own if c.id in facts.named]


def _too_much(bare: str, comparison: Comparison, estimate: Estimate) -> tuple[str, str] | None:
    """What a sentence says beyond the comparison, and what to do; None when it doesn't."""
    up, down, good = (pattern.search(bare) for pattern in (_UP, _DOWN, _GOOD))
    none = _NONE.search(bare)
    if not (up or down or good or none) or _HEDGE.search(bare):
        return None
    low, high, smallest = estimate.low, estimate.high, comparison.smallest_effect
    shown = f"{comparison.id} is {estimate}"
    if low is None or high is None:
        word = (up or down or good or none)[0]  # type: ignore[index]
        return f'"{word}" rests on a single seed: {shown}', "run more seeds, or say that it is one run"
    if none:
        if low < -smallest or high > smallest:
            what = f'"{none[0]}" is more than can be said: {shown} reaches beyond the smallest effect, {smallest:g}'
            return what, "say that you could not tell, with the interval; or run more seeds"
        return None
    word = (up or down or good)[0]  # type: ignore[index]
    if _NOT.search(_clause(bare, word)):
        return None
    if low <= 0 <= high:
        return f'"{word}", and the interval holds zero: {shown}', "say that the interval holds zero, or take it back"
    if bool(up) == bool(down) or good or (turned := _is_turned(bare, word, comparison)) is None:
        return None
    rises = bool(up) != turned
    if rises != (estimate.mean > 0):
        what = f'"{word}" is against the sign: {shown}, {comparison.condition} minus {comparison.against}'
        return what, "turn the sentence round, or the comparison"
    return None


def _clause(bare: str, word: str) -> str:
    """The part of the sentence in which the word stands: a "not" elsewhere says nothing of it."""
    return next((part for part in _CLAUSES.split(bare) if word in part), bare)


def _is_turned(bare: str, word: str, comparison: Comparison) -> bool | None:
    """Whether the sentence is about the side that is taken away; None when that can't be told."""
    subject = bare[: bare.find(word)]
    if _AWAY.search(subject):
        return None
    condition = names(subject, comparison.condition)
    against = any(names(subject, name) for name in (comparison.against, "control", "baseline", "controls"))
    if condition and against:
        return None
    if against and not names(bare[bare.find(word) :], comparison.condition):
        return None
    return against


def _too_sure(facts: Facts, sentence: Sentence, bare: str, where: str) -> Iterator[Finding]:
    found = PROVES.search(bare)
    if found and not _NOT.search(bare[: found.start()]):
        yield Finding(
            "overclaim", where, f'"{found[0]}": a few seeds prove nothing: {short(sentence.text)}', 'say "shows here"'
        )
    ever = _EVER.search(bare)
    carries = sentence.evidence or sentence.numbers or claim_in(sentence)
    if ever and carries and not _HEDGE.search(bare) and "interval" not in bare:
        todo = "say in how many of how many"
        yield Finding("overclaim", where, f'"{ever[0]}" is more than was run: {short(sentence.text)}', todo)
    large = _LARGE.search(bare)
    compute = facts.plan.compute if facts.plan else []
    if (
        large
        and compute
        and all(line.stage == "toy" for line in compute)
        and not sentence.citations
        and claim_in(sentence)
        and not (_HEDGE.search(bare) or _TOY.search(bare))
    ):
        what = f'it speaks of "{large[0]}", and only a toy was run: {short(sentence.text)}'
        yield Finding("overclaim", where, what, "say it of the toy, and the rest as a guess")


def _untold(facts: Facts) -> Iterator[Finding]:
    """An expectation that did not come true, with no sentence that says so."""
    if facts.paper is None or any(
        MARK in part.body for part in facts.paper.sections if part.title.lower() in ("abstract", "results")
    ):
        return  # what is not written can't tell of it yet; that it is not written is a finding of its own
    said = [s for s in facts.sentences if s.section.lower() in (*SAID, "limitations")]
    for comparison in facts.expected():
        estimate = facts.named.get(comparison.id)
        if estimate is None or came_true(comparison, estimate):
            continue
        about_it = [s for s in said if not _about_others(facts, s, comparison)]
        if not any(_tells_of_it(sentence, comparison) for sentence in about_it):
            what = f"{comparison.expect} was registered and did not come: {estimate}; the paper does not say so"
            todo = "say it in the Abstract and the Results: a failed expectation is a result"
            yield Finding("overclaim", f"{PLAN}: comparison {comparison.id}", what, todo)


def _about_others(facts: Facts, sentence: Sentence, comparison: Comparison) -> bool:
    """Whether the sentence, or else its paragraph, names comparisons, and not this one."""

    def named_in(text: str, evidence: list[str]) -> set[str]:
        return {c.id for c in facts.comparisons() if c.id in evidence or names(text, c.id)}

    found = named_in(bare_of(sentence.text), list(sentence.evidence))
    paragraph = facts.paragraph_at(sentence.line)
    if not found and paragraph is not None:
        found = named_in(bare_of(paragraph.text), [placeholder.name for placeholder in paragraph.placeholders])
    return bool(found) and comparison.id not in found


def _tells_of_it(sentence: Sentence, comparison: Comparison) -> bool:
    """Whether a sentence says that something did not come, of what was expected or of this comparison."""
    bare = bare_of(sentence.text)
    if not _MISSED.search(bare):
        return False
    behind = [name for name in sentence.evidence if "/" not in name]  # a figure is behind any sentence
    of_it = comparison.id in behind or (not behind and names(bare, comparison.condition))
    return bool(_EXPECTED.search(bare) or (of_it and _ABOUT.search(bare)))


def came_true(comparison: Comparison, estimate: Estimate) -> bool:
    """Whether the result is what was expected: the interval away from zero on that side, or within the smallest effect.

    Without an interval nothing is held against it.
    """
    low, high, smallest = estimate.low, estimate.high, comparison.smallest_effect
    if low is None or high is None:
        return True
    if comparison.expect == "higher":
        return low > 0 and high >= smallest
    if comparison.expect == "lower":
        return high < 0 and low <= -smallest
    return -smallest <= low and high <= smallest
