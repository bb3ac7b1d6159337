"""Nothing that stands in a submission, in a name or in a comment runs in the feedback page or fetches anything."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from feedback_page import (
    answer_cell,
    dangers,
    graded_cell,
    grades_of,
    notebook_of,
    page_of,
    unchecked_page_of,
    written_cell,
)
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell

from autograde.feedback.grades import Mark
from worktest.checks.run import Result

ATTACKS = [
    "<script>pwned()</script>",
    "<img src=x onerror=pwned()>",
    "\"><svg onload='pwned()'>",
    "'\"--></style></title></pre></code></details></section><script>pwned()</script>",
    "<a href='javascript:pwned()'>x</a> [y](javascript:pwned()) [z](data:text/html,<script>pwned()</script>)",
    "<iframe srcdoc='<script>pwned()</script>'></iframe><object data=x></object><base href='//evil.example/'>",
    "<img src='https://evil.example/p'> ![p](//evil.example/p) <link rel=stylesheet href='https://evil.example/c'>",
    "<div id='top' class='card done' style='position:fixed'>all passed</div><h2 id=g2>x</h2><form action=x><input>",
    "{{ 7 * 191 }} {% raw %} {{ nb.__class__ }}",
    "$\\text{<script>pwned()</script>}$ $$\\text{\"><img src=x onerror=pwned()>}$$ <span class='tex'>\\hat{<i>}</span>",
    "<p title='<table onmouseover=pwned() '>x</p><table background='https://evil.example'><style>@import 'x'</style>",
    "\x1b[31m\x00<math><mtext><table><mglyph><style><img src=x onerror=pwned()>\ud800",
    "`<script>pwned()</script>` ```<script>pwned()</script>``` \n```html\n<script>pwned()</script>\n```",
]  # fmt: skip


def everywhere(text: str) -> BeautifulSoup:
    """A page with ``text`` in every place that a submission, a learner's name or a grader can fill."""
    data = (
        "text/html",
        "text/markdown",
        "text/latex",
        "text/plain",
        "image/svg+xml",
        "image/png",
        "application/javascript",
    )
    outputs: list[Any] = [
        new_output("display_data", {kind: text, "text/plain": text}, metadata={"worktest": text}) for kind in data
    ]
    outputs.append(new_output("stream", text=text))
    outputs.append(new_output("stream", text=f"[worktest] {text.splitlines()[0]}\n"))
    outputs.append(new_output("error", ename=text, evalue=text, traceback=[text, text]))
    odd = dict.fromkeys(("says", "expected", "got", "look"), text)
    checked = graded_cell("x-sum", [Result(text, text, False, False, **odd), Result(text, text, True)], note=text)
    cells = [
        answer_cell("x-sum", text, outputs), checked, written_cell("x-why", text), new_markdown_cell(text),
        new_code_cell(text, outputs=outputs), new_raw_cell(text), new_markdown_cell("![a](attachment:a.png)"),
    ]  # fmt: skip
    cells[-1].attachments = {"a.png": {"image/png": text}}
    cells[3].metadata["nbgrader"] = {"grade_id": text, "grade": True, "solution": True, "points": text}
    cells[4].metadata["nbgrader"] = text
    grades = grades_of(x_sum_check=Mark(1, 4, 1, None), x_why=Mark(0, 3, None, None))
    grades.marks[text] = Mark(1, 2, None, 1)
    grades.comments = {"x-sum": text, "x-why": text, text: text}
    grades.student = grades.name = grades.handed_in = text
    notebook = notebook_of(*cells)
    for number, cell in enumerate(notebook.cells):
        cell.id = f"{text} {number}"
        cell.metadata.update({"tags": [text], "name": text, text: text})
    notebook.metadata.update(
        {"title": text, "widgets": {"application/vnd.jupyter.widget-state+json": text}, "worktest": text}
    )
    notebook.metadata.update({"language_info": {"name": text, "pygments_lexer": text}, "kernelspec": {"name": text}})
    return unchecked_page_of(notebook, grades, text)


@pytest.mark.parametrize("text", ATTACKS)
def test_nothing_that_anybody_writes_runs_or_is_fetched(text: str) -> None:
    page = everywhere(text)
    assert dangers(page) == []
    assert len(page.select("section.card")) == 3 and len(page.select("main > section")) == 4
    assert "1337" not in page.text
    assert {c for tag in page.select(".prose *") for c in tag.get("class") or []} <= {"tex", "wide", "formula"}


def test_the_net_that_looks_for_dangers_has_no_holes() -> None:
    """The test above would also be green if ``dangers`` saw nothing."""
    for page, danger in [
        ("<script></script>", "<script>"), ("<p onclick=x>", "p onclick"), ("<a href=' java\nscript:x'>", "href javascript:x"),
        ("<img src=//e.example>", "src //e.example"), ("<div id=x>", "id x"), ("<b id=top><b id=top>", "id top twice"),
        ("<head><style>a { background: url(x) }</style></head>", "css url("), ("<p style=x>", "p style"),
    ]:  # fmt: skip
        assert danger in dangers(BeautifulSoup(page, "html.parser"))


def test_half_a_character_does_not_cost_the_page() -> None:
    """JSON can hold one; a file in UTF-8 can't."""
    page = page_of(notebook_of(new_markdown_cell("a \ud800 b"), new_code_cell("'\ud800'")), grades_of())
    assert "a ? b" in page.text


def test_a_cell_nested_deeper_than_anybody_writes_does_not_cost_the_page() -> None:
    deep = ("<div>" * 3000, "> " * 3000 + "x", "$" + r"\hat" * 400 + " x$", "[" * 2000, "<table>" * 500)
    page = page_of(notebook_of(*map(new_markdown_cell, deep), new_markdown_cell("the end")), grades_of())
    assert "the end" in page.text and dangers(page) == []
