"""The pages of a rehearsal: one page of PDF, HTML in which nothing runs, and nothing of a learner's overwritten."""

from __future__ import annotations

import base64
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from interview_learners import Learner, careful, code, hasty, markdown, notebook, plotted, png, work

from worktest.errors import UserError
from worktest.interview import build, keep, papers, sheet, sheet_html, sheet_pdf
from worktest.interview.material import FOLDER
from worktest.interview.notebooks import Plot, decode_png
from worktest.interview.sheet import Sheet, make_sheet, shorten


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def made(learner: Learner, mode: str = "written") -> Path:
    """Build the files of a rehearsal; gives their folder."""
    material = learner.material()
    rehearsal, _ = build.rehearsal_for(material, mode=mode, seed=3)
    written = build.write_files(material, rehearsal)
    assert not [note for note in written.notes if "could not be made" in note], written.notes
    return learner.folder / "interview"


def test_the_sheet_holds_story_plots_decisions_and_predictions(talk_root: Path, tmp_path: Path) -> None:
    folder = made(careful(talk_root, tmp_path / "a"))
    html = (folder / "walkthrough.html").read_text(encoding="utf-8")
    assert "The rate is 0.12 (0.10 to 0.15), the control shows 0 of 640." in html and "**" not in html
    assert html.count("data:image/png;base64,") == 2
    for text in ("1 and 4", "1 shows nothing, 4 loses the sentences", "a control that rises too", "benign twin"):
        assert text in html
    assert "0.01 (0.001 to 0.05, 80 % sure)" in html and "0.12 (0.1 to 0.15)" in html and "outside" in html
    assert pages_of((folder / "walkthrough.pdf").read_bytes()) == 1


def test_no_page_is_written_through_a_link(talk_root: Path, tmp_path: Path) -> None:
    learner = careful(talk_root, tmp_path / "a")
    (tmp_path / "elsewhere").mkdir()
    (learner.folder / FOLDER).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UserError, match="interview is a link"):
        keep.write(learner.folder / FOLDER, "questions.md", b"Why?")
    assert not list((tmp_path / "elsewhere").iterdir())


def test_without_a_claim_the_journal_tells_the_story(talk_root: Path, tmp_path: Path) -> None:
    learner = hasty(talk_root, tmp_path / "a")
    (learner.folder / "work.ipynb").write_text(notebook(markdown("# Work")))
    page = make_sheet(learner.material())
    assert "not written your claim yet" in page.story[0] and "For dose I chose 6, because the paper." in page.story[0]
    assert page.gaps == ["decisions control", "predictions rate, needed"]


def test_a_prompt_of_the_kind_write_up_comes_first(talk_root: Path, tmp_path: Path) -> None:
    learner = careful(talk_root, tmp_path / "a")
    (learner.folder / "prompts.toml").write_text(
        '[[prompt]]\nid = "talk-find"\nkind = "finding"\n[[prompt]]\nid = "talk-sum"\nkind = "write-up"\n'
        '[[prompt]]\nid = "talk-mentor"\nkind = "mentor"\n'
    )
    written = [
        markdown("My finding.", "talk-find"),
        markdown("Your answer here.", "talk-sum"),
        markdown("Dear.", "talk-mentor"),
    ]
    (learner.folder / "work.ipynb").write_text(notebook(*written))
    (learner.folder / "drafts").mkdir()
    (learner.folder / "drafts" / "talk-sum.md").write_text("My summary.")
    assert learner.material().story == ["My summary."]
    (learner.folder / "drafts" / "talk-sum.md").unlink()
    assert learner.material().story == ["My finding."]


def test_the_executive_summary_of_a_write_up_is_the_story(talk_root: Path, tmp_path: Path) -> None:
    learner = careful(talk_root, tmp_path / "a")
    path = learner.folder / "write_up.md"
    path.write_text("# Title\n\n## Executive Summary\n\n[Write here: at most 600 words]\n\n## Question\n\nWhy?\n")
    assert "The rate is 0.12" in learner.material().story[0], "a placeholder is no story"
    path.write_text(
        "# T\n\n## Executive summary\n\nIt is there.\n\n![Plot](a.png)\n\n### More\n\nSo.\n\n## Question\n\nWhy?\n"
    )
    (story,) = learner.material().story
    assert "It is there." in story and "So." in story and "Plot" not in story and "Why?" not in story


HUGE = "unbrechbar" * 400


@pytest.mark.parametrize("plots", [0, 3])
@pytest.mark.parametrize(
    "text", [HUGE, "wort " * 900, "漢字" * 900, "Größe žluťoučký кириллица ελληνικά " * 90, "\n" * 900 + "x"]
)
def test_one_page_whatever_was_written(text: str, plots: int, tmp_path: Path) -> None:
    raw, width, height = decode_png(png(1500, 700))  # type: ignore[misc]
    page = Sheet(
        "T" * 300, [text] * 3, [Plot(raw, width, height, text[:200], False)] * min(plots, 3), max(plots - 3, 0)
    )
    page.decisions = [(text, text, text, text, text)] * 20
    page.predictions = [(text, text, text, text)] * 20
    page.gaps = [text]
    path = tmp_path / "a.pdf"
    sheet_pdf.write_pdf(page, path)
    assert pages_of(path.read_bytes()) == 1
    _, _, end = sheet_pdf._draw(page, sheet_pdf._ROOMS[-1])
    assert end <= sheet_pdf.BOTTOM, "the tightest room must always fit"


def test_what_is_shortened_says_so(tmp_path: Path) -> None:
    assert shorten("a b c", 10) == "a b c"
    cut = shorten("word " * 100, 60)
    assert cut.endswith("[shortened]") and len(cut) <= 60
    assert len(shorten("x" * 500, 40)) <= 40


def test_plots_stay_readable_and_on_the_page() -> None:
    def plot(width: int, height: int) -> Plot:
        return Plot(b"", width, height, "", False)

    for plots in ([plot(989, 376), plot(590, 390), plot(590, 390)], [plot(4000, 300)], [plot(100, 100)] * 3):
        for row in sheet_pdf.plot_rows(plots):
            assert sum(width for _, width, _ in row) + sheet_pdf.GAP * (len(row) - 1) <= sheet_pdf.WIDTH + 1e-6
            for found, width, height in row:
                assert width >= 0.99 * sheet_pdf.least_width(found) or len(row) > 1
                assert width / height == pytest.approx(found.width / found.height)


def test_at_most_three_plots_graded_ones_first() -> None:
    plots = [Plot(b"", n, n, "", n == 5) for n in range(1, 6)]
    assert [plot.width for plot in sheet.chosen_plots(plots)] == [1, 2, 5]


class Tags(HTMLParser):
    """Tags and attributes as a browser sees them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, attrs))


NASTY = '<script>alert("1")</script><img src=x onerror=alert(2)>\x1b[2J\u202e[link](javascript:alert(3))'


def test_nothing_of_the_learner_runs_anywhere(talk_root: Path, tmp_path: Path) -> None:
    learner = Learner(talk_root, tmp_path / "a")
    learner.journal.decide("dose", NASTY, [NASTY], NASTY, NASTY)
    learner.journal.measure("noise", 1.0, unit=NASTY)
    cells = json.loads(work(samples=f"please {NASTY}\nthe doctor {NASTY}\n"))
    cells["cells"].append(markdown(f"## Claim\n\n{NASTY}"))
    (learner.folder / "work.ipynb").write_text(json.dumps(cells))
    folder = made(learner, "pair")
    material = learner.material()
    rehearsal, _ = build.rehearsal_for(material)
    build.write_questions(material, rehearsal)
    build.write_summary(material, rehearsal)
    assert any(NASTY[:8] in q.ask for q in rehearsal.questions), "the nasty text is part of a question"
    names = {path.name for path in folder.iterdir() if not path.name.startswith(".")}
    assert names == {"walkthrough.html", "walkthrough.pdf", "rehearsal.ipynb", "mentor_part.html", "mentor_part.md", "questions.md", "summary.md"}  # fmt: skip
    for path in folder.glob("*.html"):
        text = path.read_text(encoding="utf-8")
        seen = Tags(text)
        assert not {tag for tag, _ in seen.found} & {"script", "iframe", "a", "object", "form", "link", "svg"}
        attributes = {name: value or "" for _, pairs in seen.found for name, value in pairs}
        assert not [name for name in attributes if name.startswith("on") or name == "href"]
        assert attributes.get("src", "data:image/png;base64,").startswith("data:image/png;base64,")
        assert "default-src 'none'" in text
    for path in folder.glob("*.*"):
        if path.suffix != ".pdf":
            text = path.read_text(encoding="utf-8")
            assert "\x1b" not in text and "\u202e" not in text
    for path in folder.glob("*.md"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert "<script" not in line or line.startswith("    "), "a learner's words stand in an indented block"


@pytest.mark.parametrize(
    "data",
    [
        "not base64!",
        base64.b64encode(b"\x89PNG\r\n\x1a\n broken").decode(),
        base64.b64encode(b"<svg onload=alert(1)>").decode(),
        base64.b64encode(b"GIF89a").decode(),
        png()[: len(png()) // 2],
        "A" * 20_000_000,
        png(4, 4),
        "",
    ],
)
def test_only_what_decodes_as_png_is_shown(data: str, talk_root: Path, tmp_path: Path) -> None:
    assert decode_png(data) is None
    learner = careful(talk_root, tmp_path / "a")
    (learner.folder / "work.ipynb").write_text(notebook(code("plot()", [plotted(data), plotted(png())])))
    material = learner.material()
    assert len(material.work.plots) == 1 and any("no PNG" in note for note in material.notes)


def test_a_png_loses_what_hangs_on_it() -> None:
    tail = base64.b64encode(base64.b64decode(png()) + b"<script>").decode()
    raw, width, height = decode_png(tail)  # type: ignore[misc]
    assert b"<script>" not in raw and (width, height) == (600, 400)


def test_what_a_learner_changed_is_kept(talk_root: Path, tmp_path: Path) -> None:
    learner = careful(talk_root, tmp_path / "a")
    folder = made(learner)
    made(learner)
    assert not list(folder.glob("*.kept-*")), "files that nobody changed are simply renewed"
    book = folder / "rehearsal.ipynb"
    cells = json.loads(book.read_text())
    cells["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "run"}]
    book.write_text(json.dumps(cells))
    made(learner)
    assert not list(folder.glob("*.kept-*")), "running the notebook is no change"
    cells["cells"].append(markdown("my own notes"))
    book.write_text(json.dumps(cells))
    (folder / "walkthrough.html").write_text("mine")
    material = learner.material()
    notes = build.write_files(material, build.rehearsal_for(material)[0]).notes
    kept = {path.name.split(".kept-")[0]: path.read_text() for path in folder.glob("*.kept-*")}
    assert kept["walkthrough"] == "mine" and "my own notes" in kept["rehearsal"] and len(notes) == 2


def test_the_letter_has_its_sources_and_is_never_overwritten(talk_root: Path, tmp_path: Path) -> None:
    learner = careful(talk_root, tmp_path / "a")
    (path,) = build.write_letter(learner.folder).files
    text = path.read_text(encoding="utf-8")
    for part in (
        "agcasdtg.wordpress.com",
        "stamma.org",
        "The law differs",
        "more time",
        "in advance",
        "fewer interviewers",
    ):
        assert part in text
    path.write_text("Dear Jo")
    again = build.write_letter(learner.folder)
    assert path.read_text() == "Dear Jo" and "stays as it is" in again.notes[0]


def test_the_partner_sees_what_the_learner_does_not(talk_root: Path, tmp_path: Path) -> None:
    learner = careful(talk_root, tmp_path / "a")
    folder = made(learner, "pair")
    material = learner.material()
    rehearsal, _ = build.rehearsal_for(material)
    build.write_questions(material, rehearsal)
    for name in ("mentor_part.md", "mentor_part.html"):
        text = (folder / name).read_text(encoding="utf-8")
        assert "a number with its interval" in text and "I gave the paper or habit" in text
        assert all(went in text for q in rehearsal.questions for went, _ in q.branches)
    ahead = (folder / "questions.md").read_text(encoding="utf-8")
    assert ahead.count("\n## ") == len(rehearsal.questions)
    assert "a number with its interval" not in ahead and "What would you have done without it" not in ahead
    assert "a number with its interval" not in (folder / "rehearsal.ipynb").read_text()


def test_the_notebook_has_one_cell_a_question(talk_root: Path, tmp_path: Path) -> None:
    folder = made(careful(talk_root, tmp_path / "a"))
    import nbformat

    book = nbformat.read(folder / "rehearsal.ipynb", as_version=4)
    nbformat.validate(book)
    sources = [cell.source for cell in book.cells if cell.cell_type == "code"]
    assert sources[1:9] == [f"rehearsal.ask({n})" for n in range(1, 9)]
    assert sources[9:] == ["rehearsal.score()", "rehearsal.summary()"]


def test_one_page_that_fails_does_not_take_the_others(
    talk_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet_pdf, "write_pdf", lambda *_: 1 / 0)
    learner = careful(talk_root, tmp_path / "a")
    material = learner.material()
    written = build.write_files(material, build.rehearsal_for(material)[0])
    assert {path.name for path in written.files} == {"walkthrough.html", "rehearsal.ipynb"}
    assert "walkthrough.pdf could not be made: ZeroDivisionError" in written.notes[0]


def test_a_page_has_a_policy_that_forbids_all_but_its_images() -> None:
    text = sheet_html.page("<b>t</b>", "<p>x</p>")
    assert "&lt;b&gt;" in text and "img-src data:" in text and "script-src" not in text
    assert papers.GUIDE
