"""Where a stream fits what the learner said, where it clashes, and where one of the two does not say."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from worktest.shortlist.describe import Stream
from worktest.shortlist.find import FULL_TIME, Findings
from worktest.shortlist.tables import pattern
from worktest.shortlist.wishes import Wishes

FITS, CLASHES, NOT_SAID, NO_WISH = "fits", "clashes", "not said", "no wish"


@dataclass(frozen=True)
class Constraint:
    """One wish beside one stream.

    ``state``: "fits", "clashes", "not said" (by the stream) or "no wish" (by the learner).
    ``reason``: one line. ``quotes``: the sentences; two where the stream says two things.
    """

    what: str
    state: str
    reason: str
    quotes: tuple[str, ...] = ()


def constraints(stream: Stream, findings: Findings, wishes: Wishes, today: dt.date) -> list[Constraint]:
    """Time, place, begin, pay; and the deadline of a pasted description, which clashes when it has passed."""
    found = [
        _time(findings, wishes),
        _place(stream, findings, wishes),
        _start(findings, wishes, today),
        _pay(findings, wishes),
    ]
    if findings.deadline and not stream.invented:
        day = _day(findings.deadline[:3], today)
        passed = findings.deadline[2] is not None and day < today
        reason = f"it passed on {day:%d %b %Y}" if passed else f"apply by {day:%d %b %Y}, as far as its words say"
        found.append(Constraint("deadline", CLASHES if passed else NO_WISH, reason, (findings.deadline[3],)))
    return found


def _time(findings: Findings, wishes: Wishes) -> Constraint:
    full, part = findings.says("full-time"), findings.says("part-time")
    least = min((low for low, _, _ in findings.hours), default=None)
    quotes = tuple(dict.fromkeys(q for q in (part, full, *(quote for _, _, quote in findings.hours[:1])) if q))
    both = " It says part time as well: read both sentences, and ask." if full and part else ""
    if least is None and not full:
        said = "part time, no hours" if part else "no hours"
        return Constraint("time", NOT_SAID, f"the text says {said}", quotes)
    needed = max(least or 0.0, FULL_TIME if full else 0.0)
    says = (
        f"full time (counted as {FULL_TIME} hours a week or more)"
        if full and needed == FULL_TIME
        else f"{needed:g} hours a week"
    )
    if wishes.hours_a_week is None:
        return Constraint("time", NO_WISH, f"it asks for {says}; you have not said how many you have.{both}", quotes)
    state = CLASHES if needed > wishes.hours_a_week else FITS
    return Constraint("time", state, f"it asks for {says}, you have {wishes.hours_a_week:g}.{both}", quotes)


def _place(stream: Stream, findings: Findings, wishes: Wishes) -> Constraint:
    remote, here = findings.says("remote"), findings.says("in-person")
    quotes = tuple(dict.fromkeys(quote for quote in (remote, here) if quote))
    wanted = {place.strip().lower(): place.strip() for place in wishes.places if place.strip()}
    named = [name for place, name in wanted.items() if place != "remote" and pattern(name).search(stream.whole)]
    says = "both: remote and in person" if remote and here else "remote" if remote else "in person" if here else ""
    if not wanted:
        return Constraint(
            "place", NO_WISH, f"it says {says or 'nothing clear'}; you have not said where you could be", quotes
        )
    if remote and "remote" in wanted:
        more = "; it also says in person, so ask how often" if here else ""
        return Constraint("place", FITS, f"it says remote, which you named{more}", quotes)
    if named:
        return Constraint("place", FITS, f"it names {', '.join(named)}, as you do", quotes)
    if says:
        return Constraint("place", CLASHES, f"it says {says}, and names none of: {', '.join(wanted.values())}", quotes)
    return Constraint("place", NOT_SAID, f"neither remote, nor in person, nor any of: {', '.join(wanted.values())}")


def _start(findings: Findings, wishes: Wishes, today: dt.date) -> Constraint:
    if findings.start is None:
        return Constraint("begin", NOT_SAID, "no date of a beginning was found")
    quotes = (findings.start[3],)
    day = _day(findings.start[:3], today)
    when = f"{day:%d %b %Y}" if findings.start[0] else f"{day:%b %Y}"
    when = f"about {when}" + ("" if findings.start[2] else ", if the next such date is meant")
    if wishes.start_from is None:
        return Constraint("begin", NO_WISH, f"it begins {when}; you have not said from when", quotes)
    state = CLASHES if day < wishes.start_from else FITS
    return Constraint("begin", state, f"it begins {when}; you can from {wishes.start_from:%d %b %Y}", quotes)


def _pay(findings: Findings, wishes: Wishes) -> Constraint:
    paid, unpaid = findings.says("paid"), findings.says("unpaid")
    quotes = tuple(dict.fromkeys(quote for quote in (unpaid, paid) if quote))
    says = "unpaid" if unpaid else "paid" if paid else ""
    if not says:
        return Constraint("pay", NOT_SAID, "nothing about pay was found")
    if wishes.needs_pay is None:
        return Constraint("pay", NO_WISH, f"it says {says}; you have not said whether you need it", quotes)
    if wishes.needs_pay and unpaid:
        return Constraint("pay", CLASHES, "it says unpaid, and you need pay", quotes)
    return Constraint("pay", FITS, f"it says {says}" + (", and you need pay" if wishes.needs_pay else ""), quotes)


def _day(date: tuple[int | None, int, int | None], today: dt.date) -> dt.date:
    """A date as a day: the first of the month where no day is said, the next such date where no year is said."""
    day, month, year = date
    for shown in (day or 1, 28):  # 31 April is nobody's fault here
        try:
            if year:
                return dt.date(year, month, shown)
            this = dt.date(today.year, month, shown)
            return this if this >= today else dt.date(today.year + 1, month, shown)
        except ValueError:
            continue
    return today
