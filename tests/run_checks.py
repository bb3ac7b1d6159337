"""Run the project's checks one after another: `python tests/run_checks.py [--slow] [--all]`.

A step whose input files did not change since it last passed is skipped, except with ``--all`` or with CI=true
in the environment. What passed is kept in `.cache/green.json`. The last line counts the steps:
``N passed, N failed`` or ``N passed, N failed, N skipped``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parent.parent
GREEN = ROOT / ".cache" / "green.json"
Result = Literal["passed", "failed", "skipped"]

# What every step depends on: the versions installed, the settings, and this file.
COMMON = ("requirements.lock", "pyproject.toml", "tests/run_checks.py")
CODE = ("worktest/**/*.py", "autograde/**/*.py")
EVERYTHING = ("worktest/**/*", "autograde/**/*", "tests/**/*", "solutions/**/*", "curriculum/**/*", "*")
NOT_INPUTS = {"__pycache__", ".ipynb_checkpoints", ".pytest_cache", ".DS_Store"}


@dataclass(frozen=True)
class Step:
    """One check: a command, the files it depends on, and how long it may take.

    The files that the pattern ``notebooks`` finds are added to the command; none found is a failure.
    """

    name: str
    command: Sequence[str]
    inputs: Sequence[str]
    minutes: float = 10.0
    notebooks: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)


def _module(*arguments: str) -> list[str]:
    return [sys.executable, "-m", *arguments]


def _autograde(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from autograde.cli import main; main()", *arguments]


PYTEST = ("pytest", "-p", "no:cacheprovider")

FAST = (
    Step("style", _module("ruff", "check", "."), (*CODE, "tests/**/*.py", "solutions/**/*.py"), 2),
    Step("layout", _module("ruff", "format", "--check", "."), (*CODE, "tests/**/*.py", "solutions/**/*.py"), 2),
    Step("types", _module("mypy"), CODE, 5),
    Step("build is fresh", _autograde("build", "--check"), (*CODE, "solutions/**/*", "curriculum/**/*"), 10),
    Step("python tests", _module(*PYTEST), EVERYTHING, 25),
    Step(
        "worked notebooks",
        _module(*PYTEST, "-q", "--nbval-lax", "--nbval-current-env", "--nbval-cell-timeout=300"),
        (*CODE, "solutions/**/*"),
        15,
        notebooks="solutions/*/*.ipynb",
        environment={
            "MPLBACKEND": "agg",
            "OMP_NUM_THREADS": "1",
            "WORKTEST_RECORD": "off",
            "WORKTEST_MODELS": str(
                ROOT / ".cache" / "none"
            ),  # sections on a real model: minutes, left to the slow step
        },
    ),
    Step("answers, a sample", _autograde("answers", "--sample", "--workers", "2"), (*CODE, "solutions/**/*"), 20),
)
SLOW = (
    Step("slow python tests", _module(*PYTEST, "-m", "slow"), EVERYTHING, 60),
    # Short while solutions/proofs.json is up to date; a cell without a proof is run under 200 seeds here.
    Step(
        "answers, proven or 200 seeds",
        _autograde("answers", "--proven", "--workers", "2"),
        (*CODE, "solutions/**/*", "curriculum/**/*"),
        60,
    ),
)


def digest(step: Step, root: Path = ROOT) -> str:
    """The hash of the step's command, the Python version and every input file (name and content)."""
    total = hashlib.sha256(repr((step.command[1:], step.notebooks, sys.version_info[:3])).encode())
    for path in input_files(step, root):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(root).as_posix()}\0{content}\n".encode("utf-8", "surrogateescape"))
    return total.hexdigest()


def input_files(step: Step, root: Path = ROOT) -> list[Path]:
    """The files that the step depends on, sorted, without caches."""
    found = {path for pattern in (*COMMON, *step.inputs) for path in root.glob(pattern) if path.is_file()}
    return sorted(path for path in found if not NOT_INPUTS & set(path.relative_to(root).parts))


def load_green() -> dict[str, str]:
    """What passed last: step name to hash of its inputs. An unreadable file counts as nothing passed."""
    try:
        green = json.loads(GREEN.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return green if isinstance(green, dict) else {}


def save_green(green: Mapping[str, str]) -> None:
    """Write what passed, whole or not at all."""
    GREEN.parent.mkdir(exist_ok=True)
    draft = GREEN.with_suffix(".tmp")
    draft.write_text(json.dumps(green, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    draft.replace(GREEN)


def run(step: Step) -> Result:
    """Run one step with its output on the terminal; it is ended when its time is over."""
    command = list(step.command)
    if step.notebooks:
        notebooks = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob(step.notebooks))
        if not notebooks:
            print(f"no {step.notebooks}: write them with `autograde build`", flush=True)
            return "failed"
        command += notebooks
    # The kernels that a step starts belong to its group, so that none is left behind.
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        env=environment(step),
        start_new_session=os.name != "nt",
    )
    try:
        return "passed" if process.wait(timeout=step.minutes * 60) == 0 else "failed"
    except subprocess.TimeoutExpired:
        print(f"\nended after {step.minutes:g} minutes, the limit of this step", flush=True)
        return "failed"
    finally:
        end(process)


def environment(step: Step) -> dict[str, str]:
    """The environment of a step. nbgrader calls `alembic` by its bare name, so ours come first."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    return {**os.environ, "PATH": path, **step.environment}


def end(process: subprocess.Popen[bytes]) -> None:
    """End the process, if it still runs, and everything it started."""
    if os.name == "nt":
        process.kill()
    else:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass  # nothing of the group is left
    process.wait()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the fast or the slow steps; return 1 if one failed."""
    parser = argparse.ArgumentParser(description="Run the project's checks.")
    parser.add_argument("--slow", action="store_true", help="run the slow steps instead of the fast ones")
    parser.add_argument("--all", action="store_true", help="skip nothing, also what did not change")
    options = parser.parse_args(arguments)
    steps = SLOW if options.slow else FAST
    force = options.all or os.environ.get("CI", "").lower() in {"1", "true", "yes"}
    green = load_green()
    rows: list[tuple[str, Result, float]] = []
    for number, step in enumerate(steps, 1):
        print(f"\n=== {number}/{len(steps)} {step.name}", flush=True)
        before = digest(step)
        started = time.monotonic()
        if not force and green.get(step.name) == before:
            result: Result = "skipped"
            print("unchanged since it last passed; --all runs it all the same", flush=True)
        else:
            green.pop(step.name, None)
            result = run(step)
            # A file changed while the step ran: what it passed on is not known.
            if result == "passed" and digest(step) == before:
                green[step.name] = before
            save_green(green)
        rows.append((step.name, result, time.monotonic() - started))
        print(f"=== {step.name}: {result}, {rows[-1][2]:.1f} s", flush=True)
    report(rows)
    return int(any(result == "failed" for _, result, _ in rows))


def report(rows: Sequence[tuple[str, Result, float]]) -> None:
    """Print the closing table and, last, the plain line that counts the steps."""
    width = max(len(name) for name, _, _ in rows)
    print()
    for name, result, seconds in rows:
        print(f"{name:<{width}}  {result:<7}  {seconds:7.1f} s")
    print(f"{'together':<{width}}  {'':<7}  {sum(seconds for _, _, seconds in rows):7.1f} s\n")
    count = {kind: sum(result == kind for _, result, _ in rows) for kind in ("passed", "failed", "skipped")}
    skipped = f", {count['skipped']} skipped" if count["skipped"] else ""
    print(f"{count['passed']} passed, {count['failed']} failed{skipped}", flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        print("\ninterrupted", file=sys.stderr)
        sys.exit(130)
