"""Looking at a learner's plot leaves the notebook's own plots alone."""

from __future__ import annotations

from pathlib import Path

from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

_DEFINE = """
import matplotlib.pyplot as plt
from worktest.figures import drawn_by

def draw():
    _, ax = plt.subplots()
    ax.plot([1, 2])
    return ax
"""


def test_plots_still_show_when_the_first_one_was_drawn_for_a_check(tmp_path: Path) -> None:
    checked = new_code_cell("assert drawn_by(draw)['axes'] == 1")
    plotted = new_code_cell("draw();")
    notebook = new_notebook(cells=[new_code_cell(_DEFINE), checked, plotted])
    NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    assert [kind for output in plotted.outputs for kind in output.get("data", {})].count("image/png") == 1
    assert not checked.outputs, "the check's own plot is not shown"
