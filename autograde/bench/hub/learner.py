"""A made-up learner: fetches a unit, works in its notebook, hands it in, and remembers what was acknowledged."""

from __future__ import annotations

import asyncio
import copy
import hashlib
import random
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from autograde.bench.hub.person import Person
from worktest.safe import plain

COURSE = "basics"


@dataclass
class Promise:
    """Digests of contents: the last one that was acknowledged, and those tried after it, of which any may be there."""

    kept: str = ""
    tried: list[str] = field(default_factory=list)
    total: int = 0

    def acknowledged(self, digest: str) -> None:
        """From now on nothing older may be there."""
        self.kept, self.tried, self.total = digest, [], self.total + 1

    def holds(self, path: Path) -> str:
        """Why what lies at ``path`` breaks the promise, or ""."""
        if not self.kept:
            return ""
        try:
            found = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            return error.strerror or str(error)
        if found in (self.kept, *self.tried):
            return ""
        return f"{path.stat().st_size} bytes that are none of what was written"


class Learner(Person):
    """A person with a unit to work on."""

    unit = ""
    notebook = ""
    saved: Promise
    handed_in: Promise

    def begin(self, unit: str, notebook: str, seed: int) -> None:
        """Say which unit, and which of its notebooks."""
        self.unit, self.notebook = unit, notebook
        self.saved, self.handed_in = Promise(), Promise()
        self._dice = random.Random(f"{seed} {self.name}")
        self._content: dict[str, Any] = {}

    @property
    def path(self) -> str:
        """Where the notebook lies, from the home."""
        return f"{COURSE}/{self.unit}/{self.notebook}.ipynb"

    async def fetch_and_open(self) -> None:
        """Fetch the unit from the list of assignments and open its notebook, with a kernel."""
        await self.does("fetch", self._fetch)
        self._content = (await self.does("open", lambda: self.ask("GET", f"api/contents/{self.path}")))["content"]
        await self.does("kernel", self.start_kernel)

    async def _fetch(self) -> None:
        await self.ask("POST", "assignments/fetch", data=self.wanted())
        # nbgrader answers with the list, whether or not it could
        await self.ask("GET", f"api/contents/{self.path}", params={"content": 0})

    def wanted(self) -> dict[str, str]:
        """The unit, as nbgrader's interface asks for it."""
        return {"course_id": COURSE, "assignment_id": self.unit}

    async def start_kernel(self) -> None:
        """Start a kernel for the notebook, unless there is one."""
        kernel = {"name": "python3"}
        body = {"path": self.path, "name": "", "type": "notebook", "kernel": kernel}
        await self.ask("POST", "api/sessions", json=body)

    async def work(self, until: float, every: float, calm: asyncio.Event) -> None:
        """Change the notebook and save it about every ``every`` seconds, until that time and until it is calm."""
        await asyncio.sleep(self._dice.uniform(0, every))
        while time.monotonic() < until or not calm.is_set():
            await self.save()
            await asyncio.sleep(self._dice.uniform(0.5, 1.5) * every)

    async def save(self) -> None:
        """Save a notebook that was never saved before."""
        for cell in self._content["cells"]:
            about = cell["metadata"].get("nbgrader", {})
            if about.get("solution") and cell["cell_type"] == "code":
                cell["source"] = f"# {self.saved.total} by {self.name}, {self._dice.random()}\n" + "x = 1\n" * 20
        digest = digest_of(self._content)
        self.saved.tried.append(digest)
        model = {"type": "notebook", "format": "json", "content": self._content}
        await self.does("save", lambda: self.ask("PUT", f"api/contents/{self.path}", json=model))
        self.saved.acknowledged(digest)

    async def hand_in(self) -> None:
        """Save, and submit in the list of assignments."""
        await self.save()
        self.handed_in.tried.append(self.saved.kept)
        await self.does("submit", lambda: self.ask("POST", "assignments/submit", data=self.wanted()))
        self.handed_in.acknowledged(self.saved.kept)


def digest_of(content: dict[str, Any]) -> str:
    """The digest of the file into which Jupyter writes this notebook."""
    text = nbformat.writes(nbformat.from_dict(copy.deepcopy(content)), version=nbformat.NO_CONVERT)
    return hashlib.sha256((text + "\n" * (not text.endswith("\n"))).encode()).hexdigest()


def broken(promises: dict[str, tuple[Promise, Path]]) -> list[str]:
    """A line for each promise that does not hold."""
    found = {name: promise.holds(path) for name, (promise, path) in promises.items()}
    return [plain(f"{name}: {why}") for name, why in sorted(found.items()) if why]
