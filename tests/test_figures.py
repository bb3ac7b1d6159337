"""Looking at a learner's plot leaves the notebook's own plots alone."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from worktest.figures import drawn_by

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


def test_a_figure_says_its_ticks_and_how_far_it_reaches() -> None:
    def draw() -> object:
        _, ax = plt.subplots()
        ax.errorbar([3.0, 4.1], [0.2, 0.4], yerr=0.1, label="numbers")
        ax.set_xticks([3, 4], ["first", "min"])
        ax.set_ylim(0, 1)
        return ax

    drawn = drawn_by(draw)
    assert drawn["xticks"] == [[3.0, "first"], [4.0, "min"]]
    assert drawn["ylim"] == [0.0, 1.0]


def test_names_across_are_places() -> None:
    def draw() -> object:
        _, ax = plt.subplots()
        ax.errorbar(["first", "min"], [0.2, 0.4], yerr=0.1, label="names")
        ax.plot(["first", "min"], [0.2, 0.4])
        return ax

    drawn = drawn_by(draw)
    assert [bars["x"] for bars in drawn["errorbars"]] == [[0.0, 1.0]]
    assert [bars["x"] for bars in drawn["lines"]] == [[0.0, 1.0]]
    assert drawn["xticks"] == [[0.0, "first"], [1.0, "min"]]
    assert np.allclose(drawn["errorbars"][0]["segments"], [[[0, 0.1], [0, 0.3]], [[1, 0.3], [1, 0.5]]])
