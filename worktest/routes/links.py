"""All addresses that the end of the curriculum names, and where: what somebody who checks links has to open."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from worktest.routes.read import FILE

_ADDRESS = re.compile(r"https?://[^\s\"'<>)\]}|\\]+")


def addresses(files: Iterable[Path] = (FILE,)) -> dict[str, list[str]]:
    """Each address in these files, sorted, with ``name:line`` of every place where it stands.

    A file that is not there is passed over.
    """
    found: dict[str, list[str]] = {}
    for path in files:
        if not path.is_file():
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
            for match in _ADDRESS.finditer(line):
                address = match.group().rstrip(".,;:*_`")
                found.setdefault(address, []).append(f"{path.name}:{number}")
    return dict(sorted(found.items()))
