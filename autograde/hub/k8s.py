"""Zero to JupyterHub on Kubernetes for a study group: values, images, and ngshare in place of a shared folder.

One image serves everybody and holds no worked unit. A course is an account that no person can log in to; its server,
which the facilitator may open, has a volume of its own, and on it alone lie the worked units, the gradebook, the
course's secret and the submissions.
"""

from __future__ import annotations

import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

import yaml

from autograde.hub import lab
from autograde.hub.plan import Course
from autograde.hub.tljh import FILES, torch_version

CHART = "4.4.0"
JUPYTERHUB = "5.5.0"
"""What the chart's hub is; a server's JupyterHub should be the same."""
NGSHARE_CHART = "0.6.0"
NGSHARE = "6a3125e10d94d3fab7f8785c7ecf7e8464906810"
NGSHARE_EXCHANGE = "c22c0d4d397cec547adccf4c41ac43906f8ba996"
"""Commits after the last releases (2022), with repairs that were never released."""
ADDRESS = "http://ngshare:8080/services/ngshare"
_LAB = "/opt/worktest/jupyter"
_STORAGE = "20Gi"
_SINGLEUSER = {"app": "jupyterhub", "component": "singleuser-server"}


@dataclass(frozen=True)
class Cluster:
    """A hub on a cluster: its people, its courses, its image, its limits."""

    facilitator: str
    learners: tuple[str, ...]
    courses: tuple[Course, ...]
    image: str
    tag: str
    namespace: str = "worktest"
    domain: str = ""
    email: str = ""
    memory: str = "2G"
    cpus: float = 1.0


class _Dumper(yaml.SafeDumper):
    """Texts of several lines as they are."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def write(cluster: Cluster, folder: Path, wheel: Path) -> None:
    """Write everything but the wheel and the worked units into ``folder``."""
    source = FILES / "k8s"
    for name in ("Dockerfile", "ngshare.Dockerfile", "start.sh"):
        shutil.copyfile(source / name, folder / name)
    shutil.copyfile(source / "dockerignore", folder / ".dockerignore")
    lab.write(folder / "jupyter", (source / "nbgrader_config.py").read_text(encoding="utf-8"))
    _dump(folder / "values.yaml", "The hub", values(cluster))
    _dump(folder / "ngshare-values.yaml", "ngshare", ngshare_values(cluster))
    _dump(folder / "extra.yaml", "A fence around ngshare, and backups", *extra(cluster))
    token = secrets.token_hex(32)
    _dump(folder / "secret-hub.yaml", "Secret", {"hub": {"services": {"ngshare": {"apiToken": token}}}})
    _dump(folder / "secret-ngshare.yaml", "Secret", {"ngshare": {"hub_api_token": token}})
    text = Template((source / "README.md").read_text(encoding="utf-8")).substitute(
        chart=CHART,
        jupyterhub=JUPYTERHUB,
        ngshare_chart=NGSHARE_CHART,
        ngshare_commit=NGSHARE,
        exchange_commit=NGSHARE_EXCHANGE,
        ngshare_storage=_STORAGE,
        image=cluster.image,
        tag=cluster.tag,
        wheel=wheel.name,
        torch=torch_version(),
        namespace=cluster.namespace,
        facilitator=cluster.facilitator,
        grader=cluster.courses[0].account,
        unit=cluster.courses[0].units[0][:2],
        enrol="\n".join(f"   {line}" for line in _enrolment(cluster)),
    )
    (folder / "README.md").write_text(text, encoding="utf-8")


def _dump(path: Path, what: str, *documents: dict[str, Any]) -> None:
    path.touch(mode=0o600)
    text = yaml.dump_all(documents, Dumper=_Dumper, sort_keys=False, width=110)
    path.write_text(f"# {what}, made by `autograde hub k8s`.\n{text}", encoding="utf-8")


def _enrolment(cluster: Cluster) -> list[str]:
    lines = []
    for course in cluster.courses:
        lines.append(f"ngshare-course-management create_course {course.name} {course.account}")
        lines += [f"ngshare-course-management add_student {course.name} {one} --no-gb" for one in cluster.learners]
    return lines


def values(cluster: Cluster) -> dict[str, Any]:
    """Values of the chart ``jupyterhub``."""
    groups = {f"formgrade-{one.name}": {"users": [cluster.facilitator, one.account]} for one in cluster.courses}
    found: dict[str, Any] = {
        "hub": {
            "config": {
                "JupyterHub": {"authenticator_class": "dummy", "load_groups": groups},
                "DummyAuthenticator": {"password": "this is a placeholder, and the hub refuses it"},
                "Authenticator": {"allowed_users": [cluster.facilitator, *cluster.learners]},
            },
            "services": {"ngshare": {"url": ADDRESS.rpartition("/services")[0], "oauth_no_confirm": True}},
            "loadRoles": {f"course-{one.name}": _role(one) for one in cluster.courses},
            "extraConfig": {"00-refuse": _code("refuse.py"), "10-courses": courses_code(cluster)},
            "resources": {"requests": {"cpu": "200m", "memory": "512Mi"}, "limits": {"memory": "1Gi"}},
        },
        "singleuser": {
            "image": {"name": cluster.image, "tag": cluster.tag},
            "cmd": ["worktest-server"],
            "defaultUrl": "/lab",
            "startTimeout": 600,
            "memory": {"limit": cluster.memory, "guarantee": "512M"},
            "cpu": {"limit": cluster.cpus, "guarantee": 0.1},
            "storage": {"type": "dynamic", "capacity": "5Gi", "homeMountPath": "/home/jovyan"},
            "extraEnv": {
                "JUPYTER_CONFIG_PATH": ":".join([f"{_LAB}/learner", f"{_LAB}/everybody", "/usr/local/etc/jupyter"]),
                "WORKTEST_NGSHARE": ADDRESS,
                "OMP_NUM_THREADS": "1",
            },
            "networkPolicy": {
                "enabled": True,
                "egress": [
                    {
                        "to": [{"podSelector": {"matchLabels": {"app.kubernetes.io/name": "ngshare"}}}],
                        "ports": [{"port": 8080, "protocol": "TCP"}],
                    }
                ],
            },
        },
        "cull": {"enabled": True, "timeout": 3600, "every": 300},
    }
    if cluster.domain:
        https = {"enabled": True, "hosts": [cluster.domain], "letsencrypt": {"contactEmail": cluster.email}}
        found["proxy"] = {"https": https}
    return found


def _role(course: Course) -> dict[str, Any]:
    """What the facilitator may do with a course's server: see it, start and stop it, open it."""
    who = f"user={course.account}"
    scopes = [f"{one}!{who}" for one in ("list:users", "read:servers", "servers", "access:servers")]
    return {"groups": [f"formgrade-{course.name}"], "scopes": scopes}


def _code(name: str) -> str:
    return (FILES / "k8s" / name).read_text(encoding="utf-8")


def courses_code(cluster: Cluster) -> str:
    """Settings of JupyterHub that make an account's server that of its course."""
    told = {
        "COURSES": {course.account: course.name for course in cluster.courses},
        "GRADER_MEMORY": "4G",
        "GRADER_CPUS": 2,
    }
    return "\n".join([*(f"{name} = {value!r}" for name, value in told.items()), _code("courses.py")])


def ngshare_values(cluster: Cluster) -> dict[str, Any]:
    """Values of the chart ``ngshare``."""
    return {
        "image": {"repository": f"{cluster.image}-ngshare", "tag": cluster.tag},
        "ngshare": {"admins": [cluster.facilitator]},
        "deployment": {
            "strategy": {"type": "Recreate"},
            "resources": {"requests": {"cpu": "100m", "memory": "256Mi"}, "limits": {"memory": "1Gi"}},
        },
        "pvc": {"storage": _STORAGE, "accessModes": ["ReadWriteOnce"]},
    }


def extra(cluster: Cluster) -> list[dict[str, Any]]:
    """What neither chart has: who may speak to ngshare, and a nightly backup of its volume and the courses'."""
    ngshare = {"app.kubernetes.io/name": "ngshare"}
    may = [{"podSelector": {"matchLabels": {"app": "jupyterhub", "component": one}}} for one in ("hub", "proxy")]
    may.append({"podSelector": {"matchLabels": _SINGLEUSER}})
    fence = {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": "ngshare"},
        "spec": {
            "podSelector": {"matchLabels": ngshare},
            "policyTypes": ["Ingress"],
            "ingress": [{"from": may, "ports": [{"port": 8080, "protocol": "TCP"}]}],
        },
    }
    volume = {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": {"name": "worktest-backup"},
        "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "50Gi"}}},
    }
    script = {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "worktest-backup"},
        "data": {"backup.py": (FILES / "backup.py").read_text(encoding="utf-8")},
    }
    jobs = [_backup(cluster, "ngshare", "ngshare-pvc", ngshare, "30 3")]
    for i, course in enumerate(cluster.courses):
        # not two at once: they share the volume that they write to
        at = f"{10 * i % 60} {4 + 10 * i // 60 % 20}"
        label = {"hub.jupyter.org/username": course.account}
        jobs.append(_backup(cluster, course.account, f"claim-{course.account}", label, at))
    return [fence, volume, script, *jobs]


def _backup(cluster: Cluster, name: str, claim: str, beside: dict[str, str], at: str) -> dict[str, Any]:
    """A job that archives the volume ``claim``, on the node of the pod that has it, if one runs."""
    near = {"labelSelector": {"matchLabels": beside}, "topologyKey": "kubernetes.io/hostname"}
    wish = [{"weight": 100, "podAffinityTerm": near}]
    command = ["python3", "/script/backup.py", "--to", f"/backup/{name}", "--keep", "14", f"/data/{name}"]
    container = {
        "name": "backup",
        "image": f"{cluster.image}:{cluster.tag}",
        "command": command,
        "volumeMounts": [
            {"name": "data", "mountPath": f"/data/{name}"},
            {"name": "backup", "mountPath": "/backup"},
            {"name": "script", "mountPath": "/script"},
        ],
        "resources": {"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {"memory": "512Mi"}},
        "securityContext": {"allowPrivilegeEscalation": False},
    }
    pod = {
        "restartPolicy": "Never",
        "automountServiceAccountToken": False,
        # root within its pod: the files belong to several accounts
        "securityContext": {"runAsUser": 0},
        "affinity": {"podAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": wish}},
        "containers": [container],
        "volumes": [
            {"name": "data", "persistentVolumeClaim": {"claimName": claim}},
            {"name": "backup", "persistentVolumeClaim": {"claimName": "worktest-backup"}},
            {"name": "script", "configMap": {"name": "worktest-backup"}},
        ],
    }
    return {
        "apiVersion": "batch/v1",
        "kind": "CronJob",
        "metadata": {"name": f"worktest-backup-{name}"},
        "spec": {
            "schedule": f"{at} * * *",
            "concurrencyPolicy": "Forbid",
            "jobTemplate": {"spec": {"backoffLimit": 2, "template": {"spec": pod}}},
        },
    }
