"""The draft that peers read names nobody, in whatever form the author stands in the paper."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli import call
from extended import change

from worktest import drafts
from worktest.cli import app
from worktest.extend.blind import without_author
from worktest.extend.folder import Research

BODY = "\n\n## Abstract\n\nIt rises [@doe2024].\n\n## Method\n\nShort.\n"
FORMS = {
    "as the template has it": "# T\n\nAuthor: Ada Learner",
    "right below": "# T\nAuthor: Ada Learner",
    "below more blanks": "# T\n\n\n\n   Author:   Ada Learner  ",
    "two": "# T\n\nAuthors: Ada Learner and Grace Hop",
    "bold": "# T\n\n**Author:** Ada Learner",
    "bold, colon outside": "# T\n\n**Author**: Ada Learner",
    "italics": "# T\n\n*author: Ada Learner*",
    "over lines": "# T\n\nAuthor: Ada Learner\nInstitute of Hop\nada@hop.org",
    "with a place": "# T\n\nAuthor: Ada Learner (University of Hop), ada@hop.org",
    "twice": "# T\n\nAuthor: Ada Learner\n\nAuthor: Grace Hop",
    "by": "# T\n\nby Ada Learner, May 2026",
    "a bare name": "# T\n\nAda Learner",
    "signs": "# T\n\nAda Learner¹, Grace Hop²\n\n¹ University of Hop",
    "a list": "# T\n\n- Ada Learner\n- Grace Hop",
    "a heading": "# T\n\n### Ada Learner",
    "a section": "# T\n\n## Ada Learner",
    "a quotation": "# T\n\n> Ada Learner",
    "a table": "# T\n\n| Author | Mail |\n|---|---|\n| Ada Learner | ada@hop.org |",
    "HTML": '# T\n\n<p align="center">Ada Learner</p>',
    "a comment": "# T\n\n<!-- Author: Ada Learner -->",
    "above the title": "Author: Ada Learner\n\n# T",
    "front matter": "---\ntitle: T\nauthor: Ada Learner\n---\n\n# T",
    "a list in front matter": "---\nauthors:\n  - name: Ada Learner\n    affiliation: Hop\n  - Grace Hop\n---\n# T",
    "TOML": '+++\nauthor = "Ada Learner"\n+++\n\n# T',
}


@pytest.mark.parametrize("form", FORMS)
def test_no_form_of_the_author_is_left(form: str) -> None:
    assert without_author(FORMS[form] + BODY).text == "# T" + BODY


@pytest.mark.parametrize("form", FORMS)
def test_nor_the_name_in_the_text(form: str) -> None:
    more = "\n## Statement of AI use\n\nAda Learner and A. Learner checked it; ask ada@hop.org.\n"
    blind = without_author(FORMS[form] + BODY + more)
    assert blind.text == "# T" + BODY + more.replace("Ada Learner", "[author]").replace(
        "A. Learner", "[author]"
    ).replace("ada@hop.org", "[address]")
    assert not any("the draft has" in note for note in blind.notes)


def test_a_setext_title_and_one_without_sections() -> None:
    assert (
        without_author("T\n===\n\nAda Learner\n\nAbstract\n---\n\nIt rises.\n").text
        == "T\n===\n\nAbstract\n---\n\nIt rises.\n"
    )
    assert without_author("# T\n\nAuthor: Ada Learner\n\nIt rises by 0.2.\n").text == "# T\n\nIt rises by 0.2.\n"


def test_a_long_paragraph_above_the_first_section_is_text() -> None:
    long = "We ask whether it rises. " * 20
    assert without_author(f"# T\n\nAda Learner\n\n{long}\n\n## Method\n\nShort.\n").text == (
        f"# T\n\n{long}\n\n## Method\n\nShort.\n"
    )
    assert without_author(f"# T\n\nAuthor: Ada Learner\n{long}\n\n## Method\n").text == f"# T\n\n{long}\n\n## Method\n"


def test_thanks_go_and_what_stands_behind_them_stays() -> None:
    text = (
        "# T" + BODY + "\n## Acknowledgements\n\nWe thank Grace Hop.\n\n### More\n\nAnd all.\n\n## Appendix\n\nRows.\n"
    )
    blind = without_author(text)
    assert blind.text == "# T" + BODY + "\n## Appendix\n\nRows.\n"
    assert len(blind.notes) == 1 and '"## Acknowledgements"' in blind.notes[0]


def test_others_are_not_touched() -> None:
    text = "# Learner models\n\nAuthor: Ada Learner" + BODY + "\nDoe reports 0.2 [@doe2024]. Learner reports 0.3.\n"
    blind = without_author(text)
    assert "Doe reports 0.2 [@doe2024]. Learner reports 0.3." in blind.text
    assert ['"Learner" in line 1' in note for note in blind.notes] == [True]  # that may be somebody else: it is said


def test_a_plain_line_is_left_out_without_a_word() -> None:
    assert without_author("# T\n\nAuthor: the worked example of unit 19" + BODY).notes == []


def test_the_draft_of_a_hand_in_names_nobody(research: Research, capsys: pytest.CaptureFixture[str]) -> None:
    home = research.path.parents[1]
    unit = home / "19_capstone"
    unit.mkdir()
    prompt = Path(__file__).parents[1] / "curriculum" / "19_capstone" / "prompts.toml"
    (unit / "prompts.toml").write_bytes(prompt.read_bytes())
    change(research, "paper.md", "Author: A. Learner\n", "**Authors:** Ada Learner,\nGrace Hop (University of Hop)\n")
    change(research, "paper.md", "and we checked its numbers", "and Grace Hop checked its numbers")
    mine = (research.path / "paper.md").read_text(encoding="utf-8")
    said = call(app, "extend", "handin", "--workspace", str(home), "--json", capsys=capsys)
    data = json.loads(said.out)
    assert said.code == 0 and "Ada Learner" in " ".join(data["notes"])
    draft = drafts.read_draft(unit, "cap-write-up")
    assert (
        "[author] checked its numbers" in draft
        and "0.41" in draft
        and draft.startswith("# The gain holds for a stranger")
    )
    assert not [word for word in ("Ada", "Learner", "Grace", "Hop", "Author") if word in draft]
    assert (research.path / "paper.md").read_text(encoding="utf-8") == mine
