"""Run our side in a process of its own, so that its start is timed and its memory is told from the measuring one's."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from autograde.bench.block import Block, shared_out
from autograde.bench.memory import Watch
from worktest.errors import UserError


def ours_apart(root: Path, unit: str, students: Sequence[str], *, workers: int, explore: bool) -> Block:
    """What :func:`autograde.bench.ours.ours` gives, with the start of a process in its seconds and with its memory.

    Raises UserError with the last line of what it said when the process fails.
    """
    with tempfile.TemporaryDirectory(prefix="wt-bench-") as scratch:
        wanted, given, log = (Path(scratch) / name for name in ("wanted.json", "given.json", "log.txt"))
        wanted.write_text(
            json.dumps(
                {
                    "root": str(root),
                    "unit": unit,
                    "students": list(students),
                    "workers": workers,
                    "explore": explore,
                }
            ),
            encoding="utf-8",
        )
        start = time.monotonic()
        with log.open("wb") as out:  # a file, not a pipe: kernels that outlive their parent would hold a pipe open
            process = subprocess.Popen(
                [sys.executable, "-m", "autograde.bench.apart", str(wanted), str(given)],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
            with Watch(process.pid) as watch:
                code = process.wait()
        seconds = time.monotonic() - start
        if code:
            said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines() or ["it said nothing"]
            raise UserError(f"our side failed: {said[-1]}")
        data: dict[str, Any] = json.loads(given.read_text(encoding="utf-8"))
    block = Block(**data)
    block.seconds, block.peak, block.peak_shared = seconds, watch.peak, watch.peak_shared
    block.each = shared_out(block.each, seconds)
    return block


def _main(wanted: Path, given: Path) -> None:
    from autograde.bench.ours import ours

    task = json.loads(wanted.read_text(encoding="utf-8"))
    root, unit, students = Path(task["root"]), str(task["unit"]), list(task["students"])
    block = ours(root, unit, students, workers=int(task["workers"]), explore=bool(task["explore"]))
    given.write_text(json.dumps({**block.to_json(), "notes": {}}), encoding="utf-8")


if __name__ == "__main__":
    _main(Path(sys.argv[1]), Path(sys.argv[2]))
