"""A week of a study group on unit 01, click by click: two learners and their facilitator, each in a browser.

The steps are functions in the order of the week; `WORKTEST_SCREENSHOTS=FOLDER` keeps a picture of each stage.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import hub_clicks as click
import nbformat
import pytest
from browser import picture, replace_cell, run_until
from hub_people import Person
from hub_running import Hub
from playwright.sync_api import Locator, Page, expect

from autograde.answers.bank import read_bank
from autograde.paths import solutions
from worktest import paths
from worktest.units import load_unit

pytestmark = pytest.mark.slow
UNIT, OTHER = "01_logit_diff_amplification", "03_ctrl_z"
TOPIC, ANSWER = "lda-amplify-logits", "lda-why-this"
WROTE = {
    "ana": "I would ask whether a negative alpha brings out what training made rarer.",
    "ben": "I would measure prevalence first, since a rate without its prompts says nothing.",
}
MARKS = {"ana": ("5", "Which prompts would you try it on?"), "ben": ("2", "Whose prevalence do you mean?")}
PREDICTIONS = "\n".join(
    f'journal.predict("{name}", value={value}, interval=({low}, {high}), confidence=0.8)'
    for name, value, low, high in (
        ("rollouts-needed", 10_000, 3_000, 40_000),
        ("rate-at-3", 0.3, 0.01, 0.8),
        ("spread", 0.005, 0, 0.1),
    )
)
AUTOMATIC = sum(cell.points for cell in load_unit(paths.curriculum() / UNIT).graded)


@dataclass
class Week:
    """Who takes part, and what each has open."""

    hub: Hub
    people: dict[str, Person] = field(default_factory=dict)
    lists: dict[str, Locator] = field(default_factory=dict)
    course: Person | None = None
    formgrader: Page | None = None

    def types(self, line: str) -> str:
        """What the terminal of the course's JupyterLab shows for a line."""
        assert self.course is not None
        return self.course.types(line)


def released(name: str) -> dict[str, Any]:
    return nbformat.read(paths.curriculum() / UNIT / f"{name}.ipynb", as_version=4)


def answer_of(kind: str, loses: str) -> str:
    """An answer of the bank that loses a check, without the lines that say what it is."""
    bank = [one.code for one in read_bank(UNIT) if one.topic == TOPIC and one.kind == kind]
    code = next(one for one in bank if f"# loses: {loses}" in one)
    return "\n".join(line for line in code.splitlines() if not line.startswith("# "))


# Monday: the unit is put out ------------------------------------------------------------------------------------


def the_facilitator_opens_the_course(week: Week) -> None:
    home = week.hub.person("facilitator").page
    courses = home.locator("#worktest-courses")
    expect(courses.get_by_role("row")).to_have_count(2)
    home.get_by_role("button", name="Services").click()
    assert home.locator(".dropdown-menu a").all_inner_texts() == [
        "basics", "basics: Formgrader", "control", "control: Formgrader",
    ]  # fmt: skip
    picture(home, "01_courses")
    home.keyboard.press("Escape")
    with home.context.expect_page() as opened:
        courses.get_by_role("row", name="basics").get_by_role("link", name="JupyterLab of the course").click()
    page = opened.value
    page.set_default_timeout(90_000)
    page.wait_for_selector(".jp-Launcher")
    week.people["facilitator"] = Person(home, week.hub.address, "/user/facilitator/")
    week.course = Person(page, week.hub.address, "/services/basics/")


def units_are_released(week: Week) -> None:
    assert "ENDED=0" in week.types("autograde release 01")
    assert week.course is not None
    control = Person(week.course.page.context.new_page(), week.hub.address, "/services/control/")
    control.page.goto(f"{week.hub.address}/services/control/lab")
    control.page.wait_for_selector(".jp-Launcher")
    assert "ENDED=0" in control.types("autograde release 03")
    control.page.close()
    assert click.complaints(week.course.page) == []
    picture(week.course.page, "02_course")


# The week: two learners work ------------------------------------------------------------------------------------


def learners_fetch(week: Week) -> None:
    for name in ("ana", "ben"):
        person = week.people[name] = week.hub.person(name)
        panel = week.lists[name] = click.assignment_list(person)
        assert click.courses_of(panel) == ["basics", "control"]
        click.choose_course(panel, "basics", UNIT)
        picture(person.page, f"03_{name}_list")
        click.fetch(panel, UNIT)
        assert click.complaints(person.page) == []


def ana_fetches_from_the_other_course(week: Week) -> None:
    panel = week.lists["ana"]
    click.choose_course(panel, "control", OTHER)
    click.fetch(panel, OTHER)
    picture(panel.page, "04_other_course")
    click.choose_course(panel, "basics", UNIT)
    assert "unit.toml" in week.people["ana"].types(f"ls control/{OTHER} basics/{UNIT}")


def ana_solves_and_writes(week: Week) -> None:
    ana, panel = week.people["ana"], week.lists["ana"]
    for notebook, kept in (("work_test", TOPIC), ("reading", ANSWER), ("reasoning", "")):
        worked = solutions() / UNIT / f"{notebook}.ipynb"
        blank = paths.curriculum() / UNIT / f"{notebook}.ipynb"
        click.upload(ana, f"basics/{UNIT}/{notebook}.ipynb", click.prepared(worked, blank, {kept}))
    page = click.open_from_list(panel, UNIT, "work_test")
    run_until(page, "def amplify_logits")
    replace_cell(page, answer_of("right", "none"))
    page.keyboard.press("Shift+Enter")
    report = page.locator(".worktest-report.green", has_text=TOPIC)
    expect(report).to_contain_text("2 of 2 visible checks passed; 4 more are held back")
    report.scroll_into_view_if_needed()
    picture(page, "05_ana_solves")
    click.save(page)
    click.back_to_list(page)
    click.open_from_list(panel, UNIT, "reading")
    click.write_answer(page, WROTE["ana"])
    picture(page, "06_ana_writes")
    click.save(page)
    assert click.complaints(page) == []


def ben_predicts_and_errs(week: Week) -> None:
    ben, panel = week.people["ben"], week.lists["ben"]
    reading = released("reading")
    next(cell for cell in reading["cells"] if cell.metadata.get("nbgrader", {}).get("grade_id") == ANSWER)["source"] = (
        WROTE["ben"]
    )
    click.upload(ben, f"basics/{UNIT}/reading.ipynb", reading)
    page = click.open_from_list(panel, UNIT, "work_test")
    run_until(page, 'journal.predict("rollouts-needed"')
    replace_cell(page, PREDICTIONS)
    page.locator(".jp-CodeCell", has_text="def amplify_logits").locator(".cm-content").click()
    replace_cell(page, answer_of("wrong", "alpha_zero_is_the_after_model, alpha_one_doubles"))
    page.keyboard.press("Shift+Enter")
    report = page.locator(".worktest-report", has_text=TOPIC)
    expect(report).to_contain_text("0 of 2 visible checks passed")
    report.scroll_into_view_if_needed()
    picture(page, "07_ben_errs")
    click.save(page)
    said = ben.types("worktest journal 01")
    assert "rollouts-needed" in said and "ENDED=0" in said, "the command finds the unit of the course from anywhere"
    assert click.complaints(page) == []


def learners_submit(week: Week) -> None:
    for name in ("ana", "ben"):
        panel = week.lists[name]
        click.back_to_list(panel.page)
        click.submit(panel, UNIT)
        picture(panel.page, f"08_{name}_submitted")
        assert click.complaints(panel.page) == []


# After the session: grades, readings, feedback ------------------------------------------------------------------


def hand_ins_are_collected_and_graded(week: Week) -> None:
    assert "2 handed in: ana, ben" in week.types("autograde collect 01")
    said = week.types("autograde grade 01 2> /dev/null")
    assert "ENDED=0" in said
    points = {name: float(found) for name, found in re.findall(r"│ (\w+) *│ graded │ *([\d.]+) of ", said)}
    assert points["ana"] == AUTOMATIC and points["ben"] < AUTOMATIC / 4


def peers_read_blind(week: Week) -> None:
    """Each reads the other's answer without a name; scores go back through the exchange, and then to the author."""
    assert f"{ANSWER}: 2 new answers given out" in week.types("autograde peers give 01")
    typed = "".join(f"{level}\\n{why} of {{name}}\\n" for level, why in ((1, "anchored"), (2, "asked"), (1, "fitting")))
    for name in ("ana", "ben"):
        person = week.people[name]
        said = person.types("worktest peers fetch 01")
        assert f"worktest peers score basics/peers/{UNIT}/peer-{ANSWER}-" in said
        packet = f"basics/peers/{UNIT}/peer-{ANSWER}-????????.json"
        read = person.types(f"printf '{typed.format(name='nobody')}' | worktest peers score {packet}")
        assert "ENDED=0" in read and all(word not in read for word in ("by ana", "by ben"))
        assert "sent: the scores of 1 answer" in person.types("worktest peers send 01")
        refused = person.types(
            f"ls {week.hub.root}/exchange/basics/peers {week.hub.root}/exchange/basics/peers/inbound"
        )
        assert refused.count("Permission denied") == 2
    assert "2 scores taken" in week.types("autograde peers collect 01")
    assert "2 answers, 0 read by two, 2 by one" in week.types("autograde peers report 01")
    assert "2 authors can read" in week.types("autograde peers return 01")
    ana = week.people["ana"]
    assert "what peers said of your answer" in ana.types("worktest peers fetch 01")
    page = ana.page.context.new_page()
    page.goto(f"{week.hub.address}/user/ana/lab/workspaces/peers/tree/basics/peers/{UNIT}/said-{ANSWER}.md")
    expect(page.locator(".cm-content, .jp-RenderedMarkdown")).to_contain_text("anchored of nobody")
    picture(page, "09_ana_is_read")
    page.close()


def the_facilitator_marks(week: Week) -> None:
    """Formgrader in a tab of its own. Inside of JupyterLab its tab would stay blank, so it isn't offered there."""
    assert week.course is not None
    assert "Formgrader" not in " ".join(click.menu_bar(week.course.page))
    answer = week.course.page.context.request.get(f"{week.hub.address}/services/basics/formgrader/manage_assignments")
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    home = week.people["facilitator"].page
    with home.context.expect_page() as opened:
        home.locator("#worktest-courses").get_by_role("row", name="basics").get_by_role(
            "link", name="Formgrader"
        ).click()
    page = week.formgrader = opened.value
    page.set_viewport_size({"width": 1400, "height": 1000})
    expect(page.get_by_role("row", name=UNIT)).to_contain_text("released")
    picture(page, "09_formgrader")
    page.get_by_role("row", name=UNIT).get_by_role("link", name="2", exact=True).click()
    expect(click.row_of(page, "ana")).to_contain_text(f"{AUTOMATIC:g} / ")
    picture(page, "10_submissions")
    for name, (points, comment) in MARKS.items():
        click.open_submission(page, name, UNIT, "reading")
        expect(page.get_by_text(WROTE[name])).to_be_visible()
        click.mark(page, ANSWER, points, comment)
        page.locator(f"input#{ANSWER}").scroll_into_view_if_needed()
        picture(page, f"11_{name}_marked")
        page.goto(f"{week.hub.address}/services/basics/formgrader/manage_students")


def the_facilitator_reads_the_report(week: Week) -> None:
    assert week.course is not None
    assert f"written: {week.hub.root}/homes/grader-basics/course/report/{UNIT}.html" in week.types(
        "autograde report 01"
    )
    page = week.course.page.context.new_page()
    page.set_viewport_size({"width": 1400, "height": 1000})
    page.goto(f"{week.hub.address}/services/basics/lab/workspaces/report/tree/course/report/{UNIT}.html")
    shown = page.frame_locator(".jp-HTMLViewer iframe")
    expect(shown.get_by_role("heading", name="Three questions")).to_be_attached()
    expect(shown.get_by_role("row", name="chen")).to_contain_text("nothing yet")
    picture(page, "12_report")
    page.close()


def learners_read_their_feedback(week: Week) -> None:
    assert "the pages of 2 students" in week.types("autograde feedback 01 2> /dev/null")
    for name, other in (("ana", "ben"), ("ben", "ana")):
        said = click.feedback_page(week.lists[name], UNIT, "reading")
        picture(week.people[name].page, f"12_{name}_feedback")
        points, comment = MARKS[name]
        assert f"· {name} ·" in said and f"{points} of 6 points" in said and comment in said and WROTE[name] in said
        assert f"· {other} ·" not in said and MARKS[other][1] not in said and WROTE[other] not in said
        refused = week.people[name].types(f"ls {week.hub.root}/exchange/basics/feedback ~{other}")
        assert refused.count("Permission denied") == 2


STEPS = (
    the_facilitator_opens_the_course,
    units_are_released,
    learners_fetch,
    ana_fetches_from_the_other_course,
    ana_solves_and_writes,
    ben_predicts_and_errs,
    learners_submit,
    hand_ins_are_collected_and_graded,
    peers_read_blind,
    the_facilitator_marks,
    the_facilitator_reads_the_report,
    learners_read_their_feedback,
)


def test_a_week(hub: Hub) -> None:
    week = Week(hub)
    for step in STEPS:
        step(week)
