"""``references.bib``: what a paper cites, as it is named in the text and as it stands at the end."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from worktest.errors import UserError
from worktest.workspace import disk_problem

FILE = "references.bib"
_MAX_BYTES = 2_000_000
_VENUES = ("journal", "booktitle", "publisher", "institution", "school", "howpublished", "organization")


@dataclass(frozen=True)
class Source:
    """An entry: who and when as the text names it, the words of its line in the list (its title apart), its link."""

    key: str
    who: str
    year: str
    authors: str
    title: str
    venue: str
    url: str
    lacks: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """``Doe and Roe, 2025``."""
        return f"{self.who}, {self.year}"


@dataclass
class Bibliography:
    """All entries by key, and one line for each thing that is wrong with the file."""

    sources: dict[str, Source] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def read_bibliography(folder: Path) -> Bibliography:
    """Read ``references.bib``; a missing file is an empty one, what is no entry is named.

    Raises UserError when it is no UTF-8 text, is too large, or can't be read.
    """
    path = folder / FILE
    try:
        if not path.is_file():
            return Bibliography()
        if path.stat().st_size > _MAX_BYTES:
            raise UserError(f"{path} has more than {_MAX_BYTES:,} bytes: keep the entries that the paper cites")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(f"{path} is not UTF-8 text; save it as UTF-8") from None
    except OSError as error:
        raise disk_problem(error, path) from None
    return _entries(text)


def _entries(text: str) -> Bibliography:
    import bibtexparser
    from bibtexparser.bparser import BibTexParser

    lines = [line for line in text.split("\n") if not line.lstrip().startswith("%")]
    found = Bibliography()
    try:
        parser = BibTexParser(common_strings=True, ignore_nonstandard_types=False)
        entries = bibtexparser.loads("\n".join(lines), parser).entries
    except Exception as error:  # bibtexparser lets errors of its grammar through as they are
        found.problems.append(f"{FILE} can't be read as BibTeX: {' '.join(str(error).split())[:200]}")
        return found
    begun = re.findall(r"^\s*@(\w+)\s*[{(]\s*([^,\s]*)", "\n".join(lines), re.MULTILINE)
    keys = [key for kind, key in begun if kind.lower() not in ("comment", "string", "preamble")]
    for entry in entries:
        source = _source({name.lower(): str(value) for name, value in entry.items() if name != "ID"}, entry["ID"])
        found.sources[source.key] = source
        if source.lacks:
            found.problems.append(f"{FILE}: {source.key} lacks {', '.join(source.lacks)}")
    for key in dict.fromkeys(keys):
        if key not in found.sources:
            found.problems.append(
                f"{FILE}: the entry {key!r} can't be read: look for a bracket or a comma that is missing"
            )
        elif keys.count(key) > 1:
            found.problems.append(f"{FILE}: the key {key!r} is there twice")
    return found


def _source(raw: dict[str, str], key: str) -> Source:
    entry = {name: _words(value) for name, value in raw.items()}
    people = [_name(name) for name in _people(raw.get("author") or raw.get("editor") or "")]
    surnames = [surname for surname, _ in people]
    if not people:
        who = entry.get("organization") or entry.get("title", key)[:40]
    elif len(people) > 2 or "others" in surnames:
        who = f"{surnames[0]} et al."
    else:
        who = " and ".join(surnames)
    given = ["et al." if surname == "others" else f"{initials} {surname}".strip() for surname, initials in people]
    authors = ", ".join(given[:8]) + (" et al." if len(given) > 8 else "")
    venue = next((entry[name] for name in _VENUES if entry.get(name)), "")
    if not venue and entry.get("eprint"):
        venue = f"arXiv:{entry['eprint']}"
    url = entry.get("url") or (f"https://doi.org/{entry['doi']}" if entry.get("doi") else "")
    url = url if url.startswith(("https://", "http://")) else ""
    lacks = tuple(
        n for n, there in (("author", people), ("title", entry.get("title")), ("year", entry.get("year"))) if not there
    )
    return Source(key, who, entry.get("year") or "n.d.", authors, entry.get("title") or key, venue, url, lacks)


def _people(names: str) -> list[str]:
    """The names between each ``and`` that stands in no braces."""
    found, depth = [""], 0
    for part in re.split(r"([{}]|\s+and\s+)", names):
        depth += {"{": 1, "}": -1}.get(part, 0)
        if not depth and part.strip() == "and":
            found.append("")
        else:
            found[-1] += part
    return [name.strip() for name in found if name.strip()]


def _name(name: str) -> tuple[str, str]:
    """Surname and initials of ``Family, Given``, ``Given Family``, ``Given van Family``, or ``{A group}`` as it is."""
    if re.fullmatch(r"\{[^{}]*\}", name):
        return _words(name), ""
    name = _words(name)
    family, comma, given = (part.strip() for part in name.partition(","))
    if not comma:
        parts = family.split()
        at = next((i for i, part in enumerate(parts[:-1]) if i and part[:1].islower()), len(parts) - 1)
        family, given = " ".join(parts[at:]), " ".join(parts[:at])
    initials = " ".join(f"{part[0]}." for part in re.split(r"[\s.]+", given) if part)
    return family, initials


def _words(text: str) -> str:
    """A field without TeX: accents as letters, no braces, blanks made one."""
    if "\\" in text:
        from bibtexparser.latexenc import latex_to_unicode

        text = re.sub(r"\\(?:emph|textit|textbf|textsc|texttt)\b", "", text)
        text = re.sub(r"\\([&%$#_])", r"\1", latex_to_unicode(text))
    text = text.replace("---", "–").replace("--", "–").replace("~", " ")
    return unicodedata.normalize("NFC", " ".join(re.sub(r"[{}]", "", text).split()))
