"""A written answer without its author: names of the course's people, addresses, and lines that say who wrote it."""

from __future__ import annotations

import pwd
import re
from collections.abc import Iterable
from dataclasses import dataclass

from worktest.extend.blind import NOBODY, NOWHERE

_ADDRESS = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PAGE = re.compile(
    r"(?:https?://|www\.)?\b(?:github|gitlab|linkedin|lesswrong|alignmentforum|x|twitter)\.(?:com|org)/\S+"
)
_SIGNED = re.compile(
    r"^[ \t>*_#-]*(?i:author|written by)[ \t]*:[^\n]{1,80}$"
    r"|(?i:best|best wishes|best regards|regards|cheers|yours),?[ \t]*\n\s*[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,2}\s*\Z",
    re.MULTILINE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SHORTEST = 3


@dataclass(frozen=True)
class Person:
    """Somebody of the course: the account, and what else they may be called."""

    account: str
    called: tuple[str, ...] = ()

    def names(self) -> list[str]:
        """All forms, the longest first: full names, then their parts and the account."""
        full = [" ".join(name.split()) for name in self.called if name.strip()]
        parts = [part for name in full for part in _WORD.findall(name) if len(part) >= _SHORTEST]
        return sorted({*full, *parts, self.account}, key=lambda name: (-len(name), name))


def person(account: str, first: str | None, last: str | None) -> Person:
    """A learner as the gradebook and this machine's accounts know them."""
    called = [f"{first or ''} {last or ''}"]
    try:
        called.append(pwd.getpwnam(account).pw_gecos.partition(",")[0])
    except (KeyError, ValueError):
        pass  # no account of this machine, as where hand-ins came by another way
    return Person(account, tuple(name.strip() for name in called if name.strip()))


def ordinary_words(texts: Iterable[str]) -> frozenset[str]:
    """Words that a unit's own texts have in small letters: a person may be called Will, but ``will`` is a word."""
    return frozenset(word for text in texts for word in _WORD.findall(text) if word.islower())


def without_names(
    text: str, author: Person, others: Iterable[Person], ordinary: frozenset[str]
) -> tuple[str, list[str]]:
    """The text without what says who wrote it, and one line for each thing that was taken out.

    Of the author every form of the name goes, of the others their accounts and full names: an answer that thanks the
    partner of its author says who that is. A name in small letters stays where it is one of the ``ordinary`` words.
    """
    notes: list[str] = []

    def out(pattern: re.Pattern[str], what: str, put: str) -> None:
        nonlocal text
        text, times = pattern.subn(put, text)
        if times:
            notes.append(f"{what}, {times} time{'s' if times != 1 else ''}")

    out(_ADDRESS, "a mail address", NOWHERE)
    out(_PAGE, "a personal page", NOWHERE)
    out(_SIGNED, "a line that names the author", NOBODY)
    for one, forms in ((author, author.names()), *((other, [*other.called, other.account]) for other in others)):
        who = "the author's name" if one is author else "a name of the course"
        for form in forms:
            if len(form) >= _SHORTEST:
                out(_pattern(form, ordinary), who, NOBODY)
    return re.sub(rf"{re.escape(NOBODY)}(?:[ \t]+{re.escape(NOBODY)})+", NOBODY, text), notes


def _pattern(form: str, ordinary: frozenset[str]) -> re.Pattern[str]:
    """The form as a whole word in any case; with a capital or an @ only, where its small letters are a word of ours."""
    bare = r"[\s_.-]*".join(re.escape(part) for part in re.split(r"[\s_.-]+", form) if part)
    if form.casefold() in ordinary:
        first, rest = re.escape(form[:1].upper()), re.escape(form[1:])
        return re.compile(rf"(?<![\w])@{bare}(?!\w)|(?<![\w])(?<![.!?]\s)(?<!^){first}(?i:{rest})(?!\w)", re.MULTILINE)
    return re.compile(rf"(?<!\w)@?{bare}(?!\w)", re.IGNORECASE)
