"""Text as it is shown: paragraphs flow, lists and code keep their lines, nothing in it commands a terminal."""

from __future__ import annotations

import pytest

from worktest.safe import as_html, flowing, headings, plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one\ntwo\n\nthree", "one two\n\nthree"),
        ("a list:\n- one\n  more\n- two\nand", "a list:\n- one more\n- two and"),
        ("1. one\n2) two", "1. one\n2) two"),
        ("# head\ntext\nmore", "# head\ntext more"),
        ("see\n```\na\nb\n```\nend\nof it", "see\n```\na\nb\n```\nend of it"),
        ("| a | b |\n| c | d |", "| a | b |\n| c | d |"),
        ("", ""),
    ],
)
def test_a_paragraph_is_one_line(text: str, shown: str) -> None:
    assert flowing(text) == shown and flowing(flowing(text)) == shown


def test_nothing_in_it_commands_a_terminal_or_a_page() -> None:
    assert plain("a\x1b[2Jb\x07\u202ec\r\nd") == "a[2Jbc\nd"
    assert plain("x" * 30, 10) == "x" * 10 + " [cut here]"
    assert as_html("<b>\nx & y") == "&lt;b&gt;<br>\nx &amp; y"


def test_headings_are_found_line_by_line() -> None:
    text = "# One\n\ntext\n###### Two ##\n####### none\n#none\n#\n## C#\r\n#   \n    # code"
    assert headings(text) == ["One", "Two", "C#"]
    assert headings("# a" + " " * 200_000 + "b\n#" + " " * 200_000) == ["a" + " " * 200_000 + "b"]  # at once
