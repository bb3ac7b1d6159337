"""The examiner over real kernels: what cheats try, and what they gain by it."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from micro import DOUBLE, TOTAL, answered, cell_of
from nbformat import NotebookNode
from sittings import BOTH, NO_DOUBLE, NONE, Grader, def_double, passed, shown, slow

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
