"""A feedback page from a notebook and its grades, without a grading, and what a reader or a browser finds in it."""

from __future__ import annotations

import re
from typing import Any

from bs4 import BeautifulSoup, Tag
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograde.examiner.sitting import verdict
from autograde.feedback.exporter import FeedbackExporter
from autograde.feedback.grades import KEY, Grades, Mark
from worktest.checks.run import Report, Result


def page_of(notebook: NotebookNode, grades: Grades) -> BeautifulSoup:
    """The page as nbgrader writes it."""
    page, _ = FeedbackExporter().from_notebook_node(notebook, resources_of(grades))
    page.encode()  # it must fit into a file
    return BeautifulSoup(page, "html.parser")


def unchecked_page_of(notebook: NotebookNode, grades: Grades, name: str) -> BeautifulSoup:
    """The page of a notebook that nbformat would refuse: the template must not rely on that."""
    page = FeedbackExporter().template.render(nb=notebook, resources=resources_of(grades, name))
    return BeautifulSoup(page, "html.parser")


def resources_of(grades: Grades, name: str = "micro") -> dict[str, Any]:
    about = {"assignment": name, "notebook": name, "student": grades.student, "db_url": ""}
    return {"nbgrader": about, KEY: grades}


def notebook_of(*cells: NotebookNode) -> NotebookNode:
    return new_notebook(cells=list(cells))


def graded_cell(topic: str, results: list[Result], points: float = 4.0, note: str = "") -> NotebookNode:
    """A test cell with the examiner's verdict."""
    cell = new_code_cell(f'unit.check("{topic}")')
    cell.metadata["nbgrader"] = {"grade_id": f"{topic}-check", "grade": True, "solution": False, "points": points}
    cell.outputs = [verdict(Report(topic, results), points, note)]
    return cell


def answer_cell(topic: str, source: str, outputs: list[Any] | None = None) -> NotebookNode:
    cell = new_code_cell(source, outputs=outputs or [])
    cell.metadata["nbgrader"] = {"grade_id": topic, "grade": False, "solution": True}
    return cell


def written_cell(topic: str, source: str) -> NotebookNode:
    cell = new_markdown_cell(source)
    cell.metadata["nbgrader"] = {"grade_id": topic, "grade": True, "solution": True, "points": 3}
    return cell


def grades_of(**marks: Mark) -> Grades:
    return Grades("learner", marks={name.replace("_", "-"): mark for name, mark in marks.items()})


def words(tag: Tag | BeautifulSoup | None) -> str:
    """What is read, in one line."""
    assert tag is not None
    return " ".join(tag.get_text(" ").split())


def card(page: BeautifulSoup, title: str) -> Tag:
    (found,) = [c for c in page.select("section.card") if words(c.h2) == title]
    return found


RUNS = {
    "script",
    "iframe",
    "object",
    "embed",
    "link",
    "base",
    "form",
    "input",
    "svg",
    "video",
    "audio",
    "frame",
    "style",
}


def dangers(page: BeautifulSoup) -> list[str]:
    """Everything that could run or fetch something, or that takes the place of a part of ours; none is right."""
    found = []
    styles = page.head.find_all("style") if page.head else []
    for tag in page.find_all(True):
        if tag.name in RUNS and tag not in styles:
            found.append(f"<{tag.name}>")
        for name, value in tag.attrs.items():
            text = re.sub(r"[\x00-\x20]", "", " ".join(value) if isinstance(value, list) else value).lower()
            if name.startswith("on") or name in ("style", "srcset", "srcdoc", "action", "formaction", "background"):
                found.append(f"{tag.name} {name}")
            if name == "src" and not text.startswith("data:image/") and (":" in text or text.startswith(("//", "\\"))):
                found.append(f"src {text[:40]}")
            if name in ("href", "xlink:href") and re.match(r"(javascript|data|vbscript|file):", text):
                found.append(f"href {text[:40]}")
            if name == "http-equiv" and text != "content-security-policy":
                found.append(f"meta {text}")
    ids = [tag["id"] for tag in page.find_all(id=True)]
    found += [f"id {name} twice" for name in set(ids) if ids.count(name) > 1]
    found += [f"id {name}" for name in ids if not re.fullmatch(r"top|[cg]\d+", str(name))]
    found += [f"css {part}" for style in styles for part in re.findall(r"@import|url\(|expression\(", style.text)]
    return found
