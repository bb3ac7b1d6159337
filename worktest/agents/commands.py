"""Commands of the simulated machine for texts and files.

Each takes the shell, its arguments and what is piped in, and gives what it prints. Only what administration tasks
need: common options are understood, others are ignored.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from worktest.agents.lines import Failed, folder_of, tidy

if TYPE_CHECKING:
    from worktest.agents.shell import Shell

Function = Callable[["Shell", list[str], str], str]
TABLE: dict[str, Function] = {}
"""What each command does, by its name."""


def command(*names: str) -> Callable[[Function], Function]:
    """Enter a function under its names."""

    def enter(function: Function) -> Function:
        TABLE.update(dict.fromkeys(names, function))
        return function

    return enter


def options_of(arguments: list[str], with_value: str = "") -> tuple[dict[str, str], list[str]]:
    """Options (by letter or long name; those of ``with_value`` take the next word) and the other arguments."""
    options: dict[str, str] = {}
    others = list[str]()
    rest = iter(arguments)
    for word in rest:
        if word.startswith("--"):
            name, _, value = word[2:].partition("=")
            options[name] = value
        elif word.startswith("-") and len(word) > 1:
            for place, letter in enumerate(word[1:], start=2):
                if letter in with_value:
                    options[letter] = word[place:] or next(rest, "")
                    break
                options[letter] = ""
        else:
            others.append(word)
    return options, others


def _text(shell: Shell, paths: list[str], given: str) -> str:
    return "".join(shell.read(path) for path in paths) if paths else given


def _into(shell: Shell, source: str, target: str) -> str:
    """Where something named ``source`` comes to lie: in ``target`` if that is a folder, else there."""
    real = shell.real(target)
    return f"{real.rstrip('/')}/{tidy(source).rpartition('/')[2]}" if real in shell.folders else real


def _matching(shell: Shell, paths: list[str]) -> list[str]:
    """The paths, those with * or ? replaced by what they match."""
    found = list[str]()
    for path in paths:
        if any(sign in path for sign in "*?"):
            pattern = tidy(path)
            here = [p for p in shell.below(folder_of(pattern)) if folder_of(p) == folder_of(pattern)]
            found += [p for p in here if fnmatchcase(p, pattern)]
        else:
            found.append(path)
    return found


# Texts ----------------------------------------------------------------------------------------------------------------


@command("echo", "printf")
def _echo(shell: Shell, arguments: list[str], given: str) -> str:
    while arguments and re.fullmatch(r"-[neE]+", arguments[0]):
        arguments = arguments[1:]
    return " ".join(arguments).replace("\\n", "\n")


@command("cat")
def _cat(shell: Shell, arguments: list[str], given: str) -> str:
    return _text(shell, _matching(shell, options_of(arguments)[1]), given)


@command("head", "tail")
def _ends(shell: Shell, arguments: list[str], given: str) -> str:
    return _text(shell, options_of(arguments, "nc")[1], given)


@command("tee")
def _tee(shell: Shell, arguments: list[str], given: str) -> str:
    options, paths = options_of(arguments)
    text = given if not given or given.endswith("\n") else given + "\n"
    for path in paths:
        shell.write(path, (shell.files.get(shell.real(path), "") if "a" in options else "") + text)
    return given


@command("grep")
def _grep(shell: Shell, arguments: list[str], given: str) -> str:
    options, others = options_of(arguments)
    pattern, paths = (others or [""])[0], others[1:]
    if "r" in options:
        paths = [p for path in paths for p in shell.below(path) if p in shell.files]
    lines = _text(shell, paths, given).splitlines()
    found = [line for line in lines if (pattern in line) != ("v" in options)]
    if not found:
        raise Failed("")
    return "" if "q" in options else str(len(found)) if "c" in options else "\n".join(found)


@command("sed")
def _sed(shell: Shell, arguments: list[str], given: str) -> str:
    options, others = options_of(arguments, "e")
    program = options.get("e") or (others.pop(0) if others else "")
    change = re.fullmatch(r"s(.)(.*?)\1(.*?)\1g?", program)
    drop = re.fullmatch(r"/(.*)/d", program)
    if not change and not drop:
        raise Failed(f"sed: unknown command {program}")

    def edited(text: str) -> str:
        if drop:
            return "".join(line for line in text.splitlines(keepends=True) if not re.search(drop[1], line))
        assert change is not None
        return re.sub(change[2], lambda _: change[3], text, flags=re.MULTILINE)

    try:
        if "i" not in options:
            return edited(_text(shell, others, given))
        for path in others:
            shell.write(path, edited(shell.read(path)))
    except re.error as problem:
        raise Failed(f"sed: {problem}") from None
    return ""


@command("sort", "uniq", "wc", "cut", "awk", "less", "diff", "xargs")
def _filter(shell: Shell, arguments: list[str], given: str) -> str:
    return given  # what a filter prints decides no task


@command("sha256sum")
def _digest(shell: Shell, arguments: list[str], given: str) -> str:
    paths = options_of(arguments)[1]
    return "\n".join(f"{hashlib.sha256(shell.read(p).encode()).hexdigest()}  {p}" for p in paths)


@command("base64")
def _base64(shell: Shell, arguments: list[str], given: str) -> str:
    options, paths = options_of(arguments)
    text = _text(shell, paths, given)
    if "d" not in options and "decode" not in options:
        return base64.b64encode(text.encode()).decode()
    try:
        return base64.b64decode(text, validate=False).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise Failed("base64: invalid input") from None


# Files ----------------------------------------------------------------------------------------------------------------


@command("mkdir")
def _mkdir(shell: Shell, arguments: list[str], given: str) -> str:
    options, paths = options_of(arguments, "m")
    for path in map(shell.real, paths):
        if folder_of(path) not in shell.folders and "p" not in options:
            raise Failed(f"mkdir: {path}: No such file or directory")
        while path not in shell.folders:
            shell.folders.add(path)
            path = folder_of(path)
    if "m" in options:
        shell.modes.update((shell.real(path), options["m"]) for path in paths)
    return ""


@command("touch")
def _touch(shell: Shell, arguments: list[str], given: str) -> str:
    for path in options_of(arguments, "dr")[1]:
        shell.write(path, shell.files.get(shell.real(path), ""))
    return ""


@command("truncate")
def _truncate(shell: Shell, arguments: list[str], given: str) -> str:
    for path in options_of(arguments, "s")[1]:
        shell.write(path, "")
    return ""


@command("cp", "install")
def _copy(shell: Shell, arguments: list[str], given: str) -> str:
    return _carried(shell, arguments)


def _carried(shell: Shell, arguments: list[str], moves: bool = False) -> str:
    options, paths = options_of(arguments, "mog")
    *sources, target = paths or [""]
    if not sources:
        raise Failed("cp: missing file operand")
    for source in map(shell.real, _matching(shell, sources)):
        place = _into(shell, source, target)
        if source in shell.folders:
            for path in shell.below(source):
                new = place + path.removeprefix(source)
                if path in shell.files:
                    shell.files[new] = shell.files[path]
                else:
                    shell.folders.add(new)
            shell.folders.add(place)
        else:
            shell.write(place, shell.read(source))
        if "m" in options:
            shell.modes[shell.real(place)] = options["m"]
        if moves:
            _remove(shell, ["-r", source], "")
    return ""


@command("mv")
def _move(shell: Shell, arguments: list[str], given: str) -> str:
    return _carried(shell, arguments, moves=True)


@command("rm", "rmdir")
def _remove(shell: Shell, arguments: list[str], given: str) -> str:
    options, paths = options_of(arguments)
    for path in map(tidy, _matching(shell, paths)):
        if path in shell.links:
            del shell.links[path]
        elif (real := shell.real(path)) in shell.files:
            del shell.files[real]
        elif real in shell.folders and ("r" in options or "R" in options):
            for inner in shell.below(real):
                shell.files.pop(inner, None)
                shell.links.pop(inner, None)
                shell.folders.discard(inner)
            shell.folders.discard(real)
        elif "f" not in options:
            raise Failed(f"rm: {path}: No such file or directory")
    return ""


@command("find")
def _find(shell: Shell, arguments: list[str], given: str) -> str:
    name = arguments[arguments.index("-name") + 1] if "-name" in arguments[:-1] else "*"
    kept = [p for p in shell.below((arguments or ["/"])[0]) if fnmatchcase(p.rpartition("/")[2], name)]
    found = [p for p in kept if p in shell.files] if "-delete" in arguments or "f" in arguments else kept
    if "-delete" in arguments:
        for path in found:
            del shell.files[path]
        return ""
    return "\n".join(found)


@command("chmod")
def _chmod(shell: Shell, arguments: list[str], given: str) -> str:
    options, others = options_of([a for a in arguments if a != "+x"])
    mode = "755" if "+x" in arguments else others.pop(0) if others else ""
    return _marked(shell, shell.modes, mode, others, "R" in options)


@command("chown")
def _chown(shell: Shell, arguments: list[str], given: str) -> str:
    options, others = options_of(arguments)
    owner = others.pop(0).partition(":")[0] if others else ""
    return _marked(shell, shell.owners, owner, others, "R" in options)


def _marked(shell: Shell, marks: dict[str, str], mark: str, paths: list[str], deep: bool) -> str:
    for path in map(shell.real, _matching(shell, paths)):
        if path not in {*shell.files, *shell.folders}:
            raise Failed(f"{path}: No such file or directory")
        marks.update(dict.fromkeys([path, *(shell.below(path) if deep else [])], mark))
    return ""


@command("ln")
def _link(shell: Shell, arguments: list[str], given: str) -> str:
    _, paths = options_of(arguments)
    if len(paths) != 2:
        raise Failed("ln: two paths are needed")
    shell.links.pop(tidy(paths[1]), None)
    shell.links[_into(shell, paths[0], paths[1])] = tidy(paths[0])
    return ""


@command("tar")
def _tar(shell: Shell, arguments: list[str], given: str) -> str:
    first = [f"-{arguments[0].lstrip('-')}"] if arguments else []  # the dash may be left out: tar czf
    options, paths = options_of([*first, *arguments[1:]], "fC")
    archive, where = options.get("f", ""), options.get("C", "/")
    if "c" in options:
        inside = [shell.real(f"{where}/{path}" if "C" in options else path) for path in paths]
        names = [q for p in inside for q in (shell.below(p) if p in shell.folders else [p]) if q in shell.files]
        if not names:
            raise Failed("tar: nothing to put into the archive")
        shell.write(archive, "".join(f"{name}\t{shell.files[name]!r}\n" for name in names))
        return ""
    listed = [line.partition("\t") for line in shell.read(archive).splitlines() if "\t" in line]
    for name, _, text in listed if "x" in options else []:
        place = f"{shell.real(where).rstrip('/')}/{name.rpartition('/')[2]}" if "C" in options else name
        shell.write(place, text[1:-1].replace("\\n", "\n"))
    return "\n".join(name for name, _, _ in listed) if {"t", "v"} & set(options) else ""


@command("ls", "stat", "du", "df", "file")
def _look(shell: Shell, arguments: list[str], given: str) -> str:
    paths = options_of(arguments)[1] or ["/"]
    shown = list[str]()
    for path in _matching(shell, paths):
        real = shell.real(path)
        if real not in {*shell.files, *shell.folders}:
            raise Failed(f"{path}: No such file or directory")
        shown += [p for p in shell.below(real) if folder_of(p) == real] or [real]
    return "\n".join(shown)


@command("test", "[")
def _test(shell: Shell, arguments: list[str], given: str) -> str:
    if len(arguments) >= 2 and shell.real(arguments[1]) not in {*shell.files, *shell.folders}:
        raise Failed("")
    return ""
