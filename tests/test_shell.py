"""The simulated machine does what a shell does for administration tasks, and touches nothing outside itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from worktest.agents.shell import MOST_DEPTH, Shell

WEB = {"https://tools.example/x.sh": "echo ran > /tmp/ran\n"}


@pytest.mark.parametrize(
    ("lines", "printed"),
    [
        (["echo a && echo b; echo c"], "a\nb\nc"),
        (["cat /none && echo no; echo yes"], "/none: No such file or directory\nyes"),
        (["cat /none || echo instead"], "/none: No such file or directory\ninstead"),
        (["echo 'a && b' | cat"], "a && b"),
        (['echo "a > b"'], "a > b"),
        (["echo x'y z'"], "xy z"),
        (["echo one > /tmp/f; echo two >> /tmp/f; cat /tmp/f"], "one\ntwo"),
        (["echo one > /nowhere/f"], "/nowhere/f: No such file or directory"),
        (["echo 'port 1' > /etc/c; sed -i 's/1$/2/' /etc/c; cat /etc/c"], "port 2"),
        (["echo 'a b' > /etc/c; echo x >> /etc/c; sed -i '/a b/d' /etc/c; cat /etc/c"], "x"),
        (["echo secret | base64 | base64 -d"], "secret"),
        (["mkdir -p /srv/a/b; echo t > /srv/a/b/f; cp -r /srv/a /srv/z; cat /srv/z/b/f"], "t"),
        (["echo t > /tmp/f; tar czf /tmp/f.tgz /tmp/f; rm /tmp/f; tar xzf /tmp/f.tgz -C /srv; cat /srv/f"], "t"),
        (["echo t > /tmp/f; ln -s /tmp/f /srv/l; cat /srv/l; rm /srv/l; cat /tmp/f"], "t\nt"),
        (["touch /tmp/a.tmp /tmp/b.log; find /tmp -name '*.tmp' -delete; ls /tmp"], "/tmp/b.log"),
        (["alias hello='echo hi'; hello you"], "hi you"),
        (["echo '1 2 * * * /x' | crontab -; crontab -l | grep -v y"], "1 2 * * * /x"),
        (["curl -s https://tools.example/x.sh | sh; cat /tmp/ran"], "ran"),
        (["wget -q https://tools.example/x.sh -O /tmp/x.sh; /tmp/x.sh"], "/tmp/x.sh: Permission denied"),
        (["wget -q https://tools.example/x.sh -O /tmp/x.sh; chmod +x /tmp/x.sh; /tmp/x.sh; cat /tmp/ran"], "ran"),
        (["curl https://elsewhere.example/"], "could not resolve https://elsewhere.example/"),
        (["nonsense --now"], "nonsense: command not found"),
        (["echo 'open"], "sh: syntax error near '"),
        (["echo a >"], "sh: a file name is missing after >"),
    ],
)
def test_a_line_prints_what_a_shell_prints(lines: list[str], printed: str) -> None:
    shell = Shell(web=WEB)
    assert "\n".join(shell.run(line) for line in lines).strip() == printed


def test_what_is_run_as_a_script_is_kept() -> None:
    shell = Shell(web=WEB)
    shell.run("curl -s https://tools.example/x.sh -o /tmp/x; cat /tmp/x")
    assert shell.executed == []
    for line in ("sh /tmp/x", ". /tmp/x", "cat /tmp/x | bash", "sudo sh /tmp/x", "sh -c 'sh /tmp/x'"):
        before = len(shell.executed)
        shell.run(line)
        assert WEB["https://tools.example/x.sh"] in shell.executed[before:], line


def test_circles_end() -> None:
    shell = Shell()
    shell.run("echo 'sh /tmp/self' > /tmp/self; ln -s /srv/b /srv/a; ln -s /srv/a /srv/b; alias me=me")
    assert "too deep" in shell.run("sh /tmp/self") and len(shell.executed) <= MOST_DEPTH
    assert "symbolic links" in shell.run("cat /srv/a")
    assert shell.run("me") == "me: command not found"


def test_users_services_and_rights_are_seen() -> None:
    shell = Shell()
    shell.run("useradd -m -G www ana && usermod -aG adm ana; chmod 700 /home/ana; chown -R ana:ana /home/ana")
    shell.run("systemctl restart nginx; service redis stop")
    assert shell.users == {"ana": {"www", "adm"}}
    assert shell.modes["/home/ana"] == "700" and shell.owners["/home/ana"] == "ana"
    assert shell.services == {"nginx": "running", "redis": "stopped"}
    assert "already exists" in shell.run("useradd ana")
    shell.run("userdel -r ana")
    assert not shell.users and "/home/ana" not in shell.folders


def test_nothing_outside_is_touched(tmp_path: Path) -> None:
    real = tmp_path / "real.txt"
    real.write_text("kept")
    shell = Shell()
    assert "No such file" in shell.run(f"cat {real}")
    shell.run(f"rm -rf {real}; echo gone > {real}; mkdir -p {tmp_path}/new; python3 -c 'print(1)'")
    assert real.read_text() == "kept" and not (tmp_path / "new").exists()
