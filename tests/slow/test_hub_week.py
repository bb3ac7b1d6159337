"""The demo hub, as it is started by hand: real accounts, real servers, a browser for each person."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from browser import FLAGS, chromium
from hub_people import Person, at_the_course, log_in
from playwright.sync_api import Browser, sync_playwright

from autograde.hub import demo, plan, proxy
from worktest.errors import UserError

UNIT = "00_start_here"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine (Debian: apt install chromium)"),
]


@dataclass
class Hub:
    """A demo hub that runs: its folder, its address, its command, its people once they are logged in."""

    root: Path
    address: str
    process: subprocess.Popen[str]
    browser: Browser
    passwords: dict[str, str]

    def person(self, name: str) -> Person:
        return log_in(self.browser, self.address, name, self.passwords[name])


def started(root: Path, port: int) -> subprocess.Popen[str]:
    """The command, once it has said that everything is up."""
    command = [sys.executable, "-m", "autograde.cli", "hub", "demo", "--dir", str(root), "--port", str(port)]
    command += ["--course", "basics=00", "--course", "control=03"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if "Ctrl-C stops" in line:
            return process
    raise AssertionError("the hub did not start:\n" + "".join(said))


def stopped(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    root = tmp_path_factory.mktemp("group") / "hub"
    try:
        demo.needs()
        proxy.program(tmp_path_factory.mktemp("proxy"))  # the demo fetches its own
    except UserError as problem:
        pytest.skip(f"no hub here: {problem}")
    port = plan.free_ports(1)[0]
    process = started(root, port)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
            passwords = json.loads((root / demo.PASSWORDS).read_text(encoding="utf-8"))
            yield Hub(root, f"http://127.0.0.1:{port}", process, browser, passwords)
            browser.close()
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


@pytest.fixture(scope="module")
def facilitator(hub: Hub) -> Person:
    return at_the_course(hub.person("facilitator"), "basics")


@pytest.fixture(scope="module")
def ana(hub: Hub, facilitator: Person) -> Person:
    """A learner who has fetched the unit and handed it in."""
    assert "ENDED=0" in facilitator.types("autograde release 00")
    ana = hub.person("ana")
    wanted = {"course_id": "basics", "assignment_id": UNIT}
    assert [one["status"] for one in ana.asks("assignments?course_id=basics")["value"]] == ["released"]
    assert [one["status"] for one in ana.asks("assignments/fetch", wanted)["value"]] == ["fetched"]
    assert ana.asks("assignments/submit", wanted)["success"]
    return ana


def test_a_unit_is_released_fetched_handed_in_graded_and_given_back(hub: Hub, facilitator: Person, ana: Person) -> None:
    said = facilitator.types("autograde collect 00")
    assert "1 handed in: ana" in said and "ENDED=0" in said
    said = facilitator.types("autograde grade 00 --json > graded.json; cat graded.json | tr -d ' \\n'")
    assert '"student":"ana"' in said and '"state":"graded"' in said
    said = facilitator.types("autograde feedback 00")
    assert "ENDED=0" in said and "fetch their own" in said
    assert ana.asks("assignments/fetch_feedback", {"course_id": "basics", "assignment_id": UNIT})["success"]
    assert "start_here.html" in ana.types(f"find ~/basics/{UNIT} -name '*.html'")
    assert facilitator.status("/services/basics/formgrader/") == 200


@pytest.mark.parametrize(
    ("attempt", "refusal"),
    [
        ("ls ~ben", "Permission denied"),
        ("ls {root}/exchange/basics/inbound", "Permission denied"),
        ("ls {root}/exchange/basics/feedback", "Permission denied"),
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
    hub.process = started(hub.root, int(hub.address.rpartition(":")[2]))
    again = hub.person("ana")
    assert [one["status"] for one in again.asks("assignments?course_id=basics")["value"]] == ["fetched", "submitted"]
    stopped(hub.process)
