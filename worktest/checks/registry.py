"""How ``visible.py`` and ``hidden.py`` declare checks, and how they are loaded from a unit's folder."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from worktest.errors import UserError

CheckFunction = Callable[[Any, Any], None]

_loading: list[CheckSet] = []


@dataclass(frozen=True)
class Check:
    """One check of one graded cell.

    ``name`` is the function's name, ``topic`` the graded cell it belongs to, ``title`` the first line of its
    docstring (what a learner reads beside pass or fail), ``visible`` whether the learner has its source.
    """

    name: str
    topic: str
    title: str
    function: CheckFunction = field(compare=False)
    visible: bool = True


@dataclass
class CheckSet:
    """The checks of one unit, by graded cell, in the order they were written."""

    visible: bool = True
    checks: list[Check] = field(default_factory=list)

    def of(self, topic: str) -> list[Check]:
        """Checks of the graded cell ``topic``."""
        return [check for check in self.checks if check.topic == topic]

    def topics(self) -> list[str]:
        """Graded cells that have checks, in order."""
        return list(dict.fromkeys(check.topic for check in self.checks))

    def __add__(self, other: CheckSet) -> CheckSet:
        return CheckSet(checks=[*self.checks, *other.checks])


def check(topic: str) -> Callable[[CheckFunction], CheckFunction]:
    """Declare the decorated function as a check of the graded cell ``topic``.

    The function takes ``(answer, rng)`` and raises through ``expect`` when the answer is wrong. Its docstring's first
    line says, in words for the learner, what holds when it passes.
    """

    def register(function: CheckFunction) -> CheckFunction:
        if not _loading:
            raise RuntimeError("checks are declared in a file that load_checks() reads, not run directly")
        title = (function.__doc__ or "").strip().splitlines()[0] if function.__doc__ else ""
        if not title:
            raise UserError(f"check {function.__name__} of {topic} has no docstring: its first line is what it tests")
        current = _loading[-1]
        if any(c.name == function.__name__ and c.topic == topic for c in current.checks):
            raise UserError(f"check {function.__name__} of {topic} is declared twice")
        current.checks.append(Check(function.__name__, topic, title, function, current.visible))
        return function

    return register


def load_module(path: Path, prefix: str) -> ModuleType:
    """Import ``path`` under a module name of its own, so that two units' files never collide.

    Raises :class:`~worktest.errors.UserError` when the file is missing.
    """
    if not path.is_file():
        raise UserError(f"{path} is missing; get a fresh copy of the unit with `worktest start UNIT --fresh`")
    digest = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]
    name = f"_{prefix}_{digest}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses and pickling look the module up by name
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def check_files(folder: Path, stem: str) -> list[Path]:
    """The files of checks in a unit's folder: ``visible.py`` and, where one file grew too long, ``visible_*.py``."""
    return [folder / f"{stem}.py", *sorted(folder.glob(f"{stem}_*.py"))]


def unit_checks(folder: Path, *, visible: bool = True) -> CheckSet:
    """All visible (or all hidden) checks of the unit in ``folder``.

    Raises :class:`~worktest.errors.UserError` when the first file is missing or a check is declared badly.
    """
    found = CheckSet(visible=visible)
    for path in check_files(folder, "visible" if visible else "hidden"):
        more = load_checks(path, visible=visible)
        for name in {(c.topic, c.name) for c in more.checks} & {(c.topic, c.name) for c in found.checks}:
            raise UserError(f"{path}: check {name[1]} of {name[0]} is declared twice")
        found.checks += more.checks
    return found


def load_checks(path: Path, *, visible: bool = True) -> CheckSet:
    """Read the checks that the file at ``path`` declares.

    Raises :class:`~worktest.errors.UserError` when the file is missing or a check is declared badly.
    """
    found = CheckSet(visible=visible)
    _loading.append(found)
    try:
        load_module(path, "checks")
    finally:
        _loading.pop()
    return found
