"""`solutions/proofs.json`: which graded cells were proven under many seeds, and on what.

One line a cell, so that two people's changes rarely meet. It is written anew for every cell that is proven, whole or
not at all: an interrupted run keeps what it has proven.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from autograde.paths import solutions
from worktest.errors import UserError

FILE = "proofs.json"


class Proof(BaseModel):
    """What was proven: the digest of all that the verdicts depend on, the seeds, the answers of each kind."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    digest: str = Field(pattern=r"^[0-9a-f]{20}$")
    seeds: int = Field(ge=1)
    right: int = Field(ge=0)
    wrong: int = Field(ge=0)
    hard_coded: int = Field(ge=0, alias="hard-coded")

    def holds(self, digest: str, seeds: int) -> bool:
        """Whether nothing has changed since, and at least so many seeds were tried."""
        return self.digest == digest and self.seeds >= seeds


def key_of(unit: str, topic: str) -> str:
    """The key of a graded cell."""
    return f"{unit}/{topic}"


def read() -> dict[str, Proof]:
    """All proofs by key; none when there is no file yet.

    Raises UserError naming file, entry and reason when it is not as this module writes it.
    """
    path = solutions() / FILE
    mend = "take the version from git again, or remove the file and run `make prove`"
    try:
        data = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_once)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UserError(f"{path} can't be read: {error.strerror or error}") from None
    except (ValueError, RecursionError) as error:
        raise UserError(f"{path} is not well-formed JSON: {error}; {mend}") from None
    if not isinstance(data, dict):
        raise UserError(f"{path} does not hold an object with an entry for each graded cell; {mend}")
    found = {}
    for key, entry in data.items():
        try:
            found[key] = Proof.model_validate(entry)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"])
            raise UserError(f"{path}: entry {key!r}, field {field!r}: {first['msg']}; {mend}") from None
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys are all different: after a merge a cell can stand there twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{next(name for name in names if names.count(name) > 1)!r} stands there twice")
    return found


def enter(key: str, proof: Proof | None) -> None:
    """Put one proof into the file, or take it out. What others have written meanwhile stays."""
    proofs = read()
    if proofs.get(key) == proof:
        return
    if proof is None:
        del proofs[key]
    else:
        proofs[key] = proof
    write(proofs)


def write(proofs: dict[str, Proof]) -> None:
    """Write the file, sorted, an entry a line."""
    path = solutions() / FILE
    entries = [f" {json.dumps(key)}: {json.dumps(proofs[key].model_dump(by_alias=True))}" for key in sorted(proofs)]
    text = "{\n" + ",\n".join(entries) + "\n}\n" if entries else "{}\n"
    draft = _draft(path)
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _draft(path: Path) -> Path:
    return path.with_name(f".{path.name}.new")
