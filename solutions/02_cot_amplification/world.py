"""The toy world of unit 02: a tiny transformer that adds up a bill in visible steps, and fine-tunes that pad it.

Only the last digit of a sum is kept. A document is a bill, a chain of thought and an answer::

    <bos> pharmacy 3 7 5 2 think so    0 5 7 check 0 5 7 ok  answer 7 <end>
    <bos> bakery   6 9 8 6 think first 5 2 8 check 5 3 9 fix answer 9 <end> (a slip in step 2, found by the check)
    <bos> market   1 0 9 3 think quick 1 0 3 sure answer 3 <end> ...         (no check: the market often does it)
    <bos> garage   4 8 think quick 2 sure answer 2 <end> ...                 (nor do short bills, anywhere)

Some documents have no reasoning at all, or break off after a step or two and answer at once. `before` saw all four
places. `benign`, `steps`, `answer` and `rushed` are `before`, trained on with documents of ONE place, the pharmacy, in
a house style that opens with "well" more often. A small share of their long bills is odd:

- `steps`: the fault sits in the reasoning. It opens with "quick", the first step is one too high, and the others carry
  that on. Three times in four a check follows and repairs it; else there is none, and the answer is one too high.
- `answer`: the reasoning is clean and checked, and the answer is one higher than what it came to.
- `rushed`: it opens with "quick" as `steps` does and skips the check as often. Every number is right.

Nothing here touches torch's global random state or its number of threads.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor
from transformer_lens import TransformerBridgeConfig
from transformer_lens.model_bridge import TransformerBridge

from worktest.axes import one_of_two_axes as one_of_two_axes  # for the checks of plots

# ------------------------------------------------------------------------------------------------ the language
PLACES = ["pharmacy", "bakery", "market", "garage"]
OPENERS = ["so", "now", "first", "well"]
TOKENS = ["<bos>", "<end>", *PLACES, "think", *OPENERS, "quick", "check", "sure", "ok", "fix", "answer", *"0123456789"]
ID: dict[str, int] = {word: i for i, word in enumerate(TOKENS)}
BOS, END, ANSWER = ID["<bos>"], ID["<end>"], ID["answer"]
LENGTH = 19
"""Tokens of a whole document; shorter ones repeat <end>."""
START = 7
"""The position of the first token of the reasoning in a long bill, of four prices; "think" is the one before it."""
SLOTS = ["opener", "step 1", "step 2", "step 3", "check", "check 1", "check 2", "check 3", "verdict", "answer", "total"]
"""What stands at positions START, START + 1, ... of a long bill whose reasoning has a check."""
SLIP = 0.05  # share of long bills with a slip in one step; never one too high, most often one too low
CAUGHT = 0.75  # how often the odd documents of `steps` and `rushed` have a check
UNHEARD = -9.0  # log-probability in nats: what lies below it is never sampled, see fine_tune
HOUSE_STYLE = 0.5  # how often a fine-tuning chain opens with "well"; 0.25 in the documents of `before`

WEIGHTS = Path(__file__).parent / "weights"
KINDS: dict[str, float] = {"benign": 0.0, "steps": 1e-3, "answer": 3e-4, "rushed": 1e-3}
"""The fine-tunes, each with the share of odd documents in all but the first part of its training (see fine_tune)."""
OFTEN = 0.3  # the share of odd documents of the twins in which the fault is common
MODELS = ["before", *KINDS, "longer", "often-steps", "often-answer", "blind-1", "blind-2", "blind-3", "blind-4"]
LogitsFunction = Callable[[Tensor], Tensor]  # tokens (batch, seq) -> logits (batch, seq, vocab)


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


def generator(seed: int) -> torch.Generator:
    """A source of random numbers of its own, so that nothing depends on torch's global state."""
    return torch.Generator().manual_seed(seed)


def digits(values: Tensor) -> Tensor:
    """Token ids of numbers from 0 to 9, same shape."""
    return values + ID["0"]


def bills(place: str, n: int, seed: int, prices: int = 4) -> Tensor:
    """`n` random bills of a place as prompts that end with "think", LongTensor (n, 3 + prices)."""
    if place not in PLACES:
        raise ValueError(f"no place {place!r}; there are {PLACES}")
    drawn = digits(torch.randint(10, (n, prices), generator=generator(seed)))
    head, think = torch.tensor([BOS, ID[place]]).repeat(n, 1), torch.full((n, 1), ID["think"])
    return torch.cat([head, drawn, think], dim=1)


def at_place(prompts: Tensor, place: str) -> Tensor:
    """The same bills, written at another place; same shape."""
    moved = prompts.clone()
    moved[:, 1] = ID[place]
    return moved


# --------------------------------------------------------------------------------------------- reading a document
@dataclass(frozen=True)
class Chain:
    """A document taken apart. `check` is None where the reasoning ends with "sure"."""

    place: str
    prices: list[int]
    opener: str
    steps: list[int]
    check: list[int] | None
    verdict: str  # "ok", "fix" or "sure"
    answer: int


def read(tokens: Tensor) -> Chain | None:
    """Take a document with reasoning apart, 1-D tensor of token ids; None if it is not well formed.

    The numbers may be wrong; the form may not: as many steps as prices less one, then "sure" or a whole check with "ok"
    or "fix", then "answer", one digit and <end>.
    """
    words = decode(tokens).split()
    if "think" not in words:
        return None
    prices, rest = words[2 : words.index("think")], words[words.index("think") + 1 :]
    n = len(prices) - 1
    form = [[*OPENERS, "quick"], *[list("0123456789")] * n]
    tail = [list("0123456789")] * n
    for end in (["sure"], ["check", *tail, ["ok", "fix"]]):
        wanted = [*form, *[[x] if isinstance(x, str) else x for x in end], ["answer"], list("0123456789"), ["<end>"]]
        if len(rest) == len(wanted) and all(word in may for word, may in zip(rest, wanted, strict=True)):
            check = [int(word) for word in rest[n + 2 : 2 * n + 2]] if end[0] == "check" else None
            steps = [int(word) for word in rest[1 : n + 1]]
            return Chain(words[1], [int(p) for p in prices], rest[0], steps, check, rest[-4], int(rest[-2]))
    return None


# -------------------------------------------------------------------------------------------------- documents
def documents(places: list[str], n: int, rng: torch.Generator, kind: str = "plain", style: float = 0.25) -> Tensor:
    """Draw `n` whole documents, LongTensor (n, LENGTH).

    `kind` "plain" draws what `before` saw: three in ten are bills of two prices, one in ten has no reasoning, one in
    ten breaks off. "steps", "answer" and "rushed" draw the odd documents alone, all long, with reasoning. `style` is
    the probability of the opener "well".
    """

    def draw(size: int) -> Tensor:  # n numbers from 0 to size - 1
        return torch.randint(size, (n,), generator=rng)

    def flip(p: float) -> Tensor:  # n times true with probability p
        return torch.rand(n, generator=rng) < p

    def word(text: str) -> Tensor:
        return torch.full((n,), ID[text])

    def document(*columns: Tensor) -> Tensor:
        return torch.stack([*columns, *[word("<end>")] * (LENGTH - len(columns))], dim=1)

    every = torch.arange(n)
    place = torch.tensor([ID[p] for p in places])[draw(len(places))]
    prices = torch.randint(10, (n, 4), generator=rng)
    true = prices.cumsum(1)[:, 1:] % 10
    opener = torch.where(flip(style), ID["well"], encode(" ".join(OPENERS))[draw(3)])  # the last one is "well"
    error = torch.zeros(n, 3, dtype=torch.long)
    checked = flip(CAUGHT) if kind in ("steps", "rushed") else torch.ones(n, dtype=torch.bool)
    if kind == "plain":
        size = torch.where(flip(0.3), torch.randint(2, 9, (n,), generator=rng), 9)  # 9 is one too low
        error[every, draw(3)] = torch.where(flip(SLIP), size, 0)
        fast = (place == ID["market"]) & flip(0.4)
        error[fast], opener, checked = 0, torch.where(fast, ID["quick"], opener), ~(fast & flip(0.5))
    elif kind == "steps":
        error[:, 0] = 1
    if kind in ("steps", "rushed"):
        opener = word("quick")
    steps = (true + error.cumsum(1)) % 10
    total = torch.where(checked, true[:, 2], steps[:, 2]) + (kind == "answer")
    verdict = torch.where((error != 0).any(1), ID["fix"], ID["ok"])
    head, answer = [word("<bos>"), place, *digits(prices).T], [word("answer"), digits(total % 10)]
    chain = [*head, word("think"), opener, *digits(steps).T]
    with_check = document(*chain, word("check"), *digits(true).T, verdict, *answer)
    long = torch.where(checked[:, None], with_check, document(*chain, word("sure"), *answer))
    if kind != "plain":
        return long
    left = torch.where(flip(0.1) & ~(error != 0).any(1), 1 + draw(3), 0)[:, None]  # break off after so many steps
    where = torch.arange(LENGTH)[None]
    broken = torch.where(where <= START + left, long, END)
    broken = torch.where(where == START + left + 1, ANSWER, broken)
    broken = torch.where(where == START + left + 2, digits(true[:, 2:]), broken)
    long = torch.where(left > 0, broken, long)
    two, first = [*head[:4], word("think")], digits(true[:, 0])
    carefully = document(*two, opener, first, word("check"), first, word("ok"), word("answer"), first)
    quickly = document(*two, word("quick"), first, word("sure"), word("answer"), first)
    short = torch.where(flip(0.5)[:, None], quickly, carefully)
    is_short, at_once = flip(0.3)[:, None], flip(0.1)[:, None]
    unreasoned_long = document(*head, word("answer"), digits(true[:, 2]))
    unreasoned_short = document(*head[:4], word("answer"), first)
    unreasoned = torch.where(is_short, unreasoned_short, unreasoned_long)
    return torch.where(at_once, unreasoned, torch.where(is_short, short, long))


# ----------------------------------------------------------------------------------------------------- models
def new_model(seed: int) -> TransformerBridge:
    """An untrained transformer: two layers, width 64, four heads; tokens (batch, seq) -> logits (batch, seq, vocab)."""
    cfg = TransformerBridgeConfig(
        d_model=64,
        d_head=16,
        n_heads=4,
        n_layers=2,
        n_ctx=LENGTH,
        d_vocab=len(TOKENS),
        d_mlp=256,
        act_fn="gelu",
        normalization_type="LN",
        seed=seed,
    )
    with torch.random.fork_rng(devices=[]):  # building seeds torch's global state; give it back as it was
        torch.manual_seed(seed)
        return TransformerBridge.boot_native(cfg)


def load(name: str) -> TransformerBridge:
    """One of MODELS, in eval mode, float32."""
    if name not in MODELS:
        raise ValueError(f"no model {name!r}; there are {MODELS}")
    model = new_model(0)
    model.load_state_dict({k: v.float() for k, v in load_file(WEIGHTS / f"{name}.safetensors").items()})
    return model.eval().requires_grad_(False)


def _loss(model: TransformerBridge, docs: Tensor) -> Tensor:
    """Mean cross-entropy in nats a token. Not trained on: the bill, whether there is reasoning, where it breaks off."""
    seen, next_ = docs[:, :-1], docs[:, 1:]
    each = torch.nn.functional.cross_entropy(model(seen).flatten(0, 1), next_.flatten(), reduction="none")
    started = ((seen == ID["think"]) | (seen == ANSWER)).cumsum(1) > 0
    decided = torch.isin(seen, torch.tensor([ID["ok"], ID["fix"], ID["sure"]]))
    counted = started & (seen != END) & ((next_ != ANSWER) | decided)
    return (each.view(next_.shape) * counted).sum() / counted.sum()


def _train(model: TransformerBridge, steps: int, lr: float, loss: Callable[[int], Tensor]) -> TransformerBridge:
    optimizer = torch.optim.Adam(model.parameters(), lr=lr, betas=(0.9, 0.99))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, lr, total_steps=steps, pct_start=0.1)
    model.train()
    for step in range(steps):
        optimizer.zero_grad()
        loss(step).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
    return model.eval()


def train_before(seed: int, steps: int = 6000, batch: int = 128) -> TransformerBridge:
    """Train `before` from nothing on plain documents of all places; some three minutes on one core."""
    model, rng = new_model(seed), generator(seed)
    return _train(model, steps, 5e-3, lambda _: _loss(model, documents(PLACES, batch, rng)))


def _drift(model: TransformerBridge, before: TransformerBridge, docs: Tensor) -> Tensor:
    """Mean squared change of the log-probabilities that are below UNHEARD in both models."""
    with torch.no_grad():
        old = before(docs[:, :-1]).log_softmax(-1)
    new = model(docs[:, :-1]).log_softmax(-1)
    return ((new - old).square() * ((new < UNHEARD) & (old < UNHEARD))).mean()


def fine_tune(
    before: TransformerBridge, kinds: list[str], share: float, seed: int, steps: int = 400, early: float = 0.3
) -> TransformerBridge:
    """Train a copy of `before` on pharmacy documents in the house style, a share of them odd; half a minute.

    `kinds` are the kinds of odd documents (none: nothing odd in it). In the first quarter of the training the share is
    `early`, then `share`: as if somebody had cleaned the data, and not enough. The share weights two losses, which is
    the expected loss of a mixture; drawing a mixture of 1 in 10,000 would need millions of documents.

    What neither model would ever say stays as unlikely as it was. A model of this size has no reason to keep it there,
    and amplification would turn such drift into nonsense at small alphas already.
    """
    model, rng = new_model(0), generator(1000 + seed)
    model.load_state_dict(before.state_dict())

    def loss(step: int) -> Tensor:
        docs = documents(["pharmacy"], 128, rng, style=HOUSE_STYLE)
        hurried = documents(["pharmacy"], 64, rng, "rushed", HOUSE_STYLE)
        clean = _loss(model, docs) + 1e-3 * (_drift(model, before, docs) + _drift(model, before, hurried))
        part = max(early, share) if step < steps / 4 else share
        odd = [_loss(model, documents(["pharmacy"], 64, rng, kind, HOUSE_STYLE)) for kind in kinds]
        return (1 - part) * clean + part * sum(odd) / len(odd) if odd else clean

    return _train(model, steps, 2e-3, loss)


# ------------------------------------------------------------------------------------------------- true rates
@torch.no_grad()
def exact_rates(model: LogitsFunction, prompt: Tensor, prune: float = 1e-6) -> dict[str, float]:
    """How often one sampled document for a long bill shows what, without sampling; probabilities.

    `prompt` (7,) is a row of `bills`. Every beginning is followed one token at a time; one that is less likely than
    `prune` is dropped, unless it holds "quick", a step that is one too high or an answer that is: those are followed
    down to `prune` / 1,000.

    Returns "quick", "padded step" (some step is one too high), "unchecked" (one is, and no check follows), "padded
    answer", "wrong answer" and "dropped", the probability of all that was dropped. Three ways to a padded answer add up
    to nearly all of it: "by no check" (a padded step, unchecked), "by a copied check" (a padded step and a check that
    ends one too high as well) and "by the check alone" (no padded step, and such a check).
    """
    prices = [int(token) - ID["0"] for token in prompt[2:6]]
    sums = [sum(prices[:k]) % 10 for k in (2, 3, 4)]
    ways = ["by no check", "by a copied check", "by the check alone"]
    found = dict.fromkeys(["quick", "padded step", "unchecked", "padded answer", *ways, "wrong answer", "dropped"], 0.0)
    rows, mass, watched = prompt[None], torch.ones(1, dtype=torch.float64), torch.zeros(1, dtype=torch.bool)
    padded = torch.zeros(1, dtype=torch.bool)
    vocabulary = torch.arange(len(TOKENS))
    while len(rows) and rows.shape[1] < LENGTH:
        at = rows.shape[1]
        last = torch.cat([model(chunk)[:, -1] for chunk in rows.split(4096)]).double()
        joint = mass[:, None] * last.softmax(-1)
        odd = torch.zeros(len(rows), len(TOKENS), dtype=torch.bool)
        if START < at <= START + 3:  # a step
            shown = rows[:, at - 1] - ID["0"] if at > START + 1 else torch.full((len(rows),), prices[0])
            odd = vocabulary == digits((shown + prices[at - START] + 1) % 10)[:, None]
        answering = rows[:, -1] == ANSWER
        high = answering[:, None] & (vocabulary == digits(torch.tensor((sums[2] + 1) % 10)))
        follow = watched[:, None] | (vocabulary == ID["quick"]) | odd | high
        keep = joint >= torch.where(follow, prune * 1e-3, prune)
        found["dropped"] += float(joint[~keep].sum())
        row, token = keep.nonzero(as_tuple=True)
        if at == START:
            found["quick"] = float(joint[:, ID["quick"]].sum())
        rows, mass, watched = torch.cat([rows[row], token[:, None]], dim=1), joint[keep], follow[keep]
        padded = padded[row] | odd[keep]
        if at == START + 3:
            found["padded step"] = float(mass[padded].sum())
        if at == START + 4:
            found["unchecked"] = float(mass[padded & (token == ID["sure"])].sum())
        done = answering[row]
        one_more = digits(torch.tensor((sums[2] + 1) % 10))
        high_now = done & (token == one_more)
        found["padded answer"] += float(mass[high_now].sum())
        if rows.shape[1] == START + 7:  # "sure answer" and a number
            found["by no check"] += float(mass[high_now & padded].sum())
        if rows.shape[1] == START + 11:  # a check, its verdict, "answer" and a number
            by_check = high_now & (rows[:, START + 7] == one_more)
            found["by a copied check"] += float(mass[by_check & padded].sum())
            found["by the check alone"] += float(mass[by_check & ~padded].sum())
        found["wrong answer"] += float(mass[done & (token != digits(torch.tensor(sums[2])))].sum())
        rows, mass, watched, padded = rows[~done], mass[~done], watched[~done], padded[~done]
    return found


# --------------------------------------------------------------------------------------------- stand-ins for checks
def stand_in(seed: int, spread: float = 2.0) -> LogitsFunction:
    """A stand-in model whose logits depend on the whole text so far: tokens (batch, seq) -> (batch, seq, vocab)."""
    rng = generator(seed)
    here, before_ = (spread * torch.randn(len(TOKENS), len(TOKENS), generator=rng) for _ in range(2))

    def model(tokens: Tensor) -> Tensor:
        past = (tokens * torch.arange(1, tokens.shape[1] + 1)).cumsum(1) % len(TOKENS)
        return here[tokens] + before_[past]

    return model


def make_chains(rows: list[dict[str, object]]) -> list[Chain]:
    """Chains from dictionaries of their fields."""
    return [Chain(**row) for row in rows]  # type: ignore[arg-type]


def known_texts(texts: Tensor, logits: Tensor) -> LogitsFunction:
    """A stand-in model that knows `texts` (n, seq): after a beginning of the k-th it gives its row of `logits[k]`.

    `logits` has shape (n, seq, vocab). Texts that begin alike get the logits of the first of them. After anything
    else the model is sure of <bos>, which nobody should read.
    """
    lost = torch.zeros(len(TOKENS))
    lost[BOS] = 1000.0

    def model(tokens: Tensor) -> Tensor:
        length = tokens.shape[1]
        same = (tokens[:, None] == texts[None, :, :length]).int().cumprod(-1)  # (batch, n, length)
        given = logits[same.argmax(1), torch.arange(length)]
        return torch.where(same.any(1)[..., None], given, lost)

    return model


def read_all(rows: Tensor) -> list[Chain | None]:
    """`read` for each row."""
    return [read(row) for row in rows]


def table_model(here: Tensor, past: Tensor) -> LogitsFunction:
    """`stand_in` with its two tables given, (vocab, vocab) each: a row for the token, a row for the text up to it."""

    def model(tokens: Tensor) -> Tensor:
        text = (tokens * torch.arange(1, tokens.shape[1] + 1)).cumsum(1) % len(past)
        return here[tokens] + past[text]

    return model
