"""The write-up and the statement of AI use that go into a hand-in: their templates, and what is missing in them.

The limit of 600 words for the executive summary, and of three pages, follow one published admissions document (Neel
Nanda's stream of MATS 12.0, https://tinyurl.com/neel-mats-app). There the three pages bound the executive summary with
its figures, after some twenty hours of research; worktest holds the whole write-up of a work test of a few hours to
them.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from worktest.errors import UserError
from worktest.safe import words_in
from worktest.units import load_unit
from worktest.workspace import disk_problem

WRITE_UP = "write_up.md"
STATEMENT = "statement_of_ai_use.md"
SUMMARY = "Executive summary"
MAX_WORDS = 600
"""Words of the executive summary, captions left out."""
MAX_PAGES = 3
MAX_CHARS = 200_000
_HERE = "[Write here:"
_LEFT = re.compile(r"\b(?:TODO|TBD|FIXME|XXX|[Ll]orem ipsum)\b")
_COMMENT = re.compile(r"\s*(?:<!--.*?-->\s*)+", re.DOTALL)
_FIGURE = re.compile(r"(?:figure|fig\.)\s*\S", re.IGNORECASE)

_WRITE_UP_TEMPLATE = """# {title}: write-up

## Executive summary

[Write here: at most 600 words, the main thing first. What you claim, the number with its interval that carries it,
the control that could have killed it, how sure you are and why not surer.]

## Question

[Write here: what you were asked, in your own words, and why the answer matters.]

## What I did

[Write here: the method in a few sentences, the decisions that shaped it, and what you tried first.]

## Results

[Write here: one paragraph and one figure for each key experiment. A figure is a PNG in this folder with a caption that
states the finding: `![What it shows, with n and interval](figure.png)`. Show raw examples drawn at random, not picked.]

## What could be wrong

[Write here: the strongest objection, what you did not check, and what would change your mind.]

## Next

[Write here: the cheapest experiment that could prove you wrong, and what you would do with another day.]
"""
_STATEMENT_TEMPLATE = """# Statement of AI use

## Which tools

[Write here: each tool and model you used; "none" if there was none.]

## For what

[Write here: code, reading, analysis, prose; and what you wrote without it.]

## What I checked, and how

[Write here: which results and which lines you verified yourself, by which test, and what you took on trust.]
"""


@dataclass
class Section:
    """A heading and the tokens below it, down to the next heading of the same or a higher level."""

    level: int
    title: str
    tokens: list[Token] = field(default_factory=list)


def write_templates(folder: Path) -> list[Path]:
    """Write the templates that are not there yet; gives those. What is there is never touched."""
    texts = {
        WRITE_UP: _WRITE_UP_TEMPLATE.format(title=load_unit(folder).title),
        STATEMENT: _STATEMENT_TEMPLATE,
    }
    made = []
    for name, text in texts.items():
        path = folder / name
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError:
            continue
        except OSError as error:
            raise disk_problem(error, path) from None
        made.append(path)
    return made


def executive_summary(folder: Path) -> str:
    """That section of the write-up as it was written, without its figures; "" when there is none or it is not begun.

    A write-up that can't be read is none here; the hand-in names it.
    """
    try:
        lines = (folder / WRITE_UP).read_text(encoding="utf-8", errors="replace")[:MAX_CHARS].splitlines()
    except OSError:
        return ""
    starts = [n for n, line in enumerate(lines) if re.match(rf"#{{1,6}}\s+{SUMMARY}\b", line, re.IGNORECASE)]
    if not starts:
        return ""
    level = len(lines[starts[0]]) - len(lines[starts[0]].lstrip("#"))
    section = list(itertools.takewhile(lambda line: not re.match(rf"#{{1,{level}}}\s", line), lines[starts[0] + 1 :]))
    text = "\n".join(line for line in section if not line.lstrip().startswith(("![", "<!--"))).strip()
    return "" if _HERE in text else text


def parse(text: str) -> list[Token]:
    """The blocks of a Markdown text (CommonMark and tables)."""
    return MarkdownIt("commonmark").enable("table").parse(text)


def is_comment(token: Token) -> bool:
    """Whether the token is an HTML comment, which nobody reads."""
    return token.type in ("html_block", "html_inline") and bool(_COMMENT.fullmatch(token.content))


def plain_text(tokens: list[Token], *, code: bool = True) -> str:
    """The words of these blocks, without the captions of figures; ``code=False`` leaves code out."""
    parts = []
    for token in tokens:
        if token.type == "inline":
            parts.append(_inline_text(token, code=code))
        elif (token.type in ("fence", "code_block") and code) or (token.type == "html_block" and not is_comment(token)):
            parts.append(token.content)
    return "\n".join(parts)


def _inline_text(token: Token, *, code: bool = True) -> str:
    parts = []
    for child in token.children or []:
        if child.type == "text" or (child.type == "code_inline" and code):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
    return "".join(parts)


def sections(tokens: list[Token]) -> list[Section]:
    """All sections, each with the deeper ones inside it."""
    found: list[Section] = []
    open_ones: list[Section] = []
    for position, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0:
            level = int(token.tag[1:])
            open_ones = [section for section in open_ones if section.level < level]
            section = Section(level, _inline_text(tokens[position + 1]).strip())
            found.append(section)
            open_ones.append(section)
            continue
        for section in open_ones:
            section.tokens.append(token)
    for section in found:  # its own heading's text and end stand first
        section.tokens = section.tokens[2:]
    return found


def missing_in_write_up(text: str) -> list[str]:
    """What a mentor would miss in the write-up, one line each; the pages are counted by who renders it."""
    tokens = parse(text)
    found = []
    summaries = [s for s in sections(tokens) if s.title.strip(" :").lower() == SUMMARY.lower()]
    words = words_in(plain_text(summaries[0].tokens)) if summaries else 0
    if not summaries:
        found.append(f"{WRITE_UP}: there is no heading {SUMMARY!r}")
    elif not words:
        found.append(f"{WRITE_UP}: the executive summary is empty")
    elif words > MAX_WORDS:
        found.append(f"{WRITE_UP}: the executive summary has {words} words; the limit is {MAX_WORDS}")
    found += _placeholders(WRITE_UP, tokens)
    for source in figures_without_caption(tokens):
        found.append(f"{WRITE_UP}: the figure {source!r} has no caption: `![what it shows]({source})`")
    return found


def missing_in_statement(text: str) -> list[str]:
    """What is not filled in yet in the statement of AI use."""
    tokens = parse(text)
    found = _placeholders(STATEMENT, tokens)
    for section in sections(tokens):
        if not plain_text(section.tokens).strip():
            found.append(f"{STATEMENT}: nothing stands under {section.title!r}")
    body = [t for i, t in enumerate(tokens) if t.type != "inline" or tokens[i - 1].type != "heading_open"]
    if not found and not plain_text(body).strip():
        found.append(f"{STATEMENT}: it is empty")
    return found


def _placeholders(name: str, tokens: list[Token]) -> list[str]:
    """Lines of the template that stand there still, and marks such as TODO, with the heading they stand under."""
    found = []
    heading = "the beginning"
    for position, token in enumerate(tokens):
        if token.type != "inline":
            continue
        text = _inline_text(token, code=False)
        if tokens[position - 1].type == "heading_open":
            heading = repr(_inline_text(token).strip())
        left = _HERE.strip("[:") + " ..." if _HERE in text else (_LEFT.search(text) or [""])[0]
        if left:
            found.append(f"{name}: a placeholder is left under {heading}: {left}")
    return found


def figures_without_caption(tokens: list[Token]) -> list[str]:
    """Pictures with neither a text of their own nor a paragraph behind them that begins with "Figure"."""
    found = []
    for position, token in enumerate(tokens):
        images = [c for c in token.children or [] if c.type == "image"] if token.type == "inline" else []
        if not images:
            continue
        behind = next((t for t in tokens[position + 1 :] if t.type == "inline"), None)
        captioned = any(_FIGURE.match(_inline_text(t).strip()) for t in (token, behind) if t is not None)
        found += [str(image.attrs.get("src", "")) for image in images if not image.content.strip() and not captioned]
    return found


def read_text(path: Path, limit: int = 300_000) -> str:
    """The text of a learner's file. Raises UserError when it is missing, too long, or can't be read."""
    try:
        if path.stat().st_size > limit:
            raise UserError(f"{path.name} has more than {limit:,} bytes; that is no text to hand in")
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UserError(f"{path.name} is not there; `worktest handin UNIT --template` makes it") from None
    except UnicodeDecodeError:
        raise UserError(f"{path.name} is not UTF-8 text; save it as UTF-8") from None
    except OSError as error:
        raise disk_problem(error, path) from None
