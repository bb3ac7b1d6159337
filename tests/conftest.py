"""What the tests share: a small unit that is built once, and an environment that no machine's settings reach."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import extended
import micro
import pytest
from banked import with_bank
from proof_unit import with_sound_bank
from sittings import Grader, grader

from worktest import paths, recording
from worktest.extend.folder import Research


def left_in_the_checkout() -> set[Path]:
    """Records that a learner's own work writes beside a notebook; in the repository's own units none belongs."""
    root = Path(__file__).parents[1]
    return {path for folder in ("curriculum", "solutions") for path in (root / folder).glob("*/*.jsonl")}


@pytest.fixture(scope="session", autouse=True)
def _clean_checkout() -> Iterator[None]:
    """The tests leave no records in the repository's units, where a wheel or a release would find them."""
    before = left_in_the_checkout()
    yield
    assert not left_in_the_checkout() - before, "a test opened a unit of the repository with recording on"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout-like folder that holds the micro unit, built; nobody may change it."""
    root = tmp_path_factory.mktemp("häuser mit raum")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "checkout", lambda: root)
        micro.build(root)
    return root


@pytest.fixture
def micro_root(built: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The micro unit is the only unit there is while this test runs."""
    monkeypatch.setattr(paths, "checkout", lambda: built)
    return built


@pytest.fixture(scope="module")
def bank_root(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The micro unit with a bank of answers is the only unit there is while this module's tests run."""
    root = with_bank(built, tmp_path_factory.mktemp("eine bank") / "haus")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "checkout", lambda: root)
        yield root


@pytest.fixture
def proof_root(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The micro unit with a bank that proves it is the only unit there is while this test runs."""
    root = with_sound_bank(built, tmp_path / "haus mit raum")
    monkeypatch.setattr(paths, "checkout", lambda: root)
    return root


@pytest.fixture
def sit(micro_root: Path, tmp_path: Path) -> Grader:
    """Hold a sitting over a submission of the micro unit: the right answers with some changes."""
    return grader(micro_root, tmp_path / "zimmer 1")


@pytest.fixture(autouse=True)
def _own_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("WORKTEST_WORKSPACE", str(tmp_path / "arbeit für mich"))
    monkeypatch.setenv("WORKTEST_MODELS", str(tmp_path / "keine modelle"))
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    yield


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty workspace of its own, with the repository's units released. Some modules have another kind of home."""
    monkeypatch.setenv("WORKTEST_WORKSPACE", str(tmp_path / "mein raum"))
    monkeypatch.delenv(recording.SWITCH, raising=False)
    (tmp_path / "mein raum").mkdir()
    return paths.workspace()


@pytest.fixture
def talk_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout that holds only the small unit of ``interview_learners``."""
    root = tmp_path / "haus mit raum"
    root.mkdir()
    monkeypatch.setattr(paths, "checkout", lambda: root)
    return root


@pytest.fixture(scope="session")
def honest_kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An honest research folder, built; nobody may change it."""
    return extended.honest(tmp_path_factory.mktemp("ein haus mit raum")).path


@pytest.fixture
def research(honest_kept: Path, tmp_path: Path) -> Research:
    """A copy of it, in a workspace of its own."""
    return extended.copied(honest_kept, tmp_path)
