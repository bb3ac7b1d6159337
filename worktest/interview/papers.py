"""The pages of a rehearsal beside the walkthrough: questions in advance, the mentor's part, the rehearsal notebook."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from worktest.interview import rubric
from worktest.interview.binding import Bound
from worktest.interview.record import Rehearsal
from worktest.interview.sheet_html import page
from worktest.safe import as_html, plain

GUIDE = (
    "Read the question slowly, then wait. Ten seconds of silence are normal. Finish nobody's sentence.",
    "Ask about the work, never about the person. Fluency, accent and speed say nothing about the work.",
    "Listen for four things: what was known at the time, the alternatives and the cost of being wrong, "
    "numbers with their uncertainty, the hole that is left.",
    "Choose the follow-up by the way the answer went, not by whether you agree. Between two ways, take the second.",
    'A follow-up of your own is good when it asks for one thing: "Which number makes you say so?", '
    '"What would you have seen if that were wrong?", "What is the cheapest test of it?"',
    '"I did not check that; here is the 20-minute test" is a strong answer. Thank for it and go on.',
    "If the answer is hindsight (what came out later), ask for what was on the screen at that moment.",
    "Afterwards say one thing that held and one that did not, with the sentence you heard. No total, no comparison.",
)
"""How to play the mentor's part."""


def questions_md(rehearsal: Rehearsal) -> str:
    """The questions alone, as somebody gets them who has asked for them in advance."""
    lines = [
        f"# Your questions in advance (rehearsal {rehearsal.number}, seed {rehearsal.seed})",
        "",
        "Take your time. Notes are allowed, and may be read aloud. There are follow-ups, which depend on your answers.",
        "",
    ]
    for number, question in enumerate(rehearsal.questions, start=1):
        lines += [f"## {number}", "", *_quoted(question.ask), ""]
    return "\n".join(lines)


def _quoted(text: str) -> list[str]:
    """Text as an indented block: a page shows it as it is, whatever marks a learner's words contain."""
    return [f"    {line}" for line in wrapped(plain(text), 100)]


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` characters."""
    import textwrap

    return [part for line in text.split("\n") for part in (textwrap.wrap(line, width) or [""])]


def mentor_md(rehearsal: Rehearsal, title: str) -> str:
    """The mentor's part as Markdown."""
    lines = [f"# The mentor's part: {plain(title, 200)}", "", f"Rehearsal {rehearsal.number}, seed {rehearsal.seed}. "
             "The other person has the walkthrough sheet and does not see this page.", ""]  # fmt: skip
    lines += ["## How to play it", "", *[f"- {text}" for text in GUIDE], ""]
    lines += ["Open with: *Please walk me through it in two minutes.*", ""]
    for number, question in enumerate(rehearsal.questions, start=1):
        lines += [f"## Question {number}", "", *_quoted(question.ask), "", "A strong answer holds:", ""]
        lines += [f"- {text}" for text in question.looks_for] + [""]
        for went, follow_up in question.branches:
            lines += [f"If it went: *{went}*, ask:", "", *_quoted(follow_up), ""]
    lines += ["## How the other person scores afterwards", "", "```", rubric.as_text(), "```", ""]
    return "\n".join(lines)


def mentor_html(rehearsal: Rehearsal, title: str) -> str:
    """The mentor's part as an HTML page."""
    parts = [f"<h1>The mentor's part: {as_html(title, 200)}</h1>"]
    parts.append(
        f"<p>Rehearsal {rehearsal.number}, seed {rehearsal.seed}. The other person has the walkthrough sheet "
        "and does not see this page.</p><h2>How to play it</h2><ul>"
        + "".join(f"<li>{as_html(text)}</li>" for text in GUIDE)
        + "</ul>"
        "<p>Open with: <em>Please walk me through it in two minutes.</em></p>"
    )
    for number, question in enumerate(rehearsal.questions, start=1):
        parts.append(f'<h2>Question {number}</h2><p class="ask" dir="auto">{as_html(question.ask)}</p>')
        parts.append("<p>A strong answer holds:</p><ul>")
        parts += [f"<li>{as_html(text)}</li>" for text in question.looks_for] + ["</ul>"]
        for went, follow_up in question.branches:
            parts.append(
                f'<p>If it went: <em>{as_html(went)}</em>, ask:</p><p class="ask" dir="auto">{as_html(follow_up)}</p>'
            )
    parts.append(f"<h2>How the other person scores afterwards</h2><pre>{as_html(rubric.as_text())}</pre>")
    return page(f"The mentor's part: {title}", "\n".join(parts).replace("<br>\n", "\n"))


_INTRO = {
    "written": "Write first, then read your answer aloud once, if you like. Nothing listens, and there is no hurry.",
    "spoken": "Speak your answer, with your own notes beside the question. Only the notes you type are kept; "
    "nothing is recorded. Score yourself afterwards.",
    "pair": "Your partner reads the mentor's part from `mentor_part.html`; you have `walkthrough.pdf`, nothing else. "
    "Open the cells below together afterwards: note what you said, which way it went, and score yourself.",
}


def rehearsal_notebook(rehearsal: Rehearsal, title: str) -> bytes:
    """The rehearsal notebook: one code cell a question, then the self-score, then the summary."""
    timer = (
        f" A timer of {rehearsal.minutes:g} minutes is there; it starts and pauses when you say so."
        if rehearsal.minutes
        else ""
    )
    cells = [
        _text(
            f"# Rehearsal {rehearsal.number}: {plain(title, 200)}\n\n{_INTRO[rehearsal.mode]}{timer}\n\n"
            "Every question is about your own work. Answer, choose which way your answer went, answer the follow-up. "
            "Each answer is kept in `interview.jsonl` as soon as you leave its box.\n\n"
            f"{rubric.NEVER}"
        ),
        _code(
            "from worktest.interview.widgets import open_rehearsal\n\n"
            f"rehearsal = open_rehearsal(number={rehearsal.number})\nrehearsal"
        ),
        _text(
            "**Warm up.** Tell the story in two minutes, from `walkthrough.pdf`: what was asked, what you did, what "
            "you found with its interval, what you would do next."
        ),
        *[_code(f"rehearsal.ask({number})") for number in range(1, len(rehearsal.questions) + 1)],
        _text(
            "## Score yourself\n\nNow you see what a strong answer holds. Four criteria, three levels; leave out what "
            "does not fit a question."
        ),
        _code("rehearsal.score()"),
        _text("## What to shore up\n\nRun this cell last, and again after each change."),
        _code("rehearsal.summary()"),
    ]  # fmt: skip
    for number, cell in enumerate(cells):
        cell["id"] = hashlib.sha256(f"{rehearsal.number}\0{number}".encode()).hexdigest()[:12]
    notebook = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def _text(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def _code(source: str) -> dict[str, Any]:
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": source}


def as_asked(question: Bound, number: int, total: int) -> str:
    """A question in plain text, for a terminal or where no widgets are drawn."""
    return f"Question {number} of {total}\n\n" + "\n".join(wrapped(plain(question.ask), 88))
