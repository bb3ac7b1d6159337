"""``autograde hub tljh`` and ``autograde hub k8s``: the files for a hub that stays, written into a folder."""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from autograde.hub import plan as plans
from worktest import paths
from worktest.errors import UserError

console = Console()
Courses = Annotated[
    list[str], typer.Option("--course", help="NAME=UNITS, as in basics=00,01; may stand several times.")
]
Facilitator = Annotated[str, typer.Option(help="The facilitator's account on the hub.")]
Learners = Annotated[str, typer.Option(help="The learners' accounts, with commas; more can be added later.")]
To = Annotated[Path, typer.Option("--to", help="A new folder for the files.")]
Wheel = Annotated[
    Path | None, typer.Option("--wheel", help="The worktest to install; in a checkout it is built when left out.")
]
Domain = Annotated[str, typer.Option(help="The hub's name on the internet, for https, as in hub.example.org.")]
Email = Annotated[str, typer.Option(help="Let's Encrypt writes there before a certificate ends.")]
Memory = Annotated[str, typer.Option(help="The most memory of a learner's server, as in 2G.")]
Cpus = Annotated[float, typer.Option(min=0.1, help="The most processors of a learner's server.")]
_DOMAIN = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))+")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
_IMAGE = re.compile(r"[a-z0-9][a-z0-9._-]*(:[0-9]+)?(/[a-z0-9][a-z0-9._-]*)*")
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_MEMORY = re.compile(r"[1-9][0-9]{0,4}[MG]")


def tljh(
    course: Courses,
    facilitator: Facilitator,
    to: To,
    learners: Learners = "",
    admin: Annotated[str, typer.Option(help="The account of the server's owner; it may do everything.")] = "owner",
    domain: Domain = "",
    email: Email = "",
    memory: Memory = "2G",
    cpus: Cpus = 1.0,
    torch_index: Annotated[
        str, typer.Option(help='Where torch is fetched; "" for PyPI\'s, which carries gigabytes for graphics cards.')
    ] = "https://download.pytorch.org/whl/cpu",
    wheel: Wheel = None,
) -> None:
    """Write what puts The Littlest JupyterHub with a study group on one server."""
    from autograde.hub import package
    from autograde.hub import tljh as server

    courses = [replace(one, port=server.FIRST_PORT + i) for i, one in enumerate(plans.courses_of(course))]
    names = plans.people_of(learners)
    plans.apart([facilitator, *names, admin], courses)
    _address(domain, email)
    _limit(memory)
    plan = server.Server(
        "/srv/worktest",
        facilitator,
        tuple(names),
        tuple(courses),
        (443, 15001, 8099),
        admin=admin,
        domain=domain,
        email=email,
        memory=memory,
        cpus=cpus,
        torch_index=torch_index,
    )
    folder = _new(to)
    with tempfile.TemporaryDirectory() as scratch:
        public = package.split(package.wheel(wheel, Path(scratch)), folder)
    server.write(plan, folder, public)
    _say(folder, "copy it to the server, below /root, and run install.sh there")


def k8s(
    course: Courses,
    facilitator: Facilitator,
    to: To,
    image: Annotated[
        str, typer.Option(help="The image's name where your cluster pulls it, as in ghcr.io/me/worktest.")
    ],
    learners: Learners = "",
    tag: Annotated[str, typer.Option(help="The image's tag.")] = "1",
    namespace: Annotated[str, typer.Option(help="The cluster's namespace.")] = "worktest",
    domain: Domain = "",
    email: Email = "",
    memory: Memory = "2G",
    cpus: Cpus = 1.0,
    wheel: Wheel = None,
) -> None:
    """Write what puts a study group on Kubernetes: Zero to JupyterHub, with ngshare as the exchange."""
    from autograde.hub import k8s as cluster
    from autograde.hub import package

    courses, names = plans.courses_of(course), plans.people_of(learners)
    plans.apart([facilitator, *names], courses)
    _address(domain, email)
    _limit(memory)
    for what, text, shape in (("image", image, _IMAGE), ("tag", tag, _TAG), ("namespace", namespace, _LABEL)):
        if not shape.fullmatch(text):
            raise UserError(f"--{what} {text}: this is no name of {'an' if what == 'image' else 'a'} {what}")
    plan = cluster.Cluster(
        facilitator, tuple(names), tuple(courses), image, tag, namespace, domain, email, memory, cpus
    )
    folder = _new(to)
    with tempfile.TemporaryDirectory() as scratch:
        public = package.split(package.wheel(wheel, Path(scratch)), folder)
    cluster.write(plan, folder, public)
    _say(folder, "build the images and install the charts from there")


def _address(domain: str, email: str) -> None:
    if domain and not _DOMAIN.fullmatch(domain):
        raise UserError(f"--domain {domain}: write a name as hub.example.org, without https://")
    if domain and not _EMAIL.fullmatch(email):
        raise UserError("with --domain goes --email: Let's Encrypt writes there before a certificate ends")


def _limit(memory: str) -> None:
    if not _MEMORY.fullmatch(memory):
        raise UserError(f"--memory {memory}: write a number and M or G, as in 2G")


def _new(to: Path) -> Path:
    """The folder, empty and for its owner only: what goes in holds answers. Raises UserError when it isn't empty."""
    folder = paths.given_path(to)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"{folder} holds something already: name a new folder with --to")
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


def _say(folder: Path, then: str) -> None:
    console.print(f"written: {folder}; {then} (README.md)", soft_wrap=True, highlight=False)
    console.print("worked.tar.gz in it holds the answers: keep it from learners", soft_wrap=True, highlight=False)
