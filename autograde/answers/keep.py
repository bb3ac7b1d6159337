"""Prove cells and keep the proofs; or run what is proven briefly, and what is not in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from autograde.answers import proofs, table
from autograde.answers.bank import BankAnswer, read_bank
from autograde.answers.digest import digests_of
from autograde.answers.judge import Progress, Row
from autograde.answers.proofs import Proof, key_of
from autograde.answers.prove import prove_unit
from autograde.paths import solutions
from worktest import paths
from worktest.errors import UserError

SEEDS = 200
"""Seeds of a proof."""
FRESH = 1
"""Seeds for a cell whose proof still holds. They come after those of the proof: the same every time, and new to it."""

Say = Callable[[str], None]


def prove(units: list[str], *, seeds: int, again: bool, workers: int, progress: Progress, say: Say) -> list[Row]:
    """Prove the cells of ``units`` that have no proof which holds, or all of them with ``again``; gives their rows.

    A cell is entered as soon as it is proven. One that fails has no entry afterwards. Entries of cells that are gone
    are dropped. Raises UserError when a unit's files change meanwhile: it is not known what was proven then.
    """
    _drop_gone(units, say)
    rows: list[Row] = []
    held = 0
    for unit in units:
        bank = read_bank(unit)
        digests, known = digests_of(unit, bank), proofs.read()
        todo = [topic for topic, digest in digests.items() if again or not _holds(known, unit, topic, digest, seeds)]
        held += len(digests) - len(todo)
        rows += prove_unit(
            unit,
            bank,
            seeds=dict.fromkeys(todo, range(seeds)),
            workers=workers,
            progress=progress,
            done=lambda row, bank=bank, digests=digests: _enter(row, bank, digests),  # type: ignore[misc]
        )
    if held:
        say(f"{held} of {held + len(rows)} cells are proven and unchanged: skipped (--again proves them anew)")
    return rows


def run_proven(units: list[str], *, seeds: int, workers: int, progress: Progress, say: Say) -> list[Row]:
    """Run a cell whose proof holds under a few fresh seeds, any other under all ``seeds``, and name those."""
    known = proofs.read()
    banks = {unit: read_bank(unit) for unit in units}
    shares: dict[str, dict[str, range]] = {unit: {} for unit in units}
    open_cells = []
    for unit, bank in banks.items():
        for topic, digest in digests_of(unit, bank).items():
            if _holds(known, unit, topic, digest, seeds):
                begin = known[key_of(unit, topic)].seeds
                shares[unit][topic] = range(begin, begin + FRESH)
            else:
                shares[unit][topic] = range(seeds)
                open_cells.append(key_of(unit, topic))
    if open_cells:
        count = f"{len(open_cells)} cell{'s' if len(open_cells) != 1 else ''}"
        say(
            f"{count} new or changed since proven, now run under {seeds} seeds, which takes long: run `make prove` and "
            f"commit {proofs.FILE}. They are {', '.join(open_cells)}"
        )
    rows: list[Row] = []
    for unit, bank in banks.items():
        rows += prove_unit(unit, bank, seeds=shares[unit], workers=workers, progress=progress)
    return rows


def _holds(known: dict[str, Proof], unit: str, topic: str, digest: str, seeds: int) -> bool:
    proof = known.get(key_of(unit, topic))
    return proof is not None and proof.holds(digest, seeds)


def _enter(row: Row, bank: list[BankAnswer], digests: dict[str, str]) -> None:
    """Enter the proof of one cell, or take its entry out when it failed."""
    key = key_of(row.unit, row.topic)
    if table.problems([row]):
        proofs.enter(key, None)
        return
    if digests_of(row.unit, read_bank(row.unit)).get(row.topic) != digests[row.topic]:
        raise UserError(f"{key}: its files have changed while it was being proven; run the same command again")
    kinds = Counter(answer.kind for answer in bank if answer.topic == row.topic)
    counts = {kind: kinds[kind] for kind in ("right", "wrong", "hard-coded")}
    proofs.enter(key, Proof.model_validate({"digest": digests[row.topic], "seeds": row.seeds, **counts}))


def _drop_gone(units: list[str], say: Say) -> None:
    """Take out the entries of cells that ``units`` no longer have, and of units that are no more."""
    there = set(paths.units_in(solutions()))
    cells = {key_of(unit, answer.topic) for unit in units for answer in read_bank(unit)}
    known = proofs.read()
    gone = [key for key in known if key not in cells and (key.split("/")[0] in units or key.split("/")[0] not in there)]
    if gone:
        proofs.write({key: proof for key, proof in known.items() if key not in gone})
        say(f"no longer there, taken out: {', '.join(gone)}")
