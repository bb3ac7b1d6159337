"""How a shell line is taken apart: words and operators, pipelines, redirections, paths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PART = r"""'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s|&;<>'"\\]+"""
_TOKEN = re.compile(rf"\s*(?:(?P<operator>&&|\|\||>>|[|&;<>])|(?P<word>(?:{_PART})+)|(?P<stray>\S))", re.DOTALL)


class Failed(Exception):
    """A command failed; the message is what it writes to standard error."""


class Operator(str):
    """A word of the line that joins or redirects; a quoted ``"&&"`` is none."""


@dataclass
class Command:
    """One command's words, and the file that its output goes to (None: it is printed or piped on)."""

    words: list[str]
    target: str | None = None
    adds: bool = False


def words_of(line: str) -> Iterator[str]:
    """Words and operators of a line, quotes taken off. Raises Failed when a quote is not closed."""
    for token in _TOKEN.finditer(line.strip()):
        if token["operator"]:
            yield Operator(token["operator"])
        elif token["word"]:
            yield "".join(_unquoted(part) for part in re.findall(_PART, token["word"], re.DOTALL))
        else:
            raise Failed(f"sh: syntax error near {token['stray']}")


def _unquoted(part: str) -> str:
    if part.startswith("'"):
        return part[1:-1]
    if part.startswith('"'):
        return re.sub(r'\\(["\\$`])', r"\1", part[1:-1])
    return part[1:] if part.startswith("\\") else part


def split(words: list[str], operators: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    """The parts between ``operators``, each with the one before it ("" for the first); empty parts are left out."""
    before, part = "", list[str]()
    for word in [*words, Operator(operators[0])]:
        if isinstance(word, Operator) and word in operators:
            if part:
                yield before, part
            before, part = word, []
        else:
            part.append(word)


def command_of(words: list[str]) -> Command:
    """A command with its redirections taken out. Raises Failed when a file name is missing."""
    command, rest = Command([]), iter(words)
    for word in rest:
        if not isinstance(word, Operator):
            command.words.append(word)
            continue
        name = next(rest, None)
        if name is None or isinstance(name, Operator):
            raise Failed(f"sh: a file name is missing after {word}")
        if command.words and command.words[-1] == "2":  # error messages are always printed here
            command.words.pop()
        elif word == "<":
            command.words.append(name)
        else:
            command.target, command.adds = name, word == ">>"
    return command


def tidy(path: str) -> str:
    """A path from the root without doubled or trailing slashes; a relative one begins at the root."""
    parts = list[str]()
    for part in path.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/" + "/".join(parts)


def folder_of(path: str) -> str:
    """The folder that holds ``path``."""
    return tidy(path).rpartition("/")[0] or "/"
