"""Descriptions for the tests of the shortlist, and what is found in one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from worktest.shortlist import describe, evidence, rank
from worktest.shortlist.describe import Stream
from worktest.shortlist.wishes import Wishes

Capture = pytest.CaptureFixture[str]
TODAY = dt.date(2027, 1, 1)
INVENTED = describe.all_streams(None)[0]


def stream(text: str, title: str = "A stream", **more: object) -> Stream:
    return Stream("x", title, text, **more)  # type: ignore[arg-type]


def row(text: str, wishes: Wishes | None = None, title: str = "A stream") -> rank.Row:
    seen = evidence.Evidence()
    return rank._row(stream(text, title), wishes or Wishes(), seen, TODAY)


def state(of: rank.Row, what: str) -> str:
    return next(c.state for c in of.constraints if c.what == what)


def paste(home: Path, name: str, content: bytes | str) -> None:
    (home / "streams").mkdir(exist_ok=True)
    (home / "streams" / name).write_bytes(content.encode() if isinstance(content, str) else content)
