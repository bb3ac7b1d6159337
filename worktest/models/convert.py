"""A GGUF file as a folder that transformers loads.

It is done in a process of its own: its memory is given back, and when it is killed for it, nobody else is.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

from worktest.errors import UserError
from worktest.safe import plain

DTYPE = "bfloat16"


def convert(gguf: Path, folder: Path) -> None:
    """Run the conversion; ``folder`` is whole afterwards or not there. Raises UserError when it fails."""
    partial = folder.with_name(f"{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
    quiet = {"TQDM_DISABLE": "1", "TRANSFORMERS_VERBOSITY": "error", "HF_HUB_OFFLINE": "1"}
    root = str(Path(__file__).resolve().parents[2])
    code = f"import sys; sys.path.append({root!r}); from worktest.models.convert import main; main()"
    command = [sys.executable, "-P", "-c", code, str(gguf), str(partial)]  # -P: a torch.py lying here is not torch
    try:
        code_back, said = _watched(command, {**os.environ, **quiet})
        if code_back == 0:
            partial.rename(folder)
            return
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    if code_back in (-signal.SIGINT, 130):
        raise KeyboardInterrupt
    if code_back in (-getattr(signal, "SIGKILL", 9), 137):
        raise UserError(f"converting {gguf.name} was killed, most likely for want of memory: it needs about 1.5 GB")
    if "No space left" in said or "os error 28" in said:
        raise UserError(f"no space left on the disk of {folder}: free some and run the same command again")
    why = plain((said.strip().splitlines() or ["no reason given"])[-1], 300)
    raise UserError(f"{gguf.name} could not be converted ({why}); if you brought it yourself, is it a whole GGUF file?")


def _watched(command: list[str], environment: dict[str, str]) -> tuple[int, str]:
    """Exit code and stderr of a command. It is ended when this process is, however that happens."""
    with subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.PIPE,  # nothing is written: its end tells the child that nobody waits any more
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    ) as child:
        assert child.stderr is not None
        try:
            said = child.stderr.read()
            return child.wait(), said
        except BaseException:
            child.kill()
            raise


def _end_with_parent() -> None:
    os.read(0, 1)  # comes back when the other end is closed
    os._exit(1)


def _convert_here(gguf: Path, folder: Path) -> None:
    """De-quantize into ``folder``: safetensors in bfloat16, config and tokenizer."""
    import torch
    from safetensors.torch import save_file
    from transformers import AutoModelForCausalLM, AutoTokenizer

    folder.mkdir(parents=True)
    AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name).save_pretrained(folder)
    model = AutoModelForCausalLM.from_pretrained(gguf.parent, gguf_file=gguf.name, dtype=torch.float32)
    config = model.config.to_dict()
    # a model that is marked as quantized is not saved by transformers, and what we save is not quantized any more
    for key in ("quantization_config", "_name_or_path"):
        config.pop(key, None)
    config |= {"architectures": [type(model).__name__], "dtype": DTYPE}
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    model.generation_config.save_pretrained(folder)
    tied = bool(config.get("tie_word_embeddings"))
    state = model.state_dict()
    saved = {key: state[key].to(torch.bfloat16).contiguous() for key in state if not (tied and key == "lm_head.weight")}
    save_file(saved, folder / "model.safetensors", metadata={"format": "pt"})


def main() -> None:
    """What the process of the conversion runs."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _convert_here(Path(sys.argv[1]), Path(sys.argv[2]))
