"""Who comes to a demo hub and who goes, while it is stopped.

The homes belong to accounts that only exist inside of the demo's namespace; what has to be removed there is removed by
``python -m autograde.hub.people PLAN NAME``, inside of one where we are not root.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from autograde import course as grader_course
from autograde.hub import accounts, demo
from autograde.hub import plan as plans
from autograde.hub.plan import Plan
from worktest.errors import UserError
from worktest.safe import counted, plain


def add(root: Path, name: str) -> str:
    """Add the learner ``name`` to the stopped hub in ``root``; gives their password.

    Raises UserError for a name that can't be one or is taken, or when the hub runs.
    """
    plan = _plan(root)
    plans.checked(name, "account")
    taken = {one.name for one in plan.accounts()} | {course.name for course in plan.courses}
    if name in taken:
        raise UserError(f"there is an account or a course {name!r} in {root} already: choose another name")
    with demo.alone(root):
        more = replace(plan, learners=(*plan.learners, name)).numbered()
        passwords = {**_passwords(root), name: accounts.new_password()}
        accounts.write(more, passwords)  # first: it refuses a name of this machine
        _keep(more, passwords)
    return passwords[name]


def home_of(root: Path, name: str) -> Path:
    """The home of a learner who may be removed. Raises UserError when there is none, or the hub can't be without."""
    plan = _plan(root)
    if name == plan.facilitator:
        raise UserError(f"{name} is the facilitator of the hub in {root}, which can't be without one")
    if any(name == course.account for course in plan.courses):
        raise UserError(f"{name} is the account of a course, and goes with the whole hub only: remove {root}")
    if name not in plan.learners:
        there = ", ".join(plan.learners) or "none"
        raise UserError(f"there is no learner {plain(name, 80)!r} in {root}; there are: {there}")
    return plan.home(name)


def remove(root: Path, name: str) -> list[str]:
    """Remove the learner ``name`` from the stopped hub in ``root``; gives a line for each thing that is gone or left.

    Their name stays in the plan until all files are gone, so that a second run goes on. Raises UserError as `home_of`
    does, when the hub runs, or when something can't be removed.
    """
    home_of(root, name)
    with demo.alone(root):
        plan = _plan(root)
        command = [] if os.geteuid() == 0 else demo.needs()
        # a process of its own in both cases: without root the files are another account's, inside of a namespace only
        done = subprocess.run(
            [*command, sys.executable, "-P", "-m", "autograde.hub.people", str(root / demo.PLAN), name],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            told = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise UserError(f"{name} is still there, since not all could be removed: {plain(told, 300)}")
        handed_in = json.loads(done.stdout)
        passwords = {who: word for who, word in _passwords(root).items() if who != name}
        less = replace(plan, learners=tuple(one for one in plan.learners if one != name)).numbered()
        accounts.write(less, passwords)
        _keep(less, passwords)
    said = [f"gone: the account {name}, its password, {plan.home(name)}"]
    said += [f"gone: {counted(handed_in, 'hand-in')} in the exchange"] if handed_in else []
    said += [
        f"left: the course {course.name} keeps their grades and hand-ins: `autograde forget {name}` there removes them"
        for course in plan.courses
        if _knows(plan, course, name)
    ]
    log = root / "hub" / "hub.log"
    return [*said, f"left: {log}, which names them"] if log.is_file() else said


def _knows(plan: Plan, course: plans.Course, name: str) -> bool:
    """Whether a course has hand-ins of theirs; also where we may not look, as without root."""
    try:
        return (grader_course.root_of(plan.home(course.account)) / "submitted" / name).is_dir()
    except PermissionError:
        return True


def _plan(root: Path) -> Plan:
    try:
        return plans.read(root / demo.PLAN)
    except FileNotFoundError:
        raise UserError(f"there is no demo hub in {root}: name its folder with --dir") from None


def _passwords(root: Path) -> dict[str, str]:
    data = json.loads((root / demo.PASSWORDS).read_text(encoding="utf-8"))
    return {str(name): str(word) for name, word in data.items()}


def _keep(plan: Plan, passwords: dict[str, str]) -> None:
    """Each file whole or as it was; the plan last, since it says who is there."""
    for name, text in ((demo.PASSWORDS, json.dumps(passwords, indent=1)), (demo.PLAN, "")):
        partial = plan.root / f".{name}.partial"
        partial.touch(mode=0o600)
        if text:
            partial.write_text(text, encoding="utf-8")
        else:
            plan.save(partial)
        partial.replace(plan.root / name)


def wipe(plan: Plan, name: str) -> int:
    """Remove the home of ``name`` and what is theirs in the inbound folders; gives how many hand-ins that was.

    Theirs is what bears their name, and what their account put there under another. Raises OSError when something can't
    be removed.
    """
    (uid,) = (one.uid for one in plan.accounts() if one.name == name)
    found = [
        path
        for course in plan.courses
        if (inbound := plan.exchange / course.name / "inbound").is_dir()
        for path in inbound.iterdir()
        if path.name.startswith((f"{name}+", f".{name}+")) or path.lstat().st_uid == uid
    ]
    home = plan.home(name)
    for path in [*found, *([home] if os.path.lexists(home) else [])]:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    return len(found)


if __name__ == "__main__":
    print(wipe(plans.read(Path(sys.argv[1])), sys.argv[2]))
