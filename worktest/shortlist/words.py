"""All that the command and the notebook say, as lines of plain text. A paragraph is one line; who shows it wraps it."""

from __future__ import annotations

from collections.abc import Iterator

from worktest.safe import counted
from worktest.shortlist.constraints import FITS, NO_WISH, NOT_SAID
from worktest.shortlist.describe import for_reading
from worktest.shortlist.own import Own, differences
from worktest.shortlist.programs import Programs
from worktest.shortlist.rank import CAVEAT, RULE, Asked, Row, Shortlist
from worktest.shortlist.reading import reading_order
from worktest.shortlist.tables import asks

WEEKS = 2


def hours(minutes: float) -> str:
    """``45 min``, ``4 h``, ``2.5 h``."""
    return f"{minutes:.0f} min" if minutes < 60 else f"{minutes / 60:.1f}".removesuffix(".0") + " h"


def interest(row: Row) -> str:
    """The first column."""
    return "not said" if row.interest is None else f"{row.interest} of 3"


def evidence(row: Row) -> str:
    """The second column."""
    return f"{row.shown} of {len(row.countable)}" if row.countable else "no ask found"


def constraints(row: Row) -> str:
    """The third column."""
    if row.clashes:
        return "clashes: " + ", ".join(c.what for c in row.clashes)
    fits = [c.what for c in row.constraints if c.state == FITS]
    unsaid = [c.what for c in row.constraints if c.state == NOT_SAID]
    parts = ["fits: " + ", ".join(fits)] if fits else []
    parts += ["not said: " + ", ".join(unsaid)] if unsaid else []
    return "; ".join(parts) or "you have not said"


def about(row: Row, whole: Shortlist, *, text: bool = True) -> Iterator[str]:
    """One stream in full: what was found with its sentences, what is thin, what to read."""
    stream = row.stream
    yield f"{stream.title} ({stream.id})"
    yield "An invented stream." if stream.invented else "Pasted by you."
    if stream.mentor:
        yield f"By {stream.mentor}."
    if text:
        yield from ("", for_reading(stream))
    yield from ("", f"INTEREST  {interest(row)}", *(f"- {why}" for why in row.interest_why))
    shown = " of what it asks has something to show in your files" if row.countable else ""
    yield from ("", f"EVIDENCE  {evidence(row)}{shown}")
    for asked in row.asked:
        yield from _asked(asked)
    for name, quote in row.findings.denied.items():
        yield f"- {asks()[name].title}: said not to be asked. “{quote}”"
    if not row.asked:
        yield "- no phrase of the table was met. That does not mean that nothing is asked: read it."
    yield from ("", f"CONSTRAINTS  {constraints(row)}")
    for constraint in row.constraints:
        state = "" if constraint.state == NO_WISH else f"{constraint.state}; "
        yield f"- {constraint.what}: {state}{constraint.reason}"
        yield from (f"    “{quote}”" for quote in constraint.quotes)
    for line in row.findings.facts.get("language-models", []):
        yield f"- its rule on language models: “{line}”"
    for line in row.findings.facts.get("toys", []):
        yield f"- it says something about toys, which most of your work here is about: “{line}”"
    yield from thin(row)
    yield from reading(row, whole)
    yield from ("", CAVEAT)


def _asked(asked: Asked) -> Iterator[str]:
    said = {"shown": "you have something to show", "thin": "thin", "no file": "no file can show it"}[asked.state]
    yield f"- {asked.title}: {said}. “{asked.quote}”"
    yield from (f"    {line}" for line in asked.shown)
    yield from (f"    begun: {line}" for line in asked.begun)


def thin(row: Row) -> Iterator[str]:
    """What is thin, with what would make evidence, and how long all of it takes."""
    yield ""
    if not row.thin:
        yield "THIN  nothing that it asks in words the table knows"
        return
    total = sum(asked.minutes for asked in row.thin)
    yield f"THIN  {counted(len(row.thin), 'ask')}, about {hours(total)} of work"
    for asked in row.thin:
        yield f"- {asked.title}: {asked.todo} (about {hours(asked.minutes)})"
        if asked.command:
            yield f"    {asked.command}"


def reading(row: Row, whole: Shortlist) -> Iterator[str]:
    """The reading order."""
    order = reading_order(row, whole.evidence, whole.wishes)
    yield from ("", "READING ORDER")
    for number, entry in enumerate(order, start=1):
        where = f"; {entry.unit} says what to read in it" if entry.unit else ""
        read = f" [read: {entry.read}]" if entry.read else ""
        yield f"{number:2}. {entry.name}: {entry.title}{read}"
        yield f"    {entry.why}{where}. {entry.url}"
    if not order and not row.stream.unknown:
        yield "- empty: no paper is named by number, address or title, and no topic was found that has papers here"
    for arxiv in row.stream.unknown:
        yield f"    it also names arXiv {arxiv}, which this curriculum does not have: https://arxiv.org/abs/{arxiv}"


def plan(row: Row, hours_a_week: float) -> Iterator[str]:
    """What of the thin asks fits into two weeks, in the order in which an application meets them, and what does not."""
    left = hours_a_week * 60 * WEEKS
    yield f"{WEEKS} weeks at {hours_a_week:g} hours for “{row.stream.title}”:"
    over: list[Asked] = []
    for asked in row.thin:
        if asked.minutes <= left:
            left -= asked.minutes
            yield f"- {asked.todo} ({hours(asked.minutes)})" + (f": {asked.command}" if asked.command else "")
        else:
            over.append(asked)
    yield from (f"- does not fit any more: {asked.todo} ({hours(asked.minutes)})" for asked in over)
    yield f"{hours(left)} of {hours(hours_a_week * 60 * WEEKS)} stay free, for what takes longer than you think."


def compared(own: Own, whole: Shortlist) -> Iterator[str]:
    """The learner's order beside the tool's, the largest difference first; the learner's reason stands first."""
    found = differences(own, whole.rows)
    if not found:
        yield "You have placed no stream yet: `worktest shortlist --read`"
        return
    if whole.wishes.empty and not any(row.shown for row in whole.rows):
        yield f"Your order of {counted(len(found), 'stream')}:"
        for difference in sorted(found, key=lambda difference: difference.mine):
            yield f"{difference.mine:2}. {difference.title}"
            yield f"    you: {difference.because}"
        yield "The tool has nothing to set beside it yet: it knows no wish of yours, and finds nothing in your files."
        yield "`worktest shortlist --wishes` makes a file to fill in; then `worktest shortlist --compare`."
        return
    yield f"Your order of {counted(len(found), 'stream')}, and the tool's order of the same. Yours comes first."
    for difference in found:
        where = "the same place in both" if not difference.apart else f"the tool: {difference.tools}"
        yield f"{difference.title}: you: {difference.mine}, {where}" + (
            " (placed after the tool's was shown)" if difference.late else ""
        )
        yield f"    you: {difference.because}"
        if difference.apart:
            yield from (f"    tool, {reason}" for reason in difference.reasons)
    if any(difference.apart for difference in found):
        yield "Where the two differ, look for the sentence that one of you passed over."
    yield RULE


def of_programs(table: Programs, name: str = "") -> Iterator[str]:
    """How programs match, or one of them."""
    for program in [table.of(name)] if name else table.program:
        yield from ("", program.name + (f"  {program.page}" if program.page else ""))
        for statement in program.statement:
            yield f"- {statement.says}"
            yield f"    as of: {statement.as_of}; {statement.standing}, on {statement.read}. {statement.url}"
        yield from (f"- not found: {line}" for line in program.not_found)
    if not name:
        yield from (
            "",
            "What no program puts forward on its own pages, as far as we found:",
            *(f"- {line}" for line in table.unpublished),
        )
    yield from ("", "Rounds change. Look at the program's own page before you rely on a line of this.")


def first_look(whole: Shortlist) -> Iterator[str]:
    """All descriptions by name, without an order, and what to do next: for somebody who has said nothing yet."""
    for row in sorted(whole.rows, key=lambda row: (row.stream.invented, row.stream.id)):
        yield f"{row.stream.id:20} {row.stream.title}" + ("" if row.stream.invented else " (yours)")
    yield from ("", "There is no order yet, because you have said nothing yet. Three ways to go on:")
    yield "- `worktest shortlist --read`: read some and put them in your own order. Three are enough for an evening."
    yield "- `worktest shortlist --wishes`: a file to fill in with your hours, places, pay and topics."
    yield "- Paste a real description into the folder streams of your workspace, as a file .md or .txt."
    yield "Once you have placed or wished something, this command prints a table with its reasons."
    yield from (f"note: {problem}" for problem in whole.problems)


def notes(whole: Shortlist) -> Iterator[str]:
    """What the reader of a table should know besides."""
    if whole.wishes.empty:
        yield "You have not said what you want: `worktest shortlist --wishes` makes a file to fill in."
    elif not whole.wishes.topics:
        yield "Your wishes name no topic yet, so the first column is empty."
    yield RULE
    yield CAVEAT
    yield from (f"note: {problem}" for problem in whole.problems)
