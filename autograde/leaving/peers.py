"""Take one learner out of a unit's blind peer exchange, and leave what others wrote about others as it is."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_ASSIGNED = "assigned.json"
_PLACES = "places.json"
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


def forget_peer(folder: Path, student: str, shared: Path | None = None) -> Peers:
    """Remove the packets of ``student`` with the scores that others gave them, and the scores that they gave.

    In ``shared``, the exchange's folder for peers, their own folder goes, and their packets in those of their readers.
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
                for key in {"readers", "excused"} & set(about):
                    about[key] = [name for name in about[key] if name != student]
        _write(folder / _ASSIGNED, assigned)
    if (folder / "said" / student).is_dir():
        shutil.rmtree(folder / "said" / student)
    places = _json(folder / _PLACES)
    if isinstance(places, dict) and all(_is_name(place) for place in places.values()):
        for place in places.values() if shared is not None else ():
            for code in found.wrote:
                for path in (shared / place).glob(f"peer-*-{code}.json"):
                    path.unlink(missing_ok=True)
        if (own := places.pop(student, None)) is not None:
            if shared is not None and (shared / own).is_dir():
                shutil.rmtree(shared / own)
            _write(folder / _PLACES, places)
    return found


def _write(path: Path, data: object) -> None:
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(json.dumps(data, indent=1), encoding="utf-8")
    os.replace(partial, path)


def _is_name(text: object) -> bool:
    """Whether a text names a file in a folder, and nothing outside of it."""
    return isinstance(text, str) and text == Path(text).name and text not in ("", ".", "..")


def _readers(about: dict[str, Any]) -> list[Any]:
    """Who reads a packet, or was to."""
    lists = [about.get(key) for key in ("readers", "excused")]
    return [name for names in lists if isinstance(names, list) for name in names]


def _scores(folder: Path) -> list[Path]:
    return [path for path in folder.glob("scores/*/*.json") if not path.parent.is_symlink()]


def _assigned(folder: Path) -> dict[str, dict[str, Any]] | None:
    """Who wrote and who reads which packet; empty where nothing was dealt out, None where it can't be read."""
    if not (folder / _ASSIGNED).is_file():
        return {}
    data = _json(folder / _ASSIGNED)
    if not isinstance(data, dict) or not all(isinstance(about, dict) for about in data.values()):
        return None
    return data if all(map(_is_name, data)) else None  # a code is a file's name


def _json(path: Path) -> Any:
    """What a file of ours holds; None where it is not there or is none of ours."""
    try:
        return json.loads(path.read_text(encoding="utf-8")) if path.stat().st_size <= _MOST else None
    except (OSError, ValueError, RecursionError):
        return None
