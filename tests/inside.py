"""Run cells in a sandboxed kernel and print what they said, as JSON: a program, so that a test can be another user.

``python tests/inside.py FILES``: the released files of a unit; the cells come as a JSON object on standard input.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from autograde.engine import sandbox, warm
from autograde.engine.zygote import FOLDERS
from autograde.examiner.kernel import KernelRoom, Limits


def main() -> None:
    cells = json.load(sys.stdin)
    files, kinds = Path(sys.argv[1]), {"best": None, "bubblewrap": sandbox.Execution(True, False)}
    said: dict[str, object] = {"user": os.getuid(), "execution": str(sandbox.best())}
    try:
        for name, source in cells.items():
            with KernelRoom(files, Limits(cell_seconds=30.0), kinds[sys.argv[2]]) as room:
                run = room.run(source)
                shown = "".join(str(o.get("text") or o.get("evalue") or "") for o in run.outputs)
                said[name] = shown + (f" [{run.error}]" if run.error else "")
        said["left"] = sorted(p.name for p in (warm.base() / FOLDERS).iterdir())
    finally:
        warm.stop()
    print(json.dumps(said))


if __name__ == "__main__":
    main()
