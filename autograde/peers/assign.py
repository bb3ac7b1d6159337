"""Who reads which answer: two for each person, two persons for each answer, never the own."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from autograde.peers.store import READERS, Given

_NEVER = 1e6
_LOAD = 1e3
"""What a reader's next answer costs more than the one before; chance decides among equals."""


def assign(packets: Mapping[str, Given], people: Sequence[str], rng: random.Random) -> dict[str, list[str]]:
    """New readers among ``people`` for packets of one prompt, by code.

    Each packet gets readers until it has two. Then whoever reads fewer than two gets more, the least read first. Nobody
    gets an answer of their own, nor the same one twice. Where nobody is left for a packet it gets fewer.
    """
    new: dict[str, list[str]] = {code: [] for code in packets}

    def load(reader: str) -> int:
        return sum(reader in [*one.readers, *new[code]] for code, one in packets.items())

    def may(reader: str, code: str) -> bool:
        one = packets[code]
        return reader != one.author and reader not in [*one.readers, *one.excused, *new[code]]

    def count(code: str) -> int:
        return len(packets[code].readers) + len(new[code])

    for wanted in range(1, READERS + 1):
        short = [code for code in packets if count(code) < wanted]
        if not short or not people:
            continue
        seats = [(reader, k) for reader in people for k in range(-(-len(short) // len(people)) + 1)]
        cost = [[(load(r) + k) * _LOAD + rng.random() if may(r, c) else _NEVER for r, k in seats] for c in short]
        for row, column in zip(*linear_sum_assignment(np.array(cost)), strict=True):
            if cost[row][column] < _NEVER:
                new[short[row]].append(seats[column][0])
    for _ in range(READERS):
        for reader in rng.sample(list(people), len(people)):
            left = [code for code in packets if may(reader, code)]
            if left and load(reader) < READERS:
                fewest = min(map(count, left))
                new[rng.choice([code for code in left if count(code) == fewest])].append(reader)
    return {code: readers for code, readers in new.items() if readers}
