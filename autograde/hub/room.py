"""The room in which the demo runs: a mount and process namespace of its own.

Inside of it there are a few accounts more, the files of other people are not there, and worked units can be read by the
courses' accounts only. Its first process keeps the hub running (`autograde.hub.keeper`); when that ends, the kernel
ends all the others: nothing stays behind.

Run as ``python -m autograde.hub.room PLAN`` by `autograde.hub.demo`, inside of ``unshare``.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

from autograde import paths as grader_paths
from autograde.hub import plan as plans
from autograde.hub.accounts import FILES
from autograde.hub.demo import furnish_homes
from autograde.hub.keeper import Keeper
from worktest import paths

FOR_ALL = ("/tmp", "/var/tmp", "/dev/shm")
OTHERS = ("/home", "/root", *FOR_ALL)
"""Where people and programs keep what is none of a learner's business; empty inside of the room."""
STAGE = Path("/mnt")
"""Where things wait while their places are covered; other people's disks hang here, and are not there afterwards."""


def needed(plan: plans.Plan, proxy: Path) -> list[Path]:
    """Folders that must be there at their own path inside of the room, the outermost only."""
    root = paths.checkout()
    package = Path(paths.__file__).resolve().parent
    ours = [root / name for name in ("worktest", "autograde", "curriculum", "pyproject.toml")] if root else [package]
    wanted = {
        plan.root,
        proxy.parents[2],  # node_modules: the package and what it uses
        Path(sys.prefix),
        Path(sys.base_prefix),
        Path(sys.executable).resolve().parent.parent,
        *ours,
        *(Path(one).resolve() for one in sys.path if one and Path(one).is_dir() and Path(one).resolve() != root),
    }
    if node := shutil.which("node"):
        wanted.add(Path(node).resolve().parent)
    every = sorted(path for path in wanted if path.exists())
    return [path for path in every if not any(other != path and other in path.parents for other in every)]


def hidden(needs: list[Path]) -> list[Path]:
    """Folders that become empty: OTHERS, the checkout, and what others may not walk through on the way to a need."""
    found = [Path(one) for one in OTHERS if Path(one).is_dir()]
    if root := paths.checkout():
        found.append(root)
    for path in needs:
        for parent in reversed(path.parents):
            if not parent.stat().st_mode & 0o001:
                found.append(parent)
                break
    every = sorted(set(found))
    return [path for path in every if not any(other in path.parents for other in every)]


def furnish(plan: plans.Plan, proxy: Path) -> None:
    """Make the room, from inside of it: everything below changes only what its processes see."""
    worked = grader_paths.solutions()  # asked now: a covered checkout is none
    needs = needed(plan, proxy)
    covers = hidden(needs)
    kept = [path for path in needs if any(cover == path or cover in path.parents for cover in covers)]
    spots = {path: STAGE / str(i) for i, path in enumerate(kept)}
    spots |= {plan.root / "worked": STAGE / "worked", plan.root / "etc": STAGE / "etc"}
    _mount("-t", "tmpfs", "tmpfs", str(STAGE))
    for path, spot in spots.items():
        _bind(path, spot)
    for cover in covers:
        mode = "1777" if str(cover) in FOR_ALL else "755"
        _mount("-t", "tmpfs", "-o", f"mode={mode}", "tmpfs", str(cover))
    for path in kept:
        _bind(spots[path], path)
    _bind(spots[plan.root / "worked"], worked)
    for name in FILES:
        _mount("--bind", str(STAGE / "etc" / name), f"/etc/{name}")
    subprocess.run(["umount", "--recursive", "--lazy", str(STAGE)], check=True)
    _mount("-t", "proc", "-o", "hidepid=invisible", "proc", "/proc")


def _bind(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        target.mkdir(exist_ok=True)
    else:
        target.touch()
    _mount("--bind", str(source), str(target))


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)


def main() -> None:
    """Furnish the room and keep the hub in it running."""
    plan = plans.read(Path(sys.argv[1]))
    proxy = Path(sys.argv[2])
    furnish_homes(plan)
    furnish(plan, proxy)
    hub = plan.root / "hub"
    os.chdir(hub)
    os.umask(0o022)
    # of a room that was killed: its number belongs to another process by now, which the hub would end
    (hub / "proxy.pid").unlink(missing_ok=True)
    command = [sys.executable, "-m", "jupyterhub", "-f", str(hub / "jupyterhub_config.py")]
    environment = dict(os.environ, HOME=str(hub), **{plans.ROOM: secrets.token_hex(8)})
    sys.exit(Keeper(command, environment, (one.uid for one in plan.accounts() if one.grader)).run())


if __name__ == "__main__":
    main()
