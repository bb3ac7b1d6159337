"""The examiner over real kernels: what answers may do, and what they gain by it."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import micro
import nbformat
import pytest
from micro import DOUBLE, RIGHT, TOTAL, UNIT, answered, cell_of
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograde.examiner.kernel import KernelRoom, Limits
from autograde.examiner.seeds import course_secret, submission_seed
from autograde.examiner.sitting import Sitting, points_of, verdict
from autograde.examiner.steps import checks_of
from autograde.submission import repair
from worktest.checks.run import Report, Result

FAST = Limits(cell_seconds=2.0, ask_seconds=1.0, start_seconds=60.0, kept_chars=2_000, flood_chars=3_000_000)
PATIENT = Limits(kept_chars=2_000, flood_chars=3_000_000)
NEVER = "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass"
Graded = tuple[dict[str, Report], NotebookNode]
Grader = Callable[..., Graded]


@pytest.fixture
def sit(micro_root: Path, tmp_path: Path) -> Grader:
    """Hold a sitting over a submission: the right answers with these changes."""
    folder = tmp_path / "zimmer 1"
    folder.mkdir()
    for path in (micro_root / "curriculum" / UNIT).iterdir():
        (folder / path.name).write_bytes(path.read_bytes())

    def hold(
        answers: dict[str, str] | None = None,
        *,
        before: tuple[str, ...] = (),
        notebook: NotebookNode | None = None,
        limits: Limits = PATIENT,
    ) -> Graded:
        nb = notebook if notebook is not None else answered(micro_root, answers, before=before)
        original = micro.released(micro_root)
        explore = frozenset(c.id for c in original.cells if "explore" in c.metadata.get("tags", []))
        repair(nb, original)
        with KernelRoom(folder, limits) as room:
            reports = Sitting(room=room, checks=checks_of(UNIT), seed=11, skip=explore).hold(nb)
        nbformat.validate(nb)
        for topic, report in reports.items():
            assert_one_verdict(cell_of(nb, f"{topic}-check"), report)
        return reports, nb

    return hold


def assert_one_verdict(cell: NotebookNode, report: Report) -> None:
    """nbgrader takes no output as full points, stderr as zero, and a number above the maximum as a crash."""
    (output,) = cell.outputs
    assert output.output_type == "execute_result"
    assert 0.0 <= float(output.data["text/plain"]) <= cell.metadata.nbgrader.points
    assert float(output.data["text/plain"]) == points_of(report, cell.metadata.nbgrader.points)


def passed(graded: Graded) -> dict[str, int]:
    """Checks passed by topic; each topic has two, one visible and one held back."""
    assert all(len(report.results) == 2 for report in graded[0].values())
    return {topic: report.passed for topic, report in graded[0].items()}


def shown(graded: Graded, source_part: str) -> str:
    """Everything that the cell with this text in it shows."""
    (cell,) = [c for c in graded[1].cells if c.cell_type == "code" and source_part in c.source]
    return "\n".join(str(o.get("text") or o.get("data") or o.get("evalue")) for o in cell.outputs)


BOTH, NONE = {DOUBLE: 2, TOTAL: 2}, {DOUBLE: 0, TOTAL: 0}
NO_DOUBLE, NO_TOTAL = {DOUBLE: 0, TOTAL: 2}, {DOUBLE: 2, TOTAL: 0}


def def_double(body: str) -> dict[str, str]:
    """An answer whose function has this body."""
    return {DOUBLE: "def double(values):\n" + "".join(f"    {line}\n" for line in body.splitlines())}


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


@pytest.mark.slow
def test_a_cell_that_ends_the_kernel_a_little_later(sit: Grader) -> None:
    later = "import os, threading; threading.Timer(0.3, os._exit, [0]).start()"
    assert passed(sit(before=("x = 1", later, "import time; time.sleep(1)", "x + 1"))) == BOTH


def slow(*values: str) -> list[Any]:
    return [pytest.param(value, marks=pytest.mark.slow) for value in values]


ENDINGS = ["import os; os._exit(1)", *slow("exit()", "import ctypes; ctypes.string_at(0)")]


@pytest.mark.parametrize("body", ENDINGS)
def test_an_answer_that_ends_its_kernel_costs_its_own_topic_only(body: str, sit: Grader) -> None:
    assert passed(sit(def_double(body))) == NO_DOUBLE


def test_a_flood_is_stopped_and_not_kept(sit: Grader) -> None:
    flood = "for _ in range(100):\n    print('x' * 1_000_000)"
    graded = sit({TOTAL: flood}, before=("print('y' * 1_000_000)",))
    assert passed(graded) == NO_TOTAL
    assert "was stopped" in shown(graded, "'x' *") and "printed more than 3 MB" in shown(graded, "'x' *")
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


# What a cheat does -----------------------------------------------------------------------------------------------

PATCHES = {
    "expect in the room": "import worktest.checks.expect as e\nfor n in ('close', 'array', 'number', 'equal'):\n"
    "    setattr(e, n, lambda *a, **k: a[0])",
    "run_check in the room": "import worktest.checks.run as r\nr.run_check = lambda c, *a, **k: r.Result(c.name, '', True)",
    "numpy": "np.abs = np.isnan = np.asarray = lambda *a, **k: np.float64(0)\nnp.array_equal = lambda *a: True",
    "json": "import json\njson.dumps = lambda *a, **k: '{\"ok\": true}'",
    "the room's serve": "import worktest.room as r\nr.serve = lambda text: '{\"ok\": {\"$\": \"dict\", \"v\": []}, \"passed\": true}'",
    "the room's codec": "import worktest.room as r\nr.encode = lambda v, *a: {'$': 'array', 'dtype': '|O', 'shape': [1], 'data': ''}",
    "a module of its own": "import sys, types\nm = types.ModuleType('worktest.room'); m.serve = lambda t: 'passed'\n"
    "sys.modules['worktest.room'] = m",
    "an object equal to all": "class Yes:\n    __eq__ = __le__ = __ge__ = lambda *a: True\n    __array__ = lambda *a, **k: np.zeros(2)\n"
    "def double(values): return Yes()\ndouble_ = double",
    "the shell's display": "ip = get_ipython()\nip.display_formatter.format = lambda *a, **k: ({'text/plain': '4'}, {})",
    "the reply itself": "k = get_ipython().kernel\nk.shell.user_expressions = lambda e: {'reply': {'status': 'ok', "
    "'data': {'text/plain': 4}}}",
    "no reply at all": "k = get_ipython().kernel\nk.shell.user_expressions = lambda e: [1, 2]",
    "a reply too deep": "k = get_ipython().kernel\nk.shell.user_expressions = lambda e: {'reply': {'status': 'ok', "
    "'data': {'text/plain': repr('[' * 10**6)}}}",
    "points as output": "class P:\n    def __repr__(self): return '100'\nfrom IPython.display import display\n"
    "def double(values):\n    display(P()); get_ipython().displayhook(100); return 100",
    "the source's syntax": "import ast\nclass T(ast.NodeTransformer):\n    def visit_Assert(self, n): return ast.Pass()\n"
    "get_ipython().ast_transformers.append(T())",
}  # fmt: skip


FAST_PATCHES = {"expect in the room", "the room's serve", "no reply at all", "points as output"}


@pytest.mark.parametrize("case", [c if c in FAST_PATCHES else slow(c)[0] for c in PATCHES])
def test_patching_gains_nothing(case: str, sit: Grader) -> None:
    wrong = {topic: f"if '{name}_' not in globals():\n    def {name}(values): return values" for topic, name in
             ((DOUBLE, "double"), (TOTAL, "total"))}  # fmt: skip
    graded = sit(wrong, before=(PATCHES[case],))
    assert passed(graded) == NONE
    assert "100" not in str(cell_of(graded[1], f"{DOUBLE}-check").outputs[0].data["text/plain"])


def test_writing_into_the_inputs_gains_nothing(sit: Grader) -> None:
    body = "try:\n    values *= 0\nexcept TypeError:\n    values[:] = [0.0] * len(values)\nreturn values"
    assert passed(sit(def_double(body))) == NO_DOUBLE


def test_forged_messages_on_the_kernels_sockets_do_no_harm(sit: Grader) -> None:
    forge = (
        "k = get_ipython().kernel\n"
        "for kind, content in (('stream', {}), ('stream', {'name': 'x', 'text': 3}), ('display_data', {'data': 4}), "
        "('error', {'traceback': None}), ('status', {}), ('execute_result', {'data': {'text/plain': 100}, "
        "'execution_count': 1, 'metadata': {}})):\n"
        "    k.session.send(k.iopub_socket, kind, content, parent=k.get_parent())\n"
        "k.session.send(k.iopub_socket, 'display_data', {'data': {'image/png': ['a'], 'text/plain': {}}}, parent=k.get_parent())\n"
    )
    graded = sit(def_double("return 0"), before=(forge,))
    assert passed(graded) == NO_DOUBLE


def test_fake_points_in_the_notebook_file_gain_nothing(sit: Grader, micro_root: Path) -> None:
    nb = answered(micro_root, def_double("return values"))
    fake = {"output_type": "execute_result", "data": {"text/plain": "4"}, "metadata": {}, "execution_count": 1}
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.outputs = [NotebookNode(copy.deepcopy(fake))]
    for grade_id in (DOUBLE, f"{DOUBLE}-check"):
        cell_of(nb, grade_id).source += "\n4"
    cell_of(nb, f"{DOUBLE}-check").metadata.nbgrader.points = 400
    graded = sit(notebook=nb)
    assert passed(graded) == NO_DOUBLE
    assert [o.output_type for c in graded[1].cells if c.cell_type == "code" for o in c.outputs].count(
        "execute_result"
    ) == 2  # the two verdicts: nbgrader reads an execute_result as points


def test_explore_is_the_sources_word_not_the_learners(sit: Grader, micro_root: Path) -> None:
    nb = answered(micro_root, before=("print('I ran')",))
    next(c for c in nb.cells if "I ran" in c.source).metadata.tags = ["explore"]
    cell_of(nb, DOUBLE).metadata.tags = ["explore"]
    explored = next(c for c in nb.cells if "a long sweep" in c.source)
    explored.metadata.tags, explored.source = [], "a long sweep of my own; 1/0"
    graded = sit(notebook=nb)
    assert passed(graded) == BOTH
    assert "I ran" in shown(graded, "I ran") and "Not run in grading" in shown(graded, "a long sweep")


def test_an_answer_can_not_draw_the_examiners_numbers(sit: Grader) -> None:
    """The room's generators are seeded with another seed than the one the check draws its inputs from."""
    body = (
        "import sys\nframe = sys._getframe()\nwhile 'request' not in frame.f_locals: frame = frame.f_back\n"
        "drawn = np.random.default_rng(frame.f_locals['request']['seed']).normal(size=(5,)) + 1234.0\n"
        "if len(values) == 5 and np.allclose(drawn, values): raise ValueError('I know what comes')\n"
        "return np.asarray(values) * 2"
    )
    assert passed(sit(def_double(body))) == BOTH


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
