"""One HTML file that loads nothing and runs nothing: how its template is filled and how it is written."""

from __future__ import annotations

import base64
import os
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from worktest.errors import UserError
from worktest.safe import plain
from worktest.workspace import disk_problem

MAX_TEXT = 2_000


SHARED = Path(__file__).resolve().parent / "pages"
"""Where ``page.css`` lies, which templates include."""


def environment(*templates: Path) -> jinja2.Environment:
    """Templates of these folders, and SHARED; every text that they show is escaped and made plain.

    The filter ``marked`` sets what stands between backticks as code.
    """
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader([*templates, SHARED]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    made.filters["marked"] = _marked
    return made


def _marked(text: str) -> Markup:
    """A sentence of ours with ``code`` between backticks; what stands in it is escaped."""
    parts = [escape(plain(part, MAX_TEXT)) for part in text.split("`")]
    joined = (Markup("<code>{}</code>").format(part) if number % 2 else part for number, part in enumerate(parts))
    return Markup("").join(joined)


def _shown(value: Any) -> Any:
    """Every text on the page passes here: nothing in it colours, moves or grows without bound."""
    return plain(value, MAX_TEXT) if isinstance(value, str) and not isinstance(value, Markup) else value


def embedded(png: bytes | None) -> Markup | None:
    """A picture as the address of itself."""
    return Markup("data:image/png;base64," + base64.b64encode(png).decode()) if png else None


def is_ours(path: Path, mark: str) -> bool:
    """Whether ``mark`` stands near the top of the file."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return mark.encode() in file.read(2_000)


def write(content: str, target: Path, mark: str, refusal: str, mode: int | None = None) -> None:
    """Write a page to ``target``, whole or not at all; an earlier page with the same ``mark`` is replaced.

    ``mode``: who may read it, where that is not left to the account's habit. Raises UserError when another file is
    there (``refusal`` says what it lacks and what to do), or when it can't be written.
    """
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        if target.exists() and not is_ours(target, mark):
            raise UserError(f"{target} is there and {refusal}")
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(content, encoding="utf-8", errors="replace", newline="\n")
        if mode is not None:
            partial.chmod(mode)
        partial.replace(target)
    except OSError as error:
        raise disk_problem(error, target) from None
    finally:
        if partial.is_file():
            partial.unlink()
