"""What the compute lines of a plan add up to, by currency, in full and at half the money; what is wrong with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from worktest.extend.plan import FILE, MARK, Compute

PRICE_STALE_AFTER = dt.timedelta(days=90)
"""Prices of rented machines change within months."""


@dataclass(frozen=True)
class Total:
    """The sum of some lines in one currency, and what is left of it at half the money."""

    currency: str
    full: Decimal
    half: Decimal

    @property
    def over(self) -> Decimal:
        """By how much the reduced lines cost more than half; 0 when they don't."""
        return max(Decimal(0), self.half - self.full / 2)


def cost(line: Compute) -> Decimal:
    """Quantity times price, in the line's currency."""
    return Decimal(str(line.quantity)) * Decimal(str(line.price))


def totals(lines: Iterable[Compute]) -> list[Total]:
    """The sums by currency, in the order in which the currencies first stand."""
    full: dict[str, Decimal] = {}
    half: dict[str, Decimal] = {}
    for line in lines:
        full[line.currency] = full.get(line.currency, Decimal(0)) + cost(line)
        half[line.currency] = half.get(line.currency, Decimal(0)) + Decimal(str(line.at_half)) * Decimal(
            str(line.price)
        )
    return [Total(currency, full[currency], half[currency]) for currency in full]


def money(amount: Decimal, currency: str) -> str:
    """``1,234.50 USD``."""
    return f"{amount:,.2f} {currency}"


def quantity(amount: float) -> str:
    """A quantity without needless zeros."""
    return f"{amount:,.10g}" if amount < 1e10 else f"{amount:.3g}"


def written(text: str) -> bool:
    """Whether a text of the plan is there and is not the template's."""
    return bool(text.strip()) and MARK not in text


def findings(lines: list[Compute], today: dt.date) -> list[str]:
    """One line for each thing that a funder would stumble over in the lines of the next step."""
    if not lines:
        return [f'{FILE}: no [[compute]] line has stage = "next", so there is nothing that money is asked for']
    found: list[str] = []
    for number, line in enumerate(lines, start=1):
        where = (
            f"{FILE}, compute line {line.what.strip()!r}" if written(line.what) else f"{FILE}, compute line {number}"
        )
        found += [f"{where}: {problem}" for problem in _problems(line, today)]
    for total in totals(lines):
        if total.over:
            found.append(
                f"{FILE}: at half the money {money(total.half, total.currency)} are spent, "
                f"{money(total.over, total.currency)} more than half of {money(total.full, total.currency)}"
            )
        if not total.full:
            found.append(f"{FILE}: the lines of stage next cost nothing in {total.currency}: what is the money for?")
    return found


def _problems(line: Compute, today: dt.date) -> Iterable[str]:
    if not written(line.what) or not written(line.unit):
        yield "'what' or 'unit' is still to be written"
    if not written(line.source):
        yield "a price without a source"
    checked = date_of(line.checked)
    if checked is None:
        yield "'checked' is no date; write the day on which you read the price, such as 2026-11-27"
    elif checked > today:
        yield f"the price was checked on {checked}, which is still to come"
    elif today - checked > PRICE_STALE_AFTER:
        yield f"the price was checked {(today - checked).days} days ago; look it up again"
    if line.at_half > line.quantity:
        yield f"'at_half' ({quantity(line.at_half)}) is more than the quantity ({quantity(line.quantity)})"


def date_of(text: str) -> dt.date | None:
    """A date such as 2026-11-27, or None."""
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None
