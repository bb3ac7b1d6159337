"""What a learner can't do on the demo hub, and that it stops and goes on; the week itself is `test_hub_unit01.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psutil
import pytest
from hub_people import Person, at_the_course
from hub_running import Hub, stopped

UNIT = "00_start_here"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def facilitator(hub: Hub) -> Person:
    return at_the_course(hub.person("facilitator"), "basics")


@pytest.fixture(scope="module")
def ana(hub: Hub, facilitator: Person) -> Person:
    """A learner who has fetched the unit and handed it in."""
    assert "ENDED=0" in facilitator.types("autograde release 00")
    ana = hub.person("ana")
    wanted = {"course_id": "basics", "assignment_id": UNIT}
    assert states(ana.asks("assignments/fetch", wanted)) == ["fetched"]
    assert ana.asks("assignments/submit", wanted)["success"]
    return ana


def states(answer: dict[str, Any]) -> list[str]:
    """How far the unit is, as nbgrader's list of assignments has it; other tests' units are in the list as well."""
    return [one["status"] for one in answer["value"] if one["assignment_id"] == UNIT]


@pytest.mark.parametrize(
    ("attempt", "refusal"),
    [
        ("ls ~ben", "Permission denied"),
        ("ls {root}/exchange/basics/inbound", "Permission denied"),
        ("ls {root}/homes/grader-basics/course/peers", "Permission denied"),
        ("cat {root}/homes/grader-basics/course/gradebook.db", "Permission denied"),
        ("cat {root}/homes/grader-basics/course/secret", "Permission denied"),
        ("ls {solutions}", "Permission denied"),
        ("ls {root}/worked", "Permission denied"),
        ("cat {root}/passwords.json /etc/shadow", "Permission denied"),
        ("ls {root}/hub", "Permission denied"),
        ("ls {checkout}/.git {checkout}/tests", "No such file"),
        ("touch {checkout}/worktest/mine.py", "Permission denied"),
    ],
)
def test_a_learner_reads_nothing_that_is_not_theirs(hub: Hub, ana: Person, attempt: str, refusal: str) -> None:
    checkout = Path(__file__).resolve().parents[2]
    line = attempt.format(root=hub.root, solutions=checkout / "solutions", checkout=checkout)
    said = ana.types(line)
    assert refusal in said and "ENDED=0" not in said


def test_a_learner_sees_no_process_of_others_and_is_shown_no_page_of_the_course(
    ana: Person, facilitator: Person
) -> None:
    owners = ana.types("ps -eo user:20 --no-headers | sort -u | paste -sd,").split()[0]
    assert owners == "ana"
    assert ana.status("/services/basics/formgrader/") == 403
    assert ana.status("/user/facilitator/lab") in (403, 404)


def test_a_submission_in_anothers_name_is_not_collected(hub: Hub, ana: Person, facilitator: Person) -> None:
    stamp = "2030-01-01 10:00:00.000000 UTC"
    inbound = f"{hub.root}/exchange/basics/inbound"
    copied = ana.types(
        f"cp -r ~/basics/{UNIT} '{inbound}/ben+{UNIT}+{stamp}+x'; echo '{stamp}' > '{inbound}/ben+{UNIT}+{stamp}+x/timestamp.txt'"
    )
    assert "ENDED=0" in copied
    said = facilitator.types("autograde collect 00")
    assert "ben: it was put there by another account" in said and "ENDED=1" in said


def test_stopped_it_leaves_no_process_and_goes_on_where_it_was(hub: Hub, ana: Person) -> None:
    stopped(hub.process)
    left = [
        p.info["name"]
        for p in psutil.process_iter(["name", "cmdline"])
        if str(hub.root) in " ".join(p.info["cmdline"] or [])
    ]
    assert left == []
    assert "\nana:" not in Path("/etc/passwd").read_text(encoding="utf-8")
    hub.start_again()
    again = hub.person("ana")
    assert states(again.asks("assignments?course_id=basics")) == ["fetched", "submitted"]
    # the last test of the hub: nothing of it runs beside the tests that follow
    stopped(hub.process)
    hub.browser.close()
