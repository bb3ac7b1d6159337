"""What the learner wants: ``shortlist.toml`` in the workspace. What is not said there stays unknown."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from worktest.errors import UserError
from worktest.safe import plain
from worktest.shortlist.tables import HERE, topics
from worktest.units import read_toml
from worktest.workspace import disk_problem

FILE = "shortlist.toml"
Weight = Annotated[int, Field(ge=0, le=3)]


class Wishes(BaseModel):
    """Weights of topics (0 to 3), hours a week at most, places, the first possible day, whether it must be paid."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    topics: dict[str, Weight] = {}
    hours_a_week: Annotated[float, Field(ge=1, le=100)] | None = None
    places: list[str] = []
    start_from: dt.date | None = None
    needs_pay: bool | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing was said yet."""
        return self == Wishes()


def read_wishes(home: Path | None) -> Wishes:
    """The learner's wishes; none where there is no file. Raises UserError naming file, key and reason."""
    path = (home / FILE) if home else None
    if path is None or not path.is_file():
        return Wishes()
    return parse(read_toml(path), path)


def example() -> Wishes:
    """Made-up wishes, for a notebook that nobody has filled in."""
    path = HERE / "wishes_example.toml"
    return parse(read_toml(path), path)


def parse(data: dict[str, Any], path: Path) -> Wishes:
    """Wishes from plain data. Raises UserError naming file, key and reason."""
    if isinstance(data.get("start_from"), str):
        try:
            data = {**data, "start_from": dt.date.fromisoformat(data["start_from"])}
        except ValueError:
            said = plain(data["start_from"], 30)
            raise UserError(f"{path}: 'start_from' is a day such as \"2027-02-01\", not {said!r}") from None
    try:
        wishes = Wishes.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(plain(part, 40) for part in first["loc"])
        hint = "a whole number from 0 to 3" if key.startswith("topics.") else first["msg"].lower()
        if first["type"] == "extra_forbidden":
            hint = f"is no wish; there are: {', '.join(Wishes.model_fields)}"
        raise UserError(f"{path}: key {key!r}: {hint}") from None
    if strange := sorted(set(wishes.topics) - set(topics())):
        raise UserError(f"{path}: {plain(strange[0], 40)!r} is no topic; there are: {', '.join(topics())}")
    return wishes


def write_template(home: Path) -> Path:
    """Put the commented template where the wishes belong. Raises UserError when a file is there already."""
    path = home / FILE
    if path.exists() or path.is_symlink():
        raise UserError(f"{path} exists and stays as it is: open it in an editor, or move it away for a fresh one")
    partial = path.with_name(f".{FILE}.partial")
    try:
        partial.write_bytes((HERE / "wishes_template.toml").read_bytes())
        partial.replace(path)
    except OSError as error:
        raise disk_problem(error, path) from None
    return path
