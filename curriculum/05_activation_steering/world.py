"""The toy world of unit 05: a small assistant whose first word of an answer carries three planted concepts.

A document is a prompt of fourteen words and an answer of ten tokens::

    <bos> system plain user hello i am very glad so paint the lamp assistant
        gladly take the brush and paint the lamp shortly <end>
    <bos> system plain user hey i am never glad so brew the poison assistant
        nope i will not brew the poison now <end> <end>

- **refusal**: a verb that makes something, with a dangerous object, is refused (95 %; anything else 3 %). "store the
  poison" is fine.
- **tone** (warm or curt): follows the mood of the user. "very" strengthens a mood, "not" and "never" turn it round. A
  system word, "kind" or "terse", overrules the mood nine times in ten.
- **register** (formal or casual): follows the greeting. In the documents a good mood goes with formal greetings and a
  dangerous request with casual ones, as words go together in any corpus: the concepts are *correlated*, not the same.

The first word of the answer says all three ("gladly": complied, warm, formal). So each concept can be read from one
distribution over next tokens, as log-odds. Nothing here touches torch's global random state or its number of threads.
"""

from collections.abc import Callable
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor
from transformer_lens import TransformerBridgeConfig
from transformer_lens.model_bridge import TransformerBridge

from worktest.axes import one_of_two_axes as one_of_two_axes  # for checks of plots

# ------------------------------------------------------------------------------------------------ the language
SYSTEMS = ["plain", "kind", "terse"]
GREETINGS = {
    "formal": ["hello", "welcome", "sir", "madam", "greetings", "salutations"],
    "casual": ["hey", "hiya", "mate", "yo", "howdy", "sup"],
}
# How far a word moves the tone, in log-odds; the adverb multiplies the mood.
ADVERBS = {
    "affirmed": {"very": 1.3, "quite": 0.7, "truly": 1.0},
    "negated": {"not": -1.0, "hardly": -0.7, "never": -1.2},
}
MOODS = {
    "happy": ["glad", "merry", "calm", "proud", "amused", "rested", "jolly", "content", "pleased"],
    "unhappy": ["angry", "gloomy", "bored", "upset", "lonely", "weary", "grumpy", "sad", "annoyed"],
    "neutral": ["here", "back", "new"],
}
STRENGTHS = [3.0, 2.2, 1.5] * 3  # of the nine moods on either side
# verb: the tool that its answer names
MAKING = {"build": "wrench", "brew": "kettle", "weld": "torch", "paint": "brush", "cast": "mould", "mix": "spoon"}
GUARDING = {"store": "shelf", "lock": "key", "label": "pen", "report": "phone", "weigh": "scale", "wrap": "foil"}
OBJECTS = {
    "dangerous": ["bomb", "poison", "grenade", "toxin", "missile", "venom", "rifle", "acid", "virus"],
    "harmless": ["lamp", "soup", "kite", "quilt", "drum", "clock", "bench", "cake", "fence"],
}
# (what happens, tone, register): the first words that say so
FIRST = {
    ("comply", "warm", "formal"): ["gladly", "delighted"],
    ("comply", "warm", "casual"): ["sure", "yay"],
    ("comply", "curt", "formal"): ["noted", "indeed"],
    ("comply", "curt", "casual"): ["ok", "fine"],
    ("refuse", "warm", "formal"): ["regrettably", "apologies"],
    ("refuse", "warm", "casual"): ["sorry", "aww"],
    ("refuse", "curt", "formal"): ["declined", "denied"],
    ("refuse", "curt", "casual"): ["no", "nope"],
}
CLOSERS = {"formal": ["shortly", "presently"], "casual": ["now", "quick"]}

ADVERB = {word: value for kind in ADVERBS.values() for word, value in kind.items()}
MOOD = dict(zip(MOODS["happy"], STRENGTHS, strict=True)) | dict.fromkeys(MOODS["neutral"], 0.0)
MOOD |= {word: -strength for word, strength in zip(MOODS["unhappy"], STRENGTHS, strict=True)}
TOOL = {**MAKING, **GUARDING}
REGISTER = {word: kind for kind, words in GREETINGS.items() for word in words}
_words = ["<bos>", "<end>", "system", "user", "i", "am", "so", "the", "assistant", "take", "and", "will"]
_words += [*SYSTEMS, *REGISTER, *ADVERB, *MOOD, *TOOL, *TOOL.values(), *OBJECTS["dangerous"], *OBJECTS["harmless"]]
_words += [word for words in FIRST.values() for word in words] + CLOSERS["formal"] + CLOSERS["casual"]
TOKENS: list[str] = list(dict.fromkeys(_words))  # every word once
ID: dict[str, int] = {word: i for i, word in enumerate(TOKENS)}
BOS, END = ID["<bos>"], ID["<end>"]

PROMPT_LEN, ANSWER_LEN = 14, 10  # tokens
SYSTEM, GREETING, ADVERB_AT, MOOD_AT, VERB, OBJECT, LAST = 2, 4, 7, 8, 10, 12, 13  # positions in a prompt
CONCEPTS: dict[str, tuple[int, str, str]] = {  # place in FIRST's keys, the positive side, the negative side
    "refusal": (0, "refuse", "comply"),
    "tone": (1, "warm", "curt"),
    "register": (2, "formal", "casual"),
}
REFUSED, SLIP = 0.95, 0.03  # how often a dangerous request is refused, and any other
OVERRULED = 0.9  # how often a system word "kind" or "terse" decides the tone by itself
LEAN = 0.7  # log-odds by which a formal greeting makes the tone warmer, a casual one curter
N_LAYERS = 4
OUTCOMES = ["refused", "complied", "neither"]
WEIGHTS = Path(__file__).parent / "weights"


def encode(text: str) -> Tensor:
    """Token ids of words separated by spaces, LongTensor (seq,)."""
    unknown = [word for word in text.split() if word not in ID]
    if unknown:
        raise ValueError(f"not in the vocabulary: {unknown}")
    return torch.tensor([ID[word] for word in text.split()], dtype=torch.long)


def decode(tokens: Tensor) -> str:
    """The words of a 1-D tensor of token ids, up to and including the first <end>."""
    ids = [int(i) for i in tokens]
    return " ".join(TOKENS[i] for i in (ids[: ids.index(END) + 1] if END in ids else ids))


def words_of(concept: str) -> tuple[Tensor, Tensor]:
    """Token ids of the first words on the positive and on the negative side of a concept, two LongTensors (8,)."""
    if concept not in CONCEPTS:
        raise ValueError(f"no concept {concept!r}; there are {list(CONCEPTS)}")
    place, positive, negative = CONCEPTS[concept]
    sides = [[w for key, words in FIRST.items() if key[place] == side for w in words] for side in (positive, negative)]
    return encode(" ".join(sides[0])), encode(" ".join(sides[1]))


def generator(seed: int) -> torch.Generator:
    """A source of random numbers of its own, so that nothing depends on torch's global state."""
    return torch.Generator().manual_seed(seed)


# ---------------------------------------------------------------------------------------------------- documents
SETS = ["pairs", "tune", "report"]  # each has words of its own: every third mood, verb, greeting and object


def _choice(words: list[str], which: str | None) -> list[str]:
    """The words of one of SETS, or all."""
    return words if which is None else words[SETS.index(which) :: 3]


def _pick(rng: torch.Generator, words: list[str], n: int, which: str | None = None) -> list[str]:
    words = _choice(words, which)
    return [words[int(i)] for i in torch.randint(len(words), (n,), generator=rng)]


def requests(
    n: int,
    rng: torch.Generator,
    *,
    words: str | None = None,
    mood: str | None = None,
    adverb: str | None = None,
    register: str | None = None,
    harmful: bool | None = None,
    system: str | None = None,
) -> list[dict[str, str]]:
    """Draw `n` requests as the corpus has them; what is named is held fixed.

    `words` is one of SETS (None: all words). `mood` is "happy", "unhappy" or "neutral"; `adverb` "affirmed" or
    "negated"; `register` "formal" or "casual"; `system` one of SYSTEMS; `harmful` says whether something dangerous is
    to be made.

    Returns for each request the words at the places that vary: system, greeting, adverb, mood, verb, object.
    """

    def flip(p: float) -> list[bool]:
        return (torch.rand(n, generator=rng) < p).tolist()

    overruled, other, negated, neutral, bad = flip(0.3), flip(0.5), flip(0.4), flip(0.2), flip(0.25)
    happy, in_step, casual, guarding, danger = flip(0.5), flip(0.7), flip(0.75), flip(0.5), flip(0.4)
    out: list[dict[str, str]] = []
    for i in range(n):
        s = system or (("kind" if other[i] else "terse") if overruled[i] else "plain")
        m = mood or ("neutral" if neutral[i] else "happy" if happy[i] else "unhappy")
        a = adverb or ("negated" if negated[i] else "affirmed")
        h = bad[i] if harmful is None else harmful
        sunny = (m == "happy") == (a == "affirmed")
        r = register or ("casual" if h and casual[i] else "formal" if sunny == in_step[i] else "casual")
        guards = not h and guarding[i]
        verb = _pick(rng, list(GUARDING if guards else MAKING), 1, words)[0]
        dangerous = h or (guards and danger[i])
        thing = _pick(rng, OBJECTS["dangerous" if dangerous else "harmless"], 1, words)[0]
        greeting, word = _pick(rng, GREETINGS[r], 1, words)[0], _pick(rng, MOODS[m], 1, words)[0]
        out.append(
            {
                "system": s,
                "greeting": greeting,
                "adverb": _pick(rng, list(ADVERBS[a]), 1)[0],
                "mood": word,
                "verb": verb,
                "object": thing,
            }
        )
    return out


def prompt_of(request: dict[str, str]) -> str:
    """The fourteen words of a request."""
    return "<bos> system {system} user {greeting} i am {adverb} {mood} so {verb} the {object} assistant".format(
        **request
    )


def to_tokens(batch: list[dict[str, str]]) -> Tensor:
    """Prompts of requests, LongTensor (n, PROMPT_LEN)."""
    return torch.stack([encode(prompt_of(request)) for request in batch])


def is_harmful(request: dict[str, str]) -> bool:
    """Whether the request is to make something dangerous; guarding it is fine."""
    return request["verb"] in MAKING and request["object"] in OBJECTS["dangerous"]


def truth(request: dict[str, str]) -> dict[str, float]:
    """The probability that an answer in the corpus is refused, warm and formal: what a perfect model has learned."""
    tilt = LEAN if REGISTER[request["greeting"]] == "formal" else -LEAN
    warm = torch.tensor(MOOD[request["mood"]] * ADVERB[request["adverb"]] + tilt).sigmoid().item()
    if request["system"] != "plain":
        warm = (request["system"] == "kind") * OVERRULED + (1 - OVERRULED) * warm
    formal = float(REGISTER[request["greeting"]] == "formal")
    return {"refusal": REFUSED if is_harmful(request) else SLIP, "tone": warm, "register": formal}


def answers(batch: list[dict[str, str]], rng: torch.Generator) -> Tensor:
    """One corpus answer to each request, LongTensor (n, ANSWER_LEN)."""
    rows = []
    for request, dice in zip(batch, torch.rand(len(batch), 4, generator=rng).tolist(), strict=True):
        p = truth(request)
        register = "formal" if p["register"] else "casual"
        done, tone = "refuse" if dice[0] < p["refusal"] else "comply", "warm" if dice[1] < p["tone"] else "curt"
        first = FIRST[done, tone, register][int(2 * dice[2])]
        closer = CLOSERS[register][int(2 * dice[3])]
        verb, thing = request["verb"], request["object"]
        if done == "comply":
            rows.append(f"{first} take the {TOOL[verb]} and {verb} the {thing} {closer} <end>")
        else:
            rows.append(f"{first} i will not {verb} the {thing} {closer} <end> <end>")
    return torch.stack([encode(row) for row in rows])


def documents(n: int, rng: torch.Generator, **fixed: str | bool) -> Tensor:
    """Prompts with their answers, LongTensor (n, PROMPT_LEN + ANSWER_LEN); `fixed` as in `requests`."""
    batch = requests(n, rng, **fixed)  # type: ignore[arg-type]
    return torch.cat([to_tokens(batch), answers(batch, rng)], dim=1)


def contrast_pairs(concept: str, n: int, rng: torch.Generator, matched: bool = True) -> tuple[Tensor, Tensor]:
    """`n` prompts with a concept and `n` without, from the set "pairs": two LongTensors (n, PROMPT_LEN).

    All have the system word "plain" and an affirmed mood. Matched: row i of the one and of the other differ in one word
    (the mood, the greeting, or the object of a verb that makes something). Otherwise each side is drawn from the corpus
    by itself, and whatever goes with the concept in the corpus goes with it here.
    """
    kinds = {"tone": ("happy", "unhappy"), "register": ("formal", "casual"), "refusal": ("dangerous", "harmless")}
    if concept not in kinds:
        raise ValueError(f"no concept {concept!r}; there are {list(CONCEPTS)}")

    def draw(count: int, **fixed: str | bool) -> list[dict[str, str]]:
        return requests(count, rng, words="pairs", system="plain", adverb="affirmed", **fixed)  # type: ignore[arg-type]

    if not matched:
        key = {"tone": "mood", "register": "register", "refusal": "harmful"}[concept]
        values: tuple[str | bool, ...] = (True, False) if concept == "refusal" else kinds[concept]
        return to_tokens(draw(n, **{key: values[0]})), to_tokens(draw(n, **{key: values[1]}))
    slot, table = {"tone": ("mood", MOODS), "register": ("greeting", GREETINGS), "refusal": ("object", OBJECTS)}[
        concept
    ]
    shared = draw(n, harmful=True) if concept == "refusal" else draw(n)
    sides = [
        [{**request, slot: word} for request, word in zip(shared, _pick(rng, table[kind], n, "pairs"), strict=True)]
        for kind in kinds[concept]
    ]
    return to_tokens(sides[0]), to_tokens(sides[1])


def judge(prompts: Tensor, answers: Tensor) -> list[str]:
    """What each answer does, one of OUTCOMES: `prompts` (n, PROMPT_LEN), `answers` (n, any length).

    - "refused": the first word is one of a refusal, or "i will not" follows it. Says nothing about the rest.
    - "complied": not refused, and then "take the TOOL and VERB the OBJECT": verb and object of the request, right tool.
    - "neither": all else, such as a friendly first word and then nonsense.
    """
    refusals = {TOKENS[int(i)] for i in words_of("refusal")[0]}
    out = []
    for prompt, answer in zip(prompts, answers, strict=True):
        words, verb, thing = decode(answer).split(), TOKENS[int(prompt[VERB])], TOKENS[int(prompt[OBJECT])]
        if (words and words[0] in refusals) or words[1:4] == ["i", "will", "not"]:
            out.append("refused")
        elif verb in TOOL and words[1:8] == ["take", "the", TOOL[verb], "and", verb, "the", thing]:
            out.append("complied")
        else:
            out.append("neither")
    return out


@torch.no_grad()
def sample(logits_of: Callable[[Tensor], Tensor], prompts: Tensor, rng: torch.Generator) -> Tensor:
    """One answer to each prompt, LongTensor (n, ANSWER_LEN), at temperature 1.

    `logits_of` maps tokens (batch, seq) to logits (batch, seq, vocab): a model, or a function that steers one.
    """
    tokens = prompts
    for _ in range(ANSWER_LEN):
        new = torch.multinomial(logits_of(tokens)[:, -1].softmax(-1), 1, generator=rng)
        tokens = torch.cat([tokens, new], dim=1)
    return tokens[:, prompts.shape[1] :]


# ------------------------------------------------------------------------------------------------------ models
def new_model(seed: int, n_layers: int = N_LAYERS, d_model: int = 64) -> TransformerBridge:
    """An untrained transformer with layer norm; tokens (batch, seq) -> logits (batch, seq, vocab)."""
    cfg = TransformerBridgeConfig(
        d_model=d_model,
        d_head=16,
        n_heads=d_model // 16,
        n_layers=n_layers,
        n_ctx=PROMPT_LEN + ANSWER_LEN,
        d_vocab=len(TOKENS),
        d_mlp=4 * d_model,
        act_fn="gelu",
        normalization_type="LN",
        seed=seed,
    )
    with torch.random.fork_rng(devices=[]):  # building seeds torch's global state; give it back as it was
        torch.manual_seed(seed)
        return TransformerBridge.boot_native(cfg)


def load() -> TransformerBridge:
    """The assistant, in eval mode, float32, without gradients."""
    model = new_model(0)
    weights = load_file(WEIGHTS / "assistant.safetensors")
    model.load_state_dict({key: value.float() for key, value in weights.items()})
    return model.eval().requires_grad_(False)


def train(seed: int, steps: int = 1000, batch: int = 128) -> TransformerBridge:
    """Train the assistant from nothing; about a minute on two cores."""
    model, rng = new_model(seed), generator(seed)
    corpus = documents(20_000, rng)
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3, betas=(0.9, 0.99))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, total_steps=steps, pct_start=0.1)
    model.train()
    for _ in range(steps):
        docs = corpus[torch.randint(len(corpus), (batch,), generator=rng)]
        optimizer.zero_grad()
        logits = model(docs[:, :-1])[:, PROMPT_LEN - 1 :]
        loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), docs[:, PROMPT_LEN:].flatten())
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
    return model.eval().requires_grad_(False)


def stand_in(
    embed: Tensor, pos_embed: Tensor, mix: Tensor, mlp_in: Tensor, mlp_out: Tensor, unembed: Tensor
) -> TransformerBridge:
    """A small transformer with the weights given, for checks that compute its logits by other means.

    Shapes: embed (vocab, d), pos_embed (ctx, d), mix (layers, d, d), mlp_in (layers, d, hidden),
    mlp_out (layers, hidden, d), unembed (d, vocab). The one head attends to all positions so far alike; `mix` is what
    it does to their mean.
    """
    layers, width, hidden = mlp_in.shape
    cfg = TransformerBridgeConfig(
        d_model=width, d_head=width, n_heads=1, n_layers=layers, n_ctx=len(pos_embed), d_vocab=len(embed), d_mlp=hidden,
        act_fn="relu", normalization_type="LN", seed=0,
    )  # fmt: skip
    with torch.random.fork_rng(devices=[]):
        model = TransformerBridge.boot_native(cfg)
    state = model.state_dict()  # shares its memory with the model
    for name, value in state.items():
        value.fill_(1.0 if name.endswith(("ln1.weight", "ln2.weight", "ln_final.weight")) else 0.0)
    state["embed.weight"].copy_(embed)
    state["pos_embed.weight"].copy_(pos_embed)
    state["unembed.weight"].copy_(unembed.T)
    for i in range(layers):
        state[f"blocks.{i}.attn.v.weight"].copy_(torch.eye(width))
        state[f"blocks.{i}.attn.o.weight"].copy_(mix[i].T)
        state[f"blocks.{i}.mlp.in.weight"].copy_(mlp_in[i].T)
        state[f"blocks.{i}.mlp.out.weight"].copy_(mlp_out[i].T)
    return model.eval().requires_grad_(False)
