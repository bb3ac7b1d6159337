"""What is known of how programs match streams and applicants: each statement with address, edition, day, standing."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from worktest.errors import UserError
from worktest.safe import plain
from worktest.shortlist.tables import load


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Statement(_Strict):
    """One thing that a page says: its address, the edition it speaks of, the day it was read, and how it was read."""

    says: str = Field(min_length=20)
    url: str = Field(pattern=r"^https://")
    as_of: str = Field(min_length=3)
    read: str = Field(pattern=r"^20\d\d-\d\d-\d\d$")
    status: Literal["primary", "secondary"]
    through: str = ""

    @model_validator(mode="after")
    def _named(self) -> Statement:
        if (self.status == "secondary") != bool(self.through):
            raise ValueError("a secondary statement names through whom it was read, a primary one does not")
        return self

    @property
    def standing(self) -> str:
        """How it was read, in words."""
        return "read in the source" if self.status == "primary" else f"read only in a secondary source: {self.through}"


class Program(_Strict):
    """One program: its own page ("" where none was found), statements, and what was looked for and not found."""

    id: str
    name: str
    page: str
    not_found: list[str] = []
    statement: list[Statement] = []


class Programs(_Strict):
    """All programs, and what nobody has published as far as was found."""

    unpublished: list[str]
    program: list[Program]

    def of(self, name: str) -> Program:
        """The program ``name``, by id or part of its name. Raises UserError with what there is."""
        wanted = name.strip().lower()
        hits = [p for p in self.program if wanted == p.id or (wanted and wanted in p.name.lower())]
        if len(hits) != 1:
            names = ", ".join(p.id for p in self.program)
            raise UserError(f"there is no program {plain(name, 40)!r} here; there are: {names}")
        return hits[0]

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return self.model_dump()


@lru_cache
def programs() -> Programs:
    """The table of the package."""
    return Programs.model_validate(load("programs.toml"))
