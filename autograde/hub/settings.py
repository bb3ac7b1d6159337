"""JupyterHub's settings for the demo. Its ``jupyterhub_config.py`` is three lines that call `configure`.

What nbgrader needs of a hub is in its own documentation ("Using nbgrader with JupyterHub"); what it leaves out was
found by running: which scopes, that a service needs JUPYTERHUB_USER, and that a learner's server needs
``list:services`` twice, for the person and for the server.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import Any

from autograde.hub.plan import Course, Plan
from autograde.hub.plan import read as read_plan
from worktest.peers_hub import EXCHANGE

CONFIG_FILE = '''"""JupyterHub's settings for this demo, made by worktest."""

from autograde.hub.settings import configure

configure(get_config(), {plan!r}, {proxy!r})  # noqa: F821
'''
_SERVICE_SCOPES = [
    "list:services",
    "read:services",
    "list:users",
    "read:users",
    "read:users:groups",
    "list:groups",
    "read:groups",
    "groups",
    "admin:groups",
]
"""formgrader lists a course's learners, and adds one to the course's group when the facilitator does."""


def configure(c: Any, plan_file: str, proxy: str) -> None:
    """Write the settings of the plan in ``plan_file`` into ``c``; ``proxy`` is configurable-http-proxy's program."""
    plan = read_plan(Path(plan_file))
    hub = plan.root / "hub"
    page, interface, proxy_interface = plan.ports
    c.JupyterHub.bind_url = f"http://127.0.0.1:{page}"
    c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{interface}"
    c.JupyterHub.db_url = f"sqlite:///{hub / 'hub.sqlite'}"
    c.JupyterHub.cookie_secret_file = str(hub / "cookie_secret")
    c.JupyterHub.template_paths = [str(Path(__file__).resolve().parent / "templates")]
    c.JupyterHub.template_vars = {
        "announcement": "A demo on this machine. Everything in it lies in one folder.",
        "courses": [course.name for course in plan.courses],
    }
    c.JupyterHub.default_url = partial(_first_page, plan)
    c.ConfigurableHTTPProxy.command = [proxy]
    c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{proxy_interface}"
    c.ConfigurableHTTPProxy.pid_file = str(hub / "proxy.pid")

    c.JupyterHub.authenticator_class = "pam"
    c.PAMAuthenticator.service = "worktest-hub"
    c.PAMAuthenticator.open_sessions = False
    c.Authenticator.allowed_users = {one.name for one in plan.accounts()}
    c.Authenticator.delete_invalid_users = True  # who was removed while the hub was stopped is not kept in its records

    c.JupyterHub.spawner_class = "autograde.hub.spawner.QueueSpawner"
    c.QueueSpawner.at_once = max(2, os.cpu_count() or 2)
    c.Spawner.cmd = [plan.python, "-m", "autograde.hub.server"]
    c.Spawner.notebook_dir = "~"
    c.Spawner.default_url = "/lab"
    c.Spawner.http_timeout = 120
    c.Spawner.start_timeout = 900  # the wait for one's turn is in it
    c.JupyterHub.cleanup_servers = c.JupyterHub.cleanup_proxy = False  # a hub that is started anew finds them again
    c.Spawner.environment = environment(plan, "learner")
    c.Spawner.pre_spawn_hook = partial(_as_facilitator, plan)

    c.JupyterHub.load_groups = groups(plan)
    c.JupyterHub.services = [service(plan, course) for course in plan.courses]
    c.JupyterHub.load_roles = roles(plan)


def groups(plan: Plan) -> dict[str, dict[str, list[str]]]:
    """Who is in which course: the two groups of each, under the names that nbgrader looks for."""
    found = {}
    for course in plan.courses:
        found[f"nbgrader-{course.name}"] = {"users": list(plan.learners)}
        found[f"formgrade-{course.name}"] = {"users": [plan.facilitator, course.account]}
    return found


def roles(plan: Plan) -> list[dict[str, Any]]:
    """What people, their servers, and the courses' services may ask of the hub."""
    found: list[dict[str, Any]] = [
        {"name": "user", "scopes": ["self", "list:services", "read:services"]},
        {"name": "server", "scopes": ["inherit", "list:services", "read:services"]},
    ]
    for course in plan.courses:
        found += [
            {
                "name": f"formgrade-{course.name}",
                "groups": [f"formgrade-{course.name}"],
                "scopes": [f"access:services!service={course.name}"],
            },
            {"name": f"course-{course.name}", "services": [course.name], "scopes": _SERVICE_SCOPES},
        ]
    return found


def _first_page(plan: Plan, handler: Any) -> str:
    """Where a login leads: the facilitator to the list of courses; nowhere else than by default for learners."""
    user = handler.current_user
    return f"{handler.hub.base_url}home" if user is not None and user.name == plan.facilitator else ""


def _as_facilitator(plan: Plan, spawner: Any) -> None:
    """The facilitator's own server also lists the courses."""
    if spawner.user.name == plan.facilitator:
        spawner.environment = {**spawner.environment, **environment(plan, "facilitator")}


def environment(plan: Plan, who: str = "") -> dict[str, str]:
    """What every server of the hub gets: where settings lie, and one thread for each, since many share the machine."""
    folders = [*([plan.jupyter / who] if who else []), plan.jupyter / "everybody"]
    return {
        "JUPYTER_CONFIG_PATH": os.pathsep.join([*map(str, folders), f"{plan.prefix}/etc/jupyter"]),
        "JUPYTER_PATH": f"{plan.prefix}/share/jupyter",
        "PATH": os.pathsep.join([str(Path(plan.python).parent), "/usr/local/bin", "/usr/bin", "/bin"]),
        "OMP_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "LANG": "C.UTF-8",
        EXCHANGE: str(plan.exchange),
    } | plan.more_environment()


def service(plan: Plan, course: Course) -> dict[str, Any]:
    """A course as a hub's service: a JupyterLab of its own, with formgrader, for those who may grade it.

    nbgrader looks for a service with the course's very name.
    """
    home = plan.home(course.account)
    own = {"HOME": str(home), "USER": course.account, "JUPYTERHUB_USER": course.account, "SHELL": "/bin/bash"}
    return {
        "name": course.name,
        "url": f"http://127.0.0.1:{course.port}",
        "command": [plan.python, "-m", "autograde.hub.server", f"--ServerApp.root_dir={home}"],
        "user": course.account,
        "cwd": str(home),
        "environment": environment(plan, "course")
        | own
        | plan.more_environment(grader=True)
        | {"JUPYTERHUB_DEFAULT_URL": "/lab"},
        "oauth_no_confirm": True,
        "display": True,
    }
