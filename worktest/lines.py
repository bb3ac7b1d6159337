"""Files of JSON lines without a chain: events, hints taken, graded attempts. What can't be read is passed over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def entries_of(path: Path) -> Iterator[dict[str, Any]]:
    """Each line of the file that is a JSON object, in order; none for a file that is not there or can't be opened."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    except OSError:
        return
    for line in text.split("\n"):  # and not where str.splitlines breaks: a text may hold such letters
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(entry, dict):
            yield entry
