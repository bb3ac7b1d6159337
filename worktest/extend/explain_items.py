"""What may be asked about one's own paper: its numbers, its claims, and the lines of the experiment that decide."""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from worktest.errors import UserError
from worktest.extend.check.base import Facts, look
from worktest.extend.check.claims import claim_in
from worktest.extend.check.numbers import Known, Pool, placed
from worktest.extend.filling import fill
from worktest.extend.folder import Research
from worktest.extend.log import EXPERIMENT
from worktest.extend.paper import PAPER, Sentence, paper_of

KINDS = ("number", "claim", "line")
PLAN_S, LOG_S, CODE_S, OTHERS = "plan.toml", "the log", "the code", "somebody else's paper"
_TOLD = ("abstract", "introduction", "method", "results", "limitations", "conclusion", "conclusions")
_FILLED = ("result", "mean", "interval")
_AROUND = 3


@dataclass(frozen=True)
class Item:
    """One thing to explain.

    ``text`` is the number, the sentence or the line itself; ``context`` the paragraph it stands in, with its
    placeholders filled, or the lines around it. ``names``: the results behind it. ``sources``: of a number, where it
    may be said to come from.
    """

    id: str
    kind: str
    text: str
    where: str
    context: str
    names: tuple[str, ...] = ()
    sources: tuple[str, ...] = field(default=(), compare=False)


@dataclass
class Bank:
    """All items of a folder, and what a number's source may be chosen from."""

    items: list[Item]
    choices: list[str]
    facts: Facts

    def says(self, choice: str) -> str:
        """A choice in words: of a comparison its two sides and its measure, of a condition its measure."""
        for comparison in self.facts.comparisons():
            if comparison.id == choice:
                return f"{choice}: {comparison.measure}, {comparison.condition} minus {comparison.against}"
        condition, _, measure = choice.partition(":")
        return f"{condition}: {measure}" if measure else choice


def bank(research: Research) -> Bank:
    """Read what can be asked. Raises UserError when the plan or the paper can't be read, or nothing is there to ask."""
    facts = look(research)
    if facts.unread:
        raise UserError(f"{facts.unread[0].where}: {facts.unread[0].what}")
    items = [*_numbers(facts), *_claims(facts), *_lines(facts)]
    if not items:
        raise UserError(
            f"{PAPER} has no number and no claim yet, and {EXPERIMENT} no line that decides: write them first"
        )
    return Bank(list({item.id: item for item in items}.values()), [*facts.named, PLAN_S, LOG_S, CODE_S, OTHERS], facts)


def _id(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _told(facts: Facts) -> Iterator[tuple[Sentence, str]]:
    """The sentences of the paper that can be asked about, each with its paragraph as a reader sees it."""
    for sentence in facts.sentences:
        if sentence.kind != "row" and sentence.section.lower() in _TOLD:
            paragraph = facts.paragraph_at(sentence.line)
            yield sentence, filled(facts, paragraph.text if paragraph else sentence.text)


def filled(facts: Facts, text: str) -> str:
    """A passage of the paper with its placeholders filled; as it was typed where one can't be filled."""
    try:
        return fill(paper_of(text), facts.research).replace("(see table.md)", "(Table 1)")
    except UserError:
        return text


def _numbers(facts: Facts) -> Iterator[Item]:
    if facts.plan is None:
        return
    pool = Pool(facts)
    for sentence, context in _told(facts):
        where = f"{PAPER}, line {sentence.line}"
        for shown, name in re.findall(r"(\{\{\s*(?:" + "|".join(_FILLED) + r")\s+([^{}\s]+)\s*\}\})", sentence.text):
            if name in facts.named:
                identity = _id("number", sentence.text, name)
                yield Item(identity, "number", filled(facts, shown), where, context, (name,), (name,))
        for number, before, after in placed(sentence):
            if number.value in (0, 1):
                continue
            known = pool.source_of(number, before, after, sentence.text)
            sources = tuple(_sources(pool, sentence, number.value, known))
            names = tuple(name for name in sources if name in facts.named)
            identity = _id("number", sentence.text, number.text)
            yield Item(identity, "number", number.text, where, context, names, sources)


def _sources(pool: Pool, sentence: Sentence, value: float, known: Known | None) -> Iterator[str]:
    """All places that a typed number may truly come from; none for a number that the folder does not know."""
    if known is not None and known.result:
        yield known.result
    for place, numbers in ((PLAN_S, pool.of_plan), (LOG_S, pool.of_log), (CODE_S, pool.of_code)):
        if value in numbers or abs(value) in numbers:
            yield place
    if sentence.citations:
        yield OTHERS


def _claims(facts: Facts) -> Iterator[Item]:
    for sentence, context in _told(facts):
        if sentence.section.lower() != "method" and claim_in(sentence):
            names = tuple(name for name in sentence.evidence if name in facts.named)
            text, where = filled(facts, sentence.text), f"{PAPER}, line {sentence.line}"
            yield Item(_id("claim", sentence.text), "claim", text, where, context, names)


def _lines(facts: Facts) -> Iterator[Item]:
    """Lines of the experiment in which something was decided: a constant, a condition, an option of a call."""
    try:
        text = (facts.research.path / EXPERIMENT).read_text(encoding="utf-8", errors="replace")
        tree = ast.parse(text)
    except (OSError, SyntaxError, ValueError, RecursionError):
        return
    lines = text.splitlines()
    for number in sorted(set(_deciding(tree))):
        if not 1 <= number <= len(lines) or not lines[number - 1].strip():
            continue
        first, last = max(0, number - 1 - _AROUND), min(len(lines), number + _AROUND)
        context = "\n".join(f"{'>' if n == number - 1 else ' '} {lines[n]}" for n in range(first, last))
        line = lines[number - 1].strip()
        yield Item(_id("line", line, str(lines[:number].count(lines[number - 1]))), "line", line,
                   f"{EXPERIMENT}, line {number}", context, tuple(_named_in(facts, line)))  # fmt: skip


def _named_in(facts: Facts, line: str) -> Iterator[str]:
    """The results of the conditions that a line of code names."""
    for condition in facts.plan.condition if facts.plan else []:
        if re.search(rf"['\"]{re.escape(condition.id)}['\"]", line):
            yield from (name for name in facts.named if name.partition(":")[0] == condition.id)


def _deciding(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Return) and node.value is not None:
            if _decides(node.value):
                yield node.lineno
        elif isinstance(node, ast.If | ast.While | ast.IfExp):
            yield node.test.lineno
        else:
            called = node.value if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) else None
            value = node.iter if isinstance(node, ast.For) else called
            if isinstance(node, ast.For | ast.Expr) and value is not None and _decides(value):
                yield node.lineno


def _decides(value: ast.expr) -> bool:
    """Whether a value could have been another: it holds a number, a choice by name, or an option of a call."""
    for node in ast.walk(value):
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
            return True
        if isinstance(node, ast.Call) and node.keywords:
            return True
    return False
