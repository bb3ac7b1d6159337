"""A language model of a few thousand weights with a tokenizer of single characters, and the files it comes in."""

from __future__ import annotations

import string
import zipfile
from pathlib import Path
from typing import Any

CHARACTERS = string.ascii_letters + string.digits + " .,!?\n|"
TEMPLATE = "{% for m in messages %}|{{ m['role'] }}\n{{ m['content'] }}{% endfor %}{% if add_generation_prompt %}|a\n{% endif %}"


def tiny(folder: Path, *, seed: int = 0, scale: float = 6.0) -> Path:
    """Save the model in the hub's format. ``scale`` makes its predictions sharp, so that errors show."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    tokenizer = tiny_tokenizer()
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        intermediate_size=48,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=128,
        bos_token_id=0,
        eos_token_id=1,
        pad_token_id=1,
        tie_word_embeddings=True,
    )
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        model = LlamaForCausalLM(config)
    with torch.no_grad():
        for weight in model.parameters():
            if weight.ndim == 2:
                weight.mul_(scale)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def tiny_tokenizer() -> Any:
    """One token a character; ``<s>`` and ``</s>`` are 0 and 1."""
    from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    words = {"<s>": 0, "</s>": 1, **{c: i + 2 for i, c in enumerate(CHARACTERS)}}
    inner = Tokenizer(models.WordLevel(words, unk_token="</s>"))
    inner.pre_tokenizer = pre_tokenizers.Split(Regex("."), "isolated")
    inner.decoder = decoders.Fuse()
    made = PreTrainedTokenizerFast(tokenizer_object=inner, bos_token="<s>", eos_token="</s>", pad_token="</s>")
    made.chat_template = TEMPLATE
    return made


def tiny_gguf(path: Path) -> Path:
    """A GGUF file of a llama with 32-wide blocks in Q4_1, as the real one is."""
    import gguf
    import numpy as np

    rng = np.random.default_rng(0)
    width, heads, inner, blocks = 32, 2, 64, 1
    tokens = ["<|im_start|>", "<|im_end|>", *"abcdefghijklmnopqrstuvwxyz", "Ġ", "ab", "Ġa"]
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("tiny")
    writer.add_context_length(64)
    writer.add_embedding_length(width)
    writer.add_block_count(blocks)
    writer.add_feed_forward_length(inner)
    writer.add_head_count(heads)
    writer.add_head_count_kv(heads)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_freq_base(10000.0)
    writer.add_rope_dimension_count(width // heads)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("smollm")
    writer.add_token_list(tokens)
    writer.add_token_types([3, 3] + [1] * (len(tokens) - 2))
    writer.add_token_merges(["a b", "Ġ a"])
    writer.add_bos_token_id(0)
    writer.add_eos_token_id(1)
    writer.add_pad_token_id(1)
    shapes = {"token_embd": (len(tokens), width)}
    for i in range(blocks):
        shapes |= {f"blk.{i}.attn_{x}": (width, width) for x in ("q", "k", "v", "output")}
        shapes |= {f"blk.{i}.ffn_gate": (inner, width), f"blk.{i}.ffn_up": (inner, width)}
        shapes |= {f"blk.{i}.ffn_down": (width, inner)}
    for name, shape in shapes.items():
        packed = gguf.quants.quantize(rng.normal(size=shape).astype(np.float32), gguf.GGMLQuantizationType.Q4_1)
        writer.add_tensor(f"{name}.weight", packed, raw_dtype=gguf.GGMLQuantizationType.Q4_1)
    for name in ("output_norm", *(f"blk.{i}.{x}_norm" for i in range(blocks) for x in ("attn", "ffn"))):
        writer.add_tensor(f"{name}.weight", np.ones(width, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def wheel_of(path: Path, member: str, data: bytes) -> Path:
    """A wheel that carries ``data``."""
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(member, data)
    return path
