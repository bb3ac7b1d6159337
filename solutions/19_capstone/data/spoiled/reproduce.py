"""Run the rows of results.csv anew and compare: `python reproduce.py`, or `--sample 3` for three runs drawn at random.

Needs what experiment.py needs and nothing else. Exit code: 0 all the same, 1 a number differs or a run fails, 2 there
is nothing to compare.
"""

import argparse
import csv
import importlib.metadata
import math
import os
import random
import re
import sys
import traceback
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
Job = tuple[str, int]


def main() -> int:
    """Run what is asked for; gives the exit code."""
    asked = _arguments()
    print("\n".join(versions(FOLDER / "requirements.lock")))
    try:
        kept = read(FOLDER / "results.csv")
    except (OSError, ValueError, csv.Error) as error:
        print(f"results.csv can't be read: {error}")
        return 2
    jobs = list(kept)
    if asked.sample is not None and asked.sample < len(jobs):
        draw = asked.draw if asked.draw is not None else random.SystemRandom().randrange(1_000_000)
        jobs = [job for job in jobs if job in random.Random(draw).sample(jobs, asked.sample)]
        print(f"{len(jobs)} of {len(kept)} runs, drawn at random (--draw {draw} draws the same)")
    if not jobs:
        print("results.csv has no rows: there is nothing to compare")
        return 2
    os.chdir(FOLDER)
    sys.path.insert(0, str(FOLDER))
    os.environ.setdefault("MPLBACKEND", "agg")
    os.environ["WORKTEST_RECORD"] = "off"
    try:
        from experiment import run
    except BaseException:
        traceback.print_exc()
        print("experiment.py can't be imported: see the lines above")
        return 1
    same = [_again(run, job, kept[job], asked.tolerance) for job in jobs]
    if all(same):
        print(f"the same: {len(same)} runs within {asked.tolerance:g}")
        return 0
    print(f"not the same: {same.count(False)} of {len(same)} runs differ by more than {asked.tolerance:g} or failed")
    return 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Run the rows of results.csv anew and compare.")
    parser.add_argument("--sample", type=_count, metavar="N", help="only N runs, drawn at random")
    parser.add_argument("--draw", type=int, metavar="SEED", help="the seed of that draw; default: a new one")
    parser.add_argument(
        "--tolerance", type=_tolerance, default=1e-6, metavar="T", help="of max(1, |value|); default: %(default)g"
    )
    return parser.parse_args()


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _tolerance(text: str) -> float:
    number = float(text)
    if not (math.isfinite(number) and number >= 0):
        raise argparse.ArgumentTypeError("0 or more")
    return number


def read(path: Path) -> dict[Job, dict[str, float]]:
    """The values of each run (condition and seed) by measure. Raises ValueError for a row that is none."""
    kept: dict[Job, dict[str, float]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        if next(rows, None) != ["condition", "seed", "measure", "value"]:
            raise ValueError("its first line is condition,seed,measure,value")
        for number, row in enumerate(rows, start=2):
            if not row:
                continue
            try:
                condition, seed, measure, value = row
                kept.setdefault((condition, int(seed)), {})[measure] = float(value)
            except ValueError:
                raise ValueError(f"line {number} is no condition, seed, measure and number") from None
    return kept


def _again(run, job: Job, before: dict[str, float], tolerance: float) -> bool:
    """Run a condition with a seed again; says what came and gives whether it is the same."""
    condition, seed = job
    try:
        seed_everything(seed)
        now = {measure: float(value) for measure, value in dict(run(condition, seed)).items()}
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        print(f"{condition}, seed {seed}: failed: {type(error).__name__}: {error}")
        return False
    lines = []
    for measure, value in before.items():
        if measure not in now:
            lines.append(f"{measure} is missing")
        elif not abs(now[measure] - value) <= tolerance * max(1.0, abs(value)):
            lines.append(f"{measure} was {value!r} and is {now[measure]!r}")
    print(f"{condition}, seed {seed}: {'; '.join(lines) or 'the same'}", flush=True)
    return not lines


def seed_everything(seed: int) -> None:
    """Seed what `worktest extend run` seeds before each run."""
    random.seed(seed)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(seed)
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(seed)


def versions(path: Path) -> list[str]:
    """What is installed otherwise than requirements.lock names, a line each."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        return ["requirements.lock is not there: versions are not compared"]
    wanted = dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", text, re.MULTILINE))
    found = []
    python = re.search(r"^# Python (\S+)", text, re.MULTILINE)
    here = ".".join(map(str, sys.version_info[:3]))
    if python and python[1] != here:
        found.append(f"Python: {python[1]} in requirements.lock, {here} here")
    for name, version in wanted.items():
        try:
            installed = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            installed = "none"
        if installed != version:
            found.append(f"{name}: {version} in requirements.lock, {installed} here")
    return found or [f"versions: all {len(wanted)} as in requirements.lock"]


if __name__ == "__main__":
    sys.exit(main())
