"""The files for a hub that stays: what they hold, what they keep back, and what of them can be tried here."""

from __future__ import annotations

import ast
import base64
import csv
import io
import json
import os
import runpy
import sqlite3
import subprocess
import sys
import tarfile
import types
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from cli import call, the_line
from tornado import web
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

import autograde
from autograde import course, exchange
from autograde import paths as grader_paths
from autograde.cli import app
from autograde.hub import demo, k8s, package, plan, settings, tljh
from autograde.hub.files import backup
from worktest.errors import UserError

HERE = Path(__file__).parent
PEOPLE = ["--course", "basics=00", "--course", "control=03", "--facilitator", "fay", "--learners", "ana,ben"]
SITE = ["--domain", "hub.example.org", "--email", "fay@example.org"]


@pytest.fixture(autouse=True)
def own_umask() -> Iterator[None]:
    """The scripts that are tried here narrow what new files allow, for the whole process."""
    before = os.umask(0o022)
    os.umask(before)
    yield
    os.umask(before)


def small_wheel(folder: Path) -> Path:
    """A wheel as this project's is: two modules, worked units, a list of files."""
    names = ["worktest/__init__.py", "autograde/__init__.py", f"{package.INSIDE}00_start_here/hidden.py"]
    path = folder / "worktest-0.1.0-py3-none-any.whl"
    record = "worktest-0.1.0.dist-info/RECORD"
    with zipfile.ZipFile(path, "w") as wheel:
        for name in names:
            wheel.writestr(name, f"# {name}\n")
        wheel.writestr(record, "".join(f"{name},sha256=x,9\n" for name in names) + f"{record},,\n")
    return path


def made(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], *more: str) -> Path:
    folder = tmp_path / kind
    words = ["hub", kind, *PEOPLE, "--to", str(folder), "--wheel", str(small_wheel(tmp_path)), *more]
    said = call(app, *words, capsys=capsys)
    assert said.code == 0, said
    assert "keep it from learners" in said.out
    return folder


@pytest.fixture
def server(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    return made("tljh", tmp_path, capsys, *SITE)


@pytest.fixture
def cluster(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    return made("k8s", tmp_path, capsys, "--image", "ghcr.io/me/worktest", *SITE)


@pytest.mark.parametrize("kind", ["server", "cluster"])
def test_what_everybody_gets_holds_no_worked_unit(kind: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(kind)
    with zipfile.ZipFile(folder / "worktest-0.1.0-py3-none-any.whl") as wheel:
        names = wheel.namelist()
        listed = [row[0] for row in csv.reader(io.StringIO(wheel.read("worktest-0.1.0.dist-info/RECORD").decode()))]
    assert sorted(names) == sorted(listed) and not any("_solutions" in name for name in names)
    with tarfile.open(folder / package.WORKED) as worked:
        assert worked.getnames() == ["00_start_here/hidden.py"]
    assert (folder / package.WORKED).stat().st_mode & 0o077 == 0 and folder.stat().st_mode & 0o077 == 0


def test_the_servers_settings_are_the_demos(server: Path, tmp_path: Path) -> None:
    """Loaded as The Littlest JupyterHub loads them: after its own, with its own service in the list."""
    (tmp_path / "main.py").write_text(
        "c = get_config()\nc.JupyterHub.services = [{'name': 'cull-idle'}]\nc.Authenticator.allowed_users = {'owner'}\n"
        f"load_subconfig({str(server / 'worktest.py')!r})\n"
    )
    c = PyFileConfigLoader("main.py", str(tmp_path)).load_config()
    units = [plan.Course("basics", ("00_start_here",), 8601), plan.Course("control", ("03_ctrl_z",), 8602)]
    same = demo.new_plan(tmp_path / "hub", plan.free_ports(1)[0], "fay", ["ana", "ben"], units)
    assert c.JupyterHub.load_groups == settings.groups(same)
    assert c.JupyterHub.load_roles == settings.roles(same)
    assert [one["name"] for one in c.JupyterHub.services] == ["cull-idle", "basics", "control"]
    basics = c.JupyterHub.services[1]
    assert basics["user"] == "grader-basics" and basics["environment"][grader_paths.WORKED] == "/srv/worktest/worked"
    assert grader_paths.WORKED not in c.Spawner.environment and "PYTHONPATH" not in basics["environment"]
    assert c.Authenticator.allowed_users == {"owner", "fay", "ana", "ben"}
    assert c.FirstUseAuthenticator.allow_all is False
    nobody_logs_in_as_a_course(c)
    spawner = types.SimpleNamespace(user=types.SimpleNamespace(name="fay"), environment=dict(c.Spawner.environment))
    c.Spawner.pre_spawn_hook(spawner)
    assert "/jupyter/facilitator:" in spawner.environment["JUPYTER_CONFIG_PATH"]


def nobody_logs_in_as_a_course(c: Config) -> None:
    let_in = c.Authenticator.post_auth_hook
    assert let_in(None, None, {"name": "ana"}) == {"name": "ana"}
    with pytest.raises(web.HTTPError, match="nobody logs in as it"):
        let_in(None, None, {"name": "grader-basics"})


def test_the_servers_scripts_are_whole_and_quote_what_they_are_given(server: Path) -> None:
    for script in ("install.sh", "group.sh"):
        subprocess.run(["bash", "-n", str(server / script)], check=True)
    shown = subprocess.run(
        ["bash", "-uc", '. ./group.sh; echo "$COURSES|$LEARNERS|$WHEEL|$DOMAIN"'],
        cwd=server,
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.strip() == "basics control|ana ben|worktest-0.1.0-py3-none-any.whl|hub.example.org"
    asked = set(
        subprocess.run(
            ["grep", "-oE", r"\$\{?[A-Z0-9_]{4,}", "install.sh"], cwd=server, capture_output=True, text=True
        ).stdout.split()
    )
    given = {line.partition("=")[0] for line in (server / "group.sh").read_text().splitlines()}
    assert {name.strip("${") for name in asked} <= given
    for name in ("passwords.py", "backup.py"):
        ast.parse((server / name).read_text(), feature_version=(3, 10))  # the system's Python on Ubuntu 22.04
    unit = (server / "worktest-backup.service").read_text()
    assert " /srv/nbgrader/exchange /home/grader-basics /home/grader-control " in unit


def allowed(name: str) -> list[str]:
    return [line for line in (HERE / name).read_text().splitlines() if line and not line.startswith("#")]


def unknown(values: Any, keys: list[str], path: str = "") -> list[str]:
    """The key paths of ``values`` that a chart has no place for."""
    found = []
    for key, value in values.items():
        here = f"{path}.{key}".lstrip(".")
        if any(one.endswith(".*") and (here + ".").startswith(one[:-1]) for one in keys) or here in keys:
            continue
        found += unknown(value, keys, here) if isinstance(value, dict) else [here]
    return found


def test_the_charts_have_a_place_for_every_value(cluster: Path) -> None:
    hub, ngshare = allowed("z2jh_keys.txt"), allowed("ngshare_keys.txt")
    for name, keys in (("values", hub), ("secret-hub", hub), ("ngshare-values", ngshare), ("secret-ngshare", ngshare)):
        values = yaml.safe_load((cluster / f"{name}.yaml").read_text())
        assert values and unknown(values, keys) == []
    assert unknown({"singleuser": {"memroy": {"limit": 1}}}, hub) == ["singleuser.memroy.limit"]
    tokens = [yaml.safe_load((cluster / f"secret-{one}.yaml").read_text()) for one in ("hub", "ngshare")]
    assert tokens[0]["hub"]["services"]["ngshare"]["apiToken"] == tokens[1]["ngshare"]["hub_api_token"]
    kinds = [one["kind"] for one in yaml.safe_load_all((cluster / "extra.yaml").read_text())]
    assert kinds == ["NetworkPolicy", "PersistentVolumeClaim", "ConfigMap", "CronJob", "CronJob", "CronJob"]


def test_the_cluster_refuses_its_placeholder_and_gives_worked_units_to_a_courses_server_only(cluster: Path) -> None:
    code = yaml.safe_load((cluster / "values.yaml").read_text())["hub"]["extraConfig"]
    c = Config()
    c.JupyterHub.authenticator_class = "dummy"
    with pytest.raises(SystemExit, match="placeholder authenticator"):
        exec(code["00-refuse"], {"c": c})
    c.JupyterHub.authenticator_class = "github"
    names: dict[str, Any] = {"c": c}
    for key in sorted(code):
        exec(code[key], names)

    nobody_logs_in_as_a_course(c)

    def started(who: str) -> Any:
        user = types.SimpleNamespace(name=who)
        one = types.SimpleNamespace(user=user, environment={}, extra_pod_config={}, container_security_context={})
        c.KubeSpawner.pre_spawn_hook(one)
        return one

    assert started("ana").environment == started("fay").environment == {}
    course_of = started("grader-control")
    assert course_of.environment["WORKTEST_COURSE"] == "control" and course_of.extra_pod_config == {"hostUsers": False}


def test_the_images_copy_nothing_but_the_public_wheel_and_settings(cluster: Path) -> None:
    assert (cluster / ".dockerignore").read_text().split() == ["*", "!*.whl", "!jupyter", "!start.sh"]
    for name in ("Dockerfile", "ngshare.Dockerfile"):
        lines = [line for line in (cluster / name).read_text().splitlines() if not line.lstrip().startswith("#")]
        whole = "\n".join(lines).replace("\\\n", " ").splitlines()
        words = [line.split()[0] for line in whole if line.strip()]
        assert set(words) <= {"FROM", "RUN", "ARG", "COPY", "USER", "ENV", "WORKDIR", "EXPOSE", "CMD", "ENTRYPOINT"}
        copied = [line for line in whole if line.startswith("COPY")]
        assert not any("worked" in line or "secret" in line for line in copied)


def test_a_courses_server_in_the_image_is_told_its_exchange(cluster: Path, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "jupyterhub-singleuser").write_text("#!/bin/sh\necho started $1\n")
    (tmp_path / "bin" / "jupyterhub-singleuser").chmod(0o755)
    environment = {"PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin", "HOME": str(tmp_path), "WORKTEST_NGSHARE": "http://n/s"}

    def run(**more: str) -> str:
        command = ["bash", str(cluster / "start.sh"), "--x"]
        return subprocess.run(command, env=environment | more, capture_output=True, text=True, check=True).stdout

    assert run() == "started --x\n" and not (tmp_path / "course").exists()
    run(WORKTEST_COURSE="basics")
    told = (tmp_path / "course" / course.SHARED).read_text()
    assert told.splitlines() == ['course = "basics"', 'kind = "ngshare"', 'exchange = "http://n/s"']


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["tljh", "--course", "basics", "--facilitator", "fay"], "write NAME=UNITS"),
        (["tljh", "--course", "basics=00", "--facilitator", "Fay"], "account 'Fay'"),
        (["tljh", "--course", "basics=00", "--facilitator", "fay", "--learners", "ana,fay"], "fay stands twice"),
        (["tljh", "--course", "basics=00", "--facilitator", "fay", "--domain", "https://x.org"], "without https"),
        (["tljh", "--course", "basics=00", "--facilitator", "fay", "--domain", "x.org"], "goes --email"),
        (["tljh", "--course", "basics=00", "--facilitator", "fay", "--memory", "lots"], "as in 2G"),
        (["k8s", "--course", "basics=00", "--facilitator", "fay", "--image", "$(id)"], "no name of an image"),
        (["tljh", "--course", "basics=00", "--facilitator", "fay", "--wheel", __file__], "is no wheel"),
    ],
)
def test_bad_options_are_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert said in the_line(call(app, "hub", *words, "--to", str(tmp_path / "new"), capsys=capsys))


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").touch()
    line = the_line(call(app, "hub", "tljh", *PEOPLE, "--to", str(tmp_path), capsys=capsys))
    assert "holds something already" in line and [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_backup_holds_whole_databases_and_the_newest_are_kept(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "course").mkdir(parents=True)
    (home / "course" / "secret").write_text("s")
    (home / "link").symlink_to("/etc/passwd")
    open_one = sqlite3.connect(home / "course" / "gradebook.db")
    open_one.execute("PRAGMA journal_mode=WAL")
    open_one.execute("CREATE TABLE grades (points)")
    open_one.execute("INSERT INTO grades VALUES (7)")
    open_one.commit()  # in the -wal file still: a plain copy of the database would lack it
    target = tmp_path / "backups"
    target.mkdir()
    for day in ("20200101-000000", "20200102-000000"):
        (target / f"worktest-{day}.tar.gz").touch()
    archive = backup.back_up([home], target, keep=2)
    open_one.close()
    assert [path.name for path in sorted(target.iterdir())] == ["worktest-20200102-000000.tar.gz", archive.name]
    assert archive.stat().st_mode & 0o077 == 0
    with tarfile.open(archive) as kept:
        kept.extractall(tmp_path / "restored", filter="fully_trusted")
    restored = tmp_path / "restored" / str(home).lstrip("/")
    assert sorted(path.name for path in (restored / "course").iterdir()) == ["gradebook.db", "secret"]
    with sqlite3.connect(restored / "course" / "gradebook.db") as back:
        assert back.execute("SELECT points FROM grades").fetchall() == [(7,)]
    assert os.readlink(restored / "link") == "/etc/passwd"


def test_worked_units_are_found_where_the_hub_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(grader_paths.WORKED, str(tmp_path))
    assert grader_paths.solutions() == tmp_path
    monkeypatch.setenv(grader_paths.WORKED, str(tmp_path / "none"))
    with pytest.raises(UserError, match=r"unpack worked\.tar\.gz there"):
        grader_paths.solutions()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_nobody_takes_a_courses_exchange_away(tmp_path: Path) -> None:
    courses = [plan.Course("basics", ("00_start_here",))]
    one = demo.new_plan(tmp_path / "hub", plan.free_ports(1)[0], "facilitator", ["ana"], courses)
    one.root.mkdir()
    demo.make_ready(one)
    demo.furnish_homes(one)
    for path in (one.root, *one.root.parents):
        if path.stat().st_uid == 0 and str(path).startswith(str(tmp_path.parents[1])):
            path.chmod(path.stat().st_mode | 0o111)
    ana = ["setpriv", "--reuid", "20002", "--regid", "20002", "--clear-groups"]
    taken = subprocess.run([*ana, "mv", f"{one.exchange}/basics", f"{one.exchange}/mine"], capture_output=True)
    assert taken.returncode and (one.exchange / "basics").stat().st_uid == one.accounts()[-1].uid
    assert subprocess.run([*ana, "test", "-w", str(one.exchange)]).returncode == 0, "nbgrader asks for that"


class Ngshare:
    """What an ngshare holds, for the stand-in of its client: one course, no people."""

    def __init__(self) -> None:
        self.released: dict[str, Any] = {}
        self.handed_in: list[dict[str, Any]] = []
        self.forgets = False


@pytest.fixture
def ngshare(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ngshare]:
    """A stand-in for the package ngshare_exchange, which can't be installed beside a JupyterLab of today."""
    held = Ngshare()

    class Client:
        def ngshare_api_get(self, url: str) -> Any:
            if url.startswith("/assignments/"):
                return {"assignments": list(held.released)}
            return {"submissions": held.handed_in}

        def ngshare_api_post(self, url: str, data: Any) -> Any:
            if not held.forgets:
                held.released[url.rpartition("/")[2]] = data
            return {}

        def ngshare_api_delete(self, url: str) -> Any:
            return held.released.pop(url.rpartition("/")[2])

        def fail(self, message: str) -> None:
            raise RuntimeError(message)

        def encode_dir(self, path: str) -> Any:
            return path

    class ExchangeReleaseAssignment(Client):
        pass

    class ExchangeCollect(Client):
        pass

    module = types.ModuleType("ngshare_exchange")

    def configure(config: Config, address: str) -> None:
        config.ExchangeFactory.list = address

    module.__dict__.update(
        ExchangeReleaseAssignment=ExchangeReleaseAssignment,
        ExchangeCollect=ExchangeCollect,
        configureExchange=configure,
    )
    monkeypatch.setitem(sys.modules, "ngshare_exchange", module)
    monkeypatch.delitem(sys.modules, "autograde.ngshare", raising=False)
    yield held
    forgotten()


def forgotten() -> None:
    """The module that was imported with the stand-in is imported anew by whoever comes next."""
    sys.modules.pop("autograde.ngshare", None)
    if hasattr(autograde, "ngshare"):
        del autograde.ngshare


def over(tmp_path: Path) -> Path:
    root = course.root_of(tmp_path)
    root.mkdir()
    (root / course.SHARED).write_text('course = "basics"\nkind = "ngshare"\nexchange = "http://n:1/services/ngshare"\n')
    return root


def test_a_course_may_have_ngshare_as_its_exchange(tmp_path: Path, ngshare: Ngshare) -> None:
    config = course.settings(over(tmp_path))
    assert config.CourseDirectory.course_id == "basics"
    assert config.ExchangeFactory.list == "http://n:1/services/ngshare"
    assert config.ExchangeFactory.collect.__name__ == "CarefulCollect"
    assert config.ExchangeFactory.release_assignment.__name__ == "CarefulRelease"


def test_without_the_client_one_line_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ngshare_exchange", None)
    forgotten()
    with pytest.raises(UserError, match="ngshare_exchange is not installed here"):
        course.settings(over(tmp_path))


def test_a_unit_that_was_handed_in_is_not_released_again(ngshare: Ngshare) -> None:
    from autograde.ngshare import CarefulRelease

    one = CarefulRelease()
    one.coursedir = types.SimpleNamespace(course_id="basics", assignment_id="00_start_here")
    one.src_path, one.dest_path = "first", "/assignment/basics/00_start_here"
    one.copy_files()
    one.src_path = "second"
    one.copy_files()
    assert ngshare.released == {"00_start_here": "second"}
    ngshare.handed_in = [{"student_id": "ben"}, {"student_id": "ana"}]
    with pytest.raises(RuntimeError, match="what was handed in by ana, ben"):
        one.copy_files()
    assert ngshare.released == {"00_start_here": "second"}
    ngshare.handed_in, ngshare.forgets = [], True
    with pytest.raises(RuntimeError, match="does not list it"):
        one.copy_files()


def sent(*paths: str, content: bytes = b"x") -> list[dict[str, str]]:
    return [{"path": path, "content": base64.encodebytes(content).decode()} for path in paths]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (sent("../out"), "no path within"),
        (sent("/etc/passwd"), "no path within"),
        (sent("a", "a/b"), "is a file itself"),
        ([{"path": "a", "content": "x"}], "did not arrive whole"),
        (sent(*(f"{i}" for i in range(2001))), "2,000 files"),
        (sent("a", "b", content=b"0" * 60_000_000), "100 MB"),
    ],
)
def test_what_ngshare_sends_is_looked_at(ngshare: Ngshare, files: list[dict[str, str]], said: str) -> None:
    from autograde.ngshare import plain_files

    with pytest.raises(exchange.Refused, match=said):
        plain_files(files)


def test_a_refused_hand_in_leaves_the_last_one_there(tmp_path: Path, ngshare: Ngshare) -> None:
    from autograde.ngshare import CarefulCollect

    said: list[str] = []
    one = CarefulCollect()
    one.update, one.log = True, types.SimpleNamespace(error=lambda form, text: said.append(text))
    one.coursedir = types.SimpleNamespace(
        course_id="basics",
        assignment_id="00",
        submitted_directory="submitted",
        format_path=lambda step, student, unit: str(tmp_path / step / student / unit),
        get_existing_timestamp=lambda path: int((Path(path) / "timestamp.txt").read_text()),
    )
    files = {"ana": sent("a.ipynb", "data/x.csv") + sent("timestamp.txt", content=b"1")}
    one._get_submission = lambda course_id, unit, student: {"files": files[student]}
    one.src_records = [{"student_id": "ana", "timestamp": 1}, {"student_id": "..", "timestamp": 1}]
    one.copy_files()
    there = tmp_path / "submitted" / "ana" / "00"
    assert sorted(path.name for path in there.rglob("*")) == ["a.ipynb", "data", "timestamp.txt", "x.csv"]
    assert said.pop() == "not collected, ..: this name can be no folder"
    files["ana"] = sent("../evil")
    one.src_records = [{"student_id": "ana", "timestamp": 2}]
    one.copy_files()
    assert (there / "a.ipynb").read_bytes() == b"x" and "no path within" in said.pop()
    files["ana"] = sent("b.ipynb") + sent("timestamp.txt", content=b"2")
    one.copy_files()
    assert not (there / "a.ipynb").exists() and (there / "b.ipynb").exists() and said == []


def test_in_the_image_learners_and_courses_have_the_settings_of_theirs(
    tmp_path: Path, ngshare: Ngshare, cluster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(cluster / "jupyter" / "everybody" / "nbgrader_config.py")
    monkeypatch.setenv("WORKTEST_NGSHARE", "http://n:1/services/ngshare")
    c = Config()
    runpy.run_path(path, {"get_config": lambda: c})
    assert c.CourseDirectory.course_id == "*" and c.ExchangeFactory.list == "http://n:1/services/ngshare"
    page = json.loads((cluster / "jupyter" / "learner" / "labconfig" / "page_config.json").read_text())
    assert page["disabledExtensions"]["@jupyter/nbgrader:formgrader"]
    monkeypatch.setenv("WORKTEST_COURSE", "basics")
    c = Config()
    runpy.run_path(path, {"get_config": lambda: c})
    assert c.CourseDirectory.root == "/home/jovyan/course"


def test_versions_stand_in_one_place() -> None:
    assert tljh.JUPYTERHUB.startswith("5.") and k8s.JUPYTERHUB.startswith("5."), "of the major version that both bring"
