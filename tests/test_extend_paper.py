"""A paper is read as its author wrote it: its numbers, its evidence, its placeholders, each with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from worktest.errors import UserError
from worktest.extend.bibliography import read_bibliography
from worktest.extend.document import document_of
from worktest.extend.filling import without_result
from worktest.extend.folder import Research
from worktest.extend.formulas import spans_of
from worktest.extend.log import deviate, register
from worktest.extend.paper import fill, paper_of, read_paper, sentences
from worktest.extend.results import Row, write_results
from worktest.extend.wording import numbers_in

PLAN = """
title = "T"
unit = "90_micro"
question = "q"
why = "w"
hypothesis = "h"
smallest_experiment = "s"
analysis = "a"
seeds = [1, 2, 3]
[[measure]]
id = "gain"
says = "a gain"
unit = "log10 of a ratio"
[[condition]]
id = "stranger"
role = "treatment"
says = "s"
[[condition]]
id = "benign"
role = "control"
says = "b"
[[comparison]]
id = "main"
measure = "gain"
condition = "stranger"
against = "benign"
expect = "higher"
smallest_effect = 0.2
says = "m"
"""


@pytest.fixture
def research(tmp_path: Path) -> Research:
    """A folder with a plan and three seeds of both conditions; the difference is 0.5, 0.4, 0.6."""
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "experiment.py").write_text("", encoding="utf-8")
    values = {("stranger", 1): 1.5, ("stranger", 2): 1.4, ("stranger", 3): 1.6}
    rows = [Row(c, s, "gain", v) for (c, s), v in values.items()] + [Row("benign", s, "gain", 1.0) for s in (1, 2, 3)]
    write_results(tmp_path, rows)
    return Research(tmp_path, "mine")


def values(text: str) -> list[float]:
    return [value for _, value, _, _ in numbers_in(text)]


# Reading ----------------------------------------------------------------------------------------------------------


def test_title_author_sections_figures_and_marks_stand_on_their_lines() -> None:
    paper = paper_of(
        "# A title\n\nAuthor: A. Name\n\n## Abstract\n\nWords.\n\n## Results\n\n[Write here: it\nand [more].]\n\n"
        "### Deeper\n\nText\nmore ![What `x`\nit shows](figures/main.png)\n\n```\n## no heading\n![no](x.png)\n```\n"
    )
    assert (paper.title, paper.author) == ("A title", "A. Name")
    assert [(s.title, s.line) for s in paper.sections] == [("Abstract", 5), ("Results", 9)]
    assert paper.sections[0].body == "Words." and paper.sections[1].body.startswith("[Write here: it")
    assert [(f.path, f.caption, f.line, f.section) for f in paper.figures] == [
        ("figures/main.png", "What x it shows", 17, "Results")
    ]
    assert [(m.text, m.line, m.section) for m in paper.marks] == [("[Write here: it and [more].]", 11, "Results")]
    assert paper.section("results") is paper.sections[1] and paper.section("Method") is None


def test_placeholders_know_their_line_and_code_holds_none() -> None:
    paper = paper_of(
        "a {{result main}} `{{not this}}`\n\n    {{nor this}}\n\n<!-- {{nor}} -->\n\nb {{ mean s:gain }}\n"
    )
    assert [(p.kind, p.name, p.line) for p in paper.placeholders] == [("result", "main", 1), ("mean", "s:gain", 7)]
    assert [p.name for p in paper.placeholders if p.kind == "mean"] == ["s:gain"]


def test_tex_has_double_braces_of_its_own() -> None:
    paper = paper_of("$p_{{\\text{a}}}$ and $\\Delta = {{mean main}}$, {{n main}}\n")
    assert [(p.kind, p.name) for p in paper.placeholders] == [("mean", "main"), ("n", "main")]


@pytest.mark.parametrize("text", ["one\n\ntwo {{result main\nmore", "one\n\ntwo result main}}"])
def test_a_placeholder_without_its_partner_is_named_with_its_line(text: str) -> None:
    with pytest.raises(UserError, match=r"paper\.md, line 3: [{}]{2} has no partner"):
        paper_of(text)


def test_a_file_that_is_no_paper_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"paper\.md is not there"):
        read_paper(tmp_path)
    (tmp_path / "paper.md").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UserError, match="not UTF-8"):
        read_paper(tmp_path)
    (tmp_path / "paper.md").write_text("x" * 500_000)
    with pytest.raises(UserError, match="more than 400,000 bytes"):
        read_paper(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0",
        "# \n## \n",
        "`" * 4_001,
        "{" * 999,
        "$" * 999,
        "[Write here:" * 500,
        "[@" * 500,
        "![" * 500,
        "|a|\n|-|\n",
    ],
)
def test_whatever_is_written_is_read(text: str) -> None:
    try:
        sentences(paper_of(text))
    except UserError as problem:
        assert "line 1" in str(problem)


# Numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is 34 %.", [("34 %", 0.34, 2)]),
        ("It is 34.5% of them.", [("34.5%", 0.345, 3)]),
        ("about 12 percent", [("12 percent", 0.12, 2)]),
        ("3 percentage points", [("3 percentage points", 0.03, 2)]),
        ("12 to 34 %", [("12", 0.12, 2), ("34 %", 0.34, 2)]),
        ("between 12 and 34 %", [("12", 0.12, 2), ("34 %", 0.34, 2)]),
        ("5 runs and 34 %", [("5", 5.0, 0), ("34 %", 0.34, 2)]),
        ("0.20-0.31", [("0.20", 0.2, 2), ("0.31", 0.31, 2)]),
        ("3x and 2.5-fold and 5/6 of them", [("3", 3.0, 0), ("2.5", 2.5, 1), ("5", 5.0, 0), ("6", 6.0, 0)]),
        ("p = .03 in 2000 steps", [(".03", 0.03, 2), ("2000", 2000.0, 0)]),
        ("a 12-point gain", [("12", 12.0, 0)]),
        ("0.20–0.31", [("0.20", 0.2, 2), ("0.31", 0.31, 2)]),
        ("1,200 runs, 1e-3 each", [("1,200", 1200.0, 0), ("1e-3", 0.001, 3)]),
        ("it fell by -0.5 and −0.25", [("-0.5", -0.5, 1), ("−0.25", -0.25, 2)]),
        ("(n = 5)", [("5", 5.0, 0)]),
        ("0.4 (95 % interval 0.2 to 0.6)", [("0.4", 0.4, 1), ("0.2", 0.2, 1), ("0.6", 0.6, 1)]),
        ("95 % of them", [("95 %", 0.95, 2)]),
        ("$p < 0.05$", [("0.05", 0.05, 2)]),
    ],
)
def test_numbers_with_their_decimals(text: str, found: list[tuple[str, float, int]]) -> None:
    assert [(t, pytest.approx(v), d) for t, v, d, _ in numbers_in(text)] == found


@pytest.mark.parametrize(
    "text",
    ["GPT-2, a 1-layer model, 5-fold cross-validation, v1.0, a/2, Python 3.11, x2, 3rd, layer12, L0", "on 2026-11-27, 27 November 2026, May 2024, at 12:30", "in 2024 (Doe, 2024) [2024]",
     "Figure 1, Figures 1 and 2, Table 3, Section 4.2, Eq. 5", "https://x.org/12?a=3 and doi.org/10.1000/182", "{{result main}} {{mean a-1:b-2}}",
     "[@doe2024; @roe99]", "$x_1$ $x_{12}$ $a^2$", "a 95 % interval and a 90% confidence interval", "arXiv:2401.12345"],
)  # fmt: skip
def test_what_is_no_number(text: str) -> None:
    assert values(text) == []


def test_numbers_in_code_headings_links_paths_lists_and_dates_are_none() -> None:
    paper = paper_of(
        "# 7 things\n\nAuthor: Nr 8\n\n## 9 results\n\n1. first\n2. second `0.3`\n\n```\n0.4\n```\n\n"
        "[here](https://x.org/5) <https://x.org/6> ![a caption](figures/fig2.png) <!-- 11 -->\n"
    )
    assert [n.value for s in sentences(paper) for n in s.numbers] == []


# Sentences --------------------------------------------------------------------------------------------------------


def test_sentences_know_their_evidence_citations_and_line() -> None:
    paper = paper_of(
        "## Results\n\nIt rose, e.g. by {{result main}}. {{see main}} As Fig. 1 shows, it\nfell to 0.2, too [@doe;\n@roe]. Then it stopped. [@poe]\n\n"
        "- A point of 3.\n\n![It is 0.4 {{mean b}}. Really.](figures/main.png)\n\n| a | b |\n|---|---|\n| 1.5 | {{n main}} |\n"
    )
    found = sentences(paper)
    assert [s.text for s in found] == [
        "It rose, e.g. by {{result main}}. {{see main}}",
        "As Fig. 1 shows, it fell to 0.2, too [@doe; @roe].",
        "Then it stopped. [@poe]",
        "A point of 3.",
        "It is 0.4 {{mean b}}.",
        "Really.",
        "a | b",
        "1.5 | {{n main}}",
    ]
    assert [s.line for s in found] == [3, 3, 5, 7, 9, 9, 11, 13]
    assert [s.kind for s in found] == ["text"] * 4 + ["caption"] * 2 + ["row"] * 2
    assert [s.evidence for s in found] == [
        ["main"], ["figures/main.png"], [], [], ["figures/main.png", "b"], ["figures/main.png"], [], ["main"]
    ]  # fmt: skip
    assert [s.citations for s in found[:3]] == [[], ["doe", "roe"], ["poe"]]
    assert {s.section for s in found} == {"Results"}
    assert [(n.value, n.line) for s in found for n in s.numbers] == [(0.2, 4), (3.0, 7), (0.4, 9), (1.5, 13)]


def test_text_still_to_be_written_is_no_sentence() -> None:
    assert sentences(paper_of("## A\n\n[Write here: about 150 words. Not 200 [@key].]\n")) == []


# Filling ----------------------------------------------------------------------------------------------------------


def test_every_placeholder_is_filled_from_the_results(research: Research) -> None:
    text = (
        "{{result main}}|{{mean main}}|{{interval main}}|{{n main}}|{{mean stranger:gain}}|{{see main}}|`{{n main}}`\n\n{{table}}\n\n"
        "## Deviations\n\n{{deviations}}\n\n{{log}}\n"
    )
    filled = fill(paper_of(text), research).split("\n")
    assert filled[0] == ("0.50 (95 % interval 0.25 to 0.75, 3 seeds)|0.50|0.25 to 0.75|3|1.50|(Table 2)|`{{n main}}`")
    assert filled[2].startswith("Table 1: ") and any("stranger minus benign" in line for line in filled)
    assert sum(line.startswith("Table 2: ") for line in filled) == 1
    assert "The plan was not registered, so that nothing can be said about deviations." in filled
    register(research.path, research.plan())
    assert "no deviation from the registration" in fill(paper_of("{{deviations}}"), research)
    deviate(research.path, "seed 4 *too*", "there was time")
    assert "seed 4 \\*too\\*. Why: there was time." in fill(paper_of("{{deviations}}"), research)
    assert "1 registration of the plan" in fill(paper_of("{{log}}"), research)


def test_the_table_of_results_is_counted_behind_those_above_it(research: Research) -> None:
    text = "{{see main}}\n\nTable: Mine.\n\n| a |\n|---|\n| b |\n\n{{table}}\n"
    filled = fill(paper_of(text), research)
    assert filled.startswith("(Table 3)") and "\n\nTable 2: " in filled and "\n\nTable 3: " in filled
    assert fill(paper_of(text.replace("table}}", "table comparisons}}")), research).startswith("(Table 2)")
    assert fill(paper_of("{{see main}}"), research) == "(see table.md)"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "a\n\n{{result mian}}",
            r"paper\.md, line 3: \{\{result mian\}\} names no result of the plan; there are: main, ",
        ),
        ("a\n{{reslt main}}", r"line 2: \{\{reslt main\}\} is no placeholder"),
        ("{{result}}", "line 1: .* names no result"),
        ("{{table main}}", "is no table"),
        ("{{log main}}", "takes no name"),
        ("in a line {{table}}", "stands alone on its line"),
    ],
)
def test_a_placeholder_that_means_nothing_is_named_with_its_line(research: Research, text: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        fill(paper_of(text), research)


def test_a_result_that_is_not_there_yet_says_so(research: Research) -> None:
    write_results(research.path, [Row("benign", 1, "gain", 1.0)])
    paper = paper_of("a\n{{result main}} {{result benign:gain}} {{interval benign:gain}} {{see main}}")
    assert fill(paper, research) == (
        "a\n[no result yet: main] 1.0 (no interval: 1 seed) (no interval: 1 seed) (see table.md)"
    )
    assert without_result(paper, research) == ["paper.md, line 2: {{result main}} has no result yet"]


# Sources ----------------------------------------------------------------------------------------------------------

BIB = r"""
% @misc{commented, title={No}}
@article{doe, title={{A {T}itle} \& more}, author={Doe, Jane Q. and van der Berg, Ren{\'e} and M{\"u}ller, K.}, journal={J. of Toys}, year={2024}, url={https://x.org/a_b}}
@inproceedings{roe, title={Toys}, author={Richard Roe and Ann Poe}, booktitle={Proc.}, year=2023, doi={10.1/x}}
@misc{solo, title={Alone}, author={{The Group}}, year={2020}, url={javascript:alert(1)}}
"""


def test_sources_are_named_by_author_and_year(tmp_path: Path) -> None:
    (tmp_path / "references.bib").write_text(BIB, encoding="utf-8")
    known = read_bibliography(tmp_path)
    assert known.problems == []
    assert {key: s.label for key, s in known.sources.items()} == {
        "doe": "Doe et al., 2024", "roe": "Roe and Poe, 2023", "solo": "The Group, 2020"
    }  # fmt: skip
    doe = known.sources["doe"]
    assert (doe.authors, doe.title) == ("J. Q. Doe, R. van der Berg, K. Müller", "A Title & more")
    assert known.sources["roe"].url == "https://doi.org/10.1/x" and known.sources["solo"].url == ""


def test_what_is_wrong_with_the_sources_is_named(tmp_path: Path) -> None:
    (tmp_path / "references.bib").write_text(
        "@article{a, title={A}}\n@article{b, title={B}, year=2020\n", encoding="utf-8"
    )
    problems = read_bibliography(tmp_path).problems
    assert any("a lacks author, year" in line for line in problems) and any(
        "'b' can't be read" in line for line in problems
    )
    document = document_of("# T\n\n## A\n\nSo [@a; @nobody].\n", tmp_path)
    assert [s.key for s in document.sources] == ["a"]
    assert any("[@nobody] is not in references.bib" in line for line in document.problems)


def test_a_document_has_its_title_author_and_abstract_apart(tmp_path: Path) -> None:
    document = document_of(
        "# T\n\nAuthor: N\n\n## Abstract\n\nShort.\n\n## Method\n\nLong.\n\nAuthor: not this\n", tmp_path
    )
    assert (document.title, document.author) == ("T", "N")
    words = [[t.content for t in tokens if t.type == "inline"] for tokens in (document.abstract, document.body)]
    assert words == [["Short."], ["Method", "Long.", "Author: not this"]]


@pytest.mark.parametrize(
    ("tex", "shown", "left"),
    [
        ("x_1", [("x", True, "LINE"), ("1", False, "SUB")], []),
        (r"\alpha \le 0.5", [("α", True, "LINE"), (" ≤ 0.5", False, "LINE")], []),
        (
            r"\frac{a}{b+1}",
            [("a", True, "LINE"), (" / (", False, "LINE"), ("b", True, "LINE"), (" + 1)", False, "LINE")],
            [],
        ),
        (r"\text{if } y", [("if ", False, "LINE"), ("y", True, "LINE")], []),
        (r"\unknown{z}", [("z", True, "LINE")], [r"\unknown"]),
        ("{{{{", [], []),
        ("a}}", [("a", True, "LINE")], []),
    ],
)
def test_simple_formulas_in_letters(tex: str, shown: list[tuple[str, bool, str]], left: list[str]) -> None:
    formula = spans_of(tex)
    assert [(s.text, s.italic, s.place) for s in formula.spans] == shown and formula.left == left
