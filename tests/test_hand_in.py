"""What a mentor gets: what is missing is said, the PDF is real, and the learner's own files are only read."""

from __future__ import annotations

import datetime as dt
import json
import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import nbformat
import pytest
from cli import call, the_line
from micro import UNIT, answered
from nbformat.v4 import new_code_cell
from test_clock import Watch, watch  # noqa: F401 (a fixture)

from worktest import activity, clock, drafts, hand_in, pdf
from worktest.cli import app
from worktest.clock_watch import digest_of
from worktest.errors import UserError
from worktest.journal import Journal
from worktest.pdf import render
from worktest.prompts import Prompt
from worktest.write_up import MAX_WORDS, missing_in_statement, missing_in_write_up, write_templates

Capture = pytest.CaptureFixture[str]
STATEMENT = "# Statement of AI use\n\n## Which tools\n\nNone.\n\n## For what\n\nNothing.\n\n## What I checked, and how\n\nAll.\n"


def write_up(summary: str = "It learned it.", results: str = "As said.") -> str:
    return f"# A title\n\n## Executive summary\n\n{summary}\n\n## Results\n\n{results}\n\n## Next\n\nMore.\n"


def png(width: int = 60, height: int = 30) -> bytes:
    """A grey PNG picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\x80" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.fixture
def folder(micro_root: Path, tmp_path: Path) -> Path:
    """A learner's folder with everything that a hand-in wants."""
    folder = tmp_path / "arbeit für mich" / UNIT
    folder.mkdir(parents=True)
    for path in (micro_root / "curriculum" / UNIT).iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    nbformat.write(answered(micro_root), folder / "micro.ipynb")
    (folder / "write_up.md").write_text(write_up(), encoding="utf-8")
    (folder / "statement_of_ai_use.md").write_text(STATEMENT, encoding="utf-8")
    return folder


def pages(content: bytes) -> int:
    """Pages of a PDF, counted from its objects."""
    return len(re.findall(rb"/Type\s*/Page\b", content))


# The whole --------------------------------------------------------------------------------------------------------


def test_a_whole_hand_in(folder: Path, capsys: Capture) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir()}
    said = call(app, "handin", "90", "--strict", "--json", capsys=capsys)
    assert said.code == 0, said
    data = json.loads(said.out)
    assert data["missing"] == [] and data["pages"] == 1
    names = ["micro.ipynb", "write_up.pdf", "statement_of_ai_use.md", "log.md"]
    made = folder / "hand_in"
    assert [Path(path).name for path in data["files"]] == [*names, f"{UNIT}.zip"]
    assert {path: path.read_bytes() for path in folder.iterdir() if path != made} == before
    assert (made / "micro.ipynb").read_bytes() == before[folder / "micro.ipynb"]
    assert (made / "write_up.pdf").read_bytes().startswith(b"%PDF-")
    with zipfile.ZipFile(made / f"{UNIT}.zip") as archive:
        assert archive.namelist() == [f"{UNIT}/{name}" for name in names]
        assert archive.read(f"{UNIT}/write_up.pdf") == (made / "write_up.pdf").read_bytes()
    assert "No clock was kept" in (made / "log.md").read_text(encoding="utf-8")


def test_templates_are_all_missing_and_a_warning_builds_all_the_same(folder: Path, capsys: Capture) -> None:
    for name in ("write_up.md", "statement_of_ai_use.md"):
        (folder / name).unlink()
    said = call(app, "handin", "90", capsys=capsys)
    assert said.code == 0 and "write_up.md is not there; `worktest handin 90 --template` makes it" in said.out
    assert not (folder / "hand_in" / "write_up.pdf").exists() and (folder / "hand_in" / "log.md").is_file()
    assert "written: write_up.md, statement_of_ai_use.md" in call(app, "handin", "90", "--template", capsys=capsys).out

    said = call(app, "handin", "90", "--strict", capsys=capsys)
    assert said.code == 1 and "nothing was made" in said.out and "\nmade:" not in said.out
    for heading in ("Executive summary", "Question", "What I did", "Results", "What could be wrong", "Next",
                    "Which tools", "For what", "What I checked, and how"):  # fmt: skip
        assert f"a placeholder is left under '{heading}'" in said.out
    assert not (folder / "hand_in" / "write_up.pdf").exists()
    said = call(app, "handin", "90", capsys=capsys)
    assert said.code == 0 and (folder / "hand_in" / "write_up.pdf").is_file()
    (folder / "write_up.md").unlink()
    call(app, "handin", "90", capsys=capsys)
    assert not (folder / "hand_in" / "write_up.pdf").exists()  # nothing of an earlier hand-in is handed in as new


def test_files_of_others_in_the_folder_stay(folder: Path) -> None:
    (folder / "hand_in").mkdir()
    (folder / "hand_in" / "mine.txt").write_text("mine")
    hand_in.build(folder, UNIT)
    assert (folder / "hand_in" / "mine.txt").read_text() == "mine"
    with zipfile.ZipFile(folder / "hand_in" / f"{UNIT}.zip") as archive:
        assert not [name for name in archive.namelist() if "mine" in name]


def test_a_notebook_is_a_name_and_never_a_path(folder: Path) -> None:
    """A unit that names ``../work_test`` would have the learner's own notebook taken for a leftover and removed."""
    mine = {path: path.read_bytes() for path in folder.glob("*.ipynb")}
    assert mine
    about = folder / "unit.toml"
    about.write_text(about.read_text().replace("notebooks = [", f'notebooks = ["../{next(iter(mine)).stem}", '))
    with pytest.raises(UserError, match="unit.toml: key 'notebooks.0'"):
        hand_in.build(folder, folder.name)
    assert {path: path.read_bytes() for path in folder.glob("*.ipynb")} == mine and not (folder / "hand_in").exists()


@pytest.mark.parametrize("to", [".", "elsewhere"])
def test_nothing_is_written_or_removed_through_a_link(to: str, folder: Path, capsys: Capture) -> None:
    """Through ``hand_in -> .`` the learner's own files would be taken for those of an earlier hand-in."""
    (folder / "elsewhere").mkdir()
    (folder / "hand_in").symlink_to(folder / to)
    mine = {path: path.read_bytes() for path in folder.glob("*.*") if path.is_file()}
    assert "hand_in is a link" in the_line(call(app, "handin", "90", capsys=capsys))
    assert {path: path.read_bytes() for path in folder.glob("*.*") if path.is_file()} == mine
    assert not list((folder / "elsewhere").iterdir())


def test_damaged_files_are_named_and_the_rest_is_made(folder: Path, capsys: Capture) -> None:
    (folder / "micro.ipynb").write_text("{ half")
    (folder / "write_up.md").write_bytes(b"\xff\xfe\x00 no text")
    (folder / "statement_of_ai_use.md").write_text("x" * 400_000)
    (folder / "clock.jsonl").write_text("garbage")
    (folder / "journal.jsonl").write_text('{"kind": "predict"}\n\xff', encoding="latin-1")
    result = hand_in.build(folder, UNIT)
    told = "\n".join(result.missing + result.notes)
    for part in ("micro.ipynb is not a whole notebook", "write_up.md is not UTF-8", "no text to hand in", "is damaged"):
        assert part in told
    assert (folder / "hand_in" / "micro.ipynb").read_text() == "{ half"
    (folder / "micro.ipynb").unlink()
    assert any("micro.ipynb is not in" in line for line in hand_in.build(folder, UNIT).missing)


# The write-up -----------------------------------------------------------------------------------------------------


def test_a_whole_write_up_lacks_nothing() -> None:
    fine = write_up("word " * MAX_WORDS, "![The rate rises, n = 640](a.png)\n\n![](b.png)\n\nFigure 2. It falls.")
    assert missing_in_write_up(fine) == []
    assert missing_in_statement(STATEMENT) == [] and missing_in_statement("I used none, and checked all.") == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (write_up("word " * (MAX_WORDS + 1)), "has 601 words; the limit is 600"),
        (write_up("").replace("## Executive summary", "## Summary"), "no heading 'Executive summary'"),
        (write_up(""), "the executive summary is empty"),
        (write_up("<!-- only a comment -->"), "the executive summary is empty"),
        (write_up(results="TODO: think"), "a placeholder is left under 'Results': TODO"),
        (write_up(results="- [Write here: it]"), "under 'Results': Write here"),
        (write_up(results="![](a.png)"), "the figure 'a.png' has no caption"),
        (write_up(results="![](a.png)\n\nThe text goes on."), "has no caption"),
        ("", "no heading"),
    ],
)
def test_what_a_mentor_would_miss(text: str, says: str) -> None:
    (line,) = missing_in_write_up(text)
    assert says in line and line.startswith("write_up.md: ")


def test_only_the_summary_is_counted_and_code_is_no_placeholder() -> None:
    deeper = "### A part\n\n" + "word " * 300 + "\n\n### Another\n\n" + "word " * 301
    (line,) = missing_in_write_up(write_up(deeper, "word " * 900 + "`TODO`\n\n```\n# TODO\n```"))
    assert "has 604 words" in line  # its own headings count, what stands below it does not
    assert missing_in_write_up(write_up("word " * 300, "word " * 900)) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [("", "is empty"), ("# Statement\n", "nothing stands under 'Statement'"),
     (STATEMENT.replace("None.", ""), "nothing stands under 'Which tools'")],
)  # fmt: skip
def test_a_statement_that_is_not_filled_in(text: str, says: str) -> None:
    assert any(says in line for line in missing_in_statement(text))


def test_the_real_pages_are_counted(folder: Path) -> None:
    for paragraphs, limit in ((8, True), (150, False)):
        (folder / "write_up.md").write_text(write_up(results="Some words that fill the lines.\n\n" * paragraphs))
        result = hand_in.build(folder, UNIT)
        assert pages((folder / "hand_in" / "write_up.pdf").read_bytes()) == result.pages
        assert (result.pages <= 3) is limit
        assert any("the limit is 3" in line for line in result.missing) is not limit


def test_a_heading_stands_on_the_page_of_its_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "p.png").write_bytes(png(900, 600))
    seen: dict[str, int] = {}
    write = pdf.Writer.heading

    def heading(self: pdf.Writer, *args: Any) -> None:
        write(self, *args)
        seen["heading"] = self.pdf.page_no()

    monkeypatch.setattr(pdf.Writer, "heading", heading)
    monkeypatch.setattr(pdf.Pages, "image", lambda self, *_, **__: seen.update(picture=self.page_no()))
    at = []
    for lines in range(8, 34):
        render("a line\n\n" * lines + "## Results\n\n![what it shows](p.png)\n", tmp_path, "t")
        assert seen["heading"] == seen["picture"], f"parted after {lines} lines"
        at.append(seen["picture"])
    assert set(at) == {1, 2}, "some on the first page, some on the next"


def test_pictures_come_from_the_units_folder_and_are_png(tmp_path: Path) -> None:
    folder = tmp_path / "unit"
    (folder / "img").mkdir(parents=True)
    (folder / "img" / "ä b.png").write_bytes(png())
    (tmp_path / "outside.png").write_bytes(png())
    (folder / "link.png").symlink_to(tmp_path / "outside.png")
    (folder / "broken.png").write_bytes(png()[:60])
    (folder / "huge.png").write_bytes(png()[:16] + struct.pack(">II", 100_000, 100_000) + png()[24:])
    (folder / "no.png").write_bytes(b"GIF89a" + b"0" * 40)
    good = render("![fine](<img/ä b.png>)", folder, "t")
    assert good.problems == [] and b"/Subtype /Image" in good.content
    bad = {
        "../outside.png": "outside", "/etc/passwd": "PNG file in", "https://example.org/x.png": "PNG file in",
        "link.png": "outside", "broken.png": "damaged", "huge.png": "too large", "no.png": "no PNG", "gone.png": "no such",
        "data:image/png;base64,AAAA": "PNG file in", "img": "no such",
    }  # fmt: skip
    for source, reason in bad.items():
        result = render(f"before\n\n![x]({source})\n\nafter", folder, "t")
        assert len(result.problems) == 1 and reason in result.problems[0], (source, result.problems)
        assert b"/Subtype /Image" not in result.content and result.pages == 1


@pytest.mark.parametrize(
    "text",
    ["", "\x00\x1b[31m \ud800", "- " * 60 + "deep", "> " * 80 + "deep", "x" * 9_000, "# " + "word " * 400,
     "|" + "a|" * 60 + "\n|" + "-|" * 60 + "\n|" + "b|" * 60, "|a|\n|-|\n|" + "long " * 3_000 + "|", "```\n" + "y" * 5_000,
     "99999. x\n100000. y", "<script>alert(1)</script>\n\n<img src=x> [a](javascript:alert(1)) **never closed",
     "שלום 漢字 😀 ﷽", "**a *b* `c` [d *e*](https://x.org)** ![ ]()", "1. a\n\n   para\n\n   ```\n   code\n   ```\n2. b"],
)  # fmt: skip
def test_whatever_is_written_becomes_a_pdf(text: str, tmp_path: Path) -> None:
    result = render(text, tmp_path, "t\u202e")
    assert result.content.startswith(b"%PDF-") and pages(result.content) == result.pages >= 1
    assert b"javascript" not in result.content


def test_characters_that_the_font_lacks_are_named(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    result = render("Fine: äß α ≤ → é. Not: 漢", tmp_path, "t")
    assert result.problems == ["characters that the PDF's font lacks: 漢"]
    assert not [record for record in caplog.records if "missing" in record.message]


# Clock and journal ------------------------------------------------------------------------------------------------


def test_what_came_after_the_limit_is_marked(folder: Path, watch: Watch) -> None:  # noqa: F811
    clock.start(folder, 60)
    notebook = nbformat.read(folder / "micro.ipynb", as_version=4)
    early, late, changed = (new_code_cell(text, execution_count=1) for text in ("early = 1", "late = 1", "both = 2"))
    notebook.cells += [early, late, changed]
    nbformat.write(notebook, folder / "micro.ipynb")
    watch.later(50)
    for source in ("early = 1", "both = 1"):
        activity.note(folder, "cell", source=digest_of(source))
    clock.checkpoint(folder, "almost | there <b>")
    watch.later(35)
    for source in ("early = 1\n", "late = 1", "both = 2"):
        activity.note(folder, "cell", source=digest_of(source))
    clock.checkpoint(folder, "too late")
    clock.finish(folder)
    (folder / "x`\n# mine.ipynb").write_text("{}")
    result = hand_in.build(folder, UNIT)
    assert any("2 cells are marked as run first after the limit" in note for note in result.notes)
    copied = nbformat.read(folder / "hand_in" / "micro.ipynb", as_version=4)
    nbformat.validate(copied)
    marks = [i for i, c in enumerate(copied.cells) if "After the limit" in c.source]
    assert [copied.cells[i + 1].source for i in marks] == ["late = 1", "both = 2"]
    assert "25 min over it" in copied.cells[marks[0]].source
    assert "After the limit" not in (folder / "micro.ipynb").read_text()
    log = (folder / "hand_in" / "log.md").read_text(encoding="utf-8")
    assert "25 min over the limit" in log and "almost \\| there &lt;b&gt; |" in log
    assert "too late **(after the limit)**" in log and "there &lt;b&gt; **" not in log
    assert "- micro.ipynb was last saved at" in log and "\n# mine" not in log and "x\\` \\# mine.ipynb was last" in log


def test_without_a_run_after_the_limit_the_copy_is_the_file(folder: Path, watch: Watch) -> None:  # noqa: F811
    clock.start(folder, 60)
    activity.note(folder, "cell", source=digest_of("unit.check('x')"))
    watch.later(120)
    result = hand_in.build(folder, UNIT)
    assert (folder / "hand_in" / "micro.ipynb").read_bytes() == (folder / "micro.ipynb").read_bytes()
    assert any("the clock is not finished" in note for note in result.notes)


def test_the_log_tells_predictions_and_decisions_without_markup(folder: Path) -> None:
    journal = Journal(folder)
    journal.predict("rate", 0.5, (0.2, 0.7), 0.8)
    journal.measure("rate", 0.3, (0.28, 0.35), "share")
    journal.predict("late", 1, (0, 2), 0.5)
    journal.predict("late", 3, (0, 4), 0.5)
    journal.decide("alpha", 4, [2, 6], "# not a heading\n| nor a row", "<script>alert(1)</script> [x](y)")
    hand_in.build(folder, UNIT)
    log = (folder / "hand_in" / "log.md").read_text(encoding="utf-8")
    assert (
        "| rate | 0.5 | 0.2 to 0.7 | 80 % | 0.3 | yes |" in log
        and "| late (1 revision; the first counts) | 1 | 0 to 2 | 50 % | not yet |  |" in log
    )
    assert "- **alpha: 4** rather than 2, 6" in log and "- rate: 0.3 (0.28 to 0.35) share" in log
    assert "\n# not" not in log and "<script>" not in log and "[x](" not in log


def test_a_kernel_notes_what_it_runs_while_a_clock_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from worktest.clock_watch import first_runs
    from worktest.recheck import recheck

    clock.start(folder, 60)
    recheck(folder)  # a re-check is no work of the learner
    assert first_runs(folder) == {}
    from nbclient import NotebookClient

    notebook = nbformat.read(folder / "micro.ipynb", as_version=4)
    notebook.cells = [c for c in notebook.cells if c.cell_type == "code"][:1] + [new_code_cell("mine = 1")] * 2
    began = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=2)
    monkeypatch.delenv("WORKTEST_RECORD", raising=False)
    NotebookClient(notebook, resources={"metadata": {"path": str(folder)}}, kernel_name="python3").execute()
    runs = first_runs(folder)
    assert set(runs) == {digest_of("mine = 1")}  # the setup opened the unit: from then on
    assert all(time >= began for time in runs.values())


def test_a_folder_of_any_name(tmp_path: Path, folder: Path) -> None:
    other = tmp_path / "anderswo 1"
    folder.rename(other)
    (other / "write_up.md").unlink()
    assert hand_in.build(other, UNIT).missing == ["write_up.md is not there; `worktest handin 90 --template` makes it"]
    assert [path.name for path in write_templates(other)] == ["write_up.md"]
    with zipfile.ZipFile(other / "hand_in" / f"{UNIT}.zip") as archive:
        assert archive.testzip() is None


def test_from_the_brief_alone_only_that_notebook_is_handed_in(folder: Path) -> None:
    unit = (folder / "unit.toml").read_text(encoding="utf-8")
    more = unit.replace('notebooks = ["micro"]', 'notebooks = ["micro", "other"]')
    more += (
        unit[unit.index("[[graded]]") :]
        .partition("\n\n")[0]
        .replace("micro-double", "other-double")
        .replace('"micro"', '"other"')
    )
    (folder / "unit.toml").write_text(more, encoding="utf-8")
    (folder / "other.ipynb").write_bytes((folder / "micro.ipynb").read_bytes())
    hand_in.build(folder, UNIT)
    assert {"micro.ipynb", "other.ipynb"} <= {path.name for path in (folder / "hand_in").iterdir()}
    notebook = nbformat.read(folder / "micro.ipynb", as_version=4)
    notebook.metadata["worktest"] = {"brief_only": True}
    nbformat.write(notebook, folder / "micro.ipynb")
    found = hand_in.build(folder, UNIT)
    assert {path.name for path in found.files if path.suffix == ".ipynb"} == {"micro.ipynb"}


def test_the_executive_summary_is_the_answer_that_its_rubric_scores(folder: Path) -> None:
    criterion = {"id": "claim", "asks": "Is there a claim?", "levels": ["no", "yes"]}
    about = {"id": "micro-write-up", "kind": "write-up", "notebook": "", "title": "T", "text": "Q", "words": 600}
    prompt = Prompt.model_validate({**about, "criterion": [criterion]})
    answer = drafts.answer_to(folder, prompt)
    assert (answer.text, answer.place) == ("It learned it.", "write_up.md")
    (folder / "write_up.md").unlink()
    write_templates(folder)
    with pytest.raises(UserError, match=r"still empty: write it in the executive summary of write_up\.md"):
        drafts.needed(folder, prompt, "90")


# What a mentor who reads the saved notebook would stumble over --------------------------------------------------------


def _ran(counts: list[int], error_at: int | None = None, tags: list[str] | None = None) -> nbformat.NotebookNode:
    """A notebook of one code cell for each count, in the order in which the cells stand."""
    cells = []
    for place, count in enumerate(counts):
        wrong = {"output_type": "error", "ename": "ValueError", "evalue": "no", "traceback": ["ValueError: no"]}
        cell = new_code_cell(f"x = {place}", execution_count=count)
        if place == error_at:
            cell.outputs = [nbformat.from_dict(wrong)]
            cell.metadata["tags"] = tags or []
        cells.append(cell)
    return nbformat.v4.new_notebook(cells=cells)


@pytest.mark.parametrize(
    ("notebook", "says"),
    [
        (_ran([1, 2, 3]), []),
        (_ran([4, 7, 9]), []),  # cells were deleted or run again from above: nothing is out of order
        (_ran([1, 2, 3], error_at=1), ["1 code cell ends in an error"]),
        (_ran([1, 2, 3], error_at=1, tags=["raises-exception"]), []),  # meant so
        (_ran([1, 3, 2]), ["not run from top to bottom"]),
        (_ran([2, 2, 1], error_at=2), ["1 code cell ends in an error", "not run from top to bottom"]),
    ],
)
def test_a_notebook_that_does_not_run_through_is_named(
    folder: Path, notebook: nbformat.NotebookNode, says: list[str]
) -> None:
    nbformat.write(notebook, folder / "micro.ipynb")
    found = hand_in.build(folder, UNIT)
    about = [note for note in found.notes if note.startswith("micro.ipynb")]
    assert len(about) == len(says) and all(text in note for text, note in zip(says, about, strict=True))
    assert found.missing == [], "it is a note, and nothing is held up for it"
