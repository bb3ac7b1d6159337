"""The walls around a kernel, looked at from inside: as whoever runs the tests, as an unprivileged user, in bubblewrap."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograde.engine import plan, sandbox, seccomp
from autograde.engine.bubblewrap import works as bubblewrap_works
from worktest.errors import UserError

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="namespaces are a thing of Linux")

CELLS = {
    "files": "import os; print(sorted(os.listdir())); print(open('world.py').read())",
    "environment": "import os; print(dict(os.environ))",
    "elsewhere": "import os\nfor p in ({root!r}, {root!r} + '/solutions', {root!r} + '/autograde', {home!r}, '/etc/shadow', "
    "'/root/.ssh'):\n    try: print(p, sorted(os.listdir(p)) if os.path.isdir(p) else open(p).read())\n"
    "    except OSError as e: print(p, 'no')",
    "write": "import os\nfor p in ('world.py', '/usr/x', '/x', {root!r} + '/worktest/x.py', '/run/kernel/x', '/proc/sys/kernel/hostname'):\n"
    "    try: open(p, 'a').write('x'); print(p, 'written')\n    except OSError as e: print(p, 'no')\n"
    "open('mine', 'w').write('x'); open('/tmp/mine', 'w').write('x'); print('scratch ok')",
    "network": "import socket\nfor make in (lambda: socket.create_connection(('127.0.0.1', {port}), 2), "
    "lambda: socket.create_connection(('10.0.0.1', 80), 2), lambda: socket.socket(40, socket.SOCK_STREAM)):\n"
    "    try: make(); print('reached')\n    except OSError as e: print('no')",
    "processes": "import os; print([p for p in os.listdir('/proc') if p.isdigit()])",
    "privileges": "print([l.split()[1] for l in open('/proc/self/status') if l[:6] in ('CapEff', 'CapBnd', 'NoNewP', 'Seccom')])",
    "calls": "import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\n"
    "print(libc.unshare(0x10000000), libc.mount(b'none', b'/tmp', b'tmpfs', 0, None), libc.ptrace(0, 0, 0, 0), libc.syscall(319, b'm', 0))",
    "descriptors": "import os\nprint(sorted(os.readlink(f'/proc/self/fd/{{n}}') for n in os.listdir('/proc/self/fd') "
    "if os.path.exists(f'/proc/self/fd/{{n}}')))",
    "memory": "try:\n    x = bytearray(6 * 2**30); print('had it')\nexcept MemoryError: print('refused')",
    "disk": "try:\n    for i in range(40):\n        open(f'/tmp/f{{i}}', 'wb').write(bytes(2**24))\n    print('had it')\n"
    "except OSError as e: print('refused')",
    "forks": "import os, time\nn = 0\ntry:\n    while n < 500:\n        if os.fork() == 0: time.sleep(20); os._exit(0)\n        n += 1\n"
    "    print('had them')\nexcept OSError: print('refused', n < 70)",
    "modules": "import sys; print([m for m in sys.modules if m.startswith('autograde')])\n"
    "try:\n    import autograde.grade; print('imported')\nexcept ImportError: print('no')",
    "lent": "import lent_words; print(lent_words.WORDS, lent_words.__file__)",
    "second copy": "import os\nfor name in ('real', 'link'):\n"
    "    try: print(os.listdir({base!r} + f'/{{name}}/site-packages/autograde'))\n    except OSError: print('no')",
    "terminal": "!echo from the shell",
    "picture": "import matplotlib.pyplot as plt; plt.plot([1, 2]); print(plt.get_backend())",
}  # fmt: skip
_UID = "51234"


def as_somebody(paths: list[str]) -> list[str]:
    """A command that runs another one as a user without any rights, who can reach ``paths`` wherever they lie."""
    steps = ["set -e", "mount -t tmpfs none /mnt"]
    for number, path in enumerate(paths):
        steps += [f"mkdir /mnt/{number}", f"mount --rbind '{path}' /mnt/{number}"]
    covered = {
        next(str(p) for p in [*reversed(Path(path).parents)] if not os.stat(p).st_mode & 0o001)
        for path in paths
        if any(not os.stat(p).st_mode & 0o001 for p in Path(path).parents)
    }
    steps += [f"mount -t tmpfs -o mode=755 none '{folder}'" for folder in sorted(covered)]
    for number, path in enumerate(paths):
        if any(path.startswith(folder + "/") for folder in covered):
            steps += [f"mkdir -p '{path}'", f"mount --rbind /mnt/{number} '{path}'"]
    steps += [f'exec setpriv --reuid {_UID} --regid {_UID} --clear-groups "$@"']
    return ["unshare", "--mount", "--propagation", "private", "sh", "-c", "; ".join(steps), "sh"]


def _can_be_somebody() -> bool:
    if os.getuid() != 0 or shutil.which("unshare") is None or shutil.which("setpriv") is None:
        return False
    return subprocess.run([*as_somebody([]), "true"], capture_output=True).returncode == 0


@pytest.fixture(scope="module", params=["as it is", "unprivileged", "bubblewrap"])
def said(request: pytest.FixtureRequest) -> Iterator[dict[str, Any]]:
    """What the cells said, each in a kernel of its own."""
    if request.param == "unprivileged" and not _can_be_somebody():
        pytest.skip("run by a user without rights already, or in a container that may not mount")
    if request.param == "bubblewrap" and not bubblewrap_works():
        pytest.skip("there is no bubblewrap")
    import socket

    with tempfile.TemporaryDirectory(prefix="wt") as base, socket.create_server(("127.0.0.1", 0)) as server:
        home = Path(base, "home")
        home.mkdir()
        (home / "token.txt").write_text("a token in the home folder")
        files = Path(base, "unit")
        files.mkdir()
        (files / "world.py").write_text("WORLD = 'the world of the unit'\n")
        lent = Path(base, "real", "site-packages")  # packages behind a link, a second copy of the grader's side in them
        (lent / "autograde").mkdir(parents=True)
        (lent / "autograde" / "secret.txt").touch()
        (lent / "lent_words.py").write_text("WORDS = 'lent words'\n")
        Path(base, "link").symlink_to("real")
        fill = {"root": str(ROOT), "home": str(home), "port": server.getsockname()[1], "base": base}
        cells = {name: source.format(**fill) for name, source in CELLS.items()}
        os.chmod(base, 0o777)
        environment = {**os.environ, "TMPDIR": base, "HOME": str(home), "A_SECRET": "the token of the environment"}
        environment.pop("XDG_RUNTIME_DIR", None)
        own = environment.get("PYTHONPATH")
        environment["PYTHONPATH"] = os.pathsep.join([*([own] if own else []), f"{base}/link/site-packages"])
        # bubblewrap is for who has no rights; root's processes no limit counts
        other = request.param != "as it is" and _can_be_somebody()
        kind = "bubblewrap" if request.param == "bubblewrap" else "best"
        command = [sys.executable, str(ROOT / "tests" / "inside.py"), str(files), kind]
        done = subprocess.run(
            [*(as_somebody([os.path.realpath(sys.base_prefix), str(ROOT), base]) if other else []), *command],
            input=json.dumps(cells),
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        yield {**json.loads(done.stdout), "kind": request.param}


def test_the_units_files_are_there_and_nothing_else(said: dict[str, Any]) -> None:
    assert "['world.py']" in said["files"] and "the world of the unit" in said["files"]
    assert "token" not in said["environment"] and "HOME': '/home/learner" in said["environment"]
    assert (
        "token.txt" not in said["elsewhere"]
        and "01_logit" not in said["elsewhere"]
        and "root:" not in said["elsewhere"]
    )
    assert said["modules"].split() == ["[]", "no"]


def test_lent_packages_are_there_and_the_graders_side_is_hidden_under_every_name(said: dict[str, Any]) -> None:
    assert "lent words" in said["lent"] and "/link/site-packages/" in said["lent"]
    assert said["second copy"].split() in (["[]", "[]"], ["no", "no"])


def test_nothing_can_be_written_but_a_scratch_space_of_limited_size(said: dict[str, Any]) -> None:
    assert said["write"].count(" no") == (5 if said["kind"] == "bubblewrap" else 6)  # there its sockets' folder is open
    assert "scratch ok" in said["write"] and "refused" in said["disk"]
    assert said["left"] == []


def test_there_is_no_network_and_no_other_process(said: dict[str, Any]) -> None:
    assert said["network"].split() == ["no"] * 3
    assert len(said["processes"].split(",")) <= (4 if said["kind"] == "bubblewrap" else 2)


def test_there_are_no_privileges_and_no_way_to_any(said: dict[str, Any]) -> None:
    assert "'0000000000000000', '0000000000000000', '1'" in said["privileges"]
    assert "'2'" in said["privileges"] and said["calls"].split() == ["-1"] * 4
    inherited = [d for d in eval(said["descriptors"]) if d.startswith("/") and not d.startswith(("/dev/", "/proc/"))]
    assert inherited == []


def test_memory_and_processes_end_somewhere(said: dict[str, Any]) -> None:
    assert said["memory"].strip() == "refused"
    assert said["forks"].split() == ["refused", "True"]


def test_an_honest_answer_finds_what_it_needs(said: dict[str, Any]) -> None:
    assert "from the shell" in said["terminal"] and "inline" in said["picture"]


# Which walls ------------------------------------------------------------------------------------------------------


def test_without_any_walls_nothing_runs_unless_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "probe", lambda: "user namespaces are not allowed")
    monkeypatch.setattr(sandbox, "bubblewrap_works", lambda: False)
    sandbox.best.cache_clear()
    try:
        with pytest.raises(UserError, match=r"not allowed.*bubblewrap.*--no-sandbox"):
            sandbox.best()
        assert sandbox.best(no_sandbox=True).walls is False
        sandbox.best.cache_clear()
        monkeypatch.setattr(sandbox, "bubblewrap_works", lambda: True)
        assert (
            sandbox.best() == sandbox.Execution(True, False, sandbox.best().why) and "not allowed" in sandbox.best().why
        )
    finally:
        sandbox.best.cache_clear()


def test_what_is_visible_never_holds_the_graders_side(tmp_path: Path) -> None:
    import autograde

    found = plan.learners_walls([tmp_path])
    package = str(Path(autograde.__file__).resolve().parent)
    assert package in found.hidden and str(tmp_path.resolve()) in found.hidden
    assert not [p for p in found.visible if f"{ROOT}/solutions/".startswith(p.rstrip("/") + "/")]
    assert str(ROOT) not in found.visible


def test_lent_packages_are_visible_without_a_second_copy_of_the_graders_side(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lent, checkout = tmp_path / "site-packages", tmp_path / "checkout"
    (lent / "autograde").mkdir(parents=True)
    checkout.mkdir()
    monkeypatch.setattr("sys.path", [*sys.path, str(lent), str(checkout)])
    alias = tmp_path / "alias"
    alias.symlink_to(tmp_path)
    monkeypatch.setattr("sys.path", [*sys.path, str(alias / "site-packages")])
    found = plan.learners_walls()
    assert str(lent.resolve()) in found.visible and str((lent / "autograde").resolve()) in found.hidden
    assert (str(alias), str(tmp_path)) in found.links and not [p for p in found.visible if "alias" in p]
    assert not [p for p in found.visible if str(checkout.resolve()).startswith(p)]


def test_the_filter_is_a_whole_program() -> None:
    program = seccomp.program()
    if program is None:
        pytest.skip("not an architecture that is listed")
    assert len(program) % 8 == 0 and len(program) // 8 < 4096
    jumps = [(n, program[8 * n : 8 * n + 8]) for n in range(len(program) // 8)]
    for number, step in jumps:  # no jump leads out of the program
        if step[0] & 0x07 == 0x05:
            assert number + 1 + max(step[2], step[3]) < len(jumps)
