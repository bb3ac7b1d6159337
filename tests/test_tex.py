"""Formulas on feedback pages: MathML for what the units use, the source for everything else."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from feedback_page import grades_of, notebook_of, page_of
from nbformat.v4 import new_markdown_cell

from autograde.feedback.tex import as_mathml


def test_every_formula_of_the_units_is_known() -> None:
    """A formula that is not would be shown as source; then ``autograde.feedback.tex`` has something to learn."""
    seen = 0
    for path in sorted((Path(__file__).parents[1] / "curriculum").glob("*/*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "markdown":
                page = page_of(notebook_of(new_markdown_cell(cell.source)), grades_of())
                seen += len(page.select("math"))
                assert not page.select("code.tex"), (path.name, page.select("code.tex"))
    assert seen > 50


@pytest.mark.parametrize(
    ("source", "part"),
    [
        (
            r"\frac{p_c}{2n}",
            "<mfrac><mrow><msub><mi>p</mi><mi>c</mi></msub></mrow><mrow><mn>2</mn><mi>n</mi></mrow></mfrac>",
        ),
        (r"\hat p \pm 1.96", '<mover accent="true"><mi>p</mi><mo stretchy="false">^</mo></mover>'),
        (r"x_i^{-2}", "<msubsup><mi>x</mi><mi>i</mi><mrow><mo>−</mo><mn>2</mn></mrow></msubsup>"),
        (r"\text{a < b}", "<mtext>a &lt; b</mtext>"),
        (r"\sum_i x", "<munder><mo>∑</mo><mi>i</mi></munder>"),
    ],
)
def test_a_formula_is_mathml(source: str, part: str) -> None:
    assert part in as_mathml(source) and as_mathml(source).startswith("<math ")


@pytest.mark.parametrize("source", [r"\unknown{x}", r"\frac{a}{b", "x_", "a_b_c", r"\begin{align}a\end{align}", "{" * 500,
                                    r"\hat" * 500, "\\", "x" * 5000, r"\left( x", "a & b", r"\text{$x$}"])  # fmt: skip
def test_other_tex_is_shown_as_it_stands(source: str) -> None:
    page = BeautifulSoup(as_mathml(source), "html.parser")
    assert page.code is not None and page.code.text == source
