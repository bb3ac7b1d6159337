"""The demo's accounts: copies of the machine's account files with a few lines more, seen only inside of the demo."""

from __future__ import annotations

import secrets
import subprocess
from pathlib import Path

from autograde.hub.plan import FIRST_UID, GRADERS, Plan
from worktest.errors import UserError

FILES = ("passwd", "group", "shadow", "pam.d")
_WORDS = (
    "amber basil cedar delta ember fjord grove heron inlet jetty "
    "kiosk lemon maple north olive pearl quill river slate tulip"
)
_PAM = "auth required pam_unix.so\naccount required pam_unix.so\n"


def write(plan: Plan, passwords: dict[str, str]) -> Path:
    """Write the account files of ``plan`` and make the homes; gives the folder of the files.

    Raises UserError when a name is taken on this machine, or a password can't be hashed.
    """
    etc = plan.root / "etc"
    etc.mkdir(exist_ok=True)
    lines = {name: Path("/etc", name).read_text(encoding="utf-8", errors="replace") for name in ("passwd", "group")}
    taken = {line.partition(":")[0] for text in lines.values() for line in text.splitlines()}
    graders = []
    shadow = ""
    for one in plan.accounts():
        if one.name in taken:
            raise UserError(f"there is an account or a group {one.name!r} on this machine: choose another name")
        home = plan.home(one.name)
        lines["passwd"] += f"{one.name}:x:{one.uid}:{one.uid}::{home}:/bin/bash\n"
        lines["group"] += f"{one.name}:x:{one.uid}:\n"
        shadow += f"{one.name}:{_hashed(passwords[one.name]) if one.name in passwords else '*'}:20000:0:99999:7:::\n"
        if one.grader:
            graders.append(one.name)
    lines["group"] += f"{GRADERS}:x:{FIRST_UID - 1}:{','.join(graders)}\n"
    for name, text in lines.items():
        (etc / name).write_text(text, encoding="utf-8")
        (etc / name).chmod(0o644)
    secret = etc / "shadow"
    secret.touch(mode=0o600)
    secret.chmod(0o600)
    secret.write_text(shadow, encoding="utf-8")
    (etc / "pam.d").mkdir(exist_ok=True)
    (etc / "pam.d" / "worktest-hub").write_text(_PAM, encoding="ascii")
    return etc


def new_passwords(plan: Plan) -> dict[str, str]:
    """A password for each person; the courses' accounts have none, and nobody can log in as one of them."""
    return {one.name: new_password() for one in plan.accounts() if not one.grader}


def new_password() -> str:
    """Four words."""
    words = _WORDS.split()
    return "-".join(secrets.choice(words) for _ in range(4))


def _hashed(password: str) -> str:
    try:
        done = subprocess.run(
            ["openssl", "passwd", "-6", "-stdin"], input=password, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        raise UserError("the demo needs the program openssl, for its passwords: install it and try again") from None
    return done.stdout.strip()
