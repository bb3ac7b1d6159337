"""Blind reading on a hub: what a learner fetches to read, and the scores that go back, by the course's exchange.

Beside nbgrader's own folders a course's exchange has ``peers/``. In it each reader has a folder whose name only they
can tell: it is made from the secret that nbgrader keeps with a hand-in of theirs. Scores go into ``peers/inbound``,
where everybody can put a file and nobody but the facilitator can see what is there.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from worktest import peers
from worktest.errors import UserError
from worktest.peers import Packet, Scores
from worktest.safe import plain
from worktest.workspace import disk_problem, make_own

EXCHANGE = "WORKTEST_EXCHANGE"
"""The variable that tells a server on a hub where the exchange is."""
FOLDER = "peers"
INBOX = "inbound"
SENT = ".sent"
SAID = "said-"
"""How the file begins in which an author reads what peers said."""
_MOST = 200
"""Files in a reader's folder: two for each answer of a unit are far fewer."""


PLACE = r"^[0-9a-f]{40}$"
"""What the name of a reader's folder looks like."""


def place_of(secret: str, unit: str) -> str:
    """The name of a reader's folder, from the secret of a hand-in of theirs."""
    return hmac.new(secret.strip().encode(), f"worktest peers {unit}".encode(), hashlib.sha256).hexdigest()[:40]


@dataclass(frozen=True)
class Desk:
    """A learner at a course on a hub: the exchange's folder, the unit, and the learner's folder for it."""

    shared: Path
    unit: str
    own: Path

    @property
    def course(self) -> str:
        """The course's name."""
        return self.shared.parent.name


def desk(unit: str, folder: Path) -> Desk:
    """Where the learner whose copy of ``unit`` is ``folder`` fetches and sends.

    Raises UserError away from a hub, or when ``folder`` belongs to no course of it.
    """
    told = os.environ.get(EXCHANGE)
    if not told:
        raise UserError(
            "there is no exchange here: on a hub peers' answers come by it, elsewhere as files "
            "(`worktest peers pack`, `score`, `merge`)"
        )
    name = folder.resolve().parent.name
    if not (Path(told) / name).is_dir():
        raise UserError(f"{folder} is in no course of this hub: give the unit's folder as it was fetched, with --dir")
    return Desk(Path(told) / name / FOLDER, unit, folder.parent / FOLDER / unit)


def own_places(unit: str, course: str) -> list[str]:
    """The names that the own folder may have: one for each hand-in of the unit, as nbgrader keeps their secrets."""
    from jupyter_core.paths import jupyter_data_dir

    kept = Path(jupyter_data_dir(), "nbgrader_cache", course)
    found = []
    for path in sorted(kept.glob(f"*+{unit}+*/submission_secret.txt")):
        try:
            found.append(place_of(path.read_text(encoding="ascii"), unit))
        except (OSError, ValueError):
            continue
    return found


def fetch(at: Desk) -> list[Path]:
    """Copy what lies in the own folder of the exchange beside the unit; gives the files that are new or have changed.

    Raises UserError when nothing was handed in, when there is nothing yet, or when it can't be written.
    """
    places = own_places(at.unit, at.course)
    if not places:
        raise UserError(f"peers' answers are for those who handed in {at.unit} themselves: submit it first")
    there = [at.shared / name for name in places if (at.shared / name).is_dir()]
    if not there:
        raise UserError(f"nothing of {at.unit} is there for you yet: the facilitator gives the answers out")
    new = []
    try:
        at.own.parent.mkdir(exist_ok=True)
        make_own(at.own)
        for source in sorted(path for place in there for path in place.iterdir())[:_MOST]:
            data = _bytes(source)
            target = at.own / source.name
            if data is None or (target.is_file() and target.read_bytes() == data):
                continue
            if target.exists() and not source.name.startswith(SAID):
                continue  # a packet never changes; one that is scored is not read anew
            partial = target.with_name(f".{target.name}.partial")
            partial.write_bytes(data)
            partial.replace(target)
            new.append(target)
    except OSError as error:
        raise disk_problem(error, at.own) from None
    return new


def _bytes(path: Path) -> bytes | None:
    """A plain file of no unreasonable size; None for anything else."""
    if path.is_symlink() or not path.is_file() or path.stat().st_size > peers.MAX_BYTES:
        return None
    return path.read_bytes()


def to_read(at: Desk) -> tuple[list[Path], list[Path]]:
    """Packets that were fetched: those that wait for scores, and those that have them."""
    waiting: list[Path] = []
    done: list[Path] = []
    for path in sorted(at.own.glob("peer-*.json")):
        if "-scores-" in path.name:
            continue
        scored = list(at.own.glob(f"{path.stem}-scores-*.json"))
        (done if scored else waiting).append(path)
    return waiting, done


def send(at: Desk) -> tuple[list[str], list[str]]:
    """Put scores that were not sent before where the facilitator takes them; gives their names, and what is wrong.

    Raises UserError when they can't be written.
    """
    sent, wrong = [], []
    record = at.own / SENT
    try:
        known = record.read_text(encoding="utf-8").splitlines() if record.is_file() else []
        for path in sorted(at.own.glob("peer-*-scores-*.json")):
            if path.name in known:
                continue
            try:
                scores = peers.read(path)
                if not isinstance(scores, Scores):
                    raise UserError(f"{plain(path.name, 200)} holds no scores")
            except UserError as problem:
                wrong.append(str(problem))
                continue
            _put(at.shared / INBOX, at.unit, scores)
            with record.open("a", encoding="utf-8") as file:
                file.write(f"{path.name}\n")
            sent.append(path.name)
    except OSError as error:
        raise disk_problem(error, at.shared / INBOX) from None
    return sent, wrong


def _put(inbox: Path, unit: str, scores: Scores) -> None:
    """A new file in the inbox, whole when it bears its final name. Nobody but the facilitator can list it."""
    name = f"{unit}+{scores.packet}+{secrets.token_hex(8)}"
    partial = inbox / f".{name}.partial"
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            os.fchmod(handle, 0o644)  # whatever the umask: the facilitator's account reads it
            file.write(scores.model_dump_json())
        partial.rename(inbox / f"{name}.json")
    except OSError:
        partial.unlink(missing_ok=True)
        raise


def of_hub(packet_path: Path) -> bool:
    """Whether a packet was fetched on a hub, so that its scores can be sent by the exchange."""
    return EXCHANGE in os.environ and packet_path.resolve().parent.parent.name == FOLDER


def packet_in(path: Path) -> Packet:
    """The packet in a file. Raises UserError when it is none."""
    found = peers.read(path)
    if not isinstance(found, Packet):
        raise UserError(f"{plain(path.name, 200)} holds scores; give the packet that you want to score")
    return found
