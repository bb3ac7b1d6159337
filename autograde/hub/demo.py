"""The demo: its folder made ready, the hub started in a room of its own, and stopped."""

from __future__ import annotations

import contextlib
import http.client
import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import tomli_w
from filelock import FileLock, Timeout

from autograde import course as grader_course
from autograde.hub import accounts, lab, proxy
from autograde.hub import plan as plans
from autograde.hub.plan import FIRST_UID, Plan
from autograde.hub.settings import CONFIG_FILE
from autograde.paths import solutions
from worktest.errors import UserError

PLAN = "plan.json"
PASSWORDS = "passwords.json"


def needs() -> list[str]:
    """The command that makes a room, in front of the command that runs in it.

    Raises UserError where this machine can't make one.
    """
    if importlib.util.find_spec("jupyterhub") is None:
        raise UserError('JupyterHub is not installed here: `pip install "worktest[hub]"`, then the same command again')
    if not sys.platform.startswith("linux"):
        raise UserError("the demo needs Linux, for a namespace of its own: on other systems run it in a container")
    if shutil.which("unshare") is None:
        raise UserError("the demo needs the program unshare (package util-linux)")
    command = ["unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child"]
    if os.geteuid() != 0:
        command[1:1] = ["--user", "--map-root-user", "--map-auto"]
    tried = subprocess.run([*command, "true"], capture_output=True, text=True, check=False)
    if tried.returncode:
        told = (tried.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise UserError(
            f"this machine lets you make no namespace with accounts in it ({told}): run the demo as root, "
            "for instance in a container, or have a range of ids for you put into /etc/subuid and /etc/subgid "
            "(`usermod --add-subuids`)"
        )
    return command


def same_people(plan: Plan) -> Plan:
    """The plan with the numbers that the folder's accounts have.

    Raises UserError where the folder holds a hub of other people or courses: what lies there belongs to theirs.
    """
    if not (plan.root / PLAN).is_file():
        return plan
    kept = plans.read(plan.root / PLAN)
    for what, was, now in (
        ("accounts", [one.name for one in kept.accounts()], [one.name for one in plan.accounts()]),
        ("units", _units(kept), _units(plan)),
    ):
        if sorted(was) != sorted(now):
            raise UserError(
                f"the hub in {plan.root} has the {what} {', '.join(was)}: start it with these, or without naming any; "
                "`autograde hub add` and `remove` change its learners, and a new --dir is a new hub"
            )
    return replace(plan, uids=kept.uids, last_uid=kept.last_uid)


@contextlib.contextmanager
def alone(root: Path) -> Iterator[None]:
    """Hold the demo's folder. Raises UserError when its hub runs, whoever started it."""
    root.mkdir(parents=True, exist_ok=True)
    lock = FileLock(root / ".lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise UserError(f"the hub in {root} runs: stop it first, with Ctrl-C where it was started") from None
    try:
        if (root / PLAN).is_file() and _answers(f"http://127.0.0.1:{plans.read(root / PLAN).ports[1]}"):
            raise UserError(f"the hub in {root} runs, although its command ended: end its process autograde.hub.room")
        yield
    finally:
        lock.release()


def _units(plan: Plan) -> list[str]:
    return [f"{course.name}={'+'.join(course.units)}" for course in plan.courses]


def make_ready(plan: Plan) -> dict[str, str]:
    """Make the demo's folder, or go on with the one that is there; gives the passwords of its people."""
    root = plan.root
    for name in ("hub", "homes", "exchange"):
        (root / name).mkdir(parents=True, exist_ok=True)
    root.chmod(0o755)
    (root / "homes").chmod(0o755)
    (root / "hub").chmod(0o700)
    # nbgrader wants everybody to be able to write here; sticky, so that nobody takes a course's folder away
    (root / "exchange").chmod(0o1777)
    kept = root / PASSWORDS
    passwords = json.loads(kept.read_text(encoding="utf-8")) if kept.is_file() else accounts.new_passwords(plan)
    kept.touch(mode=0o600)
    kept.write_text(json.dumps(passwords, indent=1), encoding="utf-8")
    accounts.write(plan, passwords)
    lab.write(plan.jupyter, lab.shared_folder(plan.exchange))
    return passwords


def furnish_homes(plan: Plan) -> None:
    """Homes with their owners, the courses' settings in theirs, and a copy of the worked units for graders only.

    Runs inside of the room's user namespace, where the accounts' ids mean something.
    """
    for one in plan.accounts():
        home = plan.home(one.name)
        home.mkdir(exist_ok=True)
        home.chmod(0o700)
        os.chown(home, one.uid, one.uid)
    for course in plan.courses:
        uid = next(one.uid for one in plan.accounts() if one.name == course.account)
        place = plan.exchange / course.name
        place.mkdir(mode=0o755, parents=True, exist_ok=True)  # now, before anybody else can make it theirs
        if place.is_symlink() or place.stat().st_uid not in (os.geteuid(), uid):
            raise UserError(f"{place} belongs to somebody else than the course: move it away")
        os.chown(place, uid, uid)
        root = grader_course.root_of(plan.home(course.account))
        settings = plan.home(course.account) / ".jupyter"
        shared = tomli_w.dumps({"course": course.name, "exchange": str(plan.exchange)})
        for path, text in (
            (root / grader_course.SHARED, shared),
            (settings / "nbgrader_config.py", grader_course.config_file(root)),
        ):
            # written with our rights into somebody's home; nobody of theirs runs yet, so a look is enough
            if path.is_symlink() or path.parent.is_symlink():
                raise UserError(f"{path} is a link to somewhere else, and nothing is written through it: move it away")
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            os.chown(path.parent, uid, uid)
            os.chown(path, uid, uid)
    worked = plan.root / "worked"
    shutil.rmtree(worked, ignore_errors=True)
    shutil.copytree(solutions(), worked)
    for path in (worked, *worked.rglob("*")):
        os.chown(path, 0, FIRST_UID - 1)
        path.chmod(0o750 if path.is_dir() else 0o640)


@contextlib.contextmanager
def running(plan: Plan, say: Callable[[str], None]) -> Iterator[subprocess.Popen[bytes]]:
    """The hub, up and answering; stopped at the end of the block. Raises UserError where it doesn't come up."""
    room = needs()
    program = proxy.program(plan.root / "proxy")
    hub = plan.root / "hub"
    plan_file = plan.root / PLAN
    plan.save(plan_file)
    config = CONFIG_FILE.format(plan=str(plan_file), proxy=str(program))
    (hub / "jupyterhub_config.py").write_text(config, encoding="utf-8")
    log = hub / "hub.log"
    say("starting the hub")
    with log.open("ab") as out:
        process = subprocess.Popen(
            [*room, sys.executable, "-P", "-m", "autograde.hub.room", str(plan_file), str(program)],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,  # Ctrl-C is ours: the hub is told in its own time
        )
    try:
        _wait_until_up(plan, process, log)
        yield process
    finally:
        _stop(process)


def _wait_until_up(plan: Plan, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(1200):
        if process.poll() is not None:
            raise UserError(f"the hub did not start: {_reason(log)} (all of it: {log})")
        if _answers(plan.address):
            return
        time.sleep(0.25)
    raise UserError(f"the hub did not answer within five minutes; what it said: {log}")


def _answers(address: str) -> bool:
    """Whether a hub is up there."""
    with contextlib.suppress(OSError, http.client.HTTPException):
        return bool(urllib.request.urlopen(f"{address}/hub/health", timeout=5).status == 200)
    return False


def _reason(log: Path) -> str:
    """The last line of a log that names an error, else the last one."""
    told = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    errors = [line for line in told if re.search(r"Error\b|^\[[CE] ", line)]
    return (errors or told or ["it said nothing"])[-1]


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ask the hub to end its servers, then end whatever is left: with its first process the kernel ends the room."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError, OSError):
            os.killpg(process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(40)
    if process.poll() is None:
        process.kill()
        process.wait()


def new_plan(folder: Path, port: int, facilitator: str, learners: list[str], courses: list[plans.Course]) -> Plan:
    """A plan with free ports. Raises UserError for names that can't be accounts, stand twice, or a port in use."""
    plans.apart([facilitator, *learners], courses)
    if not plans.port_is_free(port):
        raise UserError(f"port {port} is in use on this machine: choose another with --port")
    free = plans.free_ports(2 + len(courses))
    placed = [plans.Course(course.name, course.units, free[2 + i]) for i, course in enumerate(courses)]
    return Plan(str(folder), facilitator, tuple(learners), tuple(placed), (port, free[0], free[1])).numbered()
