"""A real model for a notebook: `load` gives it, `there` gives it or says how to get it."""

from __future__ import annotations

import contextlib
import logging
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from worktest.errors import UserError
from worktest.models import hub, store
from worktest.models.catalog import KNOWN
from worktest.models.registry import Unreachable
from worktest.safe import plain

_LARGER = "HuggingFaceTB/SmolLM2-360M-Instruct"


def load(name: str = "smollm2", dtype: Any = None, device: str | None = None, *, quiet: bool = False) -> Any:
    """A language model as a TransformerLens bridge, ready for hooks, in evaluation mode.

    ``name`` is a model of `worktest models list`, any causal model of the hub (from its cache, or fetched), or a
    folder. ``dtype`` is a torch dtype or its name, float32 if left out; ``device`` as in torch, a GPU if torch sees
    one. Texts get a begin token only where the model's own tokenizer gives one. Prints one line unless ``quiet``.
    Raises UserError when the model is not there, damaged, or can't be loaded.
    """
    import torch

    kind = getattr(torch, dtype, None) if isinstance(dtype, str) else dtype or torch.float32
    if not isinstance(kind, torch.dtype):
        raise UserError(f"there is no dtype {dtype!r}; float32, bfloat16 and float16 are")
    try:
        place = torch.device(device or ("cuda" if torch.cuda.is_available() else "cpu"))
        torch.empty(0, device=place)
    except Exception as error:  # torch raises what the device's own library does
        raise UserError(f"the device {device!r} can't be used: {_first_line(error)}") from None
    folder, what, rounding = _where(name)
    bridge = _boot(name, folder, kind, place)
    if not quiet:
        print(_line(what, folder, rounding, kind, place))
    return bridge


def there(name: str = "smollm2", dtype: Any = None, device: str | None = None) -> Any:
    """The loaded model, or None after a line that says how to get it: for a notebook that goes on without."""
    try:
        return load(name, dtype, device)
    except UserError as problem:
        print(f"This section needs a real model. {problem}")
        print("The rest of the notebook runs without it, and no point depends on it.")
        return None


def _where(name: str) -> tuple[str, str, str]:
    """What transformers is to open, what it is called, and its rounding. Raises UserError."""
    if name in KNOWN:
        kept = store.kept(name)
        if kept is None:
            raise UserError(f"{name} is not on this machine: {KNOWN[name].how_to_get}")
        if damage := kept.damage():
            raise UserError(f"{damage}: `worktest models get {name}` fetches it anew")
        return str(kept.path), f"{kept.about.title} ({KNOWN[name].parameters} parameters)", kept.about.rounding
    if (folder := Path(name).expanduser()).is_dir():
        return str(folder), folder.name, "weights as in the folder"
    if name.count("/") != 1 or name.startswith(("/", ".", "~")):
        raise UserError(
            f"there is no model {plain(name, 100)!r}: name {', '.join(KNOWN)}, a model of the hub such as {_LARGER}, "
            f"or a folder"
        )
    try:
        return str(hub.into_cache(name)), name, "weights as on the hub"
    except Unreachable as problem:
        raise UserError(f"{name} can't be loaded: {problem}") from None


def _boot(name: str, source: str, dtype: Any, device: Any) -> Any:
    """The bridge. Raises UserError when transformers or TransformerLens can't."""
    from transformer_lens.model_bridge import TransformerBridge
    from transformers import AutoModelForCausalLM, AutoTokenizer

    try:
        with _no_bar():
            tokenizer = AutoTokenizer.from_pretrained(source, local_files_only=True)
            model = AutoModelForCausalLM.from_pretrained(
                source, dtype=dtype, local_files_only=True, use_safetensors=True
            )
    except (OSError, ValueError, KeyError, ImportError) as error:
        raise UserError(f"{source} can't be loaded: {_first_line(error)}") from None
    if tokenizer.pad_token is None:
        tokenizer.pad_token = tokenizer.eos_token
    begins = tokenizer("a")["input_ids"][:1] == [tokenizer.bos_token_id]
    model.to(device).eval()
    logging.getLogger("transformer_lens").setLevel(logging.ERROR)
    label = KNOWN[name].hub if name in KNOWN else name
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            bridge = TransformerBridge.boot_transformers(
                label, hf_model=model, tokenizer=tokenizer, dtype=dtype, device=str(device)
            )
    except Exception as error:  # an architecture that it doesn't know, in many ways
        raise UserError(f"TransformerLens can't take {name}: {_first_line(error)}") from None
    # TransformerLens puts a begin token before every text, also for models that never saw one there
    bridge.cfg.default_prepend_bos = begins
    bridge.eval()
    return bridge


@contextlib.contextmanager
def _no_bar() -> Iterator[None]:
    """Without the bar of transformers, which would stay in a saved notebook; loading from the disk takes a second."""
    from transformers.utils import logging as settings

    was = settings.is_progress_bar_enabled()
    settings.disable_progress_bar()
    try:
        yield
    finally:
        if was:
            settings.enable_progress_bar()


def _line(what: str, where: str, rounding: str, dtype: Any, device: Any) -> str:
    """What was loaded, as what, and from where."""
    with contextlib.suppress(ValueError, RuntimeError):  # the line stays in saved notebooks
        where = f"~/{Path(where).relative_to(Path.home()).as_posix()}"
    gpu = "" if device.type == "cuda" else "; on a GPU: device='cuda'"
    return (
        f"{what}, {str(dtype).removeprefix('torch.')} on {device}, from {where}; {rounding}. "
        f"A larger one: any name of the model hub, as in load('{_LARGER}'){gpu}."
    )


def _first_line(error: BaseException) -> str:
    return plain((str(error).strip().splitlines() or [type(error).__name__])[0], 200)
