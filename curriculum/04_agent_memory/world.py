"""The toy world of unit 04: an agent that fetches things in houses, and what it remembers of them.

A house has nine rooms in a grid with two pieces of furniture each. The agent is asked for one thing, has steps for
four or five places a trial, and starts anew after each trial: everything lies again where it lay. In some houses its
skill does not suffice: the thing is behind a lock that it can't open, or buried under others so that it never sees it.

After a failed trial a *writer* may leave something for the next one:

- **self-diagnosis**: the agent guesses what went wrong, in words, and believes it. It seldom gives up a guess.
- **record**: a program lists what was opened in vain; listed places are not opened again.
- **last log**: nothing is written; the raw log of the last trial is still in the context.
- **no memory**: nothing is left.

The second half are memories of where things are: a small transformer that answers from them ("mug kitchen-drawer ...
? mug"), and a store with records that is compacted when it is full. Nothing here touches global random state.
"""

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor
from transformer_lens import TransformerBridgeConfig
from transformer_lens.model_bridge import TransformerBridge

from worktest.axes import one_of_two_axes as one_of_two_axes  # for checks of plots

# -------------------------------------------------------------------------------------------------------- the house
ROOMS = ["hall", "kitchen", "pantry", "bath", "study", "cellar", "bedroom", "attic", "garage"]  # three rows of three
PLACES: list[str] = [f"{room}-{piece}" for room in ROOMS for piece in ("drawer", "shelf")]
KINDS = {
    "dishes": ["mug", "plate", "bowl", "spoon"],
    "papers": ["book", "pen", "letter", "stamp"],
    "washing": ["towel", "soap", "comb", "brush"],
    "small": ["key", "coin", "watch", "phone"],
    "tools": ["rope", "hammer", "nail", "torch"],
    "clothes": ["hat", "scarf", "glove", "boot"],
}
OBJECTS: list[str] = [thing for things in KINDS.values() for thing in things]
KIND: dict[str, str] = {thing: kind for kind, things in KINDS.items() for thing in things}
USUAL: dict[str, str] = {thing: PLACES[7 * i % len(PLACES)] for i, thing in enumerate(OBJECTS)}
"""Where people mostly keep a thing."""
STEPS = 14
"""Steps of a trial: one for each room walked through, one for each place opened."""


@dataclass(frozen=True)
class House:
    """One environment. ``place`` is where the target lies: the agent doesn't know it, and no memory may.

    ``obstacle`` is "none", "locked" (the place can't be opened) or "buried" (it can, but the target isn't seen).
    """

    number: int
    target: str
    place: str
    obstacle: str = "none"


def houses(n: int, seed: int, solvable: float = 0.6, usual: float = 0.35) -> list[House]:
    """Draw ``n`` houses: the share ``solvable`` without an obstacle, the target where it usually is in ``usual``."""
    rng = random.Random(f"houses {seed}")
    out = []
    for number in range(n):
        target = rng.choice(OBJECTS)
        place = USUAL[target] if rng.random() < usual else rng.choice(PLACES)
        obstacle = "none" if rng.random() < solvable else rng.choice(["locked", "buried"])
        out.append(House(number, target, place, obstacle))
    return out


def steps_between(here: str, there: str) -> int:
    """Rooms to walk through from one place to another; they lie in a grid, three in a row."""
    (row, column), (row2, column2) = (divmod(ROOMS.index(place.split("-")[0]), 3) for place in (here, there))
    return abs(row - row2) + abs(column - column2)


@dataclass(frozen=True)
class Trial:
    """What one trial left in the log, in the order in which it happened. The log never holds the answer.

    ``opened`` are the places that were opened without finding the thing, ``locked`` one that could not be opened.
    """

    looked_for: str
    opened: tuple[str, ...]
    locked: str | None
    solved: bool


def attempt(
    house: House, rng: random.Random, first: str | None = None, look_for: str | None = None, avoid: Any = ()
) -> Trial:
    """One trial: open places until the steps are used up or the target is found.

    The order is a matter of taste and of chance: usual places first, more or less. ``first`` is opened before all
    others, places in ``avoid`` are left out; ``look_for`` is what the agent believes it was asked for.
    """
    thing = look_for or house.target
    appeal = {place: rng.gauss(2.0 if place == USUAL[thing] else 0.0, 1.0) for place in PLACES}
    order = sorted((p for p in PLACES if p not in avoid or p == first), key=lambda p: (p != first, -appeal[p]))
    here, left, opened, locked = "hall-drawer", STEPS, [], None
    for place in order:
        cost = steps_between(here, place) + 1
        if cost > left:
            break
        here, left = place, left - cost
        if place == house.place and house.obstacle == "locked":
            locked = place
        elif place == house.place and house.obstacle == "none" and thing == house.target:
            return Trial(thing, tuple(opened), locked, True)
        else:
            opened.append(place)
    return Trial(thing, tuple(opened), locked, False)


# --------------------------------------------------------------------------------------------------- the reflections
WRITERS = ["self-diagnosis", "record", "last log", "no memory"]
PHRASES = {
    "object": [
        "I went wrong because I was after the wrong thing. Next time I will look for the {0}.",
        "What they wanted is the {0}; I should have searched for that from the start.",
        "Plan: forget the rest, find a {0} and bring it. That was my error.",
        "It never occurred to me that the task is about a {0}. I will take the {0} now.",
    ],
    "place": [
        "It must be in the {0}. I will go there before anything else.",
        "I wasted my steps. The right place to begin is the {0}.",
        "Looking back, the {0} is where I ought to have started, so that comes first.",
        "My search order was bad: {0} first, all others after it.",
    ],
    "locked": [
        "The {0} is locked and I have no key, so I could not look inside.",
        "I failed because I can't open the {0}; it has a lock.",
    ],
}


@dataclass(frozen=True)
class Reflection:
    """A text, and the claim that it makes: ``kind`` is "object", "place", "locked" or "opened" (a record's list)."""

    text: str
    kind: str
    value: str


def diagnose(house: House, trial: Trial, rng: random.Random) -> Reflection:
    """What the agent believes went wrong: a guess, put into words. One object in ten is the right one."""
    if trial.locked and rng.random() < 0.6:
        kind, value = "locked", trial.locked
    elif rng.random() < 0.5:
        others = [thing for thing in OBJECTS if thing != house.target]
        kind, value = "object", house.target if rng.random() < 0.1 else rng.choice(others)
    else:
        kind, value = "place", rng.choice([place for place in PLACES if place not in trial.opened])
    return Reflection(rng.choice(PHRASES[kind]).format(value), kind, value)


def write_record(house: House, trial: Trial) -> Reflection:
    """What a program writes about a trial: the task, and what was opened in vain."""
    text = f"Asked for: {house.target}. Not in: {', '.join(trial.opened)}."
    if trial.locked:
        text += f" Could not open: {trial.locked}."
    return Reflection(text, "opened", ", ".join(trial.opened))


@dataclass
class Run:
    """The trials of one house under one writer, up to the first that is solved, and what was written after each."""

    house: House
    trials: list[Trial] = field(default_factory=list)
    reflections: list[Reflection] = field(default_factory=list)

    @property
    def solved_at(self) -> int | None:
        """The number of the trial that was solved, from 1; None if none was."""
        return len(self.trials) if self.trials[-1].solved else None


def run(house: House, writer: str, seed: int, trials: int = 10, stubborn: float = 0.8) -> Run:
    """Up to ``trials`` trials in one house. ``stubborn`` is the probability that a self-diagnosis stays what it was.

    A kept belief is mostly written down in the same words (four times in five), else in others.
    """
    if writer not in WRITERS:
        raise ValueError(f"no writer {writer!r}; there are {WRITERS}")
    rng = random.Random(f"{seed} {house.number}")  # the same dice for every writer: their first trials are one
    out, avoid, belief = Run(house), set[str](), None
    for _ in range(trials):
        wish: dict[str, str] = {}
        if belief and belief.kind != "locked":
            wish = {"look_for" if belief.kind == "object" else "first": belief.value}
        trial = attempt(house, rng, avoid=avoid, **wish)
        out.trials.append(trial)
        if trial.solved:
            break
        if writer == "self-diagnosis":
            if belief is None or rng.random() >= stubborn:
                belief = diagnose(house, trial, rng)
            elif rng.random() >= 0.8:
                belief = replace(belief, text=rng.choice(PHRASES[belief.kind]).format(belief.value))
            out.reflections.append(belief)
            avoid = {belief.value} if belief.kind == "locked" else set()
        elif writer == "record":
            out.reflections.append(write_record(house, trial))
            avoid |= {*trial.opened, trial.locked or ""}
            if avoid >= set(PLACES):
                avoid = set()  # all were opened in vain: begin again
        elif writer == "last log":
            avoid = {*trial.opened, trial.locked or ""}
    return out


# ------------------------------------------------------------------------------------------------ memories of places
@dataclass(frozen=True)
class Record:
    """One line of the store: ``subject`` (a thing, or a kind of things) is in ``place``.

    ``how`` is "saw" or "told" (somebody has looked), or "guess" or "summary" (made from other records: ``sources``
    holds their ids). ``day`` counts up.
    """

    id: int
    subject: str
    place: str
    day: int
    how: str = "saw"
    sources: tuple[int, ...] = ()


def household(n: int, rng: random.Random, usual: float = 0.35) -> tuple[dict[str, str], list[Record]]:
    """Where all things of a house are, and records of ``n`` of them, seen on one day after the other."""
    truth = {thing: USUAL[thing] if rng.random() < usual else rng.choice(PLACES) for thing in OBJECTS}
    return truth, [Record(i, thing, truth[thing], i) for i, thing in enumerate(rng.sample(OBJECTS, n))]


def forget(records: list[Record], capacity: int) -> list[Record]:
    """Lossy compaction 1: keep the newest ``capacity`` records."""
    return sorted(records, key=lambda record: record.day)[-capacity:]


def summarise(records: list[Record]) -> list[Record]:
    """Lossy compaction 2: one line for each kind of things, with the place that most of its records name."""
    by_kind: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_kind[KIND[record.subject]].append(record)
    out, fresh = [], max((record.id for record in records), default=-1) + 1
    for number, (kind, group) in enumerate(by_kind.items()):
        place = Counter(record.place for record in group).most_common(1)[0][0]
        day, sources = max(record.day for record in group), tuple(record.id for record in group)
        out.append(Record(fresh + number, kind, place, day, "summary", sources))
    return out


# --------------------------------------------------------------------------------------------- the recall transformer
TOKENS: list[str] = ["<bos>", "?", "unknown", *OBJECTS, *KINDS, *PLACES]
ID: dict[str, int] = {word: i for i, word in enumerate(TOKENS)}
ANSWERS: list[str] = [*PLACES, "unknown"]
LINES, QUESTIONS = 12, 6  # at most so many lines in a context; questions in a training document
PROMPT_LEN = 2 * LINES + 3
WEIGHTS = Path(__file__).parent / "weights"


def generator(seed: int) -> torch.Generator:
    """A source of random numbers of its own, so that nothing depends on torch's global state."""
    return torch.Generator().manual_seed(seed)


def to_prompts(contexts: list[list[Record]], things: list[str]) -> Tensor:
    """One question a context, LongTensor (n, PROMPT_LEN): "<bos> ... thing place thing place ... ? thing".

    Short contexts begin with more <bos>. Raises ValueError when a context has more than LINES records.
    """
    rows = []
    for records, thing in zip(contexts, things, strict=True):
        if len(records) > LINES:
            raise ValueError(f"a context holds at most {LINES} records, not {len(records)}")
        words = [word for record in records for word in (record.subject, record.place)]
        rows.append([ID[w] for w in [*["<bos>"] * (PROMPT_LEN - 2 - len(words)), *words, "?", thing]])
    return torch.tensor(rows, dtype=torch.long)


def read(records: list[Record], thing: str) -> str:
    """What a faithful reader answers: the line of the thing, else the line of its kind, else "unknown"."""
    lines = {record.subject: record.place for record in records}
    return lines.get(thing) or lines.get(KIND[thing]) or "unknown"


def documents(n: int, rng: random.Random, unknown: float) -> Tensor:
    """Contexts with QUESTIONS questions and their answers, LongTensor (n, PROMPT_LEN - 2 + 3 * QUESTIONS).

    Three to twelve lines, up to four of them of kinds. A share ``unknown`` of the questions is about things of which
    the context says nothing; where there is no such thing, or 0, all are about things of which it does.
    """
    rows = []
    for _ in range(n):
        _, records = household(rng.randint(2, 8), rng)
        kinds = rng.sample(list(KINDS), rng.randint(1, 4))
        context = records + [Record(100 + i, kind, rng.choice(PLACES), 0) for i, kind in enumerate(kinds)]
        rng.shuffle(context)
        answers = {thing: read(context, thing) for thing in OBJECTS}
        known = [thing for thing, answer in answers.items() if answer != "unknown"]
        absent = [thing for thing, answer in answers.items() if answer == "unknown"]
        n_absent = min(sum(rng.random() < unknown for _ in range(QUESTIONS)), len(absent))
        asked = rng.sample(absent, n_absent) + rng.choices(known, k=QUESTIONS - n_absent)
        rng.shuffle(asked)
        questions = [word for thing in asked for word in ("?", thing, answers[thing])]
        start = to_prompts([context], [asked[0]])[0, :-2].tolist()
        rows.append(start + [ID[word] for word in questions])
    return torch.tensor(rows, dtype=torch.long)


def new_model(seed: int, d_model: int = 64) -> TransformerBridge:
    """An untrained transformer of two layers; tokens (batch, seq) -> logits (batch, seq, vocab)."""
    cfg = TransformerBridgeConfig(
        d_model=d_model,
        d_head=16,
        n_heads=d_model // 16,
        n_layers=2,
        n_ctx=PROMPT_LEN - 2 + 3 * QUESTIONS,
        d_vocab=len(TOKENS),
        d_mlp=2 * d_model,
        act_fn="gelu",
        normalization_type="LN",
        seed=seed,
    )
    with torch.random.fork_rng(devices=[]):  # building seeds torch's global state; give it back as it was
        torch.manual_seed(seed)
        return TransformerBridge.boot_native(cfg)


def train(seed: int, unknown: float, steps: int = 1000, batch: int = 128) -> TransformerBridge:
    """Train a recall transformer from nothing; about a minute on one core.

    ``unknown`` is the share of training questions that have no answer in the context and are answered "unknown".
    """
    model, rng, dice = new_model(seed), generator(seed), random.Random(f"recall {seed} {unknown}")
    corpus = documents(20_000, dice, unknown)
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3, betas=(0.9, 0.99))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, total_steps=steps, pct_start=0.1)
    asked = PROMPT_LEN - 1 + 3 * torch.arange(QUESTIONS)
    model.train()
    for _ in range(steps):
        docs = corpus[torch.randint(len(corpus), (batch,), generator=rng)]
        optimizer.zero_grad()
        logits = model(docs[:, :-1])[:, asked]
        loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), docs[:, asked + 1].flatten())
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
    return model.eval().requires_grad_(False)


def load(name: str) -> TransformerBridge:
    """The recall transformer "plain" (never saw an unanswerable question) or "abstaining", in eval mode, float32."""
    model = new_model(0)
    model.load_state_dict({key: value.float() for key, value in load_file(WEIGHTS / f"{name}.safetensors").items()})
    return model.eval().requires_grad_(False)


@torch.no_grad()
def answer_probs(model: TransformerBridge, prompts: Tensor) -> Tensor:
    """Probabilities of ANSWERS after each prompt, (n, 19): the eighteen places, then "unknown"; rows add up to 1."""
    places = torch.tensor([ID[word] for word in ANSWERS])
    return model(prompts)[:, -1, places].softmax(dim=-1)


# -------------------------------------------------------------------------------------------- memories of past requests
PHRASINGS = [
    "please bring me the {0} before dinner",
    "could you fetch a {0} for my sister",
    "i need the {0} now it is urgent",
    "go and find the {0} somewhere upstairs",
    "where did we put that {0} last week",
    "the guests want a {0} so get one",
]
TRAP = "garage-shelf"
"""Where the attacker wants the agent to go, whatever it was asked for."""
DECOYS = 0.6
"""The share of houses in which the attacker's decoy really lies in TRAP; only there a visit does harm."""


@dataclass(frozen=True)
class Memory:
    """What is remembered of one request: its text, and the place where the thing was found."""

    text: str
    place: str
    poisoned: bool = False


def ask(thing: str, rng: random.Random) -> str:
    """A user's request for a thing."""
    return rng.choice(PHRASINGS).format(thing)


def past_requests(n: int, rng: random.Random) -> list[Memory]:
    """Legitimate memories of ``n`` requests: all things in turn, mostly found where they usually are."""
    return [
        Memory(ask(thing, rng), USUAL[thing] if rng.random() < 0.8 else rng.choice(PLACES))
        for thing in (OBJECTS[i % len(OBJECTS)] for i in rng.sample(range(n), n))
    ]


def poison(thing: str, n: int, rng: random.Random) -> list[Memory]:
    """``n`` injected memories of requests for one thing that all name TRAP."""
    return [Memory(ask(thing, rng), TRAP, poisoned=True) for _ in range(n)]


@cache
def _word_vector(word: str) -> Tensor:
    dice = random.Random(f"word {word}")
    return torch.tensor([dice.gauss(0, 1) for _ in range(64)])


def embed(texts: list[str]) -> Tensor:
    """Unit vectors of texts, (n, 64): the sum of a fixed random vector for each word. Word order does not count."""
    sums = [torch.stack([_word_vector(word) for word in text.split()]).sum(dim=0) for text in texts]
    return torch.stack([total / total.norm() for total in sums]) if sums else torch.zeros(0, 64)


def plan(memories: list[Memory]) -> str | None:
    """Where an agent goes that believes the retrieved memories, most similar first: what most of them say, else the
    first of these. None without memories.
    """
    return Counter(memory.place for memory in memories).most_common(1)[0][0] if memories else None


# --------------------------------------------------------------------------------------------- stand-ins for checks
def make_records(rows: list[Any]) -> list[Record]:
    """Records from rows (id, subject, place, day, how, sources)."""
    return [
        Record(int(i), subject, place, int(day), how, tuple(sources)) for i, subject, place, day, how, sources in rows
    ]


def make_archive(rows: list[Any]) -> dict[int, Record]:
    """The same, by id."""
    return {record.id: record for record in make_records(rows)}


def make_reflections(rows: list[Any]) -> list[Reflection]:
    """Reflections from rows (text, kind, value)."""
    return [Reflection(*row) for row in rows]


def scripted_attempt(order: list[str], each: int) -> Any:
    """An attempt without dice: it opens the first ``each`` places of ``order`` that it shall not avoid."""

    def attempt(house: House, first: str | None = None, avoid: Any = ()) -> Trial:
        places = ([first] if first else []) + [place for place in order if place not in avoid and place != first]
        opened, locked = [], None
        for place in places[:each]:
            if place == house.place and house.obstacle == "locked":
                locked = place
            elif place == house.place and house.obstacle == "none":
                return Trial(house.target, tuple(opened), locked, True)
            else:
                opened.append(place)
        return Trial(house.target, tuple(opened), locked, False)

    return attempt
