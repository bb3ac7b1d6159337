"""Where the worked units lie."""

from __future__ import annotations

from pathlib import Path

from worktest import paths


def solutions() -> Path:
    """The folder of worked units: the checkout's, or the copy inside the installed package."""
    root = paths.checkout()
    return root / "solutions" if root else Path(__file__).resolve().parent / "_solutions"


def resolve_units(names: list[str]) -> list[str]:
    """Full names of the worked units that ``names`` mean; all of them when the list is empty.

    Raises UserError with the nearest names for an unknown one.
    """
    if not names:
        return paths.units_in(solutions())
    return [paths.resolve_unit(name, solutions()) for name in names]
