"""Where things lie: the released units, the learner's workspace, and a unit by its number or name."""

from __future__ import annotations

import difflib
import os
import re
from pathlib import Path

from worktest.errors import UserError

_PACKAGE = Path(__file__).resolve().parent
ON_A_HUB = "JUPYTERHUB_USER"
"""The variable that JupyterHub gives to each of its servers."""
UNIT_NAME = re.compile(r"^\d\d_[a-z0-9_]+$")


def checkout() -> Path | None:
    """The checkout this package is used from, or None when it was installed from a wheel."""
    root = _PACKAGE.parent
    return root if (root / "pyproject.toml").is_file() and (root / "solutions").is_dir() else None


def curriculum() -> Path:
    """The folder of released units: the checkout's, or the copy inside the installed package."""
    root = checkout()
    return root / "curriculum" if root else _PACKAGE / "_curriculum"


def units_in(folder: Path) -> list[str]:
    """Names of the units in ``folder``, sorted."""
    if not folder.is_dir():
        return []
    return sorted(p.name for p in folder.iterdir() if UNIT_NAME.match(p.name) and (p / "unit.toml").is_file())


def learners_units(workspace: Path) -> dict[str, list[Path]]:
    """The learner's units in a workspace, each name with the folders that hold it.

    They lie right in the workspace. On a hub, where it is the learner's home, they lie in a folder for each course;
    a unit of two courses has two folders.
    """
    homes = [workspace]
    if ON_A_HUB in os.environ and workspace.is_dir():
        homes += sorted(path for path in workspace.iterdir() if path.is_dir() and os.access(path, os.R_OK | os.X_OK))
    found: dict[str, list[Path]] = {}
    for home in homes:
        for name in units_in(home):
            found.setdefault(name, []).append(home / name)
    return dict(sorted(found.items()))


def resolve_unit(text: str, folder: Path | None = None) -> str:
    """The full name of the unit that ``text`` means: its number, its name, or an unambiguous beginning.

    Raises UserError with the nearest names when there is none.
    """
    names = units_in(folder or curriculum())
    wanted = Path(text.rstrip("/\\")).name if text not in names else text
    if wanted in names:
        return wanted
    number = f"{int(wanted):02d}_" if wanted.isdecimal() and len(wanted) <= 2 else ""
    hits = [n for n in names if (number and n.startswith(number)) or (wanted and not number and wanted in n)]
    if len(hits) == 1:
        return hits[0]
    if len(hits) > 1:
        raise UserError(f"unit {text!r} could be {' or '.join(hits)}; name one of them")
    near = difflib.get_close_matches(wanted, names + [n[3:] for n in names], n=3, cutoff=0.4) or names
    raise UserError(f"there is no unit {text!r}; the nearest are: {', '.join(near)}")


def given_path(text: str | Path) -> Path:
    """A path as somebody typed it, made absolute. Raises UserError for a home that nobody has, or links in a circle."""
    try:
        return Path(text).expanduser().resolve()
    except (RuntimeError, OSError, ValueError) as error:
        reason = str(error).strip().rstrip(".")
        raise UserError(f"{str(text)!r} leads nowhere: {reason[:1].lower()}{reason[1:]}") from None


def workspace(given: str | Path | None = None) -> Path:
    """The learner's workspace: ``given``, else $WORKTEST_WORKSPACE, else the workspace around the current folder.

    Else on a hub the home folder, below which lie the units of all courses. Elsewhere ``workspace/`` in the checkout,
    or ``worktest/`` in the home folder.
    """
    if given:
        return given_path(given)
    if named := os.environ.get("WORKTEST_WORKSPACE"):
        return given_path(named)
    here = Path.cwd().resolve()
    for folder in (here, *here.parents):
        if (folder / MARKER).is_file():
            return folder
    if ON_A_HUB in os.environ:
        return Path.home()
    root = checkout()
    return root / "workspace" if root else Path.home() / "worktest"


MARKER = ".worktest-workspace"
"""A file that marks a folder as a workspace, so that commands find it from inside a unit's folder."""
