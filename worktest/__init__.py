"""worktest: rehearse the work tests, applications and interviews of AI-safety research programs.

In a notebook, ``worktest.open_unit()`` gives the unit's toy world and its visible checks.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from worktest.extend.notebook import OpenResearch
    from worktest.notebook import OpenUnit

try:
    __version__ = version("worktest")
except PackageNotFoundError:  # run from a checkout that was never installed
    __version__ = "0+unknown"

__all__ = ["__version__", "open_research", "open_unit"]


def open_unit(folder: str = ".") -> OpenUnit:
    """Open the unit whose files lie in ``folder`` (by default the notebook's own folder).

    Returns an object with ``world`` (the unit's ``world.py``) and ``check`` (runs the visible checks of a cell).
    """
    import sys

    from worktest.notebook import OpenUnit

    return OpenUnit.at(folder, namespace=sys._getframe(1).f_globals)


def open_research(name: str | None = None) -> OpenResearch:
    """Open a research folder that ``worktest extend`` made, by its name in the workspace or by its path.

    Returns an object that shows its plan, log, table and findings.
    """
    from worktest.extend.notebook import open_research as opened

    return opened(name)
