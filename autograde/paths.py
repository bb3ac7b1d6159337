"""Where the worked units lie."""

from __future__ import annotations

import os
from pathlib import Path

from worktest import paths
from worktest.errors import UserError

WORKED = "WORKTEST_WORKED"
"""Where the worked units lie on a hub whose packages everybody can read; set for the courses' servers only."""


def solutions() -> Path:
    """The folder of worked units: the one that is named, the checkout's, or the copy inside the installed package.

    Raises UserError when the one that is named isn't there, or where this account may not read them, as a learner's on
    a hub.
    """
    if named := os.environ.get(WORKED):
        if not Path(named).is_dir():
            raise UserError(f"there are no worked units in {named} ({WORKED}): unpack worked.tar.gz there")
        return Path(named)
    root = paths.checkout()
    folder = root / "solutions" if root else Path(__file__).resolve().parent / "_solutions"
    if folder.is_dir() and not os.access(folder, os.R_OK | os.X_OK):
        raise UserError(
            "this account may not read the worked units: on a hub only the course grades. "
            "Hand in with Nbgrader, Assignment List; a facilitator opens the course by the hub's menu Services"
        )
    return folder


def resolve_units(names: list[str]) -> list[str]:
    """Full names of the worked units that ``names`` mean; all of them when the list is empty.

    Raises UserError with the nearest names for an unknown one.
    """
    if not names:
        return paths.units_in(solutions())
    return [paths.resolve_unit(name, solutions()) for name in names]
