"""The model hub: from its cache on this machine, else over the network, without an account."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from worktest.errors import UserError
from worktest.models.catalog import Known
from worktest.models.registry import Client, Link, Progress, Unreachable, certificates_set, download, host
from worktest.models.store import disk_trouble, need_space

_TIMEOUT = 6.0
FILES = (
    "*.safetensors",
    "*.safetensors.index.json",
    "config.json",
    "generation_config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "tokenizer.model",
    "added_tokens.json",
    "vocab.json",
    "merges.txt",
    "chat_template.jinja",
)
"""What a model needs. Nothing that runs code when it is loaded: no pickles, no Python."""


def is_model(folder: Path) -> bool:
    """Whether a folder holds a model in the hub's format."""
    has_words = any((folder / name).is_file() for name in ("tokenizer.json", "tokenizer.model", "vocab.json"))
    return (folder / "config.json").is_file() and has_words and any(folder.glob("*.safetensors"))


def copy_model(source: Path, folder: Path) -> None:
    """The model's files from one folder into another, which is whole afterwards or not there.

    Raises UserError when the source is no model or the disk says no.
    """
    if not is_model(source):
        raise UserError(f"{source} is no model folder: it needs config.json, tokenizer.json and a .safetensors file")
    partial = folder.with_name(f"{folder.name}.partial")
    for old in (partial, folder):
        shutil.rmtree(old, ignore_errors=True)
    files = sorted({path for pattern in FILES for path in source.glob(pattern) if path.is_file()})
    need_space(folder.parent, sum(path.stat().st_size for path in files), "the model's files")
    try:
        partial.mkdir(parents=True)
        for path in files:
            shutil.copyfile(path, partial / path.name)
        partial.rename(folder)
    except OSError as error:
        raise disk_trouble(error, folder) from None
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def cached(name: str) -> Path | None:
    """A model of the hub in its own cache on this machine, or None."""
    from huggingface_hub import snapshot_download

    try:
        folder = Path(snapshot_download(name, local_files_only=True, allow_patterns=list(FILES)))
    except (OSError, ValueError):
        return None
    return folder if is_model(folder) else None


def into_cache(name: str) -> Path:
    """A model of the hub from its cache, else fetched into it by the hub's own client, with its progress bars.

    Raises Unreachable with a reason. The client alone would try for minutes where there is no network.
    """
    from huggingface_hub import HfApi, constants, snapshot_download

    if folder := cached(name):
        return folder
    if constants.HF_HUB_OFFLINE:
        raise Unreachable("it is not in the hub's cache here, and HF_HUB_OFFLINE is set")
    where = os.environ.get("HF_ENDPOINT") or constants.ENDPOINT
    try:
        HfApi(endpoint=where).model_info(name, timeout=_TIMEOUT)
        # without a revision: only then its cache knows the next time which one is meant
        folder = Path(snapshot_download(name, endpoint=where, allow_patterns=list(FILES)))
    except Exception as error:  # of one of two HTTP libraries, or the hub's own
        raise Unreachable(f"it is not in the hub's cache here, and {host(where)}: {_why(error)}") from None
    if not is_model(folder):
        raise Unreachable("the hub has it without safetensors, and nothing else is loaded")
    return folder


def fetch(known: Known, folder: Path, step: Callable[[str], None], progress: Progress) -> str:
    """Fetch the model into ``folder``, going on with what an earlier try began; gives the revision's hash.

    Raises Unreachable when the hub can't be asked, UserError when a download breaks off or a file comes damaged.
    """
    from huggingface_hub import HfApi, constants, hf_hub_url

    if constants.HF_HUB_OFFLINE:
        raise Unreachable("switched off by HF_HUB_OFFLINE")
    where = os.environ.get("HF_ENDPOINT") or constants.ENDPOINT
    try:
        info = HfApi(endpoint=where, token=False).model_info(known.hub, timeout=_TIMEOUT, files_metadata=True)
    except Exception as error:  # of one of two HTTP libraries, or the hub's own
        raise Unreachable(f"{host(where)}: {_why(error)}") from None
    wanted = [
        one
        for one in info.siblings or []
        if "/" not in one.rfilename and any(Path(one.rfilename).match(pattern) for pattern in FILES)
    ]
    folder.mkdir(parents=True, exist_ok=True)
    here = sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
    total = sum(one.size or 0 for one in wanted)
    need_space(folder, max(0, total - here) + total, known.title)  # a second time for the copy in its place
    # huggingface_hub begins anew after a stop, so its own download is not used
    client = Client(certificates_set())
    for one in sorted(wanted, key=lambda file: file.size or 0):
        url = hf_hub_url(known.hub, one.rfilename, revision=info.sha, endpoint=where)
        link = Link(url, sha256=one.lfs.sha256 if one.lfs else "", blob=one.blob_id or "")
        target = folder / one.rfilename
        if target.is_file() and link.fits(target):
            continue
        step(f"downloading {one.rfilename}")
        download(client, link, target, one.size or 0, progress)
    return info.sha or ""


def _why(error: BaseException) -> str:
    """The first line of what the hub's client says, without an address in it."""
    status = getattr(getattr(error, "response", None), "status_code", None)
    if status:
        return f"it answered {status}"
    kind = type(error).__name__
    if "Timeout" in kind:
        return "no answer in time"
    if "Connect" in kind or "Network" in kind:
        return "no connection"
    return f"{kind}: {(str(error).strip().splitlines() or [''])[0][:120]}"
