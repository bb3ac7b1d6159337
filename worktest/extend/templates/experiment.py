"""One run of the experiment of @NAME@: a condition and a seed in, one number for each measure of plan.toml out.

`worktest extend run` calls `run` for every condition and seed that has no result yet, and keeps each result at once.
Before each call `random`, `numpy` and `torch` are seeded with the seed. What takes long and is shared by conditions
can be kept with functools.cache: all calls run in one process, seed by seed.
"""

import work_test as mine  # your own functions: mine.NAME(...)

world = mine.world


def run(condition: str, seed: int) -> dict[str, float]:
    """Run one condition with one seed.

    Returns:
        For each [[measure]] of plan.toml its id and a number, in the unit that stands there.
    """
    raise NotImplementedError("write the experiment: one number for each measure of plan.toml")
