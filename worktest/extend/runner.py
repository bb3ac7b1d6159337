"""The process in which an experiment runs: ``python -m worktest.extend.runner FOLDER``, jobs on its standard input.

It knows nothing of the plan, and writes one line of JSON for each job into the file that it was given. What the
learner's code prints goes where the parent sent the output. A crash ends this process and nothing else.
"""

from __future__ import annotations

import json
import math
import os
import random
import sys
import time
import traceback
from pathlib import Path
from typing import Any

from worktest.extend.process import one_line

IMPORTED = ".imported.txt"


def seed_everything(seed: int) -> None:
    """Seed ``random``, and ``numpy`` and ``torch`` where the experiment has imported them."""
    random.seed(seed)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(seed)
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(seed)


def main() -> None:
    """Run the jobs of the order on standard input."""
    folder = Path(sys.argv[1]).resolve()
    order = json.loads(sys.stdin.read())
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    answers = Path(order["answers"])
    try:
        import experiment

        run = experiment.run
    except BaseException as error:  # whatever the file does while it is imported
        traceback.print_exc()
        _answer(answers, {"import": one_line(error, folder)})
        return
    for condition, seed in order["jobs"]:
        _answer(answers, {"begins": [condition, seed]})
        begun = time.perf_counter()
        try:
            seed_everything(seed)
            values = _checked(run(condition, seed), order["measures"])
            reply: dict[str, Any] = {"values": values}
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a SystemExit of the learner's is a failed run, too
            traceback.print_exc()
            reply = {"failed": one_line(error, folder)}
        seconds = time.perf_counter() - begun
        _answer(answers, {"condition": condition, "seed": seed, "seconds": seconds, **reply})
    (folder / IMPORTED).write_text(
        "\n".join(sorted({name.split(".")[0] for name in sys.modules})) + "\n", encoding="utf-8", errors="replace"
    )


def _checked(values: Any, measures: list[str]) -> dict[str, float]:
    """The values of a run by measure. Raises ValueError when they are not one finite number for each measure."""
    if not isinstance(values, dict):
        raise ValueError(f"run() gives a dict of numbers, one for each measure, not a {type(values).__name__}")
    if set(values) != set(measures):
        lacking, odd = sorted(set(measures) - set(values)), sorted(map(str, set(values) - set(measures)))
        said = [f"lacks {', '.join(lacking)}"] * bool(lacking) + [f"has {', '.join(odd)}"] * bool(odd)
        raise ValueError(f"run() must give the measures of plan.toml: it {' and '.join(said)}")
    found = {}
    for name, value in values.items():
        number = float(value.item() if hasattr(value, "item") else value)
        if not math.isfinite(number):
            raise ValueError(f"{name} is {number}, no finite number")
        found[name] = number
    return found


def _answer(path: Path, reply: dict[str, Any]) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(reply) + "\n")


if __name__ == "__main__":
    main()
