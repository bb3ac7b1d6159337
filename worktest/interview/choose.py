"""Which questions a rehearsal asks: bound ones first, of varied kinds, the same again from the same seed."""

from __future__ import annotations

import random
import secrets

from worktest.errors import UserError
from worktest.interview.bank import BOUND
from worktest.interview.binding import Bound, bind
from worktest.interview.material import Material

ALWAYS = ("sample", "code", "points")
"""One of each is asked whenever there is one."""
MOST = 30
_ORDER = ("decision", "sample", "prediction", "code", "result", "missing", "points", "general")


def new_seed() -> int:
    """A seed that can be typed."""
    return secrets.randbelow(1_000_000)


def draw(material: Material, count: int, seed: int) -> list[Bound]:
    """``count`` questions (fewer when there are no more), drawn with ``seed``. Raises UserError for a wrong count."""
    if not 1 <= count <= MOST:
        raise UserError(f"a rehearsal has 1 to {MOST} questions, not {count}")
    rng = random.Random(seed)
    left = bind(material, rng)
    taken: list[Bound] = []
    for kind in ALWAYS:
        pool = [q for q in left if q.about == kind]
        if pool and len(taken) < count:
            _take(_weighted(pool, rng), left, taken)
    while len(taken) < count and (pool := [q for q in left if q.about in BOUND]):
        _take(_weighted(_least_used(pool, taken), rng), left, taken)
    while len(taken) < count and left:
        general = [q for q in left if q.about == "general"]
        _take(_weighted(general or left, rng), left, taken)
    return _in_order(taken)


def _take(question: Bound, left: list[Bound], taken: list[Bound]) -> None:
    left.remove(question)
    taken.append(question)


def _weighted(pool: list[Bound], rng: random.Random) -> Bound:
    return rng.choices(pool, weights=[q.weight for q in pool])[0]


def _least_used(pool: list[Bound], taken: list[Bound]) -> list[Bound]:
    """Of the pool, the questions of the kind asked least so far, and of these the ones on a subject asked least."""
    kinds, subjects = [q.about for q in taken], [q.subject for q in taken]
    fewest = min(kinds.count(q.about) for q in pool)
    pool = [q for q in pool if kinds.count(q.about) == fewest]
    fewest = min(subjects.count(q.subject) for q in pool)
    return [q for q in pool if subjects.count(q.subject) == fewest]


def _in_order(taken: list[Bound]) -> list[Bound]:
    """One of each kind in turn, so that no two of a kind follow each other while another is left."""
    piles = {kind: [q for q in taken if q.about == kind] for kind in _ORDER}
    ordered: list[Bound] = []
    while any(piles.values()):
        ordered += [pile.pop(0) for pile in piles.values() if pile]
    return ordered
