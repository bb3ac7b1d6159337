"""The Littlest JupyterHub for a study group: a folder for the owner of a server, with a script that installs it all.

Courses, groups, services and scopes come from the functions that write the demo's (`autograde.hub.settings`).
"""

from __future__ import annotations

import pprint
import shlex
import shutil
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from string import Template

import tomli_w

from autograde import course as grader_course
from autograde.hub import lab, settings
from autograde.hub.plan import Plan
from autograde.paths import WORKED

VERSION = "2.0.0"
BOOTSTRAP = f"https://raw.githubusercontent.com/jupyterhub/the-littlest-jupyterhub/{VERSION}/bootstrap/bootstrap.py"
SHA256 = "f97d6db8cb0707c188baf988169bc2bd34e6091c5f1761016d7c4efee9563fa9"
"""Of the bootstrap script at this version, the newest there is; it brings JupyterHub 5."""
JUPYTERHUB = "5.5.4"
FIRST_PORT = 8601
FILES = Path(__file__).with_name("files")

_CONFIG = '''"""A study group's courses, made by `autograde hub tljh`: make it again to change it."""

from tornado import web

c = get_config()  # noqa: F821

GRADERS = $graders
PEOPLE = $people
FACILITATOR = $facilitator



def _nobody_is_a_course(authenticator, handler, person):
    """A course's account is known to the hub, which would let it in; blocking it would take its rights as well."""
    if person["name"] in GRADERS:
        raise web.HTTPError(403, "this account is a course's, and nobody logs in as it")
    return person


c.Authenticator.post_auth_hook = _nobody_is_a_course
c.Authenticator.allowed_users.update(PEOPLE)
# FirstUseAuthenticator lets everybody in whom the hub knows, with the password that they then choose
c.FirstUseAuthenticator.allow_all = False

c.JupyterHub.load_groups = $groups

c.JupyterHub.services.extend(
$services
)

c.JupyterHub.load_roles = $roles

c.Spawner.environment = $learner
AS_FACILITATOR = $as_facilitator


def _as_facilitator(spawner):
    """The facilitator's own server also lists the courses."""
    if spawner.user.name == FACILITATOR:
        spawner.environment = {**spawner.environment, **AS_FACILITATOR}


c.Spawner.pre_spawn_hook = _as_facilitator
c.Spawner.http_timeout = c.Spawner.start_timeout = 120
c.SystemdSpawner.isolate_tmp = True
'''


@dataclass(frozen=True)
class Server(Plan):
    """A server with The Littlest JupyterHub on it; its paths are that server's."""

    admin: str = "owner"
    domain: str = ""
    email: str = ""
    memory: str = "2G"
    cpus: float = 1.0
    torch_index: str = ""

    @property
    def prefix(self) -> Path:
        """The environment in which everybody's servers run."""
        return Path("/opt/tljh/user")

    @property
    def python(self) -> str:
        """The Python of this environment."""
        return "/opt/tljh/user/bin/python"

    @property
    def exchange(self) -> Path:
        """nbgrader's exchange."""
        return Path("/srv/nbgrader/exchange")

    def home(self, account: str) -> Path:
        """The home folder of a course's account."""
        return Path("/home", account)

    def more_environment(self, grader: bool = False) -> dict[str, str]:
        """A course's server is told where the worked units lie; nobody else can read them."""
        return {WORKED: str(self.root / "worked")} if grader else {}


def write(server: Server, folder: Path, wheel: Path) -> None:
    """Write everything but the wheel and the worked units into ``folder``."""
    for path in (FILES / "tljh").iterdir():
        shutil.copyfile(path, folder / path.name)
    shutil.copyfile(FILES / "backup.py", folder / "backup.py")
    (folder / "install.sh").chmod(0o755)
    (folder / "group.sh").write_text(group(server, wheel), encoding="utf-8")
    (folder / "worktest.py").write_text(config(server), encoding="utf-8")
    (folder / "worktest-backup.service").write_text(_backup_unit(server), encoding="utf-8")
    lab.write(folder / "jupyter", lab.shared_folder(server.exchange))
    for course in server.courses:
        place = folder / "courses" / course.name
        place.mkdir(parents=True)
        shared = tomli_w.dumps({"course": course.name, "exchange": str(server.exchange)})
        (place / grader_course.SHARED).write_text(shared, encoding="utf-8")
        root = grader_course.root_of(server.home(course.account))
        (place / "nbgrader_config.py").write_text(grader_course.config_file(root), encoding="utf-8")
    text = Template((FILES / "tljh" / "README.md").read_text(encoding="utf-8")).substitute(
        address=f"https://{server.domain}" if server.domain else "http://ADDRESS-OF-THE-SERVER",
        facilitator=server.facilitator,
        course=server.courses[0].name,
        unit=server.courses[0].units[0][:2],
        tljh=VERSION,
        jupyterhub=JUPYTERHUB,
        wheel=wheel.name,
    )
    (folder / "README.md").write_text(text, encoding="utf-8")


def group(server: Server, wheel: Path) -> str:
    """What this group is, for ``install.sh``."""
    told = {
        "COURSES": " ".join(course.name for course in server.courses),
        "FACILITATOR": server.facilitator,
        "LEARNERS": " ".join(server.learners),
        "ADMIN": server.admin,
        "DOMAIN": server.domain,
        "EMAIL": server.email,
        "MEMORY": server.memory,
        "CPUS": f"{server.cpus:g}",
        "CULL_SECONDS": "3600",
        "TLJH_VERSION": VERSION,
        "TLJH_BOOTSTRAP": BOOTSTRAP,
        "TLJH_SHA256": SHA256,
        "JUPYTERHUB_VERSION": JUPYTERHUB,
        "TORCH_INDEX": server.torch_index,
        "TORCH_VERSION": torch_version(),
        "WHEEL": wheel.name,
    }
    lines = [f"{name}={shlex.quote(value)}" for name, value in told.items()]
    return "\n".join(["# shellcheck shell=bash disable=SC2034  # what this group is; install.sh reads it", *lines, ""])


def torch_version() -> str:
    """The version of torch that this package asks for."""
    asked = next((one for one in metadata.requires("worktest") or [] if one.startswith("torch==")), "torch==2.13.0")
    return asked.partition("==")[2].partition(";")[0].strip()


def config(server: Server) -> str:
    """JupyterHub's settings, as a file that needs nothing of this package: the hub's environment hasn't got it."""

    def shown(value: object) -> str:
        return pprint.pformat(value, width=110, sort_dicts=False)

    return Template(_CONFIG).substitute(
        graders=shown({course.account for course in server.courses}),
        people=shown({server.facilitator, *server.learners}),
        facilitator=repr(server.facilitator),
        groups=shown(settings.groups(server)),
        services=shown([settings.service(server, course) for course in server.courses]),
        roles=shown(settings.roles(server)),
        learner=shown(settings.environment(server, "learner")),
        as_facilitator=shown(settings.environment(server, "facilitator")),
    )


def _backup_unit(server: Server) -> str:
    folders = [str(server.exchange), *(str(server.home(course.account)) for course in server.courses)]
    folders += ["/opt/tljh/config", "/opt/tljh/state"]
    command = ["/usr/bin/python3", "/srv/worktest/backup.py", "--to", "/var/backups/worktest", "--keep", "14", *folders]
    return "\n".join(
        [
            "[Unit]",
            "Description=worktest: a backup of the exchange, the courses and the hub",
            "",
            "[Service]",
            "Type=oneshot",
            f"ExecStart={shlex.join(command)}",
            "",
        ]
    )
