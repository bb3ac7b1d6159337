"""How well scores agree: Krippendorff's alpha for levels that have an order, and what its value means in words.

Alpha is 1 minus (disagreement seen) / (disagreement that chance would give), so 1 is full agreement, 0 is chance, and
below 0 is worse than chance. Ordinal: one level apart counts less than two. The bars are Krippendorff's own (Content
Analysis): 0.800 to rely on, 0.667 as the lowest at which tentative conclusions stand.

Where every score is the same level there is no disagreement and none was to be expected: alpha is 0/0. It is then
undefined (None), neither 1 nor 0: a rubric of which only one level was used has not been tried.
"""

from __future__ import annotations

from collections.abc import Sequence

TENTATIVE, RELIABLE = 0.667, 0.800
FEW = 20
"""Fewer scored pairs than this say little. Two scorers who throw a die with three faces reach an alpha of
0.4 in 26 % of rounds with 3 pairs, 11 % with 9, 3 % with 20 (10,000 rounds each)."""

TOO_FEW = 6
"""Fewer pairs than this say nothing: with 3, a die reaches even 0.667 in one round of nine."""


def alpha(ratings: Sequence[Sequence[int | None]]) -> float | None:
    """Krippendorff's alpha, ordinal. One row a scorer, one column a thing scored; None where a score is missing.

    Gives None when it is undefined: fewer than two scores for everything, or one and the same level everywhere.
    """
    import krippendorff
    import numpy as np

    table = np.array([[np.nan if x is None else float(x) for x in row] for row in ratings], dtype=float)
    if table.ndim != 2:
        return None
    paired = table[:, (~np.isnan(table)).sum(axis=0) >= 2]  # a thing that one scorer saw says nothing on agreement
    if np.unique(paired[~np.isnan(paired)]).size < 2:
        return None
    return float(krippendorff.alpha(reliability_data=paired, level_of_measurement="ordinal"))


def in_words(value: float | None, pairs: int) -> str:
    """One or two sentences on an alpha that stands on ``pairs`` things which two or more have scored."""
    if pairs == 0:
        return "Krippendorff's alpha: nothing was scored by two."
    if value is None:
        return (
            "Krippendorff's alpha is undefined here: every score is the same level, so there was nothing to disagree "
            "about. That is no proof of agreement."
        )
    items = f"{pairs} pair{'s' if pairs != 1 else ''} of scores"
    if pairs < TOO_FEW:
        return (
            f"Krippendorff's alpha (1 is full agreement, 0 is chance): {value:.2f}. It stands on {items}, "
            "too few to mean anything: talk about the differences instead."
        )
    if value >= RELIABLE:
        means = "reliable by the usual bar of 0.80"
    elif value >= TENTATIVE:
        means = "enough for tentative conclusions (the usual bars are 0.67 and 0.80)"
    elif value > 0.05:
        means = "better than chance, below the usual bar of 0.67"
    elif value >= -0.05:
        means = "about what chance would give"
    else:
        means = "less than chance would give: the scores run against each other"
    said = f"Krippendorff's alpha (1 is full agreement, 0 is chance): {value:.2f}, {means}."
    if pairs < FEW:
        said += f" It stands on {items}, so it is a rough figure: chance alone moves it a lot."
    return said
