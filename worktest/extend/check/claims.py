"""Claims in words: does each have its evidence beside it?

Words can't be understood by a pattern. Where a sentence asks, supposes, negates or hedges, it is passed over: a missed
claim is cheaper than a false alarm that teaches its reader to pass over all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from worktest.extend.check.base import PAPER, SAID, Facts, Finding, Paragraph
from worktest.extend.check.numbers import Pool, placed
from worktest.extend.paper import Number, Sentence

_CLAIM = re.compile(
    r"\b(?:(?<!not )(?<!n't )(?<!to )(?<!for )show(?:s|ed)?|demonstrates?d?|"
    r"increase[sd]?|reduce[sd]?|decrease[sd]?|raise[sd]? (?:the|an?|its?|both|their)|"
    r"improve[sd]?|cause[sd]?|higher|"
    r"lower(?:s|ed)?|(?:larger|smaller|greater|better|worse|stronger|weaker|faster|slower|more|less|fewer) than|"
    r"outperform(?:s|ed)?|fails?|failed|works|worked(?! (?:with|on|as|at))|helps|helped|"
    r"proves?d?|no (?:effect|difference|influence)|"
    r"(?:does|do|did) not (?:depend|change|matter|differ|transfer|generali[sz]e))\b",
    re.IGNORECASE,
)
_NO_CLAIM = re.compile(
    r"\b(?:works as follows|(?:prior|earlier|previous|other|related) works|(?:runs?|seeds?) (?:that |which )?failed|"
    r"(?:more|less|fewer) than (?:an?|one|\d[\d.,]*) ?"
    r"(?:seconds?|s|minutes?|hours?|h|days?|CPU|GPU|USD|EUR|euros?|dollars?)\b)",
    re.IGNORECASE,
)
ASKED = re.compile(
    r"\?\W*$|\b(?:whether|if|would|could|might|should|(?-i:may)|expect\w*|predict\w*|hypothes\w+|asks?|asked|suppos\w+|"
    r"assum\w+|to (?:test|see|check|find out)|unless|kill criteri\w+|until)\b",
    re.IGNORECASE,
)
_OURS = re.compile(r"\b(?:we|I) (?:find|found|show|showed|demonstrate|report|observe)\w*\b|\bcontributions?\b", re.I)
_TABLE = re.compile(r"\bTable\s+\d")
PROVES = re.compile(r"\b(?:proves?|proved|proven)\b", re.IGNORECASE)


def look_at_claims(facts: Facts) -> Iterator[Finding]:
    """Sentences that claim something, or show a result's number, in a paragraph without any evidence."""
    if not facts.has_results:
        return
    pool = Pool(facts)
    for sentence in facts.sentences:
        section = sentence.section.lower()
        if sentence.kind != "text" or not (
            section in SAID or (section == "introduction" and _OURS.search(sentence.text))
        ):
            continue
        word = claim_in(sentence)
        typed = [
            number.text
            for number, before, after in placed(sentence)
            if (known := pool.source_of(number, before, after, sentence.text)) and known.result and _is_fine(number)
        ]
        if not (word or typed) or _has_evidence(facts, sentence):
            continue
        what = f'"{word}" is a claim' if word else f"{typed[0]} is a result's number"
        what += f" and nothing in its paragraph carries it: {short(sentence.text)}"
        todo = "put {{result NAME}}, {{see NAME}}, the figure or a citation beside it, or say it as a guess"
        yield Finding("claim", f"{PAPER}, line {sentence.line}", what, todo)


def _is_fine(number: Number) -> bool:
    """Whether a number has two digits that count: a single one fits too much to be known as a result's."""
    return number.decimals > 0 and len(re.sub(r"\D|^[0.]+", "", number.text)) >= 2


def claim_in(sentence: Sentence) -> str:
    """The word that makes a sentence a claim; "" when it asks, supposes, or claims nothing."""
    bare = bare_of(sentence.text)
    if ASKED.search(bare):
        return ""
    found = _CLAIM.search(_NO_CLAIM.sub(" ", bare)) or PROVES.search(bare)
    return found[0] if found else ""


def bare_of(text: str) -> str:
    """A sentence without its placeholders, whose names are no words of it."""
    return re.sub(r"\{\{.*?\}\}", " ", text)


def _has_evidence(facts: Facts, sentence: Sentence) -> bool:
    paragraph = facts.paragraph_at(sentence.line)
    if paragraph is None:
        return bool(sentence.evidence or sentence.citations)
    inside = [s for s in facts.sentences if paragraph.line <= s.line <= paragraph.last]
    if any(s.evidence or s.citations for s in inside) or _TABLE.search(paragraph.text):
        return True
    return any(p.kind == "table" for p in paragraph.placeholders) or _figure_beside(facts, paragraph)


def _figure_beside(facts: Facts, paragraph: Paragraph) -> bool:
    """Whether the paragraph before or behind it, in the same section, is a figure or the table."""
    place = facts.paragraphs.index(paragraph)
    beside = [facts.paragraphs[i] for i in (place - 1, place + 1) if 0 <= i < len(facts.paragraphs)]
    return any(
        p.section == paragraph.section
        and (p.text.lstrip().startswith(("![", "|")) or any(q.kind == "table" for q in p.placeholders))
        for p in beside
    )


def short(text: str) -> str:
    """The beginning of a sentence, as findings quote it."""
    return text if len(text) <= 90 else f"{text[:87].rsplit(' ', 1)[0]} ..."
