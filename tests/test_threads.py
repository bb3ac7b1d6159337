"""A toy's world runs on one thread, and whoever asks for more gets more."""

from collections.abc import Iterator

import pytest
import torch

from worktest import recording
from worktest.notebook import OpenUnit
from worktest.paths import curriculum

FOLDER = curriculum() / "02_cot_amplification"


@pytest.fixture
def two_threads() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    yield
    torch.set_num_threads(before)


@pytest.mark.usefixtures("two_threads")
@pytest.mark.parametrize(("asked", "got"), [(None, 1), ("2", 2)])
def test_the_world_runs_on_one_thread_unless_told_otherwise(
    asked: str | None, got: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(recording.SWITCH, "off")  # the unit's own folder is opened: no activity is left in it
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    if asked:
        monkeypatch.setenv("OMP_NUM_THREADS", asked)
    assert OpenUnit.at(FOLDER, {}).world.LENGTH == 19
    assert torch.get_num_threads() == got
