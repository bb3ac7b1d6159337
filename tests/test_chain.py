"""The chained file: what was written stays visible as it was; damage is named and the rest still read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from worktest import chain
from worktest.errors import UserError


def three(path: Path) -> Path:
    for number in range(3):
        chain.append(path, "note", {"number": number, "text": "zwölf\u2028"})
    return path


def test_what_was_written_is_read(tmp_path: Path) -> None:
    record = chain.read(three(tmp_path / "j.jsonl"))
    assert [entry["number"] for entry in record.entries] == [0, 1, 2] and record.problems == []
    assert record.entries[0]["text"] == "zwölf\u2028"
    assert chain.read(tmp_path / "none.jsonl") == chain.Record()


def rewrite(path: Path, change) -> None:  # type: ignore[no-untyped-def]
    lines = path.read_text(encoding="utf-8").split("\n")[:-1]
    path.write_text("\n".join(change(lines)) + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "numbers", "says"),
    [
        (lambda ls: [ls[0], ls[1].replace('"number": 1', '"number": 9'), ls[2]], [0, 9, 2], "line 2 was changed"),
        (lambda ls: [ls[0], ls[2]], [0, 2], "line 2 does not follow"),
        (lambda ls: [ls[1], ls[0], ls[2]], [1, 0, 2], "line 1 does not follow"),
        (lambda ls: [ls[0], ls[1][:30], ls[2]], [0, 2], "line 2 can't be read"),
        (lambda ls: [ls[0], "[" * 100_000, *ls[1:]], [0, 1, 2], "line 2 can't be read"),
        (lambda ls: [ls[0], "7", *ls[1:]], [0, 1, 2], "line 2 can't be read"),
    ],
)
def test_damage_is_named_and_the_rest_is_read(tmp_path: Path, change, numbers, says) -> None:  # type: ignore[no-untyped-def]
    path = three(tmp_path / "j.jsonl")
    rewrite(path, change)
    record = chain.read(path)
    assert [entry["number"] for entry in record.entries] == numbers
    assert record.problems and says in record.problems[0]


def test_goes_on_after_a_line_that_was_cut_off(tmp_path: Path) -> None:
    path = three(tmp_path / "j.jsonl")
    path.write_bytes(path.read_bytes()[:-20])
    chain.append(path, "note", {"number": 3})
    record = chain.read(path)
    assert [entry["number"] for entry in record.entries] == [0, 1, 3] and len(record.problems) == 1


@pytest.mark.parametrize("entry", [{"x": float("nan")}, {"x": object()}, {"x": "a" * chain.MAX_LINE}])
def test_refuses_what_is_no_plain_data_and_writes_nothing(tmp_path: Path, entry) -> None:  # type: ignore[no-untyped-def]
    path = three(tmp_path / "j.jsonl")
    before = path.read_bytes()
    with pytest.raises(UserError):
        chain.append(path, "note", entry)
    assert path.read_bytes() == before
    assert json.loads(before.splitlines()[0])["kind"] == "note"


def test_a_file_that_is_no_record_is_not_named_line_by_line(tmp_path: Path) -> None:
    path = three(tmp_path / "j.jsonl")
    with path.open("a") as file:
        file.write("junk\n" * 5_000)
    record = chain.read(path)
    assert len(record.entries) == 3 and len(record.problems) == chain.MAX_PROBLEMS + 1
    assert "4990 more lines are damaged" in record.problems[-1]


def test_a_line_nested_almost_too_deep_is_passed_over(tmp_path: Path) -> None:
    path = three(tmp_path / "j.jsonl")
    with path.open("a") as file:  # somewhere here reading a line still works, and writing it again does not
        file.writelines('{"kind": "x", "deep": ' + "[" * depth + "]" * depth + "}\n" for depth in range(850, 1_000))
    record = chain.read(path)
    assert [entry["number"] for entry in record.entries[:3]] == [0, 1, 2] and record.problems


def test_a_file_that_can_not_be_opened_is_named_and_nothing_is_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = three(tmp_path / "j.jsonl")
    before = path.read_bytes()

    def refuse(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_text", refuse)
        assert chain.read(path) == chain.Record(problems=["j.jsonl can't be read: Permission denied"])
        with pytest.raises(UserError, match="permission denied"):
            chain.append(path, "note", {"number": 3})
    assert path.read_bytes() == before
