"""The examiner over real kernels: what clumsy answers do, what they cost, and what a verdict is."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import micro
import nbformat
import pytest
from micro import DOUBLE, RIGHT, TOTAL, UNIT
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from sittings import BOTH, FAST, NO_DOUBLE, NO_TOTAL, NONE, PATIENT, Grader, def_double, passed, shown, slow

from autograde.examiner.execution import checks_of
from autograde.examiner.kernel import KernelRoom, Limits
from autograde.examiner.seeds import course_secret, submission_seed
from autograde.examiner.sitting import Sitting, points_of, verdict
from worktest.checks.run import Report, Result

NEVER = "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass"


# What a clumsy answer does ---------------------------------------------------------------------------------------


def test_right_blank_and_half_right(sit: Grader, micro_root: Path) -> None:
    assert passed(sit()) == BOTH
    assert passed(sit(notebook=micro.released(micro_root))) == NONE
    half = sit(def_double("return np.asarray([2.0, 4.0])"))
    assert passed(half) == {DOUBLE: 1, TOTAL: 2}
    assert points_of(half[0][DOUBLE], 4) == 2.0


def test_a_syntax_error_costs_its_own_cell_only(sit: Grader) -> None:
    graded = sit({DOUBLE: "def double(values:\n    return 2"})
    assert passed(graded) == NO_DOUBLE
    assert "There is no `double` yet" in graded[0][DOUBLE].results[0].says
    assert "invalid syntax" in shown(graded, "double(values:") or "never closed" in shown(graded, "double(values:")


@pytest.mark.slow
def test_an_endless_cell_is_left_out(sit: Grader) -> None:
    graded = sit(before=("import time\nwhile True: time.sleep(0.1)",), limits=FAST)
    assert passed(graded) == BOTH
    assert "longer than 2 seconds" in shown(graded, "while True")


def test_an_endless_cell_that_can_not_be_interrupted(sit: Grader) -> None:
    graded = sit(before=("kept = 5", NEVER, "assert kept == 5; print('still', kept)"), limits=FAST)
    assert passed(graded) == BOTH
    assert "left out" in shown(graded, "except BaseException") and "still 5" in shown(graded, "assert kept")


def test_many_slow_cells_end_with_the_time_for_the_notebook(sit: Grader) -> None:
    slow = Limits(cell_seconds=2.0, notebook_seconds=3.0)
    graded = sit(before=tuple(f"import time; time.sleep(1.3)  # {n}" for n in range(5)), limits=slow)
    assert passed(graded) == NONE
    assert "took more than 0.05 minutes" in shown(graded, "# 4") and not shown(graded, "# 0")


def test_an_endless_answer_costs_its_own_topic_only(sit: Grader) -> None:
    graded = sit(def_double(NEVER), limits=FAST)
    assert passed(graded) == NO_DOUBLE
    assert "longer than 1 seconds" in graded[0][DOUBLE].results[0].says


def test_cells_that_end_the_kernel_are_left_out(sit: Grader) -> None:
    graded = sit(
        before=("first = 1", "import os; os._exit(0)", "exit()", "import sys; sys.exit(3)", "print(first + 1)")
    )
    assert passed(graded) == BOTH
    assert "kernel died" in shown(graded, "os._exit") and "exit or quit" in shown(graded, "exit()")
    assert shown(graded, "print(first").strip() == "2"  # the cells behind are not blamed


@pytest.mark.slow
@pytest.mark.parametrize("cell", ["import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "quit", "quit()"])
def test_other_cells_that_end_the_kernel(cell: str, sit: Grader) -> None:
    graded = sit(before=("first = 1", cell, "print(first + 1)"))
    assert passed(graded) == BOTH and shown(graded, "print(first").strip() == "2"


def test_a_cell_that_ends_the_kernel_a_little_later_is_the_one_left_out(micro_root: Path, tmp_path: Path) -> None:
    with KernelRoom(tmp_path, PATIENT) as room:
        sitting = Sitting(room=room, checks=checks_of(UNIT), seed=1)
        sitting.run("x = 1")
        sitting.run("import os, threading; threading.Timer(0.2, os._exit, [0]).start()")
        time.sleep(1.0)
        (output,) = sitting.run("print(x + 1)")
        assert output.text.strip() == "2"
        assert sitting._ran == ["x = 1", "print(x + 1)"] and sitting._restarts == 1


ENDINGS = ["import os; os._exit(1)", *slow("exit()", "import ctypes; ctypes.string_at(0)")]


@pytest.mark.parametrize("body", ENDINGS)
def test_an_answer_that_ends_its_kernel_costs_its_own_topic_only(body: str, sit: Grader) -> None:
    assert passed(sit(def_double(body))) == NO_DOUBLE


def test_a_flood_is_stopped_and_not_kept(sit: Grader) -> None:
    flood = "for _ in range(100):\n    print('x' * 1_000_000)"
    graded = sit({TOTAL: flood}, before=("print('y' * 1_000_000)",))
    assert passed(graded) == NO_TOTAL
    assert "was stopped" in shown(graded, "'x' *") and "printed more than 3" in shown(graded, "'x' *")
    assert "not kept" in shown(graded, "'y' *")
    assert len(nbformat.writes(graded[1])) < 60_000


def test_an_answer_that_floods_while_it_is_asked(sit: Grader) -> None:
    quiet = "print('z' * 5_000_000)\nreturn np.asarray(values) * 2"
    assert passed(sit(def_double(quiet))) == BOTH  # what it prints while asked goes nowhere


def test_pictures_and_many_small_outputs_are_bounded(sit: Grader) -> None:
    storm = "import base64\nfrom IPython.display import display\n" + (
        "for _ in range(300):\n    display({'image/png': 'iVBO' * 2500, 'text/html': '<script>'}, raw=True)\n"
        "for _ in range(3000):\n    display({'text/plain': 'w' * 100}, raw=True)"
    )
    graded = sit(before=(storm,))
    assert passed(graded) == BOTH
    assert len(nbformat.writes(graded[1])) < 250_000 and "<script>" not in shown(graded, "display(")


def test_a_warning_from_a_right_answer_costs_nothing(sit: Grader) -> None:
    body = "import sys, warnings\nwarnings.warn('careful')\nprint('!', file=sys.stderr)\nreturn np.asarray(values) * 2"
    graded = sit(def_double(body), before=("import sys; print('noise', file=sys.stderr)",))
    assert passed(graded) == BOTH
    assert "noise" in shown(graded, "'noise'")


@pytest.mark.parametrize("result", [
    "'a text'", "None", "{1: 2}", "[[1], [2, 3]]", "float('nan')", "np.full(len(values), np.nan)", "object()",
    "np.array([object()])", "double", "(v for v in values)", "np.zeros((3000, 3000))", "'x' * 10**8", "10**5000",
    "[values] * 10**6", "(_ for _ in ()).throw(SystemExit)", "(_ for _ in ()).throw(KeyboardInterrupt)", "double(values)", "1j", "np.array(['a'])", "True", "b'bytes'",
])  # fmt: skip
def test_results_of_odd_types_are_wrong_answers_with_a_message(result: str, sit_once: Any) -> None:
    report = sit_once(result)
    assert report.passed == 0
    assert all(r.says and len(r.says) < 600 and len(r.got) < 600 for r in report.results)


@pytest.fixture(scope="module")
def odd_room(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """One kernel for all odd results; it must survive each of them."""
    with KernelRoom(tmp_path_factory.mktemp("odd"), PATIENT) as room:
        assert not room.run("import numpy as np").error
        yield room


@pytest.fixture
def sit_once(odd_room: KernelRoom, micro_root: Path) -> Any:
    def examine(result: str) -> Report:
        odd_room.run(f"def double(values):\n    return {result}")
        sitting = Sitting(room=odd_room, checks=checks_of(UNIT), seed=1)
        report = sitting.examine(DOUBLE)
        odd_room.run(RIGHT[DOUBLE])
        assert sitting.examine(DOUBLE).passed == 2 and sitting._restarts == 0
        return report

    return examine


def test_other_clumsy_things(sit: Grader) -> None:
    graded = sit(before=(
        "input('name? ')",
        "import os; os.chdir('/')",
        "%%bash\necho from bash",
        "!echo from the shell",
        "%matplotlib inline\nimport matplotlib.pyplot as plt\nfor _ in range(3):\n    plt.plot([1]); plt.show()",
        "import threading, time\n"
        "threading.Thread(target=lambda: [(time.sleep(.01), print('late')) for _ in range(500)]).start()",
        "import asyncio\nawait asyncio.sleep(0)\nasyncio.get_running_loop().create_task(asyncio.sleep(99))",
        "unit = None; worktest = None; world = 7; json = str = list",
        "open('world.py', 'w').write('1/0'); open('visible.py', 'w').write('1/0')",
        "import subprocess; subprocess.Popen(['sleep', '60'])",
        "get_ipython().run_line_magic('reset', '-f')\nimport numpy as np",
    ))  # fmt: skip
    assert passed(graded) == BOTH
    assert "from bash" in shown(graded, "%%bash") and "from the shell" in shown(graded, "!echo")
    assert "image/png" in shown(graded, "plt.show")


def test_the_users_own_settings_have_no_say(sit: Grader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    startup = tmp_path / "home" / ".ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("def total(values): return float(sum(values))\n")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PYTHONSTARTUP", str(startup / "00.py"))
    monkeypatch.setenv("MPLBACKEND", "no_such_backend")
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    graded = sit({TOTAL: "import matplotlib.pyplot as plt; print(plt.get_backend())"})
    assert passed(graded) == NO_TOTAL
    assert "inline" in shown(graded, "get_backend")


# Seeds and verdicts ----------------------------------------------------------------------------------------------


def test_seeds_follow_the_submission_and_the_secret() -> None:
    def notebook(*sources: str) -> NotebookNode:
        return NotebookNode(cells=[new_code_cell(source) for source in sources])

    seed = submission_seed(b"secret", notebook("x = 1", "y"))
    noisy = notebook("x = 1", "y")
    noisy.cells[0].outputs = [NotebookNode(output_type="stream", name="stdout", text="1")]
    noisy.cells[0].metadata.tags = ["a"]
    assert submission_seed(b"secret", noisy) == seed
    others = [
        submission_seed(b"secret", notebook("x = 1 ", "y")),
        submission_seed(b"secret", notebook("x = 1y", "")),
        submission_seed(b"secret", notebook("y", "x = 1")),
        submission_seed(b"Secret", notebook("x = 1", "y")),
    ]
    assert len({seed, *others}) == 5 and 0 <= seed < 2**63


def test_the_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "course" / "secret"
    secret = course_secret(path)
    assert len(secret) == 32 and course_secret(path) == secret
    assert course_secret(tmp_path / "other") != secret
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("maximum", [1, 3, 7])
def test_a_verdict_is_one_number_within_bounds(maximum: int) -> None:
    for total in range(4):
        for n_passed in range(total + 1):
            results = [Result(str(i), "<b>title</b>", i < n_passed, says="<script>") for i in range(total)]
            report = Report("topic-x", results)
            output = verdict(report, maximum, note="<i>note</i>")
            value = float(output.data["text/plain"])
            assert 0 <= value <= maximum
            assert (value == maximum) == (total > 0 and n_passed == total)
            assert (value == 0) == (n_passed == 0)
            assert not {"<script>", "<b>title", "<i>"} & set(output.data["text/html"].split())
            assert "<script>" not in output.data["text/html"] and "<i>note" not in output.data["text/html"]
            nbformat.validate(NotebookNode(nbformat=4, nbformat_minor=5, metadata={}, cells=[
                new_code_cell("", outputs=[output])]))  # fmt: skip
