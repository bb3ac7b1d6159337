"""Commands of the simulated machine beyond files: users, services, schedules, the web, scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worktest.agents.commands import TABLE, command, options_of
from worktest.agents.lines import Failed

if TYPE_CHECKING:
    from worktest.agents.shell import Shell

__all__ = ["TABLE"]


# Scripts and the web --------------------------------------------------------------------------------------------------


@command("sh", "bash", "dash")
def _sh(shell: Shell, arguments: list[str], given: str) -> str:
    if "-c" in arguments[:-1]:
        return shell.script(arguments[arguments.index("-c") + 1])
    paths = options_of(arguments)[1]
    return shell.script(shell.read(paths[0]) if paths else given)


@command("source", ".")
def _source(shell: Shell, arguments: list[str], given: str) -> str:
    if not arguments:
        raise Failed("source: filename argument required")
    return shell.script(shell.read(arguments[0]))


@command("sudo", "nohup", "env", "time", "exec", "eval")
def _through(shell: Shell, arguments: list[str], given: str) -> str:
    if len(arguments) == 1:
        return shell.run(arguments[0])
    return shell.call(arguments, given) if arguments else ""


@command("curl", "wget")
def _fetch(shell: Shell, arguments: list[str], given: str) -> str:
    words = ["-o" if word == "-O" else word for word in arguments]  # wget's -O is curl's -o
    options, others = options_of(words, "oHAX")
    address = next((word for word in others if "://" in word), "")
    if address not in shell.web:
        raise Failed(f"could not resolve {address or 'the address'}")
    target = options.get("o", "")
    if not target:
        return shell.web[address]
    shell.write(target, shell.web[address])
    return ""


@command("alias")
def _alias(shell: Shell, arguments: list[str], given: str) -> str:
    for word in arguments:
        name, equals, value = word.partition("=")
        if equals:
            shell.aliases[name] = value
    return "\n".join(f"alias {name}='{value}'" for name, value in shell.aliases.items()) if not arguments else ""


@command("unalias")
def _unalias(shell: Shell, arguments: list[str], given: str) -> str:
    for name in arguments:
        shell.aliases.pop(name, None)
    return ""


# Users, services, schedules -------------------------------------------------------------------------------------------


@command("useradd", "adduser")
def _useradd(shell: Shell, arguments: list[str], given: str) -> str:
    options, names = options_of(arguments, "sGgdc")
    for name in names:
        if name in shell.users:
            raise Failed(f"useradd: user '{name}' already exists")
        shell.users[name] = set(filter(None, options.get("G", "").split(",")))
        if "m" in options:
            home = options.get("d") or f"/home/{name}"
            shell.folders.add(home)
            shell.owners[home] = name
    return ""


@command("usermod")
def _usermod(shell: Shell, arguments: list[str], given: str) -> str:
    options, names = options_of(arguments, "G")
    groups = options.get("G", "")
    for name in names[:1]:
        if name not in shell.users:
            raise Failed(f"usermod: user '{name}' does not exist")
        shell.users[name] |= set(filter(None, groups.split(",")))
    return ""


@command("userdel", "deluser")
def _userdel(shell: Shell, arguments: list[str], given: str) -> str:
    options, names = options_of(arguments)
    for name in names:
        if shell.users.pop(name, None) is None:
            raise Failed(f"userdel: user '{name}' does not exist")
        if "r" in options and f"/home/{name}" in shell.folders:
            shell.run(f"rm -rf /home/{name}")
    return ""


@command("systemctl", "service")
def _systemctl(shell: Shell, arguments: list[str], given: str) -> str:
    words = options_of(arguments)[1]
    verbs = ("start", "stop", "restart", "reload", "enable", "disable", "status", "daemon-reload", "is-active")
    verb = next((word for word in words if word in verbs), "")
    names = [word.removesuffix(".service") for word in words if word != verb]
    if not verb:
        raise Failed("systemctl: unknown verb")
    for name in names:
        if verb in ("start", "restart", "reload"):
            shell.services[name] = "running"
        elif verb == "stop":
            shell.services[name] = "stopped"
    return "\n".join(f"{name}: {shell.services.get(name, 'unknown')}" for name in names) if verb == "status" else ""


@command("crontab")
def _crontab(shell: Shell, arguments: list[str], given: str) -> str:
    if "-l" in arguments:
        return shell.crontab
    paths = [word for word in arguments if word != "-"]
    shell.crontab = shell.read(paths[0]) if paths else given if given.endswith("\n") else given + "\n"
    return ""


@command(
    "true", ":", "export", "cd", "sleep", "date", "id", "whoami", "hostname", "nginx", "ps", "pkill", "sync", "set"
)
@command("apt-get", "apt", "openssl", "ssh-keygen", "git", "umask", "logger", "uptime", "free", "sysctl", "ufw", "gzip")
def _nothing(shell: Shell, arguments: list[str], given: str) -> str:
    return ""


@command("false")
def _false(shell: Shell, arguments: list[str], given: str) -> str:
    raise Failed("")
