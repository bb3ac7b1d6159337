"""The one bibliography, ``solutions/references.bib``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import bibtexparser

from worktest.errors import UserError


@dataclass(frozen=True)
class References:
    """Entries of the bibliography by key, as BibTeX fields."""

    path: Path
    entries: dict[str, dict[str, str]]

    @classmethod
    def read(cls, path: Path) -> References:
        """Read the bibliography; raises UserError when it is missing, has a key twice, or an entry lacks a field."""
        if not path.is_file():
            raise UserError(f"{path} is missing")
        database = bibtexparser.loads(path.read_text(encoding="utf-8"))
        entries: dict[str, dict[str, str]] = {}
        for entry in database.entries:
            key = entry["ID"]
            if key in entries:
                raise UserError(f"{path}: the key {key!r} is there twice")
            missing = [name for name in ("author", "title", "year", "url") if not entry.get(name)]
            if missing:
                raise UserError(f"{path}: {key!r} lacks {', '.join(missing)}")
            entries[key] = {name: str(value) for name, value in entry.items()}
        return cls(path, entries)

    def known(self, key: str, where: str) -> dict[str, str]:
        """The entry ``key``; raises UserError naming the place that cites it."""
        if key not in self.entries:
            raise UserError(f"{where}: unknown citation {key!r}; it is not in {self.path.name}")
        return self.entries[key]

    def name(self, key: str, where: str) -> str:
        """How a source is named in running text: ``Doe and Roe, 2025``."""
        entry = self.known(key, where)
        names = [name.split(",")[0].strip().strip("{}") for name in entry["author"].split(" and ")]
        if len(names) == 1:
            who = names[0]
        elif len(names) == 2:
            who = f"{names[0]} and {names[1]}"
        else:
            who = f"{names[0]} et al."
        return f"{who}, {entry['year']}"

    def link(self, key: str, where: str) -> str:
        """A Markdown link such as ``[Doe and Roe, 2025](https://...)``."""
        return f"[{self.name(key, where)}]({self.known(key, where)['url']})"
