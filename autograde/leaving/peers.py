"""Take one learner out of a unit's blind peer exchange, and leave what others wrote about others as it is."""

from __future__ import annotations

import glob
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from autograde.peers import exchange, store
from worktest.errors import UserError


@dataclass
class Peers:
    """What a unit's exchange holds of a learner: codes of their packets, and of packets that they read or scored."""

    wrote: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    problem: str = ""


def peers_of(root: Path, unit: str, student: str) -> Peers:
    """What the exchange of ``unit`` in the course at ``root`` holds of ``student``; never raises for content."""
    found = Peers()
    try:
        assigned = store.read(root, unit).assigned
    except UserError as problem:
        found.problem, assigned = f"{problem}; who wrote which packet is not known", {}
    found.wrote = [code for code, one in assigned.items() if one.author == student]
    read = {code for code, one in assigned.items() if student in [*one.readers, *one.excused]}
    mine = (store.folder_of(root, unit) / "scores").glob(f"*/{glob.escape(student)}.json")
    scored = {path.parent.name for path in mine}
    found.read = sorted(read | scored - set(found.wrote))
    return found


def forget_peer(root: Path, unit: str, student: str) -> Peers:
    """Remove the packets of ``student`` with the scores that others gave them, and the scores that they gave.

    In the course's exchange their own folder goes, and their packets in those of their readers. Another's packet keeps
    its other scores. Gives what was there. Raises OSError when something can't be removed.
    """
    found, folder = peers_of(root, unit, student), store.folder_of(root, unit)
    for code in found.wrote:
        (folder / "packets" / f"{code}.json").unlink(missing_ok=True)
        _remove(folder / "scores" / code)
    for code in found.read:
        (folder / "scores" / code / f"{student}.json").unlink(missing_ok=True)
    _remove(folder / "said" / student)
    if found.problem or not folder.is_dir():
        return found
    kept, shared = store.read(root, unit), exchange.shared_of(root)
    if shared is not None:
        for place in kept.places.values():
            for code in found.wrote:
                for path in (shared / place).glob(f"peer-*-{code}.json"):
                    path.unlink(missing_ok=True)
        if student in kept.places:
            _remove(shared / kept.places[student])
    kept.places.pop(student, None)
    for code in found.wrote:
        del kept.assigned[code]
    for one in kept.assigned.values():
        one.readers, one.excused = ([name for name in names if name != student] for names in (one.readers, one.excused))
    kept.save()
    return found


def _remove(folder: Path) -> None:
    if folder.is_dir():
        shutil.rmtree(folder)
