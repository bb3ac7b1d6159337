"""The explain exercise: what is drawn, in which order it asks, what is kept, and what it says was shaky."""

from __future__ import annotations

import builtins
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from cli import Said, call
from extended import change

from worktest import chain
from worktest.cli import app
from worktest.errors import UserError
from worktest.extend import explain
from worktest.extend import log as logs
from worktest.extend.explain_items import Bank, Item, bank
from worktest.extend.explain_record import record_of
from worktest.extend.folder import Research
from worktest.extend.hand_in import hand_in
from worktest.journal import Journal


@pytest.fixture(autouse=True)
def _recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORKTEST_RECORD", raising=False)


def item_of(items: list[Item], kind: str, text: str) -> Item:
    found = [item for item in items if item.kind == kind and text in item.text]
    assert found, [item.text for item in items if item.kind == kind]
    return found[0]


# What can be asked ------------------------------------------------------------------------------------------------


def test_numbers_are_shown_filled_and_know_their_result(research: Research) -> None:
    items = bank(research).items
    mean = item_of(items, "number", "1.40")
    assert mean.sources == ("control:gain",) and "{{" not in mean.context and "1.82" in mean.context
    steps = item_of(items, "number", "40")
    assert "the code" in steps.sources and steps.names == ()
    assert "plan.toml" in item_of(items, "number", "0.2").sources


def test_claims_and_deciding_lines_are_asked_and_the_rest_is_not(research: Research) -> None:
    items = bank(research).items
    claim = item_of(items, "claim", "higher gain than the control")
    assert claim.names == ("main",) and "{{" not in claim.text
    lines = [item.text for item in items if item.kind == "line"]
    assert "STEPS = 40" in lines and 'if condition == "treated":' in lines and "base += 0.4" in lines
    assert not any(line.startswith(("import", "def ", '"""')) for line in lines)
    assert not any("?" in item.text for item in items if item.kind == "claim")


def test_a_typed_number_that_nothing_knows_has_no_source(research: Research) -> None:
    change(research, "paper.md", "{{mean treated:gain}}, the", "1.28, the")
    assert item_of(bank(research).items, "number", "1.28").sources == ()


def test_a_folder_with_nothing_to_ask_says_so(research: Research) -> None:
    (research.path / "paper.md").write_text("# T\n\nAuthor: A\n\n## Abstract\n\nWords.\n")
    (research.path / "experiment.py").write_text("def run(condition, seed):\n    pass\n")
    with pytest.raises(UserError, match="no number and no claim yet"):
        bank(research)


# What is drawn ----------------------------------------------------------------------------------------------------


def test_five_are_drawn_numbers_first_and_none_again_until_all_were_asked(research: Research) -> None:
    items = bank(research).items
    asked: list[str] = []
    rounds = 0
    while len(set(asked)) < len(items):
        drawn = explain.draw(items, asked, seed=rounds)
        kinds = [explain.KINDS.index(item.kind) for item in drawn]
        assert kinds == sorted(kinds) and len({item.id for item in drawn}) == explain.A_SITTING
        fresh = [item for item in drawn if item.id not in asked]
        assert len(fresh) == min(explain.A_SITTING, len(items) - len(set(asked)))
        asked += [item.id for item in drawn]
        rounds += 1
    assert [item.kind for item in explain.draw(items, [], seed=1)] == ["number", "number", "claim", "claim", "line"]
    assert explain.draw(items, [], seed=1) == explain.draw(items, [], seed=1)
    assert any(explain.draw(items, [], seed=1) != explain.draw(items, [], seed=n) for n in range(2, 6))


def test_a_rewritten_sentence_is_a_new_item(research: Research) -> None:
    before = {item.id for item in bank(research).items if item.kind == "claim"}
    change(research, "paper.md", "has a higher gain than the control", "has a clearly higher gain than the control")
    after = {item.id for item in bank(research).items if item.kind == "claim"}
    assert len(before - after) == len(after - before) == 1


# What the folder says afterwards ----------------------------------------------------------------------------------


def test_the_record_has_rows_runs_the_plan_and_what_was_written_down(
    research: Research, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.note(research.path, "The treated toy of seed 3 looked odd.")
    logs.note(research.path, "Bought milk.")
    journal = Journal(research.path)
    journal.predict("main", 0.3, (0.1, 0.5), 0.8)
    journal.decide("STEPS", 40, [10], "shorter runs were noisy", "a run of 10 with the same spread")
    found = bank(research)
    text = "\n".join(record_of(found.facts, item_of(found.items, "number", "0.412")))
    for part in ("treated minus control", "treated, by seed: 1: ", "run of 20", "today's code", "expected: higher",
                 "too-small", "looked odd", "you predicted 0.3"):  # fmt: skip
        assert part in text, text
    assert "milk" not in text
    line = "\n".join(record_of(found.facts, item_of(found.items, "line", "STEPS = 40")))
    assert "shorter runs were noisy" in line and "5 seeds" not in line and "3 of 3 runs" in line


def test_older_code_is_named(research: Research) -> None:
    change(research, "experiment.py", "STEPS = 40", "STEPS = 41")
    found = bank(research)
    assert "no run was made by the code as it is today" in "\n".join(
        record_of(found.facts, item_of(found.items, "line", "STEPS = 41"))
    )


# A sitting in a terminal ------------------------------------------------------------------------------------------


class Typed:
    """What somebody types, line by line; then Ctrl-C."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
        self.left = list(answers)
        monkeypatch.setattr(builtins, "input", self)

    def __call__(self, prompt: str = "") -> str:
        if not self.left:
            raise KeyboardInterrupt
        return self.left.pop(0)


def sit(research: Research, capsys: pytest.CaptureFixture[str], *options: str) -> Said:
    return call(app, "extend", "explain", "--workspace", str(research.path.parents[1]), *options, capsys=capsys)


def choice_of(found: Bank, item: Item) -> str:
    return str(found.choices.index(item.sources[0]) + 1)


def test_source_then_reason_then_record_then_level_and_ctrl_c_keeps_it(
    research: Research, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = bank(research)
    first = explain.current(research.path, found, seed=3).items[0]
    assert first.kind == "number"
    Typed(monkeypatch, "0", choice_of(found, first), "It is the mean of five seeds.", ".", "9", "2")
    said = sit(research, capsys)
    assert said.code == 130 and "nothing was lost" in said.err
    order = [said.out.index(part) for part in ("Where does it come from?", "That is so.", "Why this number", "by seed")]
    assert order == sorted(order)
    sitting = explain.sittings(research.path, found)[0][0]
    assert sitting.said[first.id] == explain.Said("It is the mean of five seeds.", False, first.sources[0], True, 2)
    assert len(sitting.open_items) == 4
    Typed(monkeypatch)
    assert "1 of 4" in sit(research, capsys).out


def test_a_wrong_source_is_said_before_the_reason_and_shown_only_after_it(
    research: Research, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = bank(research)
    explain.current(research.path, found, seed=3)
    Typed(monkeypatch, str(len(found.choices)))  # somebody else's paper
    said = sit(research, capsys)
    assert "No; you will see it below" in said.out and "by seed" not in said.out
    Typed(monkeypatch, "said")
    said = sit(research, capsys)
    assert "Where does it come from?" not in said.out and "what your folder says" in said.out
    Typed(monkeypatch, "0")
    assert "Your reason was: said aloud" in sit(research, capsys).out


def test_stats_name_what_was_shaky_the_last_time(
    research: Research, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "Nothing was explained yet" in sit(research, capsys, "--stats").out
    found = bank(research)
    sitting = explain.current(research.path, found, seed=3)
    for item, level in zip(sitting.items, (2, 0, 1, 2, 2), strict=True):
        if item.kind == "number":
            explain.name_source(research.path, sitting, item, item.sources[0] if level else "nowhere")
        explain.give_reason(research.path, sitting, item, f"because of {item.where}")
        explain.give_level(research.path, sitting, item, level)
    data = json.loads(sit(research, capsys, "--json").out)
    assert [one["level"] for one in data["shaky"]] == [0, 1] and data["shaky"][0]["right"] is False
    assert data["asked"] == {"number": 2, "claim": 2, "line": 1} and data["sources"] == [1, 2]
    assert data["left"] == len(found.items) - 5
    said = sit(research, capsys, "--stats")
    assert said.code == 0 and "its source was not known" in said.out and sitting.items[1].where in said.out


def test_the_first_reason_counts_and_a_level_needs_one(research: Research) -> None:
    sitting = explain.current(research.path, bank(research))
    item = sitting.items[0]
    with pytest.raises(UserError, match="the reason comes first"):
        explain.give_level(research.path, sitting, item, 2)
    explain.give_reason(research.path, sitting, item, "first")
    explain.give_reason(research.path, sitting, item, "second")
    for wrong in (3, -1, True, "2"):
        with pytest.raises(UserError, match="a level is 0, 1 or 2"):
            explain.give_level(research.path, sitting, item, wrong)  # type: ignore[arg-type]
    assert explain.sittings(research.path, bank(research))[0][0].said[item.id].reason == "first"


@pytest.mark.parametrize("entry", [
    {"kind": "sitting"}, {"kind": "sitting", "items": [{"id": 1}]}, {"kind": "reason", "sitting": 9, "id": "x"},
    {"kind": "level", "sitting": 1, "id": "x", "level": 7}, {"kind": "level", "sitting": "1", "id": [], "level": None}])  # fmt: skip
def test_an_entry_that_is_none_is_named(research: Research, entry: dict[str, Any]) -> None:
    explain.current(research.path, bank(research))
    kind = entry["kind"]
    chain.append(research.path / explain.FILE, kind, {k: v for k, v in entry.items() if k != "kind"})
    past, problems = explain.sittings(research.path, bank(research))
    assert len(past) == 1 and problems == [
        "explain.jsonl, entry 2: can't be read as part of a sitting; it is passed over"
    ]


# In JupyterLab ----------------------------------------------------------------------------------------------------


def parts(panel: Any) -> list[Any]:
    return list(panel.view.children)


def press(panel: Any) -> None:
    next(part for part in parts(panel) if type(part).__name__ == "Button").click()


def test_the_panel_takes_the_same_steps(research: Research) -> None:
    from worktest.widgets.explain import panel

    found = bank(research)
    item = explain.current(research.path, found, seed=3).items[0]
    shown = panel(research.path)
    press(shown)
    assert "choose where the number comes from" in parts(shown)[-1].value
    parts(shown)[2].value = item.sources[0]
    press(shown)
    assert "That is so." in parts(shown)[1].value and "by seed" not in "".join(
        str(getattr(p, "value", "")) for p in parts(shown)
    )
    parts(shown)[2].value = "<b>five seeds</b>"
    press(shown)
    assert "by seed" in parts(shown)[1].value and "&lt;b&gt;" in parts(shown)[1].value
    parts(shown)[2].value = 1
    press(shown)
    assert "2 of 5" in parts(shown)[0].value
    assert explain.sittings(research.path, found)[0][0].said[item.id].level == 1


def test_the_panel_is_a_line_where_nothing_is_recorded(research: Research, monkeypatch: pytest.MonkeyPatch) -> None:
    from worktest.widgets.explain import panel

    monkeypatch.setenv("WORKTEST_RECORD", "off")
    assert "worktest extend explain" in repr(panel(research.path))
    assert not (research.path / explain.FILE).exists()


def test_what_one_answered_is_not_packed(research: Research, tmp_path: Path) -> None:
    (research.path / explain.FILE).write_text("{}\n", encoding="utf-8")
    with zipfile.ZipFile(hand_in(research, tmp_path).archive) as archive:
        names = archive.namelist()
    assert f"{research.name}/paper.md" in names and not [name for name in names if explain.FILE in name]
