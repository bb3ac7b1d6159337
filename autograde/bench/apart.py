"""Run our side in a process of its own: so its start is timed, and its memory is told from the measuring one's.

Each block starts cold. The engine keeps a server of warm kernels in the user's runtime folder; a block gets a folder of
its own, so it finds none there, and what it left running is ended behind it.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from autograde.bench.block import Block, shared_out
from autograde.bench.memory import MARK, Watch, end_marked, new_mark
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
        mark = new_mark()
        with (
            _cold(mark) as environment,
            log.open("wb") as out,
        ):  # a file, not a pipe: a server that outlives its parent would hold a pipe open
            start = time.monotonic()
            process = subprocess.Popen(
                [sys.executable, "-m", "autograde.bench.apart", str(wanted), str(given)],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
            with Watch(process.pid, mark) as watch:
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


@contextlib.contextmanager
def _cold(mark: str) -> Iterator[dict[str, str]]:
    """An environment in which nothing of ours runs yet; what ran in it at the end is ended."""
    # the folder's name is short: sockets lie in it, and the path of one may have about a hundred characters
    with tempfile.TemporaryDirectory(prefix="wtb-", ignore_cleanup_errors=True) as folder:
        try:
            yield {**os.environ, "XDG_RUNTIME_DIR": folder, MARK: mark}
        finally:
            end_marked(mark)


def _main(wanted: Path, given: Path) -> None:
    from autograde.bench.ours import ours

    task = json.loads(wanted.read_text(encoding="utf-8"))
    root, unit, students = Path(task["root"]), str(task["unit"]), list(task["students"])
    block = ours(root, unit, students, workers=int(task["workers"]), explore=bool(task["explore"]))
    given.write_text(json.dumps({**block.to_json(), "notes": {}}), encoding="utf-8")


if __name__ == "__main__":
    _main(Path(sys.argv[1]), Path(sys.argv[2]))
