"""environment.yml, pyproject.toml and requirements.lock name the same packages in versions that agree."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent


def declared() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [Requirement(text) for text in project["dependencies"] + project["optional-dependencies"]["dev"]]


def locked() -> dict[str, str]:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    requirements = [Requirement(line.partition("#")[0]) for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(r.name): str(r.specifier).removeprefix("==") for r in requirements}


def conda() -> tuple[list[str], list[str]]:
    """The conda lines and the pip lines of environment.yml."""
    entries = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    pip = next(entry["pip"] for entry in entries if isinstance(entry, dict))
    return [entry for entry in entries if isinstance(entry, str)], pip


def conda_pins() -> dict[str, str]:
    pins = [Requirement(line) for line in conda()[1] if not line.startswith("-")]
    return {canonicalize_name(r.name): str(r.specifier).removeprefix("==") for r in pins}


@pytest.mark.parametrize("requirement", declared(), ids=lambda r: r.name)
def test_every_dependency_is_locked_in_a_version_that_fits(requirement: Requirement) -> None:
    version = locked().get(canonicalize_name(requirement.name))
    assert version, f"{requirement.name} is not in requirements.lock: run `make lock`"
    assert requirement.specifier.contains(version, prereleases=True), "run `make lock`"


def test_environment_yml_pins_exactly_the_declared_dependencies_as_the_lock_does() -> None:
    lock = locked()
    wanted = {name: lock[name] for name in (canonicalize_name(r.name) for r in declared())}
    assert conda_pins() == wanted


def test_environment_yml_takes_the_rest_from_the_lock_and_a_python_that_fits() -> None:
    plain, pip = conda()
    assert "-c requirements.lock" in pip and "-e ." in pip
    python = next(line for line in plain if line.startswith("python"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert python.removeprefix("python").split(",")[0] == project["requires-python"]


def test_the_lock_holds_no_cuda_packages_and_no_addresses() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    names = locked()
    assert not [name for name in names if re.match(r"nvidia-|cuda-|triton$", name)]
    assert "://" not in text and "--" not in text and " @ " not in text
