"""Unit 19's example is clean, and of its spoiled copy the tool sees what the key says, and nothing of the rest."""

from __future__ import annotations

import pytest

from autograde.paths import solutions
from worktest.extend.check import Finding, findings
from worktest.extend.folder import at

DATA = solutions() / "19_capstone" / "data"
SEEN = {
    "the number in the abstract": ("number",),
    "the seed that is gone": ("seeds",),
    "the rows that no run left": ("results",),
    "the goal that was moved": ("registration",),
    "the deviation that is not told": ("deviation",),
    "eight seeds that prove": ("overclaim",),
    "the claim with nothing beside it": ("claim",),
    "the picture that the build did not draw": ("figure",),
    "the expectation whose failure is not told": ("overclaim",),
    "the source of nothing": ("references",),
    "the control that is gone": ("control", "hidden-run"),
}


@pytest.fixture(scope="module")
def found() -> list[Finding]:
    return findings(at(DATA / "spoiled"))


def test_the_example_leaves_nothing_to_find() -> None:
    assert findings(at(DATA / "example")) == []


@pytest.mark.parametrize("fault", SEEN)
def test_the_tool_sees_it(found: list[Finding], fault: str) -> None:
    assert any(one.kind in SEEN[fault] for one in found), fault


def test_the_tool_is_silent_about_the_rest(found: list[Finding]) -> None:
    """The key says so; when the tool learns to see one of them, the key must be written anew."""
    assert {one.kind for one in found} <= {kind for kinds in SEEN.values() for kind in kinds}
    said = " ".join(one.what for one in found)
    assert "80 %" not in said and "embeddings" not in said and not any(one.kind == "ai-use" for one in found)


def test_the_key_tells_thirteen() -> None:
    text = (DATA / "faults.md").read_text(encoding="utf-8")
    assert [line.partition(".")[0] for line in text.splitlines() if line[:1].isdigit()] == [
        str(n) for n in range(1, 14)
    ]
