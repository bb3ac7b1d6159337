"""prompts.toml as learners and graders read it: one clear line for what is wrong."""

from __future__ import annotations

import html
import re
from pathlib import Path

import desk
import pytest
from desk import FIRST, PROMPTS, UNIT

from autograde import service
from autograde.build.prompts import as_markdown
from autograde.pages import safe_markdown
from worktest.errors import UserError
from worktest.prompts import problems_of_samples, read_prompts


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return desk.unit_with_prompts(tmp_path, monkeypatch)


def source(mine: Path) -> Path:
    return mine.parents[1] / "solutions" / UNIT


def test_the_released_file_is_read_and_holds_no_scores(mine: Path) -> None:
    prompts = read_prompts(mine)
    assert list(prompts) == ["micro-why", "micro-form", "micro-bet"]
    assert prompts[FIRST].points == 3 and prompts[FIRST].question.endswith("See [doe].")
    assert all(s.level is None and not s.scores and not s.reasons for s in prompts[FIRST].sample)
    text = (mine / "prompts.toml").read_text(encoding="utf-8")
    assert "Sample c of the author" in text and "reference" not in text and "strong" not in text


def test_a_unit_without_prompts_has_none(tmp_path: Path) -> None:
    assert read_prompts(tmp_path) == {}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('kind = "mentor"', 'kind = "poem"', r"prompt 'micro-form', key kind: .*'mentor'"),
        ("words = 10", "words = 0", "prompt 'micro-form', key words"),
        ("words = 10", 'words = "10"', "prompt 'micro-form', key words"),
        ("words = 10", "wrods = 10", "prompt 'micro-form' (lacks words|has the unknown key wrods)"),
        ('asks = "Names a limit"', "", "prompt 'micro-why' lacks criterion limits.asks"),
        ('levels = ["none", "one"]', 'levels = ["none"]', "key criterion limits.levels"),
        ('id = "limits"', 'id = "reason"', "the criterion 'reason' is there twice"),
        ('text = "Sample b of the author."', "text = 3", "key sample b.text"),
        ('id = "b"', 'id = "../b"', "key sample ../b.id"),
        ('[[prompt]]\nid = "micro-form"', '[prompts]\n[[prompt]]\nid = "micro-form"', "nothing else, not 'prompts'"),
        ('id = "micro-form"', 'id = "micro-why"', "'micro-why' is there twice"),
    ],
)
def test_one_line_names_file_prompt_and_key(mine: Path, old: str, new: str, says: str) -> None:
    path = source(mine) / "prompts.toml"
    assert old in PROMPTS
    path.write_text(PROMPTS.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError, match=says) as caught:
        read_prompts(path.parent)
    assert str(path) in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["prompt = 3", "[prompt]\nid = 'x'", "prompt = [1]"])
def test_odd_types_are_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "prompts.toml").write_text(text)
    with pytest.raises(UserError, match=r"prompts\.toml"):
        read_prompts(tmp_path)


def test_reference_scores_come_from_the_graders_side(mine: Path) -> None:
    found = service.reference_scores(UNIT, FIRST)
    assert found is not None and list(found) == ["a", "b", "c"]
    assert found["c"] == {"level": "strong", "scores": {"reason": 2, "limits": 1},
                          "reasons": {"reason": "reference reason c", "limits": "reference limit c"}}  # fmt: skip
    assert service.reference_scores("91_gone", FIRST) is None
    with pytest.raises(UserError, match="no prompt 'micro-who'"):
        service.reference_scores(UNIT, "micro-who")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("reason = 2, limits = 1", "reason = 3, limits = 1", "sample c, key scores.reason: a level from 0 to 2, not 3"),
        ("reason = 2, limits = 1", "reason = 2", "sample c, key scores: one for each criterion; see limits"),
        ('limits = "reference limit a"', 'limit = "x"', "sample a, key reasons: .* see limit, limits"),
        ('level = "fair"', 'level = "weak"', "needs a weak, a fair and a strong sample, not strong, weak, weak"),
    ],
)
def test_reference_scores_that_are_not_whole(mine: Path, old: str, new: str, says: str) -> None:
    path = source(mine) / "prompts.toml"
    path.write_text(PROMPTS.replace(old, new, 1), encoding="utf-8")
    prompt = read_prompts(path.parent)[FIRST]
    assert any(re.search(says, problem) for problem in problems_of_samples(prompt))
    with pytest.raises(UserError, match=says.split(":")[0]):
        service.reference_scores(UNIT, FIRST)


def test_formgrader_shows_the_rubric_and_how_its_points_add_up(mine: Path) -> None:
    path = source(mine) / "prompts.toml"
    path.write_text(PROMPTS.replace('asks = "Names a limit"', 'asks = "Names p | q"', 1), encoding="utf-8")
    markdown = as_markdown(read_prompts(source(mine))[FIRST])
    assert "3 points by a person" in markdown and "their sum, at most 2 + 1 = 3" in markdown
    page = safe_markdown(markdown)  # what formgrader and the feedback page make of it
    assert "<details>" in page and page.count("<tr>") == 3 and "<td" in page
    text = html.unescape(re.sub(r"<[^>]+>", "", page))
    assert "2 one, and what would speak against it" in text and "Names p | q" in text
    assert "accent" in text and "never scored" in text
