"""The small unit with a bank of answers, and with checks whose verdict hangs on the seed: for tests of the benchmark."""

from __future__ import annotations

import shutil
from pathlib import Path

from micro import DOUBLE, TOTAL, UNIT

BANK = {
    DOUBLE: {
        "minus": "# wrong: halves\n# loses: doubles_one_two, doubles_what_is_drawn\ndef double(v):\n    return [x / 2 for x in v]\n",
        "known": "# hard-coded: knows the test\n# loses: doubles_what_is_drawn\ndef double(v):\n    return [2.0, 4.0]\n",
        # right, but it talks: on stderr that would be zero points in a check cell that is not kept quiet
        "loud": "# right: by addition, with a warning\n# loses: none\nimport sys, warnings\n\n\ndef double(v):\n"
        "    warnings.warn('loud')\n    print('loud', file=sys.stderr)\n    return [x + x for x in v]\n",
    },
    TOTAL: {"known": "# hard-coded: knows the test\n# loses: sums_what_is_drawn\ndef total(v):\n    return 3.0\n"},
}
# Which coins fall is known to who has the seed: both sides must take the same one.
COINS = "".join(
    f'\n\n@check("{topic}")\ndef coin_{n}(answer, rng):\n    """falls on its head"""\n'
    f'    expect.true(answer.call("{name}", [1.0, 2.0]) is not None and rng.random() < 0.5, "Tails.")\n'
    for topic, name in ((DOUBLE, "double"), (TOTAL, "total"))
    for n in range(6)
)


def with_bank(built: Path, root: Path) -> Path:
    """A copy of the built small unit in ``root``, with the bank and the coins; gives ``root``."""
    shutil.copytree(built, root)
    unit = root / "solutions" / UNIT
    for topic, answers in BANK.items():
        (unit / "answers" / topic).mkdir(parents=True)
        for name, text in answers.items():
            (unit / "answers" / topic / f"{name}.py").write_text(text)
    with (unit / "hidden.py").open("a") as file:
        file.write(COINS)
    return root
