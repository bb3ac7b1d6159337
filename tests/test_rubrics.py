"""A rubric sitting: the order is kept, a stop loses nothing, the chain holds, the distance is what it says."""

from __future__ import annotations

import json
import random
import tomllib
from pathlib import Path
from typing import Any

import desk
import pytest
import tomli_w
from cli import Said, call, the_line
from desk import FIRST, SAMPLES, UNIT, types
from hypothesis import given
from hypothesis import strategies as st

from autograde import service
from worktest import agreement, chain, rubrics
from worktest.cli import app
from worktest.errors import UserError
from worktest.notebook import OpenUnit
from worktest.prompts import Prompt, read_prompts
from worktest.widgets import rubric as widget_module

Patch = pytest.MonkeyPatch
Capture = pytest.CaptureFixture[str]
REFERENCE = {"a": (0, 0), "b": (1, 0), "c": (2, 1)}


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: Patch) -> Path:
    monkeypatch.delenv("WORKTEST_RECORD", raising=False)
    folder = desk.unit_with_prompts(tmp_path, monkeypatch)
    desk.notebook(folder, FIRST, "My own answer.")
    return folder


@pytest.fixture
def prompt(mine: Path) -> Prompt:
    return read_prompts(mine)[FIRST]


@pytest.fixture
def ask(capsys: Capture) -> Any:
    def run(*arguments: str) -> Said:
        return call(app, "rubric", "90", *arguments, capsys=capsys)

    return run


def score_samples(mine: Path, prompt: Prompt, levels: dict[str, tuple[int, int]]) -> None:
    for name, pair in levels.items():
        for criterion, level in zip(("reason", "limits"), pair, strict=True):
            rubrics.score(mine, prompt, name, criterion, level)


def kinds(mine: Path) -> list[str]:
    record = chain.read(mine / rubrics.FILE)
    assert record.problems == []
    return [entry["kind"] for entry in record.entries]


# The order -------------------------------------------------------------------------------------------------------


def test_each_step_is_refused_before_its_turn(mine: Path, prompt: Prompt) -> None:
    with pytest.raises(UserError, match="commit your own answer first"):
        rubrics.score(mine, prompt, "a", "reason", 1)
    with pytest.raises(UserError, match="commit your own answer first"):
        rubrics.reveal(mine, prompt, None)
    now, _ = rubrics.commit(mine, prompt)
    assert now.step == "samples"
    with pytest.raises(UserError, match="scored last"):
        rubrics.score(mine, prompt, "own", "reason", 1)
    score_samples(mine, prompt, {"a": (0, 0), "b": (1, 1)})
    with pytest.raises(UserError, match="1 of 3 are still open"):
        rubrics.reveal(mine, prompt, None)
    score_samples(mine, prompt, {"c": (2, 1)})
    with pytest.raises(UserError, match="scored last"):
        rubrics.score(mine, prompt, "own", "reason", 1)
    rubrics.reveal(mine, prompt, None)
    with pytest.raises(UserError, match="closed since you saw the reference"):
        rubrics.score(mine, prompt, "a", "reason", 2)
    rubrics.score(mine, prompt, "own", "reason", 1)
    assert rubrics.score(mine, prompt, "own", "limits", 1).step == "done"
    assert kinds(mine) == ["own", "order", *["score"] * 6, "shown", "score", "score"]


@pytest.mark.parametrize(("of", "criterion", "level"), [
    ("a", "reason", 3), ("a", "reason", -1), ("a", "reason", True), ("a", "poetry", 0), ("z", "reason", 0)])  # fmt: skip
def test_what_is_no_level_is_refused(mine: Path, prompt: Prompt, of: str, criterion: str, level: Any) -> None:
    rubrics.commit(mine, prompt)
    before = kinds(mine)
    with pytest.raises(UserError):
        rubrics.score(mine, prompt, of, criterion, level)
    assert kinds(mine) == before


def test_an_empty_answer_is_refused_in_one_line(mine: Path, ask: Any) -> None:
    desk.notebook(mine, FIRST, "Your answer here.")
    assert "still empty" in (line := the_line(ask(FIRST))) and f"worktest form 90 {FIRST}" in line
    assert not (mine / rubrics.FILE).exists()


def test_nothing_is_written_down_in_a_build(mine: Path, prompt: Prompt, monkeypatch: Patch) -> None:
    monkeypatch.setenv("WORKTEST_RECORD", "off")
    with pytest.raises(UserError, match="in a build"):
        rubrics.commit(mine, prompt)
    assert "Gives a reason\n  0  none" in repr(OpenUnit.at(mine, {}).rubric(FIRST))
    assert not (mine / rubrics.FILE).exists()


def test_the_order_of_the_samples_comes_from_the_recorded_seed(mine: Path, prompt: Prompt) -> None:
    now, _ = rubrics.commit(mine, prompt)
    (entry,) = [e for e in chain.read(mine / rubrics.FILE).entries if e["kind"] == "order"]
    again = list(SAMPLES)
    random.Random(entry["seed"]).shuffle(again)
    assert now.order == again and sorted(again) == list(SAMPLES)
    assert rubrics.commit(mine, prompt)[0].order == again  # the same at every return


def test_a_changed_answer_is_a_new_version_and_says_so(mine: Path, prompt: Prompt) -> None:
    assert rubrics.commit(mine, prompt)[1].startswith("your answer of 3 words (from micro.ipynb)")
    assert "committed before" in rubrics.commit(mine, prompt)[1] and kinds(mine) == ["own", "order"]
    score_samples(mine, prompt, REFERENCE)
    rubrics.reveal(mine, prompt, None)
    for criterion in ("reason", "limits"):
        rubrics.score(mine, prompt, "own", criterion, 1)
    desk.notebook(mine, FIRST, "My better answer.")
    now, said = rubrics.commit(mine, prompt)
    assert "version 2" in said and "scores start anew" in said
    assert now.step == "score own" and now.own_scores == {} and now.samples["b"] == {"reason": 1, "limits": 0}
    texts = [e["text"] for e in chain.read(mine / rubrics.FILE).entries if e["kind"] == "own"]
    assert texts == ["My own answer.", "My better answer."] and now.problems == []


# The file ----------------------------------------------------------------------------------------------------------


def test_a_forged_entry_takes_no_step(mine: Path, prompt: Prompt) -> None:
    rubrics.commit(mine, prompt)
    for entry in (
        {"prompt": FIRST, "reference": True}, {"prompt": FIRST, "answer": "a", "criterion": "reason", "level": 99},
        {"prompt": FIRST, "answer": ["a"], "criterion": "reason", "level": 1}, {"prompt": FIRST, "answer": "a"},
    ):  # fmt: skip
        chain.append(mine / rubrics.FILE, "shown" if "reference" in entry else "score", entry)
    now = rubrics.sitting(mine, prompt)
    assert now.step == "samples" and now.samples == {} and len(now.problems) == 4
    assert all("doesn't fit" in problem for problem in now.problems)


def test_a_line_that_was_changed_is_named_and_the_rest_counts(mine: Path, prompt: Prompt) -> None:
    rubrics.commit(mine, prompt)
    score_samples(mine, prompt, {"a": (0, 0)})
    path = mine / rubrics.FILE
    path.write_text(path.read_text().replace('"level": 0', '"level": 1', 1) + "{half a line\n")
    now = rubrics.sitting(mine, prompt)
    assert len(now.problems) == 2 and "was changed" in now.problems[0] and now.samples["a"]["limits"] == 0


def test_a_lost_order_does_not_open_the_reference(mine: Path, prompt: Prompt) -> None:
    rubrics.commit(mine, prompt)
    path = mine / rubrics.FILE
    path.write_text("\n".join(line for line in path.read_text().splitlines() if '"order"' not in line) + "\n")
    assert rubrics.sitting(mine, prompt).step == "samples"
    with pytest.raises(UserError, match="still open"):
        rubrics.reveal(mine, prompt, None)


# The distance ------------------------------------------------------------------------------------------------------


def test_the_distance_by_criterion_and_sample(mine: Path, prompt: Prompt) -> None:
    rubrics.commit(mine, prompt)
    score_samples(mine, prompt, {"a": (2, 0), "b": (1, 1), "c": (2, 1)})
    found = rubrics.reveal(mine, prompt, service.reference_scores(UNIT, FIRST))
    assert found["distance"] == pytest.approx(3 / 6)
    assert found["by_criterion"] == {"reason": pytest.approx(2 / 3), "limits": pytest.approx(1 / 3)}
    rows = {(r["sample"], r["criterion"]): r for r in found["rows"]}
    assert rows["a", "reason"]["difference"] == 2 and rows["a", "reason"]["reason"] == "reference reason a"
    assert "2 of 6 differ, 2 higher and 0 lower" in found["says"][0] and "rough figure" in found["says"][1]
    assert chain.read(mine / rubrics.FILE).entries[-1]["distance"] == 0.5


def test_alpha_is_krippendorffs() -> None:
    """The worked example of Krippendorff (2011), Computing Krippendorff's alpha-reliability: 0.815 for ordered data."""
    nan = None
    table = [[1, 2, 3, 3, 2, 1, 4, 1, 2, nan, nan, nan], [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, nan, 3],
             [nan, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, nan], [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, nan]]  # fmt: skip
    assert agreement.alpha(table) == pytest.approx(0.815, abs=5e-4)
    assert agreement.alpha([[0, 1, 2], [0, 1, 2]]) == pytest.approx(1.0)
    assert agreement.alpha([[0, 2], [2, 0]]) < 0  # type: ignore[operator]


@pytest.mark.parametrize("table", [[[1, 1], [1, 1]], [[1, None], [None, 1]], [[0]], [], [[], []]])
def test_alpha_that_is_undefined_is_said_to_be(table: list[list[int | None]]) -> None:
    assert agreement.alpha(table) is None
    assert "undefined" in agreement.in_words(None, 4) and "no proof" in agreement.in_words(None, 4)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=12))
def test_alpha_is_never_above_one(pairs: list[tuple[int, int]]) -> None:
    value = agreement.alpha([[a for a, _ in pairs], [b for _, b in pairs]])
    assert value is None or value <= 1 + 1e-9
    assert (value is None) == (len({level for pair in pairs for level in pair}) == 1)
    assert "alpha" in agreement.in_words(value, len(pairs))


def test_without_solutions_it_says_so_and_goes_on(mine: Path, ask: Any, monkeypatch: Patch) -> None:
    import shutil

    shutil.rmtree(mine.parents[1] / "solutions" / UNIT)
    types(monkeypatch, ["1", "1"] * 3 + ["2", "1"])
    said = ask(FIRST)
    assert said.code == 0 and "not on this machine" in said.out and "3 of 3 points by your own reading" in said.out


# The terminal ------------------------------------------------------------------------------------------------------


def test_stop_anywhere_and_go_on(mine: Path, prompt: Prompt, ask: Any, monkeypatch: Patch) -> None:
    types(monkeypatch, ["2", "^C"])
    assert "nothing was lost" in the_line(ask(FIRST), 130)
    first = rubrics.sitting(mine, prompt).order[0]
    assert rubrics.sitting(mine, prompt).samples == {first: {"reason": 2}}
    types(monkeypatch, ["nine", "2", "", "1", "0"])  # not a number, out of range, empty; then limits, then on
    said = ask(FIRST)
    assert said.code == 130 and said.out.count("a number from 0 to 1") == 3
    assert rubrics.sitting(mine, prompt).samples[first] == {"reason": 2, "limits": 1}
    assert "reference reason" not in said.out
    types(
        monkeypatch, ["b", "1", "0", "2", "0", "1"]
    )  # back to the criterion before; then limits, the last sample, own
    said = ask(FIRST)
    order = rubrics.sitting(mine, prompt).order
    assert rubrics.sitting(mine, prompt).samples[order[1]] == {"reason": 1, "limits": 0}
    assert said.out.index("reference reason") > said.out.index("sample 3 of 3")
    assert said.code == 130 and rubrics.sitting(mine, prompt).step == "score own"
    types(monkeypatch, ["1"])
    done = ask(FIRST)
    assert done.code == 0 and "2 of 3 points by your own reading" in done.out and "accent" in done.out
    types(monkeypatch, [])
    assert "committed before" in ask(FIRST).out
    assert chain.read(mine / rubrics.FILE).problems == []


def test_reveal_is_refused_before_and_is_json_after(mine: Path, prompt: Prompt, ask: Any) -> None:
    assert "commit your own answer first" in the_line(ask(FIRST, "--reveal", "--json"))
    rubrics.commit(mine, prompt)
    refused = ask(FIRST, "--reveal", "--json")
    assert "3 of 3 are still open" in the_line(refused) and refused.out == ""
    assert json.loads(ask(FIRST, "--json").out)["next"] == "samples"
    assert "shown" not in kinds(mine)
    score_samples(mine, prompt, REFERENCE)
    found = json.loads(ask(FIRST, "--reveal", "--json").out)
    assert found["distance"] == 0 and found["alpha"] == pytest.approx(1) and kinds(mine)[-1] == "shown"
    assert json.loads(ask("--json").out)[0]["next"] == "score own"
    assert "own answer to score" in ask().out.replace("\n", " ")


def test_a_hostile_sample_commands_no_terminal(mine: Path, ask: Any, monkeypatch: Patch) -> None:
    path = mine / "prompts.toml"
    path.write_text(path.read_text().replace("Sample a of the author.", "\\u001b]0;owned\\u0007 [red]Sample a[/red]"))
    types(monkeypatch, ["0"] * 8)
    out = ask(FIRST).out
    assert "\x1b" not in out and "\x07" not in out and "[red]Sample a[/red]" in out


def test_a_prompt_without_samples_says_so(mine: Path, ask: Any) -> None:
    data = tomllib.loads((mine / "prompts.toml").read_text())
    del data["prompt"][0]["sample"]
    (mine / "prompts.toml").write_text(tomli_w.dumps(data))
    assert "no sample answers" in the_line(ask(FIRST))


# The widget, without a browser -----------------------------------------------------------------------------------


def press(widget: Any, text: str) -> None:
    (button,) = [c for c in widget.view.children if getattr(c, "description", "") == text]
    button.click()


def shown(widget: Any) -> str:
    return "\n".join(str(getattr(child, "value", "")) for child in widget.view.children)


def choose(widget: Any, *levels: int) -> None:
    buttons = [c for c in widget.view.children if type(c).__name__ == "ToggleButtons"]
    for button, level in zip(buttons, levels, strict=True):
        button.value = level


def test_the_widget_goes_the_same_way(mine: Path, prompt: Prompt, monkeypatch: Patch) -> None:
    asked = []

    def distance(folder: Path, about: Prompt) -> dict[str, Any]:
        asked.append(folder)
        return rubrics.reveal(folder, about, service.reference_scores(UNIT, about.id))

    monkeypatch.setattr(widget_module, "ask_distance", distance)
    widget = OpenUnit.at(mine, {}).rubric(FIRST)
    assert "Sample a" not in shown(widget)
    press(widget, "Commit my answer")
    for level in (0, 1, 2):
        assert f"Sample {level + 1} of 3" in shown(widget)
        if level == 0:
            press(widget, "Keep these levels")
            assert "choose a level for" in shown(widget) and "Sample 1 of 3" in shown(widget)
        choose(widget, level, 0)
        press(widget, "Keep these levels")
    assert not asked and "reference reason" not in shown(widget)
    press(widget, "Show the distance to the reference")
    assert asked == [mine] and "reference reason c" in shown(widget) and "My own answer." in shown(widget)
    choose(widget, 1, 1)
    press(widget, "Keep these levels")
    assert "2 of 3 points by your own reading" in shown(widget)
    assert rubrics.sitting(mine, prompt).step == "done"
    assert "application/vnd.jupyter.widget-view+json" in widget._repr_mimebundle_()


def test_the_widget_says_why_a_step_is_refused(mine: Path) -> None:
    desk.notebook(mine, FIRST, "Your answer here.")
    widget = OpenUnit.at(mine, {}).rubric(FIRST)
    press(widget, "Commit my answer")
    assert "still empty" in shown(widget)


def test_the_widgets_question_in_a_process_of_its_own(tmp_path: Path, monkeypatch: Patch) -> None:
    """The command's one line comes back as the message; here the unit is none that the command knows."""
    folder = tmp_path / "kein unit"
    folder.mkdir()
    (folder / "unit.toml").write_text('title = "Nowhere"\nstage = "start"\nminutes = 1\nnotebooks = ["x"]\n')
    (folder / "prompts.toml").write_text(desk.PROMPTS)
    with pytest.raises(UserError, match=r"^there is no unit 'kein unit'"):
        widget_module.ask_distance(folder, read_prompts(folder)[FIRST])


def test_a_copy_in_a_folder_of_another_name_is_known_by_its_title(mine: Path) -> None:
    assert widget_module.unit_at(mine) == UNIT
    renamed = mine.rename(mine.with_name("meine micro"))
    assert widget_module.unit_at(renamed) == UNIT
