"""A filled paper as the two kinds of pages take it: its parts in order, its citations and captions told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it.token import Token

from worktest.extend.bibliography import Bibliography, Source, read_bibliography
from worktest.extend.paper import PAPER, paper_of
from worktest.extend.wording import CITATION, KEY

CITE = "citation"
CAPTION = "table_caption"
_TABLE = re.compile(r"Table(?:\s+\d+)?:\s*")


@dataclass
class Document:
    """Title (its words, and its spans), author, the blocks of the abstract and of the rest, and the sources by name.

    In the blocks a citation is a token of type `CITE` whose ``content`` is what the text shows and whose
    ``meta["keys"]`` are the keys, and the paragraph that is the caption of the table below it is a block of type
    `CAPTION` with its words as ``children``.
    """

    title: str
    author: str
    abstract: list[Token]
    body: list[Token]
    sources: list[Source]
    problems: list[str] = field(default_factory=list)
    title_spans: list[Token] = field(default_factory=list)


def document_of(text: str, folder: Path) -> Document:
    """Take a filled paper apart. Raises UserError when paper or references can't be read."""
    paper, known = paper_of(text), read_bibliography(folder)
    found = Document(paper.title, paper.author, [], [], [], list(known.problems))
    cited: dict[str, Source] = {}
    blocks = _captions(paper.tokens)
    for token in blocks:
        if token.type in ("inline", CAPTION):
            token.children = _cite(token.children or [], known, cited, found.problems)
    _parts(blocks, found)
    found.sources = sorted(cited.values(), key=lambda s: (s.who.casefold(), s.year, s.title))
    return found


def _parts(blocks: list[Token], found: Document) -> None:
    """Sort the blocks: the title and the author's line are known by now, the abstract has its own place."""
    where, position, author = found.body, 0, found.author
    while position < len(blocks):
        token = blocks[position]
        if token.type == "heading_open" and token.level == 0:
            level, words = int(token.tag[1:]), " ".join(blocks[position + 1].content.split())
            if level <= 2:
                where = found.abstract if level == 2 and words.strip(" :.").casefold() == "abstract" else found.body
            if where is found.abstract or (level == 1 and words == found.title):
                if level == 1 and not found.title_spans:
                    found.title_spans = blocks[position + 1].children or []
                position += 3
                continue
        elif author and token.type == "paragraph_open" and blocks[position + 1].content.startswith("Author:"):
            author = ""
            first, _, rest = blocks[position + 1].content.partition("\n")
            if first.startswith("Author:") and not rest:
                position += 3
                continue
        where.append(token)
        position += 1


def _captions(tokens: list[Token]) -> list[Token]:
    """The blocks, with each paragraph "Table: ..." or "Table 1: ..." right above a table made into its caption."""
    blocks: list[Token] = []
    position = 0
    while position < len(tokens):
        four = tokens[position : position + 4]
        if [t.type for t in four] == ["paragraph_open", "inline", "paragraph_close", "table_open"]:
            children = four[1].children or []
            begins = _TABLE.match(children[0].content) if children and children[0].type == "text" else None
            if begins:
                children[0].content = children[0].content[begins.end() :]
                blocks.append(Token(CAPTION, "", 0, map=four[1].map, children=children))
                position += 3
                continue
        blocks.append(tokens[position])
        position += 1
    return blocks


def _cite(children: list[Token], known: Bibliography, cited: dict[str, Source], problems: list[str]) -> list[Token]:
    """The spans with citations in place of ``[@key]``, in the captions of pictures, too.

    A citation over two lines is brought onto one first.
    """
    found: list[Token] = []
    for child in _joined(children):
        if child.type == "image":
            child.children = _cite(child.children or [], known, cited, problems)
        if child.type != "text":
            found.append(child)
            continue
        place = 0
        for match in CITATION.finditer(child.content):
            keys = [key[1:] for key in KEY.findall(match[0])]
            if not keys:
                continue
            labels = []
            for key in keys:
                source = known.sources.get(key)
                if source is None:
                    line = f"{PAPER}: the source [@{key}] is not in references.bib"
                    if line not in problems:
                        problems.append(line)
                    labels.append(f"{key}?")
                else:
                    cited[key] = source
                    labels.append(source.label)
            found.append(Token("text", "", 0, content=_as_set(child.content[place : match.start()])))
            found.append(Token(CITE, "", 0, content=f"({'; '.join(labels)})", meta={"keys": keys, "labels": labels}))
            place = match.end()
        found.append(Token("text", "", 0, content=_as_set(child.content[place:])))
    return found


def _as_set(words: str) -> str:
    """The words with a minus sign, and no hyphen, before a negative number, and one blank for several."""
    words = re.sub(r" {2,}", " ", words)
    return re.sub(r"(?<![\w).\]-])-(?=\d)", "\u2212", words)


def _joined(children: list[Token]) -> list[Token]:
    """The spans, with those made one between which a citation's bracket stands open at a line's end."""
    found: list[Token] = []
    for child in children:
        last = found[-1] if found else None
        if last is not None and last.type == "text" and re.search(r"\[\s*@[^\[\]]*$", last.content):
            if child.type == "softbreak":
                last.content += " "
                continue
            if child.type == "text":
                last.content += child.content
                continue
        found.append(child)
    return found
