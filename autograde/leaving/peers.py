"""Take one learner out of a unit's blind peer exchange, and leave what others wrote about others as it is."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_ASSIGNED = "assigned.json"
_MOST = 50_000_000


@dataclass
class Peers:
    """What a unit's exchange holds of a learner: codes of their packets, and of packets that they read or scored."""

    wrote: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    problem: str = ""

    def __bool__(self) -> bool:
        return bool(self.wrote or self.read or self.problem)


def peers_of(folder: Path, student: str) -> Peers:
    """What ``folder`` (``course/peers/UNIT``, if it is there) holds of ``student``; never raises for content."""
    found, assigned = Peers(), _assigned(folder)
    if assigned is None:
        found.problem = f"{folder / _ASSIGNED} can't be read: who wrote which packet is not known"
        assigned = {}
    for code, about in assigned.items():
        if about.get("author") == student:
            found.wrote.append(code)
        elif student in _readers(about) or (folder / "scores" / code / f"{student}.json").exists():
            found.read.append(code)
    known = {*found.wrote, *found.read}
    # scores of a packet that is assigned to nobody any more
    found.read += sorted({path.parent.name for path in _scores(folder) if path.name == f"{student}.json"} - known)
    return found


def forget_peer(folder: Path, student: str) -> Peers:
    """Remove the packets of ``student`` with the scores that others gave them, and the scores that they gave.

    Another's packet keeps its other scores. Gives what was there. Raises OSError when something can't be removed.
    """
    found, assigned = peers_of(folder, student), _assigned(folder)
    for code in found.wrote:
        (folder / "packets" / f"{code}.json").unlink(missing_ok=True)
        if (folder / "scores" / code).is_dir():
            shutil.rmtree(folder / "scores" / code)
    for code in found.read:
        (folder / "scores" / code / f"{student}.json").unlink(missing_ok=True)
    if assigned and (found.wrote or found.read):
        for code in found.wrote:
            del assigned[code]
        for about in assigned.values():
            if student in _readers(about):
                about["readers"] = [name for name in about["readers"] if name != student]
        partial = folder / f".{_ASSIGNED}.partial"
        partial.write_text(json.dumps(assigned, indent=1), encoding="utf-8")
        os.replace(partial, folder / _ASSIGNED)
    return found


def _readers(about: dict[str, Any]) -> list[Any]:
    readers = about.get("readers")
    return readers if isinstance(readers, list) else []


def _scores(folder: Path) -> list[Path]:
    return [path for path in folder.glob("scores/*/*.json") if not path.parent.is_symlink()]


def _assigned(folder: Path) -> dict[str, dict[str, Any]] | None:
    """Who wrote and who reads which packet; empty where nothing was dealt out, None where it can't be read."""
    path = folder / _ASSIGNED
    if not path.is_file():
        return {}
    try:
        data = json.loads(path.read_text(encoding="utf-8")) if path.stat().st_size <= _MOST else None
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or not all(isinstance(about, dict) for about in data.values()):
        return None
    plain = all(code == Path(code).name and code not in ("", ".", "..") for code in data)  # a code is a file's name
    return data if plain else None
