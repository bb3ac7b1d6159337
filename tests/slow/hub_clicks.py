"""What people click on a hub: menus, nbgrader's list of assignments, cells of a notebook, formgrader."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
from hub_people import Person
from playwright.sync_api import Frame, Locator, Page, expect

expect.set_options(timeout=90_000)  # several servers and kernels start on few cores


def menu(page: Page, name: str) -> list[str]:
    """Open a menu of JupyterLab; gives what stands in it."""
    page.locator(".lm-MenuBar-item", has_text=re.compile(f"^{name}$")).click()
    page.locator(".lm-Menu").wait_for()
    return [text for text in page.locator(".lm-Menu-itemLabel").all_inner_texts() if text]


def assignment_list(person: Person) -> Locator:
    """*Nbgrader, Assignment List*, opened by the menu, once it shows the courses."""
    page = person.page
    assert menu(page, "Nbgrader") == ["Assignment List"]
    page.locator(".lm-Menu-item", has_text="Assignment List").click()
    panel = page.locator("#assignments")
    expect(panel.locator("#course_list_default")).to_have_text(re.compile("^[a-z]+$"))
    return panel


def courses_of(panel: Locator) -> list[str]:
    """The courses in the list's drop-down."""
    panel.locator("#course_list_dropdown").click()
    found = panel.locator("#course_list a").all_inner_texts()
    panel.locator("#course_list_dropdown").click()
    return found


def choose_course(panel: Locator, course: str, unit: str) -> None:
    """Choose a course in the drop-down, and wait until its unit is shown."""
    panel.locator("#course_list_dropdown").click()
    panel.locator("#course_list a", has_text=course).click()
    expect(panel.locator("#course_list_default")).to_have_text(course)
    panel.get_by_text(unit, exact=True).first.wait_for()


def row(panel: Locator, part: str, unit: str) -> Locator:
    """The row of a unit: ``part`` is released, fetched or submitted."""
    return panel.locator(f"#{part}_assignments_list > .list_item", has_text=unit)


def fetch(panel: Locator, unit: str) -> None:
    row(panel, "released", unit).get_by_role("button", name="Fetch").click()
    row(panel, "fetched", unit).wait_for()


def submit(panel: Locator, unit: str) -> None:
    row(panel, "fetched", unit).get_by_role("button", name="Submit").click()
    row(panel, "submitted", unit).wait_for()


def open_from_list(panel: Locator, unit: str, notebook: str) -> Page:
    """Open a notebook by its name in the list, and wait for its kernel."""
    page, link = panel.page, row(panel, "fetched", unit).get_by_text(notebook, exact=True)
    if not link.is_visible():
        row(panel, "fetched", unit).locator(".assignment-notebooks-link").click()
    link.click()
    shown = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    shown.locator(".jp-Cell").first.wait_for()
    expect(shown.locator(".jp-Notebook-ExecutionIndicator")).to_have_attribute("data-status", "idle")
    return page


def back_to_list(page: Page) -> None:
    """The tab with the list of assignments."""
    page.locator(".lm-TabBar-tab", has_text="Assignments").click()


def save(page: Page) -> None:
    """Ctrl-S, until the notebook's tab shows no unsaved change."""
    page.keyboard.press("Control+s")
    expect(page.locator(".jp-mod-dirty")).to_have_count(0)


def write_answer(page: Page, text: str) -> None:
    """Write into the first empty written answer of the open notebook."""
    shown = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    shown.locator(".jp-RenderedMarkdown", has_text=re.compile(r"^\s*Your answer here\.\s*$")).first.dblclick()
    shown.locator(".jp-MarkdownCell.jp-mod-active .cm-content").click()
    expect(page.locator("#jp-main-statusbar")).to_contain_text("Mode: Edit")
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    page.keyboard.press("Shift+Enter")
    expect(page.locator(".jp-RenderedMarkdown", has_text=text)).to_be_visible()


def upload(person: Person, path: str, notebook: dict[str, Any]) -> None:
    """Put a prepared notebook into a person's folder, as JupyterLab does when a file is uploaded."""
    token = person.page.evaluate("(document.cookie.match(/_xsrf=([^;]+)/) || [])[1]")
    answer = person.page.context.request.put(
        f"{person.address}{person.base}api/contents/{path}",
        data={"type": "notebook", "format": "json", "content": notebook},
        headers={"X-XSRFToken": token},
    )
    assert answer.ok, answer.text()


def feedback_page(panel: Locator, unit: str, notebook: str) -> str:
    """Click *Fetch Feedback*, then *view feedback*, then the page in the file list; gives what it says."""
    page, here = panel.page, row(panel, "submitted", unit)
    here.get_by_role("button", name="Fetch Feedback").click()
    here.get_by_text("(view feedback)").last.click()
    page.locator(".jp-DirListing-item", has_text=f"{notebook}.html").dblclick()
    tab = page.locator(".lm-DockPanel-tabBar .lm-TabBar-tab.jp-mod-current")
    expect(tab).to_contain_text(f"{notebook}.html")
    return _framed(page).locator("body").inner_text()


def _framed(page: Page) -> Frame:
    inner = page.locator(".jp-HTMLViewer:not(.lm-mod-hidden) iframe").element_handle().content_frame()
    assert inner is not None
    inner.wait_for_selector("main")
    return inner


def row_of(page: Page, student: str) -> Locator:
    """Formgrader: the row of a student; beside the account it shows a name, which a hub doesn't know."""
    return page.locator("tr", has=page.locator("td", has_text=re.compile(rf"^\s*{student}\s*$")))


def open_submission(page: Page, student: str, unit: str, notebook: str) -> None:
    """Formgrader: *Manage Students*, the student, the unit, the notebook."""
    page.get_by_role("link", name="Manage Students").click()
    row_of(page, student).get_by_role("link").first.click()
    for name in (unit, notebook):
        page.locator("table").get_by_role("link", name=name, exact=True).click()
    page.locator("textarea.comment").first.wait_for()


def mark(page: Page, answer: str, points: str, comment: str) -> None:
    """Give a written answer its points and a comment; formgrader keeps each when the field is left."""
    for field, text in (
        (page.locator(f"input#{answer}"), points),
        (page.locator(f"textarea#{answer}-comment"), comment),
    ):
        with page.expect_response(lambda one: "/formgrader/api/" in one.url and one.request.method == "PUT") as kept:
            field.fill(text)
            field.press("Tab")
        assert kept.value.ok


def complaints(page: Page) -> list[str]:
    """Whatever stands in a person's way: dialogs, and notices in the corner."""
    return page.locator(".jp-Dialog, .Toastify__toast").all_inner_texts()


def prepared(path: Path, blank: Path, keep_blank: set[str]) -> dict[str, Any]:
    """A worked notebook without its outputs, in which the cells of ``keep_blank`` are as they were released."""
    worked, released = (nbformat.read(one, as_version=4) for one in (path, blank))
    stubs = {cell.metadata.nbgrader.grade_id: cell.source for cell in released.cells if "nbgrader" in cell.metadata}
    for cell in worked.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        if (name := cell.metadata.get("nbgrader", {}).get("grade_id")) in keep_blank:
            cell.source = stubs[name]
    return worked


def menu_bar(page: Page) -> list[str]:
    """All that the menu *Nbgrader* offers, if there is one."""
    if not page.locator(".lm-MenuBar-item", has_text="Nbgrader").count():
        return []
    found = menu(page, "Nbgrader")
    page.keyboard.press("Escape")
    return found
