"""Administration tasks on a simulated machine: what to do step by step, and how it is checked at the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from worktest.agents.lines import Failed
from worktest.agents.shell import Shell
from worktest.units import read_toml


@dataclass(frozen=True)
class Step:
    """One step: commands that do it (``ways``), one that gets it wrong (``slip``), and whether it is a ``hard`` one."""

    goal: str
    ways: tuple[str, ...]
    slip: str
    hard: bool = False


@dataclass(frozen=True)
class Task:
    """A task: what is asked, its steps, the commands that prepare the machine, the web, the conditions at the end."""

    name: str
    family: str
    request: str
    steps: tuple[Step, ...]
    setup: tuple[str, ...]
    done: tuple[str, ...]
    web: dict[str, str] = field(default_factory=dict, hash=False)

    def machine(self) -> Shell:
        """A machine of its own on which the task can begin."""
        shell = Shell(web=dict(self.web))
        for line in self.setup:
            shell.run(line)
        return shell

    def solved(self, shell: Shell) -> bool:
        """Whether all conditions hold on this machine."""
        return all(holds(shell, condition) for condition in self.done)


def holds(shell: Shell, condition: str) -> bool:
    """Whether one condition holds; ``has /etc/motd hello world`` and the like, see CONDITIONS."""
    kind, _, rest = condition.partition(" ")
    place, _, wanted = rest.partition(" ")
    try:
        return bool(CONDITIONS[kind](shell, place, wanted))
    except Failed:
        return False


CONDITIONS: dict[str, Any] = {
    "has": lambda shell, path, text: text in shell.read(path),
    "lacks": lambda shell, path, text: text not in shell.read(path),
    "absent": lambda shell, path, _: shell.real(path) not in shell.files,
    "mode": lambda shell, path, mode: shell.modes.get(shell.real(path)) == mode,
    "owner": lambda shell, path, user: shell.owners.get(shell.real(path)) == user,
    "link": lambda shell, path, target: shell.links.get(path) == target,
    "running": lambda shell, service, _: shell.services.get(service) == "running",
    "user": lambda shell, name, group: group in shell.users.get(name, ()),
    "gone": lambda shell, name, _: name not in shell.users,
    "cron": lambda shell, text, _: text in shell.crontab,
    "nocron": lambda shell, text, _: text not in shell.crontab,
}
"""What may stand at the end of a task, each a function of the shell and the condition's two arguments."""


def load_tasks(path: Path) -> list[Task]:
    """The tasks of a TOML file with ``[[family]]`` tables, in order; {words} are filled in for each instance.

    Raises UserError when the file can't be read.
    """
    return list(chain.from_iterable(map(_tasks_of, read_toml(path)["family"])))


def _tasks_of(family: dict[str, Any]) -> list[Task]:
    tasks = []
    for words in family["instances"]:

        def filled(value: Any, words: dict[str, str] = words) -> Any:
            """The value with an instance's words in it, all the way down."""
            if isinstance(value, str):
                for word, text in words.items():
                    value = value.replace("{" + word + "}", text)
                return value
            if isinstance(value, dict):
                return {filled(key): filled(inner) for key, inner in value.items()}
            return tuple(map(filled, value)) if isinstance(value, list) else value

        whole = filled({key: value for key, value in family.items() if key != "instances"})
        steps = tuple(Step(**step) for step in whole["step"])
        name = "-".join([whole["name"], next(iter(words.values()))])
        tasks.append(
            Task(name, whole["name"], whole["request"], steps, whole["setup"], whole["done"], whole.get("web", {}))
        )
    return tasks
