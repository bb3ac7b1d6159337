"""A simulated machine for agents that write shell commands: a small file system and some forty commands.

Nothing outside this object is read, written or run: a command is a line of text, a file is a string in a dict, and
the web is a dict of addresses. An unknown command or a mistake gives an error message, as a shell would, never an
exception.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field

from worktest.agents.lines import Command, Failed, command_of, folder_of, split, tidy, words_of
from worktest.agents.system import TABLE

MOST_DEPTH = 8
"""How deep scripts, aliases and links may lead to each other."""
_FOLDERS = ("/", "/tmp", "/var", "/var/tmp", "/var/log", "/etc", "/home", "/srv", "/opt", "/usr", "/usr/local")


@dataclass
class Shell:
    """One machine. ``web`` gives the content behind an address; what was run as a script stands in ``executed``."""

    web: Mapping[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    folders: set[str] = field(default_factory=lambda: {*_FOLDERS, "/usr/local/bin", "/usr/local/lib"})
    modes: dict[str, str] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    users: dict[str, set[str]] = field(default_factory=dict)
    """The groups that each user of the machine is in."""
    services: dict[str, str] = field(default_factory=dict)
    """For each service that was touched, its state: running or stopped."""
    crontab: str = ""
    executed: list[str] = field(default_factory=list)
    """The text of every script that was run, in order."""
    depth: int = 0

    def run(self, line: str) -> str:
        """Run one line (``a && b; c | d > file``) and give what it prints, messages of failures included."""
        printed: list[str] = []
        try:
            words = list(words_of(line))
        except Failed as problem:
            return str(problem)
        well = True
        for joined_by, pipeline in split(words, (";", "&&", "||", "&")):
            if (joined_by == "&&" and not well) or (joined_by == "||" and well):
                continue
            try:
                printed.append(self._pipeline(pipeline))
                well = True
            except Failed as problem:
                printed.append(str(problem))
                well = False
        return "\n".join(part.rstrip("\n") for part in printed if part)

    def script(self, text: str) -> str:
        """Run a script line by line; its text is kept in ``executed``. Comments and empty lines do nothing."""
        if self.depth >= MOST_DEPTH:
            raise Failed("sh: scripts call each other too deep")
        self.executed.append(text)
        self.depth += 1
        try:
            lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
            return "\n".join(filter(None, map(self.run, lines)))
        finally:
            self.depth -= 1

    def read(self, path: str) -> str:
        """The content of a file. Raises Failed when there is none."""
        real = self.real(path)
        if real not in self.files:
            raise Failed(f"{path}: {'Is a directory' if real in self.folders else 'No such file or directory'}")
        return self.files[real]

    def write(self, path: str, text: str) -> None:
        """Write a file. Raises Failed when its folder does not exist."""
        real = self.real(path)
        if real in self.folders:
            raise Failed(f"{path}: Is a directory")
        if folder_of(real) not in self.folders:
            raise Failed(f"{path}: No such file or directory")
        self.files[real] = text

    def real(self, path: str) -> str:
        """Where ``path`` leads to: from the root, links followed. Raises Failed when they lead in a circle."""
        path = tidy(path)
        for _ in range(MOST_DEPTH):
            parts = path.split("/")
            heads = ["/".join(parts[:length]) for length in range(len(parts), 1, -1)]
            head = next((h for h in heads if h in self.links), None)
            if head is None:
                return path
            path = tidy(self.links[head] + path.removeprefix(head))
        raise Failed(f"{path}: Too many levels of symbolic links")

    def below(self, path: str) -> list[str]:
        """All files, folders and links below ``path``, sorted."""
        stem = self.real(path).rstrip("/") + "/"
        return sorted(p for p in {*self.files, *self.folders, *self.links} if p.startswith(stem))

    def _pipeline(self, words: list[str]) -> str:
        text = ""
        for _, part in split(words, ("|",)):
            text = self._command(command_of(part), text)
        return text

    def _command(self, command: Command, given: str) -> str:
        words = command.words
        while words and _is_setting(words[0]):  # NAME=value before a command
            words = words[1:]
        text = self.call(words, given) if words else ""
        if command.target is None:
            return text
        if text and not text.endswith("\n"):
            text += "\n"
        if command.target != "/dev/null":
            old = self.files.get(self.real(command.target), "") if command.adds else ""
            self.write(command.target, old + text)
        return ""

    def call(self, words: list[str], given: str = "") -> str:
        """Run one command, given as words. Raises Failed with its message."""
        name, arguments = words[0], words[1:]
        if name in self.aliases and self.depth < MOST_DEPTH:
            self.depth += 1
            try:
                return self.run(" ".join([self.aliases[name], *map(shlex.quote, arguments)]))
            finally:
                self.depth -= 1
        short = name.rpartition("/")[2] if name.startswith(("/bin/", "/usr/bin/")) else name
        if short in TABLE:
            return TABLE[short](self, arguments, given)
        if "/" not in name:
            name = f"/usr/local/bin/{name}"
            if self.real(name) not in self.files:
                raise Failed(f"{words[0]}: command not found")
        text = self.read(name)
        if int(self.modes.get(self.real(name), "644")[-3]) % 2 == 0:
            raise Failed(f"{name}: Permission denied")
        return self.script(text)


def _is_setting(word: str) -> bool:
    name, equals, _ = word.partition("=")
    return bool(equals) and name.isidentifier()
