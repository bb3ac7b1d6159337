"""``requirements.lock``: the packages that the process of the experiment had imported, in the versions it had."""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from worktest import __version__
from worktest.extend.runner import IMPORTED

FILE = "requirements.lock"
_OURS = "worktest"


def read_imported(folder: Path) -> list[str]:
    """The modules that the last run left imported; none before the first run, or when the list can't be read."""
    try:
        return (folder / IMPORTED).read_text(encoding="utf-8", errors="replace").split()
    except OSError:
        return []


def lock_text(modules: Iterable[str]) -> str:
    """The text of ``requirements.lock`` for these modules.

    A line ``name==version`` for each installed package that one of them belongs to, and for those that it requires and
    that are installed, sorted. Python, platform, torch's threads and worktest stand in comments.
    """
    names = _closed(_packages(modules))
    lines = [
        "# Made by `worktest extend build` from what the experiment's process had imported; changes are lost.",
        f"# Python {platform.python_version()}",
        f"# {platform.system()} {platform.machine()}",
    ]
    if "torch" in names:
        lines.append(f"# torch threads: {_threads()}")
    lines.append(f"# worktest {__version__} (from its repository: no registry has it)")
    pinned: list[str] = []
    local: list[str] = []
    for name in sorted(names):
        version = metadata.version(name)
        (local if _is_local(name) else pinned).append(f"{name}=={version}")
    if any("+" in line for line in pinned):
        lines.append("# A version such as 1.0+cpu is a build of its project's own index.")
    lines += [f"# {line} (installed from a folder)" for line in local]
    return "\n".join([*lines, *pinned]) + "\n"


def _threads() -> int:
    """As many as torch takes here: a run's process takes the same."""
    import torch

    return int(torch.get_num_threads())


def _packages(modules: Iterable[str]) -> set[str]:
    """The installed packages whose modules these are; the standard library belongs to none."""
    tops = {module.partition(".")[0] for module in modules}
    whose = metadata.packages_distributions()
    found = {_normal(name) for top in tops - set(sys.stdlib_module_names) for name in whose.get(top, [])}
    return found - {_OURS}


def _closed(names: set[str]) -> set[str]:
    """These and all installed packages that they require, without extras."""
    from packaging.requirements import InvalidRequirement, Requirement

    found: set[str] = set()
    left = list(names)
    while left:
        name = left.pop()
        try:
            distribution = metadata.distribution(name)
        except (metadata.PackageNotFoundError, ValueError):
            continue
        if name in found:
            continue
        found.add(name)
        for line in distribution.requires or []:
            try:
                requirement = Requirement(line)
            except InvalidRequirement:
                continue
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                left.append(_normal(requirement.name))
    return found - {_OURS}


def _is_local(name: str) -> bool:
    """Whether it was installed from a folder of this machine, so that nobody else can install it by its name."""
    try:
        return '"dir_info"' in (metadata.distribution(name).read_text("direct_url.json") or "")
    except (metadata.PackageNotFoundError, OSError):
        return False


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
