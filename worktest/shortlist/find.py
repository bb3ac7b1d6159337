"""What a description asks and says, found by phrases, each with the sentence in which it stands.

It matches words. What a mentor asks in other words is not found, and what is denied in a roundabout way may be taken
for an ask: that is why a finding is its sentence. A sentence that several phrases meet is one finding.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass, field

from worktest.shortlist.describe import Stream, lines_apart
from worktest.shortlist.tables import Topic, asks, facts, load, papers, pattern, topics

FULL_TIME = 35
"""Hours a week from which on one speaks of full time here."""
_BREAK = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(\[]*[A-Z0-9])|\n\s*\n|\n(?=\s*(?:[-*•]|\d+[.)])\s)")
_LONGEST = 500
"""Characters: what has no full stop for longer is cut into pieces, so that a quotation stays one that can be read."""
_MONEY = re.compile(r"[$€£]\s?\d[\d,.]*k?\s*(?:/|per\b|an?\b)\s*(?:month|week|hour|year)", re.IGNORECASE)
_REGULAR = re.compile(r"\b(?:an?|per)\s+(?:month|hour|year)\b|\bmonthly\b", re.IGNORECASE)
_NOT_TIME = re.compile(
    r"\bfull[\s-]time\s+(?:student|role|job|employ|position|staff|research(?:er|ers)\b)\w*", re.IGNORECASE
)
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|approx|incl|cf|vs|Dr|Prof|St)\.$", re.IGNORECASE)
_MARKS = "#*_=. "
"""What stands around a heading and is not in the title."""
_CLAUSE = re.compile(r"[,;:()]|\s[\-–—]\s|\b(?:but|before|until|unless|after|if|where|which|who|that)\b", re.IGNORECASE)
_DENIED_BEFORE = re.compile(
    r"\b(?:no|not|never|without|nor|neither|instead of|rather than|\w+n['’]t|nobody)\b(?!\s+(?:only|more|less|fewer))",
    re.IGNORECASE,
)
_DENIED_AFTER = re.compile(
    r"^\W*(?:\w+\W+){0,3}?(?:(?:is|are|will be|was|were|has|have)\s+(?:not|never)\b|isn['’]t\b|aren['’]t\b)|"
    r"^[^.;()]*\bnot\s+(?:required|needed|necessary|expected|mandatory|asked for)\b",
    re.IGNORECASE,
)
_NEAR = 5
"""Words between a denial and what it denies, at most."""
_NUMBERS = {word: number for number, word in enumerate(load("facts.toml")["numbers"], start=1)} | {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
}
_NUMBER = rf"(\d{{1,3}}|{'|'.join(_NUMBERS)})"
_HOURS = re.compile(
    rf"\b{_NUMBER}\+?(?:\s*(?:to|-|–|or)\s*{_NUMBER}\+?)?\s*(?:h|hrs?|hours?)\b(?:\s+of\s+work)?\s*(?:(?:a|per|each|every|/)\s*(?:week|wk)|weekly)",
    re.IGNORECASE,
)
_MONTHS = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
]  # fmt: skip
_MONTH = "|".join(f"{month.capitalize()}|{month[:3].capitalize()}" for month in _MONTHS)
_DATE = re.compile(
    rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?({_MONTH})\b\.?(?:\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d))?(?:,?\s+(20\d\d))?"
)
"""A day (before or behind the month, or none), a month with a capital letter, a year or none."""
_RULE = re.compile(
    r"\b(?:no|not|may|must|allowed|forbidden|welcome|without|off|on|encouraged|your word|as you like|"
    r"any (?:ai )?tools?|permitted|prohibited|banned|feel free)\b",
    re.IGNORECASE,
)
_START = re.compile(r"\b(?:start\w*|begin\w*|from|runs?|kick|between)\b", re.IGNORECASE)
_DEADLINE = re.compile(r"\b(?:deadline|apply by|applications? (?:are )?(?:due|close)|due|closes?)\b", re.IGNORECASE)


@dataclass
class Findings:
    """Everything found in one description, each finding as the sentence in which it stands.

    ``about`` and ``passing``: by topic. ``asks``: by ask; ``denied``: the same for what is said not to be asked.
    ``hours``: (least, most, sentence) a week. ``facts``: by name (facts.toml) all sentences, each once.
    ``start``, ``deadline``: (day or None, month, year or None, sentence).
    """

    about: dict[str, str] = field(default_factory=dict)
    passing: dict[str, str] = field(default_factory=dict)
    asks: dict[str, str] = field(default_factory=dict)
    denied: dict[str, str] = field(default_factory=dict)
    hours: list[tuple[float, float, str]] = field(default_factory=list)
    facts: dict[str, list[str]] = field(default_factory=dict)
    start: tuple[int | None, int, int | None, str] | None = None
    deadline: tuple[int | None, int, int | None, str] | None = None

    def says(self, fact: str) -> str:
        """The first sentence that says ``fact``, or ""."""
        return next(iter(self.facts.get(fact, [])), "")

    def note(self, fact: str, sentence: str) -> None:
        """Add a sentence that says ``fact``, unless it is there."""
        noted = self.facts.setdefault(fact, [])
        if sentence not in noted:
            noted.append(sentence)


def sentences(text: str) -> list[str]:
    """The sentences and list items of a text, each on one line; what is longer than a sentence is, in pieces."""
    parts: list[str] = []
    for part in _BREAK.split(lines_apart(text)):
        line = " ".join(part.split()).lstrip("-*• ").strip()
        if not line:
            continue
        if parts and _ABBREVIATION.search(parts[-1]):
            parts[-1] += f" {line}"
        else:
            parts.append(line)
    return [piece for part in parts for piece in textwrap.wrap(part, _LONGEST, break_long_words=False)]


def is_denied(sentence: str, begin: int, end: int) -> bool:
    """Whether the words just before or just after the place say that this is not so."""
    clause = _CLAUSE.split(sentence[:begin])[-1]
    denials = list(_DENIED_BEFORE.finditer(clause))
    if denials and len(clause[denials[-1].end() :].split()) <= _NEAR:
        return True
    return bool(_DENIED_AFTER.match(re.split(r"[,;:()]", sentence[end:], maxsplit=1)[0]))


def _meets(sentence: str, phrases: list[str]) -> list[bool]:
    """For each place where one of the phrases stands: whether it is denied there."""
    places = {match.start(): match.end() for phrase in phrases for match in pattern(phrase).finditer(sentence)}
    return [is_denied(sentence, begin, end) for begin, end in sorted(places.items())]


def _other_sense(sentence: str, unless: list[str]) -> bool:
    """Whether the sentence holds a phrase that gives the words another sense."""
    return any(pattern(phrase).search(sentence) for phrase in unless)


def find(stream: Stream) -> Findings:
    """Read one description by the phrases of the tables."""
    found = Findings()
    lines = sentences(stream.text)
    for topic in topics().values():
        _topic(found, topic, stream, lines)
    for line in _with_title(stream.title, lines):
        for ask in asks().values():
            met = [] if _other_sense(line, ask.unless) else _meets(line, ask.phrases)
            for denied in met:
                (found.denied if denied else found.asks).setdefault(ask.id, line)
        for fact, phrases in facts().items():
            met = _meets(_NOT_TIME.sub("", line) if fact == "full-time" else line, phrases)
            if fact == "paid" and _MONEY.search(line):
                met.append(False)
            if fact == "language-models":
                if met and _RULE.search(line):
                    found.note(fact, line)
            elif any(not denied for denied in met):
                found.note(fact, line)
            elif met and fact == "paid":
                found.note("unpaid", line)
        if line in found.facts.get("paid", []) and _REGULAR.search(line):
            found.facts["paid"].remove(line)  # pay for each month says more than a fee for a test: it stands first
            found.facts["paid"].insert(0, line)
        found.hours += _hours(line)
        _dates(found, line)
    for ask_id in found.asks:
        found.denied.pop(ask_id, None)
    return found


def _with_title(title: str, lines: list[str]) -> list[str]:
    """The title and the sentences; where the title was taken from the text, its line is not there a second time."""
    bare = title.strip(_MARKS)
    return [title, *(line for line in lines if line.strip(_MARKS) != bare)]


def _topic(found: Findings, topic: Topic, stream: Stream, lines: list[str]) -> None:
    """A topic counts by its phrases; papers of the topic that are named add to that, and alone are in passing."""
    lines = [line for line in lines if not _other_sense(line, topic.unless)]
    hits = [(line, number) for line in lines if (number := sum(not denied for denied in _meets(line, topic.phrases)))]
    in_title = bool(_meets(stream.title, topic.phrases))
    named = [papers()[key].name for key in stream.papers if key in topic.papers]
    total = sum(number for _, number in hits)
    total += len(named) if total else 0
    if in_title or total or named:
        quote = stream.title if in_title else max(hits, key=lambda hit: hit[1])[0] if hits else f"it names {named[0]}"
        (found.about if in_title or total > 1 else found.passing)[topic.id] = quote


def _hours(line: str) -> list[tuple[float, float, str]]:
    found = []
    for match in _HOURS.finditer(line):
        given = [_number(group) for group in match.groups() if group]
        if given and min(given) >= 1 and max(given) <= 100:
            found.append((min(given), max(given), line))
    return found


def _number(word: str) -> float:
    return float(_NUMBERS.get(word.lower(), 0) or word)


def _dates(found: Findings, line: str) -> None:
    for match in _DATE.finditer(line):
        if (
            match[2] in ("May", "Mar")
            and not (match[1] or match[3] or match[4])
            and not re.search(r"\b(?:in|of|from|until|to|by|early|mid|late)\s+$", line[: match.start()])
        ):
            continue  # the verb, more often than the month
        day = match[1] or match[3]
        month = next(number for number, name in enumerate(_MONTHS, start=1) if name.startswith(match[2].lower()[:3]))
        entry = (int(day) if day and 1 <= int(day) <= 31 else None, month, int(match[4]) if match[4] else None, line)
        if found.deadline is None and _DEADLINE.search(line[: match.start()]):
            found.deadline = entry
        elif found.start is None and _START.search(line[: match.start()]):
            found.start = entry
