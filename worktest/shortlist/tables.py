"""The tables that come with the package: topics, asks, facts, papers. Read once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

HERE = Path(__file__).resolve().parent
STREAMS = HERE.parent / "streams"
"""The invented descriptions."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Topic(_Strict):
    """What a stream can be about: phrases that say so, units that train it, papers (keys of the bibliography).

    ``unless``: phrases that, in the same sentence, give the words another sense.
    """

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    title: str
    phrases: list[str] = Field(min_length=1)
    unless: list[str] = []
    units: list[str] = []
    papers: list[str] = []


class Ask(_Strict):
    """What a stream can ask: phrases that say so, and what would make evidence of it, with minutes.

    ``file``: whether a file of a workspace can show it at all. ``unless``: phrases that, in the same sentence, give the
    words another sense.
    """

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    title: str
    phrases: list[str] = Field(min_length=1)
    unless: list[str] = []
    todo: str
    minutes: int = Field(ge=1)
    command: str = ""
    file: bool = True


@dataclass(frozen=True)
class Paper:
    """A source of the bibliography: how it is named in a sentence, its title and its address."""

    key: str
    name: str
    title: str
    url: str


def load(name: str) -> dict[str, Any]:
    """A TOML file of this package."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


@lru_cache
def topics() -> dict[str, Topic]:
    """All topics by id, in the order of the table."""
    return {topic.id: topic for topic in (Topic.model_validate(entry) for entry in load("topics.toml")["topic"])}


@lru_cache
def asks() -> dict[str, Ask]:
    """All asks by id, in the order of the table."""
    return {ask.id: ask for ask in (Ask.model_validate(entry) for entry in load("asks.toml")["ask"])}


@lru_cache
def facts() -> dict[str, list[str]]:
    """Phrases of facts by name."""
    return {str(name): list(phrases) for name, phrases in load("facts.toml")["fact"].items()}


@lru_cache
def papers() -> dict[str, Paper]:
    """All papers by key. The file is made from the bibliography by ``python -m autograde.build.papers``."""
    return {key: Paper(key, *row) for key, row in load("papers.toml").items()}


@lru_cache(maxsize=2000)
def pattern(phrase: str) -> re.Pattern[str]:
    """What a phrase matches: whole words, any case; a space is also a hyphen or a break, a star an ending."""
    words = [re.escape(word).replace(r"\*", r"\w*") for word in phrase.split()]
    return re.compile(r"(?<!\w)" + r"[\s\-\u2010\u2011]+".join(words) + r"(?!\w)", re.IGNORECASE)
