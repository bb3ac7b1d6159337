"""The nuance check: what was drawn stays drawn, the first answer counts, the truth comes from the examiner alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cli import call, the_line

from autograde import course
from autograde.claims import truths
from worktest import calibration, chain, nuance
from worktest.cli import app
from worktest.errors import UserError
from worktest.widgets.nuance import as_page

UNIT = "01_logit_diff_amplification"


def claims(count: int = 20) -> str:
    return "".join(f'[[claim]]\nid = "c{n}"\ntext = "Claim {n} <b>\\u001b[2J"\n' for n in range(count))


def truth(count: int = 20) -> dict[str, dict[str, Any]]:
    about = {"source": "Doe, 2025", "url": "https://example.org", "section": "abstract", "explanation": "so `x`"}
    return {f"c{n}": {"truth": n % 2 == 0, **about} for n in range(count)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "arbeit für mich" / UNIT
    folder.mkdir(parents=True)
    (folder / "unit.toml").write_text('title = "A unit"\nstage = "start"\nminutes = 1\nnotebooks = ["a"]\n')
    (folder / "claims.toml").write_text(claims(), encoding="utf-8")
    return folder


def sit(folder: Path, probability: float = 0.7, **options: bool) -> nuance.Sitting:
    sitting = nuance.current(folder, **options)
    for claim in sitting.open_claims:
        nuance.answer(folder, sitting, claim.id, probability)
    return sitting


def test_a_sitting_that_was_left_goes_on(folder: Path) -> None:
    sitting = nuance.current(folder)
    assert len(sitting.claims) == 8 and sitting.first
    nuance.answer(folder, sitting, sitting.claims[0].id, 0.9)
    again = nuance.current(folder)
    assert again.claims == sitting.claims and again.answers == {sitting.claims[0].id: 0.9}
    with pytest.raises(UserError, match="the first one counts"):
        nuance.answer(folder, again, sitting.claims[0].id, 0.1)


def test_a_retake_draws_others_until_the_bank_is_used_up(folder: Path) -> None:
    drawn: list[str] = []
    for number in (1, 2):
        sitting = sit(folder)
        assert sitting.number == number and sitting.first == (number == 1)
        nuance.settle(folder, UNIT, sitting, truth())
        drawn += [claim.id for claim in sitting.claims]
    assert len(set(drawn)) == 16
    with pytest.raises(UserError, match="seen 16 of the 20 claims, and 4 are too few"):
        nuance.current(folder)
    practice = sit(folder, practice=True)
    assert practice.practice and "counts for nothing" in practice.kind


def test_the_score_is_proper_and_only_the_first_sitting_counts(folder: Path) -> None:
    sitting = sit(folder, 0.9)
    graded = nuance.settle(folder, UNIT, sitting, truth())
    true = sum(int(c.id[1:]) % 2 == 0 for c in sitting.claims)
    assert graded["brier"] == pytest.approx((true * 0.01 + (8 - true) * 0.81) / 8)
    nuance.settle(folder, UNIT, sit(folder, 0.5), truth())
    points = calibration.gather(folder.parent)
    assert len(points) == 8 and {p.probability for p in points} == {0.9} and sum(p.outcome for p in points) == true


def test_a_score_needs_every_answer(folder: Path) -> None:
    sitting = nuance.current(folder)
    nuance.answer(folder, sitting, sitting.claims[0].id, 0.9)
    with pytest.raises(UserError, match="7 of the claims have no probability"):
        nuance.settle(folder, UNIT, sitting, truth())


@pytest.mark.parametrize("value", [1.2, -0.1, float("nan"), "much", True])
def test_a_probability_is_a_number(folder: Path, value: Any) -> None:
    sitting = nuance.current(folder)
    with pytest.raises(UserError, match="from 0 to 1"):
        nuance.answer(folder, sitting, sitting.claims[0].id, value)


def test_damage_is_named_and_the_rest_goes_on(folder: Path) -> None:
    sit(folder)
    for kind, entry in (
        ("answer", {"sitting": 9, "id": "c1", "probability": 0.5}),
        ("graded", {"sitting": 1, "rows": "none"}),
        ("sitting", {"claims": 7}),
    ):
        chain.append(folder / nuance.FILE, kind, entry)
    found, problems = nuance.sittings(folder)
    assert len(found) == 1 and found[0].grade is None and len(problems) == 3


@pytest.mark.parametrize("number", [0, -1, 10**400, float("inf"), True, "1", 2], ids=lambda n: repr(n)[:8])
def test_an_odd_number_of_a_sitting_or_a_probability_changes_none(folder: Path, number: Any) -> None:
    first = nuance.current(folder).claims[0].id
    for sitting, probability in ((number, 0.5), (1, 10**400)):
        entry = {"sitting": sitting, "id": first, "probability": probability}
        chained = {"kind": "answer", **entry, "time": "2026-01-01T00:00:00+00:00", "before": ""}
        with (folder / nuance.FILE).open("a") as file:
            file.write(json.dumps({**chained, "hash": chain._digest(chained)}) + "\n")
    found, problems = nuance.sittings(folder)
    assert found[0].answers == {} and sum("passed over" in problem for problem in problems) == 2


def test_a_grade_beyond_all_numbers_is_none(folder: Path) -> None:
    sitting = sit(folder)
    graded = nuance.settle(folder, UNIT, sitting, truth())
    path = folder / nuance.FILE
    lines = path.read_text().splitlines()
    for key, value in (("brier", 10**400), ("brief", [{"probability": 10**400, "truth": True, "id": "c"}, ["odd"]])):
        forged = {**graded, key: value}
        path.write_text("\n".join([*lines[:-1], json.dumps({**forged, "hash": chain._digest(forged)})]) + "\n")
        assert (nuance.sittings(folder)[0][0].grade is None) == (key == "brier")
        assert len(calibration.gather(folder.parent)) == (8 if key == "brier" else 0)


def test_the_terminal_asks_and_shows_what_stands_where(folder: Path, capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("autograde.service.truths", lambda unit, names: truth())
    said = iter(["seventy", "170", *["70"] * 8])
    monkeypatch.setattr("typer.prompt", lambda *_, **__: next(said))
    out = call(app, "nuance", "01", capsys=capsys)
    assert out.code == 0 and out.out.count("a number from 0 to 100") == 2
    assert out.out.count("you said 70%") == 8 and "abstract" in out.out and "\x1b[2J" not in out.out
    graded = json.loads(call(app, "nuance", "01", "--score", "--json", capsys=capsys).out)
    assert graded["first"] is True and len(graded["rows"]) == 8


def test_stopping_half_way_keeps_what_was_answered(folder: Path, capsys: Any, monkeypatch: Any) -> None:
    said = iter(["70", "20"])

    def prompt(*_: Any, **__: Any) -> str:
        try:
            return next(said)
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr("typer.prompt", prompt)
    assert "nothing was lost" in the_line(call(app, "nuance", "01", capsys=capsys), 130)
    assert list(nuance.current(folder).answers.values()) == [0.7, 0.2]


@pytest.mark.parametrize(
    ("text", "says"),
    [("", "holds no claims"), ("[[claim]]\nid = 3\n", "claim 1 has no id or no text"), ("[[", "not well-formed")],
)
def test_a_damaged_bank(folder: Path, capsys: Any, text: str, says: str) -> None:
    (folder / "claims.toml").write_text(text)
    assert says in the_line(call(app, "nuance", "01", capsys=capsys))


def test_nothing_to_score_yet(folder: Path, capsys: Any) -> None:
    assert "no sitting" in the_line(call(app, "nuance", "01", "--score", capsys=capsys))


def test_the_release_holds_neither_truth_nor_scores(tmp_path: Path) -> None:
    (tmp_path / "claims.toml").write_text(
        '[[claim]]\nid = "a"\ntext = "T"\ntruth = true\nsource = "doe"\nsection = "1"\nexplanation = "E"\n'
    )
    (tmp_path / "prompts.toml").write_text(
        '[[prompt]]\nid = "p"\n[[prompt.sample]]\nid = "s"\ntext = """two\nlines"""\nlevel = "weak"\nscores = { c = 1 }\n'
        'reasons = { c = "R" }\n'
    )
    released = {name: course.released_bytes(tmp_path, Path(name)).decode() for name in ("claims.toml", "prompts.toml")}
    assert "T" in released["claims.toml"] and "two\nlines" in released["prompts.toml"]
    for word in ("truth", "doe", "section", '"E"', "weak", "scores", '"R"'):
        assert word not in released["claims.toml"] + released["prompts.toml"]


def test_the_page_links_its_sources_and_runs_nothing() -> None:
    about = {"probability": 0.5, "truth": True, "section": "1", "explanation": "see `before` <script>"}
    rows = [{**about, "id": "a", "text": "<img onerror=x>", "source": "Doe", "url": "https://example.org/?a='&b"},
            {**about, "id": "b", "text": "B", "source": "Roe", "url": "javascript:alert(1)"}]  # fmt: skip
    page = as_page({"brier": 0.25, "rows": rows})
    assert "<a href='https://example.org/?a=&#x27;&amp;b'" in page and "<code>before</code>" in page
    assert "<script" not in page and "<img" not in page and "javascript" not in page


def test_the_examiner_names_its_sources() -> None:
    known = truths(UNIT, ["latent-before", "no-such-claim"])
    assert list(known) == ["latent-before"] and known["latent-before"]["truth"] is False
    assert known["latent-before"]["source"].endswith(", 2026") and known["latent-before"]["url"].startswith("https://")
