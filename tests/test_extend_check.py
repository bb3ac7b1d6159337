"""The check of a research folder: silent on honest ones, calm with broken ones, and what its command says."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from cli import call
from extended import NAME, build, change, ran, written
from faults import experiment, hand_edit, lines

from worktest.cli import app
from worktest.extend import log as logs
from worktest.extend.check import BLIND, findings, report
from worktest.extend.folder import Research


def test_an_honest_folder_has_no_finding(research: Research) -> None:
    assert lines(findings(research)) == ""
    assert report(research).notes == []


def test_a_new_folder_is_told_what_comes_first_and_not_what_comes_last(tmp_path: Path) -> None:
    research = written(tmp_path)
    change(research, "plan.toml", "Does treating the toy raise its gain?", "[Write here: a question]")
    found = findings(research)
    assert [one.kind for one in found] == ["registration", "plan"]
    assert "never registered" not in lines(found) and "question" in lines(found)


def test_a_paper_that_is_not_written_is_not_yet_accused_of_silence(research: Research) -> None:
    change(research, "paper.md", "## Results\n", "## Results\n\n[Write here: the finding]\n")
    experiment("base += 0.4", "base += 0.0")(research)
    said = lines(findings(research))
    assert "Results: a [Write here: ...]" in said or "still to be written" in said
    assert "did not come" not in said


def test_a_hand_edit_is_mended_by_running_everything_again_and_saying_so(research: Research) -> None:
    row = (research.path / "results.csv").read_text().splitlines()[1]
    change(research, "results.csv", row, row[:-1] + "1")
    ran(research, ["control"], [5])
    build(research)
    assert "run everything again" in lines(findings(research))
    ran(research)
    build(research)
    said = lines(findings(research))
    assert "run everything again" not in said and "nothing tells of it" in said
    logs.deviate(research.path, "results.csv was changed by hand, and all of it run again.", "I tried a value.")
    build(research)
    assert lines(findings(research)) == ""


def test_a_seed_that_is_in_no_plan_is_asked_for_by_its_number(research: Research) -> None:
    ran(research, ["control"], [9])
    build(research)
    said = lines(findings(research))
    assert "control only: 9" in said
    todo = [one.todo for one in findings(research) if one.kind == "seeds"]
    assert todo and all("--seed 9" in text for text in todo)


# Honest folders of other kinds -------------------------------------------------------------------------------------


def test_an_honest_null_result_has_no_finding(research: Research) -> None:
    experiment("base += 0.4", "base += 0.0")(research)
    text = (research.path / "paper.md").read_text()
    for old, new in (
        ("The treated toy gains more than the control,\nby {{result main}}.",
         "We expected a higher gain and did not find it: the difference is {{result main}}, and the kill criterion `too-small` was met."),
        ("The treated toy has a higher gain than the control: the difference is {{result main}} (Figure 1).",
         "The treated toy is not told apart from the control: the difference is {{result main}} (Figure 1)."),
        ("The kill criterion was not met.", "We stopped by the rule that we had registered."),
        ("The treated toy gains more than the control in each of five seeds", "Treated and control toys, five seeds"),
    ):  # fmt: skip
        assert old in text, old
        text = text.replace(old, new)
    (research.path / "paper.md").write_text(text)
    assert lines(findings(research)) == ""


def test_what_is_logged_and_told_is_no_finding(research: Research) -> None:
    logs.deviate(research.path, "Seeds 6 and 7 were added.", "A reader asked for more seeds.")
    logs.deviate(research.path, "The condition shuffled was added.", "To see what order does.")
    ran(research, seeds=[6, 7])
    ran(research, ["shuffled"])
    ran(research, ["control"], [1])
    ran(research, seeds=[101, 102], pilot=True)
    change(research, "paper.md", "{{log}}", "A pilot with two more seeds set the number of steps. {{log}}")
    change(research, "paper.md", "with 5 seeds", "with 7 seeds")
    build(research)
    assert lines(findings(research)) == ""


def test_a_crash_that_was_mended_and_run_is_nothing_to_tell(tmp_path: Path) -> None:
    research = written(tmp_path)
    logs.register(research.path, research.plan())
    ran(research, failed=dict.fromkeys(research.plan().seeds, "NameError"))
    ran(research)
    build(research)
    change(research, "paper.md", "{{log}} ", "")
    assert lines(findings(research)) == ""


def test_interrupted_and_continued_runs_are_no_hand_edit(tmp_path: Path) -> None:
    research = written(tmp_path)
    logs.register(research.path, research.plan())
    ran(research, seeds=[1, 2])
    ran(research, seeds=[3])
    ran(research, seeds=[4, 5])
    build(research)
    assert lines(findings(research)) == ""


HONEST = (
    "Is the gain higher for larger toys?",
    "We could not test whether it also increases in other toys.",
    "The procedure works as follows.",
    "All runs took less than 2 minutes on a laptop.",
    "No seeds failed.",
    "The treated toy is above the control in 5 of 5 seeds {{see main}}.",
    "The control has a lower gain than the treated toy {{see main}}.",
    "The gain of the sham toy is not higher than that of the control {{see empty}}.",
    "The interval of the sham comparison holds zero, so that we can't say that it raises the gain {{see empty}}.",
    "In single seeds the gain lies between {{mean control:gain}} and 2.01.",
    "Doe reports a gain of 0.77 in another toy [@doe2024].",
    "The difference of 0.41 is twice the smallest effect of 0.2 {{see main}}.",
    "The treated toy gains 29 % more than the control {{see main}}.",
    "We ran it on Python 3.11 in March 2026 with GPT-2 tokens (Section 3).",
    "The t statistic of the difference is 16.0 {{see main}}.",
    "Compared to the control, the treated toy has a higher gain {{see main}}.",
    "The gap does not depend on the seed {{see main}}.",
    "Removing the treatment reduces the gain {{see main}}.",
    "A smaller step was used for the sham toy {{see empty}}.",
    "Sham is at most 0.13 higher than control {{see empty}}.",
    "The interval never touches zero {{see main}}.",
    "Would the effect be lower for two layers? That may be, and we did not look.",
)


@pytest.mark.parametrize("sentence", HONEST)
def test_an_honest_sentence_is_no_finding(research: Research, sentence: str) -> None:
    change(research, "paper.md", "## Limitations", f"{sentence}\n\n## Limitations")
    assert lines(findings(research)) == ""


def test_what_is_no_fault_is_a_note(research: Research) -> None:
    change(
        research, "figures.py", "def main(research):", "def spare(research):\n    return None\n\n\ndef main(research):"
    )
    change(
        research,
        "references.bib",
        "@article{doe2024,",
        "@misc{roe2023,\n title={T},\n author={Roe, R},\n year={2023},\n}\n@article{doe2024,",
    )
    os.utime(research.path / "paper.pdf", (1_700_000_000, 1_700_000_000))
    found = report(research)
    assert lines(found.findings) == ""
    assert any("paper.pdf is older than paper.md" in line for line in found.notes)
    assert any("spare" in line for line in found.notes) and any("roe2023" in line for line in found.notes)


def test_a_row_that_is_no_number_or_stands_twice_is_named_with_its_line(research: Research) -> None:
    path = research.path / "results.csv"
    rows = path.read_text().splitlines()
    path.write_text("\n".join([rows[0], f"{rows[1].rpartition(',')[0]},nan", *rows[2:], rows[2]]) + "\n")
    said = lines(findings(research))
    assert "results.csv, line 2 | nan is no finite number" in said and "seeds | results.csv, line 17" in said
    todo = {one.todo for one in findings(research) if "line" in one.where and one.where.startswith("results.csv")}
    assert todo == {"take the line out, or move the file away and run everything again: worktest extend run"}
    path.write_text("\n".join(rows) + "\n")
    assert lines(findings(research)) == ""  # and with the line out all is well


@pytest.mark.parametrize("said", ["was not met", "wasn't met", "wasn’t met"])
def test_a_sentence_that_denies_it_does_not_own_up_to_a_criterion(research: Research, said: str) -> None:
    experiment("base += 0.4", "base += 0.0")(research)
    change(research, "paper.md", "The kill criterion was not met.", f"The kill criterion {said}.")
    assert "kill" in {one.kind for one in findings(research)}


# Files that are broken, and the command ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["plan.toml", "paper.md", "results.csv", "journal.jsonl", "figures.py", "references.bib",
                                  "figures/main.json", "experiment.py", "figures/main.png", "requirements.lock"])  # fmt: skip
@pytest.mark.parametrize("content", [b"\xff\xfe\x00\x1b[2J", b"[[[[\n{{}}{{{{", None])
def test_a_broken_file_is_a_finding_and_no_error(research: Research, name: str, content: bytes | None) -> None:
    path = research.path / name
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    if name == "requirements.lock" and content is not None:
        return  # its text is for pip
    if not (name == "experiment.py" and content is None):
        assert report(research).findings


def test_the_command_names_every_finding_and_counts_them(
    research: Research, capsys: pytest.CaptureFixture[str]
) -> None:
    hand_edit(research)
    change(research, "paper.md", "[@doe2024]", "[@roe2023]")
    space = str(research.path.parents[1])
    said = call(app, "extend", "check", NAME, "--workspace", space, capsys=capsys)
    assert said.code == 1
    assert said.out.index("results.csv") < said.out.index("[@roe2023]") and "2 findings" in said.out
    said = call(app, "extend", "check", "--workspace", space, "--json", capsys=capsys)
    data = json.loads(said.out)
    assert said.code == 1 and [one["kind"] for one in data["findings"]] == ["results", "references"]


def test_when_all_is_well_it_says_what_it_cannot_see(research: Research, capsys: pytest.CaptureFixture[str]) -> None:
    said = call(app, "extend", "check", "--workspace", str(research.path.parents[1]), capsys=capsys)
    assert said.code == 0
    assert " ".join(BLIND.split()) in " ".join(said.out.split())


def test_text_of_the_paper_moves_nothing_in_the_terminal(
    research: Research, capsys: pytest.CaptureFixture[str]
) -> None:
    change(research, "paper.md", "## Limitations", "It increases \x1b[2J[red]everything[/red].\n\n## Limitations")
    said = call(app, "extend", "check", "--workspace", str(research.path.parents[1]), capsys=capsys)
    assert said.code == 1 and "\x1b" not in said.out and "[red]" in said.out
