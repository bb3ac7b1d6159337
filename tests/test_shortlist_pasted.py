"""Descriptions that a learner pasted: read with their papers, or named with the reason why not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli import call, the_line
from streams import Capture, paste

from worktest.cli import app
from worktest.shortlist import describe


def test_a_pasted_text_is_read_with_its_papers_and_stands_first(home: Path) -> None:
    paste(home, "real.txt", "A group for control\n\nRead arXiv:2504.10374v1 and arxiv.org/abs/2599.99999.\r\n"
          "Steering Llama 2 via Contrastive\nActivation Addition is useful. There is a work test.")  # fmt: skip
    streams, problems = describe.all_streams(home)
    assert not problems and streams[0].id == "real" and streams[0].title == "A group for control"
    assert streams[0].papers == ("bhatt2025ctrlz", "rimsky2024caa") and streams[0].unknown == ("2599.99999",)
    assert not streams[0].invented


def test_papers_stand_in_the_order_in_which_the_text_names_them(home: Path) -> None:
    title = "Steering Llama 2 via Contrastive Activation Addition"
    paste(home, "a.txt", f"A group\n{'=' * 60}\n\nRead arXiv:2504.10374 and {title}.")
    paste(home, "b.txt", f"A group\n\nRead {title} and arXiv:2504.10374. Links: https://arxiv.org/abs/2312.06681.")
    first, second, *_ = describe.all_streams(home)[0]
    assert first.papers == ("bhatt2025ctrlz", "rimsky2024caa")
    assert second.papers == ("rimsky2024caa", "bhatt2025ctrlz")


def test_a_title_that_is_the_first_line_of_the_text_is_quoted_once(home: Path, capsys: Capture) -> None:
    paste(home, "mine.md", "# Work on toy models.\n\nThere is a work test.")
    said = " ".join(call(app, "shortlist", "mine", capsys=capsys).out.split())
    assert said.partition("EVIDENCE")[2].count("Work on toy models.”") == 1


@pytest.mark.parametrize(
    ("name", "content", "named"),
    [
        ("a.txt", b"%PDF-1.7", "is a PDF"),
        ("a.md", b"PK\x03\x04....", "Word or zip"),
        ("a.txt", b"gr\xfc\xdfe", "UTF-8"),
        ("a.txt", b" \n\n", "holds no text"),
        ("a.txt", b"word " * 50_000, "250,000 bytes"),
        ("a.docx", b"x", "passed over"),
        ("a.txt", b"+++\ntitle = 'x'\ntext", "no second line"),
        ("a.txt", b"+++\ntitle = \n+++\ntext", "not well-formed TOML"),
        ("a.txt", b"+++\nname = 'x'\n+++\ntext", "unknown key 'name'"),
        ("a.txt", b"+++\ntitle = 3\n+++\ntext", "'title' in the head is a text"),
        ("a.txt", b"+++\npapers = ['nobody1999']\n+++\ntext", "no key of the bibliography"),
        ("resampling.txt", b"text", "rename your file"),
    ],
)
def test_what_cannot_be_read_is_named_and_the_rest_is_shown(
    name: str, content: bytes, named: str, home: Path, capsys: Capture
) -> None:
    paste(home, name, content)
    paste(home, "good.md", "# Good\n\nA work test.")
    data = json.loads(call(app, "shortlist", "--json", capsys=capsys).out)
    assert len(data["problems"]) == 1
    assert name in data["problems"][0] or name.split(".")[0] in data["problems"][0]
    assert named in data["problems"][0]
    assert len(data["streams"]) == 13


def test_a_pasted_text_moves_nothing_in_the_terminal(home: Path, capsys: Capture) -> None:
    paste(home, "evil.txt", "\x1b[2JA title\u202e\n\nA work test [bold red]now[/] \x1b]0;x\x07.")
    for arguments in (("shortlist",), ("shortlist", "evil")):
        said = call(app, *arguments, capsys=capsys)
        assert said.code == 0 and not {"\x1b", "\x07", "\u202e"} & set(said.out)
    assert "[bold red]now[/]" in said.out


def test_a_page_keeps_its_short_lines_apart_and_a_very_long_one_shows_its_beginning(
    home: Path, capsys: Capture
) -> None:
    page = "Stream overview\nMentors: A, B\n\nHow to apply\nSend a code sample.\n"
    paste(home, "page.txt", page + "word " * 3000 + "\n\nThere is an interview.")
    said = call(app, "shortlist", "page", capsys=capsys).out
    assert "Stream overview\n\nMentors: A, B\n\nHow to apply\n\nSend a code sample." in said
    assert "of 3,016 words" in " ".join(said.split()) and len(said) < 13_000
    assert "There is an interview." in said.partition("EVIDENCE")[2]


def test_a_name_that_was_mistyped_or_cannot_be_read_says_which(home: Path, capsys: Capture) -> None:
    paste(home, "empty.txt", "")
    paste(home, "bytes.txt", bytes(range(256)))
    assert "did you mean resampling?" in the_line(call(app, "shortlist", "resmpling", capsys=capsys))
    assert "holds no text" in the_line(call(app, "shortlist", "empty", capsys=capsys))
    assert "not text in UTF-8" in the_line(call(app, "shortlist", "--read", "bytes", capsys=capsys))


def test_an_empty_reading_order_says_so(home: Path, capsys: Capture) -> None:
    paste(home, "mine.txt", "Send me an essay about your garden.")
    assert "- empty: no paper" in call(app, "shortlist", "mine", capsys=capsys).out
