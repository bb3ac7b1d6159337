"""The digest of a proof: what makes it stale, and what does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from micro import DOUBLE, TOTAL, UNIT
from proof_unit import NOUGHT, RELEASED, WORKED, Change, cell_edit, edit, replace

from autograde.answers.bank import read_bank
from autograde.answers.digest import _modules, digests_of


@pytest.fixture
def root(proof_root: Path) -> Path:
    return proof_root


STALE = {
    "hidden check": edit(f"{WORKED}/hidden.py", "# stricter\n"),
    "another file of checks": edit(f"{WORKED}/hidden_more.py", "x = 1\n"),
    "visible check": edit(f"{WORKED}/visible.py", "# kinder\n"),
    "world": edit(f"{WORKED}/world.py", "MORE = 1\n"),
    "world beside the kernel": edit(f"{RELEASED}/world.py", "MORE = 1\n"),
    "data": edit(f"{WORKED}/data/table.csv", "1,2\n"),
    "data beside the kernel": edit(f"{RELEASED}/data/table.csv", "1,2\n"),
    "weights": edit(f"{WORKED}/weights/w.safetensors", "\0w"),
    "a worked answer": cell_edit(f"{WORKED}/micro.ipynb", "code", "\n# other"),
    "version of torch": replace("requirements.lock", "torch==2.13.0", "torch==2.14.0"),
}
CURRENT = {
    "hints": edit(f"{WORKED}/hints.toml", "# prose\n"),
    "interview": edit(f"{RELEASED}/interview.yaml", "# prose\n"),
    "title of the unit": replace(f"{WORKED}/unit.toml", "A unit for tests", "A fine unit"),
    "script": edit(f"{WORKED}/micro.nb.py", "# prose\n"),
    "Markdown": cell_edit(f"{WORKED}/micro.ipynb", "markdown", " and more prose"),
    "outputs": cell_edit(f"{WORKED}/micro.ipynb", "code", "7", outputs=True),
    "explore cell": replace(f"{WORKED}/micro.ipynb", "a long sweep", "a longer sweep"),
    "how data are made": edit(f"{WORKED}/make_data.py", "x = 1\n"),
    "caches": edit(f"{WORKED}/__pycache__/world.py", "x = 1\n"),
    "hidden file of a system": edit(f"{WORKED}/data/.DS_Store", "x"),
    "another package": replace("requirements.lock", "rich==13.0", "rich==14.0"),
    "who asks for a package": replace("requirements.lock", "# via scipy", "# via pandas, scipy"),
    "line endings of checks": replace(f"{WORKED}/hidden.py", "\n", "\r\n"),
    "line endings of an answer": replace(f"{WORKED}/answers/{DOUBLE}/minus.py", "\n", "\r\n"),
    "line endings of a notebook": replace(f"{WORKED}/micro.ipynb", "\n", "\r\n"),
}


def now() -> dict[str, str]:
    return digests_of(UNIT, read_bank(UNIT))


@pytest.mark.parametrize("change", STALE.values(), ids=STALE)
def test_what_a_verdict_depends_on_makes_every_proof_of_the_unit_stale(change: Change, root: Path) -> None:
    before = now()
    change(root)
    assert {topic for topic, digest in now().items() if digest != before[topic]} == {DOUBLE, TOTAL}


@pytest.mark.parametrize("change", CURRENT.values(), ids=CURRENT)
def test_prose_and_line_endings_make_none_stale(change: Change, root: Path) -> None:
    before = now()
    change(root)
    assert now() == before


@pytest.mark.parametrize(
    "change",
    [
        edit(f"{WORKED}/answers/{TOTAL}/nought.py", "# other\n"),
        edit(f"{WORKED}/answers/{TOTAL}/other.py", NOUGHT),
        lambda root: (root / f"{WORKED}/answers/{TOTAL}/nought.py").unlink(),
        cell_edit(f"{RELEASED}/micro.ipynb", "code", "\n# other stub"),
    ],
    ids=["changed", "new", "removed", "stub"],
)
def test_an_answer_belongs_to_its_own_cell(change: Change, root: Path) -> None:
    before = now()
    change(root)
    assert {topic for topic, digest in now().items() if digest != before[topic]} == {TOTAL}


@pytest.mark.parametrize(
    ("declares", "stale"),
    [
        (
            f'from worktest.checks import check\n\n\n@check("{TOTAL}")\ndef more(answer, rng):\n    """more"""\n',
            {TOTAL},
        ),
        (
            f'from worktest.checks import check\n\n\n@check("micro-" + "{TOTAL}"[6:])\ndef more(a, rng):\n    """more"""\n',
            None,
        ),
        ("not python (\n", None),
    ],
    ids=["named", "computed", "not to be read"],
)
def test_a_file_of_checks_belongs_to_the_cells_that_it_checks(
    declares: str, stale: set[str] | None, root: Path
) -> None:
    before = now()
    edit(f"{WORKED}/hidden_more.py", declares)(root)
    assert {topic for topic, digest in now().items() if digest != before[topic]} == (stale or {DOUBLE, TOTAL})


def test_line_endings_of_data_do_not_count(root: Path) -> None:
    edit(f"{WORKED}/data/table.csv", "a,b\n1,2\n")(root)
    before = now()
    replace(f"{WORKED}/data/table.csv", "\n", "\r\n")(root)
    assert now() == before


def test_modules_of_worktest_count_where_a_unit_imports_them() -> None:
    plain = _modules(["import worktest\nunit = worktest.open_unit()\n", "not python at all ("])
    assert {"room.py", "figures.py", "checks/expect.py"} <= set(plain)
    assert not any(name.startswith(("agents", "notebook", "journal")) for name in plain)
    more = set(_modules(["%matplotlib inline\nfrom worktest.agents import tasks\n"])) - set(plain)
    assert {"agents/tasks.py", "agents/shell.py", "agents/system.py"} <= more  # what it imports in its turn
    assert "units.py" not in more
