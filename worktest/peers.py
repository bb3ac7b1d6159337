"""Two peers read an answer blind: packets without a name, their scores, and both put side by side.

A packet is a JSON file with the prompt, its criteria, the text and a random code. Scores are a JSON file that names the
packet's code and the scorer's. A scorer's code comes from a random key of the workspace and the packet, so that the
same person can't score a packet twice unnoticed, and two packets' scorers can't be told to be the same person.
All of it travels by mail or chat, so nothing in a file is trusted: size, shape and text are checked when it is read.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import statistics
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from worktest import agreement
from worktest.drafts import MAX_CHARS
from worktest.errors import UserError
from worktest.prompts import ID, Criterion, Prompt
from worktest.safe import plain
from worktest.workspace import disk_problem

MAX_BYTES = 500_000
MAX_REASON = 2_000
TALK_ABOUT = 2
"""Levels; a difference of that many is for the two scorers to talk about, no median makes it go away."""
CODE = r"^[0-9a-z]{8}$"
_KEY = ".peer-key"


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    digest: str = Field(default="", max_length=64)

    def sealed(self: _T) -> _T:
        """The same with a digest over its content, which tells a damaged file from a whole one."""
        return self.model_copy(update={"digest": _digest(self)})


class Packet(_File):
    """What a peer gets: the prompt with its criteria, the text, a code; nobody's name."""

    format: Literal["worktest peer packet 1"] = "worktest peer packet 1"
    code: str = Field(pattern=CODE)
    prompt: str = Field(pattern=ID, max_length=80)
    title: str = Field(max_length=500)
    question: str = Field(max_length=20_000)
    words: int = Field(ge=1, le=5_000)
    criterion: list[Criterion] = Field(min_length=1, max_length=20)
    text: str = Field(min_length=1, max_length=MAX_CHARS)

    @property
    def name(self) -> str:
        """The packet's file name."""
        return f"peer-{self.prompt}-{self.code}.json"


class Scores(_File):
    """What a peer sends back: a level and a reason for each criterion."""

    format: Literal["worktest peer scores 1"] = "worktest peer scores 1"
    packet: str = Field(pattern=CODE)
    packet_digest: str = Field(max_length=64)
    scorer: str = Field(pattern=CODE)
    levels: dict[str, int] = Field(max_length=20)
    reasons: dict[str, str] = Field(max_length=20)


_T = TypeVar("_T", bound=_File)


def _digest(what: _File) -> str:
    text = json.dumps(what.model_dump(exclude={"digest"}), sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def pack(prompt: Prompt, text: str) -> Packet:
    """A packet of this answer under a new random code. Nothing of the author goes in but the text itself."""
    return Packet(
        code=secrets.token_hex(4),
        prompt=prompt.id,
        title=prompt.title,
        question=prompt.question,
        words=prompt.words,
        criterion=prompt.criterion,
        text=text.strip(),
    ).sealed()


def as_bytes(what: _File) -> bytes:
    """A packet or scores as a file holds them."""
    return (json.dumps(what.model_dump(), indent=1, ensure_ascii=False) + "\n").encode("utf-8", "replace")


def write(what: _File, path: Path) -> Path:
    """Write a packet or scores to a new file; raises UserError when it is there already or can't be written."""
    try:
        with path.open("xb") as file:
            file.write(as_bytes(what))
    except FileExistsError:
        raise UserError(f"{path} is there already and stays as it is: move it away to write it anew") from None
    except OSError as error:
        raise disk_problem(error, path) from None
    return path


def read(path: Path) -> Packet | Scores:
    """Read a packet or scores from anybody. Raises UserError with one line: file, what is wrong."""
    try:
        if not path.is_file():
            raise UserError(f"there is no file {path}")
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UserError(f"{path} can't be read: {error.strerror or error}") from None
    return parse(raw, plain(path.name, 200))


def parse(raw: bytes, name: str) -> Packet | Scores:
    """The packet or the scores in the bytes of a file called ``name``. Raises UserError as `read` does."""
    if len(raw) > MAX_BYTES:
        raise UserError(f"{name} is larger than {MAX_BYTES:,} bytes: that is no peer file")
    try:
        data = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        raise UserError(f"{name} is damaged: not a whole JSON file; ask for it again") from None
    kind = data.get("format") if isinstance(data, dict) else None
    model: type[Packet] | type[Scores]
    if kind == "worktest peer packet 1":
        model = Packet
    elif kind == "worktest peer scores 1":
        model = Scores
    else:
        raise UserError(f"{name} is neither a peer packet nor a peer's scores (as `worktest peers` writes them)")
    try:
        found = model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        key = plain(".".join(str(part) for part in first["loc"]), 100)
        raise UserError(f"{name} is damaged: key {key!r}: {first['msg']}; ask for it again") from None
    if found.digest != _digest(found):
        raise UserError(f"{name} was changed after it was written; ask for it again")
    if isinstance(found, Packet) and len({c.id for c in found.criterion}) != len(found.criterion):
        raise UserError(f"{name} is damaged: a criterion is there twice; ask for it again")
    return found


def scorer_code(workspace: Path, packet: Packet) -> str:
    """The code of whoever works in ``workspace``, for this packet only. Raises UserError when no key can be kept."""
    path = workspace / _KEY
    try:
        if not path.is_file() or path.stat().st_size < 16:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(secrets.token_hex(16).encode())
        key = path.read_bytes()[:64]
    except OSError as error:
        raise disk_problem(error, path) from None
    return hmac.new(key, packet.code.encode() + packet.digest.encode(), hashlib.sha256).hexdigest()[:8]


def scores_path(packet_path: Path, packet: Packet, scorer: str) -> Path:
    """Where the scores go: beside the packet."""
    return packet_path.with_name(f"{packet.name.removesuffix('.json')}-scores-{scorer}.json")


def problem_of(scores: Scores, packet: Packet, name: str) -> str:
    """What speaks against taking ``scores`` for ``packet``, or ""."""
    if scores.packet != packet.code or scores.packet_digest != packet.digest:
        return f"{name} scores another packet ({scores.packet}), not {packet.name}"
    wanted = {criterion.id: criterion for criterion in packet.criterion}
    if missing := [key for key in wanted if key not in scores.levels]:
        return f"{name} lacks a level for {', '.join(missing)}"
    if odd := [key for key in [*scores.levels, *scores.reasons] if key not in wanted]:
        return f"{name} scores {plain(odd[0], 60)!r}, which is no criterion of the packet"
    for key, level in scores.levels.items():
        if not 0 <= level <= wanted[key].top:
            return f"{name}: {key} has levels 0 to {wanted[key].top}, not {level}"
    if any(len(reason) > MAX_REASON for reason in scores.reasons.values()):
        return f"{name} has a reason of more than {MAX_REASON:,} characters"
    return ""


def merge(files: list[Path]) -> dict[str, Any]:
    """Put the scores of each packet side by side. Plain data: ``packets``, ``alpha``, ``pairs``, ``says``.

    Each packet needs two scorers. Raises UserError (one line) for scores of another packet, a damaged file, missing
    criteria, levels out of range, or the same scorer twice.
    """
    packets: dict[str, tuple[Packet, list[Scores]]] = {}
    given: list[tuple[str, Scores]] = []
    for path in files:
        found = read(path)
        if isinstance(found, Scores):
            given.append((plain(path.name, 200), found))
        elif found.code in packets:
            raise UserError(f"{plain(path.name, 200)}: this packet is given twice")
        else:
            packets[found.code] = (found, [])
    if not packets:
        raise UserError("no packet is among these files: give the packet first, then the scores of each peer")
    for name, scores in given:
        if scores.packet not in packets:
            there = ", ".join(packet.name for packet, _ in packets.values())
            raise UserError(f"{name} scores another packet ({scores.packet}), not {there}")
        packet, mine = packets[scores.packet]
        if problem := problem_of(scores, packet, name):
            raise UserError(problem)
        if any(scores.scorer == other.scorer for other in mine):
            raise UserError(f"{name}: the scorer {scores.scorer} is there twice; two scores come from two people")
        mine.append(scores)
    for packet, mine in packets.values():
        if len(mine) < 2:
            raise UserError(f"{packet.name} has {len(mine)} score file{'s' * (len(mine) != 1)}; two peers make a merge")
    return side_by_side(list(packets.values()))


def side_by_side(packets: list[tuple[Packet, list[Scores]]]) -> dict[str, Any]:
    """What `merge` gives, of packets and scores that were checked; each packet with two scorers at least."""
    most = max(len(scores) for _, scores in packets)
    ratings: list[list[int | None]] = [[] for _ in range(most)]
    shown = []
    for packet, scores in packets:
        rows: list[dict[str, Any]] = []
        for criterion in packet.criterion:
            levels = [one.levels[criterion.id] for one in scores]
            for number in range(most):
                ratings[number].append(levels[number] if number < len(levels) else None)
            apart = max(levels) - min(levels)
            rows.append(
                {
                    "criterion": criterion.id,
                    "asks": criterion.asks,
                    "top": criterion.top,
                    "levels": levels,
                    "merged": statistics.median(levels),
                    "apart": apart,
                    "talk": apart >= TALK_ABOUT,
                    "reasons": [one.reasons.get(criterion.id, "") for one in scores],
                }
            )
        shown.append(
            {
                "packet": packet.code,
                "prompt": packet.prompt,
                "title": packet.title,
                "scorers": [one.scorer for one in scores],
                "rows": rows,
                "points": sum(row["merged"] for row in rows),
                "maximum": sum(c.top for c in packet.criterion),
            }
        )
    pairs = len(ratings[0])
    value = agreement.alpha(ratings)
    return {"packets": shown, "alpha": value, "pairs": pairs, "says": agreement.in_words(value, pairs)}
