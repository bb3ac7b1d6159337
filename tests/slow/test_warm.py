"""Kernels forked from the warm server: what they have, what they lack, and how they end."""

from __future__ import annotations

import ast
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import psutil
import pytest

from autograde.engine import sandbox, warm
from autograde.engine.kernels import start_kernel
from autograde.engine.zygote import FOLDERS
from autograde.examiner.kernel import KernelRoom
from autograde.examiner.sitting import topic_of
from worktest.paths import curriculum

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not warm.possible(), reason="nothing is forked here")]
ROOT = Path(__file__).resolve().parents[2]
FILES = curriculum() / "01_logit_diff_amplification"
HEAVY = ("torch", "transformers", "transformer_lens", "scipy", "matplotlib", "numpy", "pandas", "IPython")


def printed(room: KernelRoom, source: str) -> str:
    run = room.run(source)
    assert not run.error, run.error
    return "".join(output.get("text", "") for output in run.outputs)


def test_no_unit_imports_anything_heavy_that_the_server_has_not() -> None:
    """A new unit's lazy import would cost every submission seconds: it belongs into the imports of its files."""
    for unit in ("00_start_here", "01_logit_diff_amplification"):
        for path in sorted((ROOT / "solutions" / unit).glob("*.ipynb")):
            with KernelRoom(curriculum() / unit) as room:
                printed(room, "import sys; before_it_ran = set(sys.modules)")
                for cell in nbformat.read(path, as_version=4).cells:
                    if (
                        cell.cell_type == "code"
                        and topic_of(cell) is None
                        and "explore" not in cell.metadata.get("tags", [])
                    ):
                        room.run(cell.source)
                new = ast.literal_eval(printed(room, "print(sorted(set(sys.modules) - before_it_ran))").strip())
                heavy = [name for name in new if name.partition(".")[0] in HEAVY]
                assert len(heavy) < 25, (path.name, heavy)


def test_siblings_draw_different_numbers_and_have_one_thread() -> None:
    source = "import random, numpy, torch\nprint(random.random(), numpy.random.rand(), torch.rand(1).item(), torch.get_num_threads())"
    rows = []
    for _ in range(2):
        with KernelRoom(FILES) as room:
            rows.append(printed(room, source).split())
    assert all(one != other for one, other in zip(rows[0][:3], rows[1][:3], strict=True))
    assert rows[0][3] == rows[1][3] == "1"


def folders() -> set[Path]:
    """The folders of running kernels' sockets; one that another grader was killed over may still be on its way out."""
    return set((warm.base() / FOLDERS).iterdir())


def test_an_exit_code_is_reported_and_nothing_is_left() -> None:
    before = folders()
    kernel = start_kernel(FILES, sandbox.best())
    client = kernel.manager.client()
    client.start_channels(stdin=False, hb=False)
    client.execute("import os; os._exit(3)")
    deadline = time.monotonic() + 20
    while kernel.alive() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not kernel.alive() and kernel.manager.provisioner._exit == 3  # type: ignore[union-attr]
    client.stop_channels()
    kernel.end()  # by itself a context would wait for sockets that nobody closes
    assert folders() <= before


def test_a_kernel_ends_with_who_asked_for_it() -> None:
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom autograde.examiner.kernel import KernelRoom\n"
        "room = KernelRoom(Path(sys.argv[1])); room.start(); room.run('import time\\nmark = 1')\n"
        "print('up', flush=True); time.sleep(60)"
    )
    server, others = psutil.Process(warm.ask({"op": "about"}, start=True)["pid"]), folders()
    of_others = server.children(recursive=True)
    grader = subprocess.Popen(
        [sys.executable, "-c", script, str(FILES)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert grader.stdout is not None and grader.stdout.readline() == "up\n"
    kernels = [process for process in server.children(recursive=True) if process not in of_others]
    assert kernels and folders() - others
    grader.send_signal(signal.SIGKILL)
    grader.wait()
    gone, alive = psutil.wait_procs(kernels, timeout=10)
    assert gone and not alive
    deadline = time.monotonic() + 10
    while not folders() <= others and time.monotonic() < deadline:
        time.sleep(0.05)
    assert folders() <= others  # what the killed grader could not remove


def test_answers_that_take_all_memory_together_are_stopped() -> None:
    hog = (
        "import os, time\nfor _ in range(4):\n    if os.fork() == 0:\n        x = bytearray(os.urandom(1)) * 2**30\n"
        "        time.sleep(30)\n        os._exit(0)\ntime.sleep(30)"
    )
    with KernelRoom(FILES) as room:
        run = room.run(hog)
    assert run.lost and "GB of memory" in run.error and "3 GB are allowed" in run.error
