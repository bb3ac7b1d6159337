"""Descriptions of streams: the invented ones of the package, and what a learner pasted into the workspace."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from worktest.errors import UserError
from worktest.safe import counted, flowing, heading_of, plain
from worktest.shortlist.tables import STREAMS, papers

FOLDER = "streams"
ENDINGS = (".md", ".txt")
MAX_BYTES = 50_000
SHOWN_WORDS = 1_500
"""Of a longer description the beginning is shown: somebody pasted more than the description, most likely."""
_SHORT = 60
"""Characters: a shorter line of a pasted page ends where it ends, if the next one begins with a capital letter."""
_FENCE = "+++"
_KEYS = {"title": str, "mentor": str, "papers": list, "invented": bool, "program": str, "url": str, "read": str}
"""What a head may hold. The last three are somebody's own notes, and what is invented is known by its folder."""
_ARXIV = re.compile(r"\b(\d{4}\.\d{4,5})(?:v\d+)?\b")
_WORD = re.compile(r"\w+")
_WORDS = re.compile(r"\S+")
_OTHER_KINDS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a Word or zip file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}


@dataclass(frozen=True)
class Stream:
    """One description: its text, and what the head of the file says.

    ``papers``: keys of the bibliography, those of the head first, then in the order in which the text names them.
    ``unknown``: arXiv numbers in the text that the bibliography lacks. ``invented``: it came with the package.
    """

    id: str
    title: str
    text: str
    mentor: str = ""
    papers: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    invented: bool = False

    @property
    def whole(self) -> str:
        """The title and the text, as what is found in them."""
        return f"{self.title}.\n\n{self.text}"


def lines_apart(text: str) -> str:
    """The text with an empty line behind each short line that ends where it ends, as headings of a page do."""
    lines = text.split("\n")
    apart = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        apart.append(line)
        if 0 < len(line.strip()) < _SHORT and following.strip()[:1].isupper():
            apart.append("")
    return "\n".join(apart)


def for_reading(stream: Stream) -> str:
    """The text as it is shown: paragraphs flow, short lines stay apart, and of a very long text the beginning."""
    words = list(_WORDS.finditer(stream.text))
    if len(words) <= SHOWN_WORDS:
        return flowing(lines_apart(stream.text))
    begin = stream.text[: words[SHOWN_WORDS - 1].end()]
    return (
        f"{flowing(lines_apart(begin))} ...\n\n[The first {SHOWN_WORDS:,} of {len(words):,} words. The rest stands "
        f"in your file {stream.id} in the folder {FOLDER}; the findings are from all of it.]"
    )


def read_stream(path: Path, *, invented: bool = False) -> Stream:
    """Read one description. Raises UserError naming the file and what is wrong with it."""
    where = plain(path.name, 80)
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        raise UserError(f"{where} can't be read: {error.strerror or error}") from None
    if size > MAX_BYTES:
        raise UserError(f"{where} has {size:,} bytes; a description has some hundred words: paste only that")
    for mark, kind in _OTHER_KINDS.items():
        if content.startswith(mark):
            raise UserError(f"{where} is {kind}, whatever its name: copy the text out of it and paste that")
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise UserError(f"{where} is not text in UTF-8: save it again with that encoding") from None
    head, body = _head(text, where)
    body = plain(body, MAX_BYTES).strip()
    title = " ".join(plain(head.get("title") or _title(body) or path.stem, 120).split())
    if not body or not _WORD.search(body):
        raise UserError(f"{where} holds no text: paste the description into it")
    named, unknown = _papers(head.get("papers", []), body, where)
    return Stream(
        id=path.stem,
        title=title,
        text=body,
        mentor=str(head.get("mentor", "")),
        papers=named,
        unknown=unknown,
        invented=invented,
    )


def _head(text: str, where: str) -> tuple[dict[str, Any], str]:
    """The keys between two lines of plus signs at the top, if there are such, and the rest of the text."""
    lines = text.split("\n")
    if lines[0].strip() != _FENCE:
        return {}, text
    ends = [number for number, line in enumerate(lines[1:], start=1) if line.strip() == _FENCE]
    if not ends:
        raise UserError(f"{where}: the head that begins with {_FENCE} has no second line {_FENCE}")
    try:
        head = tomllib.loads("\n".join(lines[1 : ends[0]]))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UserError(f"{where}: the head between the lines {_FENCE} is not well-formed TOML: {error}") from None
    for key, value in head.items():
        if key not in _KEYS:
            raise UserError(
                f"{where}: the head has the unknown key {plain(key, 40)!r}; it may have: {', '.join(_KEYS)}"
            )
        if not isinstance(value, _KEYS[key]):
            kind = {str: "a text", list: "a list of keys", bool: "true or false"}[_KEYS[key]]
            raise UserError(f"{where}: {key!r} in the head is {kind}")
    return head, "\n".join(lines[ends[0] + 1 :])


def _title(body: str) -> str:
    """The first heading, or the first line when it is short enough for one."""
    lines = [line.strip() for line in body.split("\n") if line.strip()]
    for line in lines:
        if title := heading_of(line):
            return title
    return lines[0].rstrip(".") if lines and len(lines[0]) <= 90 else ""


def _papers(keys: list[Any], body: str, where: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Keys of papers that are named in the head, and by number, address or title in the text; numbers nobody knows."""
    known = papers()
    for key in keys:
        if key not in known:
            raise UserError(
                f"{where}: {plain(key, 40)!r} is no key of the bibliography; write the address into the text instead"
            )
    found: list[tuple[int, str]] = []
    by_number = {number[1]: key for key, paper in known.items() if (number := _ARXIV.search(paper.url))}
    unknown = []
    for match in _ARXIV.finditer(body):
        if match[1] in by_number:
            found.append((match.start(), by_number[match[1]]))
        else:
            unknown.append(match[1])
    words = list(_WORD.finditer(body))
    flat = f" {_flat(body)} "
    for key, paper in known.items():
        title = _flat(paper.title)
        if paper.url in body:
            found.append((body.index(paper.url), key))
        if len(title.split()) >= 4 and (at := flat.find(f" {title} ")) >= 0:
            found.append((words[flat.count(" ", 0, at)].start(), key))
    return tuple(dict.fromkeys([*keys, *(key for _, key in sorted(found))])), tuple(dict.fromkeys(unknown))


def _flat(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def all_streams(home: Path | None) -> tuple[list[Stream], list[str]]:
    """The pasted descriptions, then the invented ones, and one line for each file that can't be read."""
    own, problems = _own(home / FOLDER) if home else ([], [])
    invented = [read_stream(path, invented=True) for path in sorted(STREAMS.glob("*.md"))]
    names = {stream.id for stream in invented}
    problems += [
        f"{FOLDER}/{stream.id}: an invented stream has this name too; rename your file to have it shown"
        for stream in own
        if stream.id in names
    ]
    return [stream for stream in own if stream.id not in names] + invented, problems


def _own(folder: Path) -> tuple[list[Stream], list[str]]:
    if not folder.exists():
        return [], []
    try:
        paths = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        return [], [f"{FOLDER}/ can't be read: {error.strerror or error}"]
    found: dict[str, Stream] = {}
    problems = []
    for path in paths:
        if path.suffix.lower() not in ENDINGS or not path.is_file():
            problems.append(f"{FOLDER}/{plain(path.name, 80)} is passed over: descriptions are files .md or .txt")
        elif path.stem in found:
            problems.append(f"{FOLDER}/{plain(path.name, 80)} is passed over: another file has the same name")
        else:
            try:
                found[path.stem] = read_stream(path)
            except UserError as problem:
                problems.append(f"{FOLDER}/{problem}")
    return list(found.values()), problems


def one_of(streams: list[Stream], name: str, problems: Sequence[str] = ()) -> Stream:
    """The stream that ``name`` means: its id, or a part of id or title.

    Raises UserError: why the file of that name can't be read (one of ``problems``), the nearest names, or all of them.
    """
    wanted = name.strip().lower().removesuffix(".md").removesuffix(".txt")
    exact = [stream for stream in streams if stream.id.lower() == wanted]
    hits = exact or [s for s in streams if wanted and (wanted in s.id.lower() or wanted in s.title.lower())]
    if len(hits) == 1:
        return hits[0]
    names = ", ".join(stream.id for stream in (hits or streams))
    if hits:
        raise UserError(f"{plain(name, 60)!r} could be {counted(len(hits), 'stream')}: {names}")
    for problem in problems:
        if wanted and problem.lower().startswith((f"{FOLDER}/{wanted}.", f"{FOLDER}/{wanted} ")):
            raise UserError(problem)
    near = get_close_matches(wanted, [stream.id.lower() for stream in streams], n=1, cutoff=0.6)
    hint = f"did you mean {near[0]}?" if near else f"there are: {names}"
    raise UserError(f"there is no stream {plain(name, 60)!r}; {hint}")
