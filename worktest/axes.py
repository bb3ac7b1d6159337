"""Axes for checks of a learner's plots: a world that imports this has them made in the learner's room."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def one_of_two_axes() -> Axes:
    """Axes to draw on: the first of a figure that has two, so that it can be told from another figure's."""
    import matplotlib.pyplot as plt

    figure, (axes, _) = plt.subplots(1, 2)
    plt.close(figure)
    first: Axes = axes
    return first
