"""What a course keeps of a unit's peer exchange, in ``course/peers/UNIT``. Only here stands whose answer a packet is.

``assigned.json`` has an entry for each packet: its author, its prompt, who reads it. ``places.json`` has each reader's
folder in the exchange, once given and never changed. ``packets/CODE.json`` and ``scores/CODE/READER.json`` are
`worktest.peers`'s own files.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from worktest import peers
from worktest.errors import UserError
from worktest.peers import Packet, Scores
from worktest.peers_hub import PLACE
from worktest.workspace import disk_problem

READERS = 2
"""How many read an answer, and how many answers each person reads."""


class Given(BaseModel):
    """A packet that was given out."""

    model_config = ConfigDict(extra="forbid", strict=True)

    author: str
    prompt: str
    readers: list[str]
    excused: list[str] = []
    """Readers whose place another took; what they send is taken all the same."""


# codes and places are names of files and folders: a damaged record leads nowhere else
_ASSIGNED = TypeAdapter(dict[Annotated[str, Field(pattern=peers.CODE)], Given])
_PLACES = TypeAdapter(dict[str, Annotated[str, Field(pattern=PLACE)]])


@dataclass
class Exchange:
    """A unit's peer exchange: its folder, and by packet code who wrote and who reads."""

    folder: Path
    unit: str
    assigned: dict[str, Given] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def save(self) -> None:
        """Write both files, each whole or not at all. Raises UserError when they can't be written."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for name, data in (
                ("assigned.json", _ASSIGNED.dump_json(self.assigned, indent=1)),
                ("places.json", _PLACES.dump_json(self.places, indent=1)),
            ):
                partial = self.folder / f".{name}.partial"
                partial.write_bytes(data)
                partial.replace(self.folder / name)
        except OSError as error:
            raise disk_problem(error, self.folder) from None

    def packet(self, code: str) -> Packet:
        """A packet that was given out."""
        found = peers.read(self.folder / "packets" / f"{code}.json")
        assert isinstance(found, Packet)
        return found

    def add(self, packet: Packet, author: str) -> None:
        """Enter a packet that nobody reads yet. Raises UserError when it can't be kept."""
        try:
            (self.folder / "packets").mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise disk_problem(error, self.folder) from None
        peers.write(packet, self.folder / "packets" / f"{packet.code}.json")
        self.assigned[packet.code] = Given(author=author, prompt=packet.prompt, readers=[])

    def scores(self, code: str) -> dict[str, Scores]:
        """What came back for a packet, by reader."""
        found = {}
        for path in sorted((self.folder / "scores" / code).glob("*.json")):
            one = peers.read(path)
            assert isinstance(one, Scores)
            found[path.stem] = one
        return found

    def keep(self, scores: Scores, reader: str) -> None:
        """Keep what a reader sent. Raises UserError when it is there already or can't be written."""
        target = self.folder / "scores" / scores.packet
        try:
            target.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise disk_problem(error, target) from None
        peers.write(scores, target / f"{reader}.json")

    def open_of(self, reader: str) -> list[str]:
        """Packets that a reader has and did not send scores for."""
        return [c for c, one in self.assigned.items() if reader in one.readers and reader not in self.scores(c)]


def folder_of(root: Path, unit: str) -> Path:
    """Where the course in ``root`` keeps a unit's peer exchange."""
    return root / "peers" / unit


def read(root: Path, unit: str) -> Exchange:
    """The peer exchange of a unit; an empty one when nothing was given out. Raises UserError for a damaged file."""
    found = Exchange(folder_of(root, unit), unit)
    for name in ("assigned.json", "places.json"):
        path = found.folder / name
        if not path.is_file():
            continue
        try:
            text = path.read_bytes()
            if name == "assigned.json":
                found.assigned = _ASSIGNED.validate_json(text)
            else:
                found.places = _PLACES.validate_json(text)
        except (OSError, ValidationError, json.JSONDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is no whole file of ours"
            raise UserError(f"{path} can't be read: {reason}; put it back from a backup") from None
    return found
