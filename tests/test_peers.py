"""Blind peers: a packet without a name, scores from two, one clear line for everything that is wrong with a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import desk
import pytest
from cli import Said, call, the_line
from desk import FIRST, types

from worktest import peers
from worktest.cli import app
from worktest.peers import Packet, Scores
from worktest.prompts import read_prompts

Patch = pytest.MonkeyPatch
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: Patch) -> Path:
    folder = desk.unit_with_prompts(tmp_path, monkeypatch)
    desk.notebook(folder, FIRST, "An answer\nin two lines.")
    return folder


@pytest.fixture
def run(capsys: Capture) -> Any:
    def command(*arguments: object) -> Said:
        return call(app, "peers", *map(str, arguments), capsys=capsys)

    return command


def packet_of(mine: Path, text: str = "An answer.", to: Path | None = None) -> tuple[Packet, Path]:
    packet = peers.pack(read_prompts(mine)[FIRST], text)
    return packet, peers.write(packet, (to or mine) / packet.name)


def scores_of(packet: Packet, path: Path, scorer: str, reason: int, limits: int, **changes: Any) -> Path:
    data: dict[str, Any] = {
        "packet": packet.code, "packet_digest": packet.digest, "scorer": scorer,
        "levels": {"reason": reason, "limits": limits}, "reasons": {"reason": "why", "limits": "why not"}, **changes,
    }  # fmt: skip
    return peers.write(Scores(**data).sealed(), path.with_name(f"{packet.code}-{scorer}.json"))


# Pack and score --------------------------------------------------------------------------------------------------


def test_a_packet_says_nothing_but_the_text(mine: Path, run: Any, tmp_path: Path) -> None:
    said = run("pack", "90", FIRST)
    (path,) = mine.glob(f"peer-{FIRST}-*.json")
    data = json.loads(path.read_text(encoding="utf-8"))
    assert said.code == 0 and path.name in said.out
    assert sorted(data) == ["code", "criterion", "digest", "format", "prompt", "question", "text", "title", "words"]
    assert data["text"] == "An answer\nin two lines." and data["code"] in path.name
    assert str(tmp_path) not in path.read_text() and "2026" not in path.read_text()
    run("pack", "90", FIRST)
    assert len(list(mine.glob(f"peer-{FIRST}-*.json"))) == 2  # another code each time
    desk.notebook(mine, FIRST, "")
    assert "still empty" in the_line(run("pack", "90", FIRST))
    desk.notebook(mine, FIRST, "An answer")
    assert "is no folder" in the_line(run("pack", "90", FIRST, "--to", tmp_path / "gone"))


def test_a_peer_scores_blind_stops_and_goes_on(mine: Path, run: Any, tmp_path: Path, monkeypatch: Patch) -> None:
    packet, path = packet_of(mine, "An answer.", tmp_path)
    types(monkeypatch, ["2", "", "it weighs both sides", "^C"])
    assert "nothing was lost" in the_line(run("score", path), 130)
    assert not list(tmp_path.glob("*-scores-*.json"))
    types(monkeypatch, ["7", "1", "names the range"])
    said = run("score", path)
    (made,) = tmp_path.glob(f"peer-{FIRST}-{packet.code}-scores-*.json")
    assert said.code == 0 and made.name in said.out and "a number from 0 to 1" in said.out
    scores = peers.read(made)
    assert isinstance(scores, Scores) and scores.levels == {"reason": 2, "limits": 1}
    assert scores.reasons == {"reason": "it weighs both sides", "limits": "names the range"}
    assert "you have scored this packet" in the_line(run("score", path))
    assert not list(tmp_path.glob(".*unfinished"))
    assert "holds scores" in the_line(run("score", made))


def test_a_scorer_is_known_within_a_packet_and_not_across(mine: Path, tmp_path: Path) -> None:
    one, two = (packet_of(mine, f"Answer {n}.", tmp_path)[0] for n in (1, 2))
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        folder.mkdir()
    assert peers.scorer_code(here, one) == peers.scorer_code(here, one)
    assert len({peers.scorer_code(h, p) for h in (here, there) for p in (one, two)}) == 4


def test_a_hostile_packet_commands_no_terminal(mine: Path, run: Any, tmp_path: Path, monkeypatch: Patch) -> None:
    evil = "\x1b[2J\x07\u202e [link=file:///etc/passwd]x[/link] "
    packet, path = packet_of(mine, evil, tmp_path)
    worse = packet.model_copy(update={"title": evil, "question": evil}).sealed()
    path.write_text(json.dumps(worse.model_dump()), encoding="utf-8")
    types(monkeypatch, ["1", evil, "1", evil])
    said = run("score", path)
    assert said.code == 0 and not set("\x1b\x07\u202e") & set(said.out) and said.out.count("[/link]") == 3
    (made,) = tmp_path.glob("*-scores-*.json")
    other = scores_of(worse, path, "0123abcd", 1, 1)
    merged = run("merge", path, made, other)
    assert merged.code == 0 and not set("\x1b\x07\u202e") & set(merged.out) and "[/link]" in merged.out


# Merge -----------------------------------------------------------------------------------------------------------


def test_two_blind_scores_side_by_side(mine: Path, run: Any) -> None:
    packet, path = packet_of(mine)
    files = [path, scores_of(packet, path, "aaaa0000", 0, 1), scores_of(packet, path, "bbbb0000", 2, 0)]
    said = run("merge", *files)
    assert said.code == 0 and "aaaa0000" in said.out and "bbbb0000 gave 2: why" in said.out
    assert said.out.count("talk about this") == 1
    assert "too few to mean anything" in " ".join(said.out.split())
    data = json.loads(run("merge", *files, "--json").out)
    (shown,) = data["packets"]
    assert [(r["levels"], r["merged"], r["talk"]) for r in shown["rows"]] == [([0, 2], 1.0, True), ([1, 0], 0.5, False)]
    assert (shown["points"], shown["maximum"], data["pairs"]) == (1.5, 3, 2)


def test_agreement_is_over_all_packets_given(mine: Path, run: Any) -> None:
    files = []
    for number, levels in enumerate([(0, 0), (1, 1), (2, 1)]):
        packet, path = packet_of(mine, f"Answer {number}.")
        files += [path, *(scores_of(packet, path, f"{who}{number}", *levels) for who in ("aaaa000", "bbbb000"))]
    files.append(scores_of(packet, path, "cccc0000", 2, 1))  # a third scorer of the last packet only
    data = json.loads(run("merge", *files, "--json").out)
    assert data["alpha"] == pytest.approx(1.0) and data["pairs"] == 6 and len(data["packets"]) == 3
    assert data["packets"][2]["rows"][0]["levels"] == [2, 2, 2]


def damaged(case: str, packet: Packet, path: Path, good: Path, mine: Path) -> list[Path]:
    """What is given to merge in this case; each breaks one thing."""
    other = path.with_name("other.json")
    if case == "another packet":
        strange, where = packet_of(mine, "Another answer.")
        return [path, good, scores_of(strange, where, "bbbb0000", 1, 1)]
    if case == "packet changed":
        changed = packet.model_copy(update={"text": "Better."}).sealed()
        path.write_text(json.dumps(changed.model_dump()))
        return [path, good, scores_of(packet, path, "bbbb0000", 1, 1)]
    if case == "missing criterion":
        return [path, good, scores_of(packet, path, "bbbb0000", 1, 1, levels={"reason": 1})]
    if case == "odd criterion":
        return [path, good, scores_of(packet, path, "bbbb0000", 1, 1, levels={"reason": 1, "limits": 1, "wit": 1})]
    if case == "out of range":
        return [path, good, scores_of(packet, path, "bbbb0000", 3, 1)]
    if case == "below range":
        return [path, good, scores_of(packet, path, "bbbb0000", -1, 1)]
    if case == "same scorer":
        kept = good.replace(good.with_name("kept.json"))
        return [path, kept, scores_of(packet, path, "aaaa0000", 2, 1)]
    if case == "one scorer":
        return [path, good]
    if case == "no packet":
        return [good, scores_of(packet, path, "bbbb0000", 1, 1)]
    if case == "packet twice":
        return [path, path, good]
    if case == "not there":
        return [path, good, other]
    data = json.loads(good.read_text())
    text: str | bytes = {
        "half": good.read_text()[:60],
        "list": "[]",
        "bytes": b"\xff\xfe\x00",
        "deep": "[" * 100_000,
        "huge": " " * 600_000,
        "text level": json.dumps({**data, "levels": {"reason": "2", "limits": 1}}),
        "true level": json.dumps({**data, "levels": {"reason": True, "limits": 1}}),
        "more keys": json.dumps({**data, "name": "Eve"}),
        "edited": json.dumps({**data, "levels": {"reason": 2, "limits": 1}}),
    }[case]  # fmt: skip
    other.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [path, good, other]


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ("another packet", "scores another packet"), ("packet changed", "scores another packet"),
        ("missing criterion", "lacks a level for limits"), ("odd criterion", "'wit', which is no criterion"),
        ("out of range", "reason has levels 0 to 2, not 3"), ("below range", "levels 0 to 2, not -1"),
        ("same scorer", "aaaa0000 is there twice"), ("one scorer", "two peers make a merge"),
        ("no packet", "no packet is among"), ("packet twice", "given twice"), ("not there", "there is no file"),
        ("half", "not a whole JSON file"), ("list", "neither a peer packet"), ("bytes", "not a whole JSON file"),
        ("deep", "not a whole JSON file"), ("huge", "larger than"), ("text level", "key 'levels.reason'"),
        ("true level", "key 'levels.reason'"), ("more keys", "key 'name'"), ("edited", "was changed after"),
    ],
)  # fmt: skip
def test_one_clear_line_for_each_bad_file(mine: Path, run: Any, case: str, says: str) -> None:
    packet, path = packet_of(mine)
    good = scores_of(packet, path, "aaaa0000", 1, 1)
    assert says in the_line(run("merge", *damaged(case, packet, path, good, mine)))


def test_a_packet_with_levels_that_are_none_or_a_name_that_is_a_path(mine: Path, run: Any) -> None:
    packet, path = packet_of(mine)
    for changes in ({"prompt": "../../etc/x"}, {"criterion": []}, {"code": "../x"}, {"text": ""}, {"words": 0}):
        path.write_text(json.dumps({**packet.model_dump(), **changes}))
        assert "is damaged" in the_line(run("score", path))
