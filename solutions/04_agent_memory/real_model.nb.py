# %% [markdown]
# # Now on a real model
#
# In the work test a two-layer transformer, trained on recall and nothing else, answered questions about things that it had never been told.
# It borrowed a place from another line. Does a model do this that was trained on English and has heard of "I don't know"? A mentor will ask
# that first, and a toy as the whole of a project is among the common mistakes that one admissions document lists ([@nanda2026]).
#
# So here are the first three questions of the brief once more: what it says about things it was never told, which of two records wins, and
# what is true after a compaction. The memory is eight lines of English in a prompt, the reader a language model of 135 million parameters.
#
# No points hang on this notebook. It computes for about two minutes on a laptop; with thinking it is an hour. Without the model it runs to
# its end and shows next to nothing. You get the model once, with
#
# ```
# worktest models get smollm2
# ```
#
# Where its hub can't be reached the weights come **rounded to 4 bits**. The numbers in the text below were measured with those; the next
# cell prints which ones you have. With the others yours will differ somewhat.

# %% tags=["explore"]
import math
import random
import re

import matplotlib.pyplot as plt
import numpy as np
import torch
from scipy import stats
from torch.nn.utils.rnn import pad_sequence

import worktest
from worktest import models

journal = worktest.open_unit().journal
model = models.there("smollm2")
here = model is not None

# %% [markdown]
# ## The memory
#
# A *household* has twelve things, in three groups of four, and four rooms. A memory of it has eight lines: four things are **told** ("The
# hammer is in the attic."), four are **only mentioned** ("The key is old."), and four are **never told**: no line has them. There are three
# memories of each household, and the groups change roles from one to the next. So each thing is told once, mentioned once and absent once,
# and what the model thinks of hammers in general can't make a difference between the roles.
#
# **Why things that are only mentioned?** A program that looks whether the word "hammer" stands in the memory tells told from never told
# without an error, and understands nothing. If the model's confidence is such a program, mentioned things will look like told ones. This is
# the control that could kill a nice result.

# %% tags=["explore"]
THINGS = ["mug", "plate", "bowl", "spoon", "book", "pen", "letter", "stamp", "towel", "soap", "comb", "brush"]
THINGS += ["key", "coin", "watch", "phone", "rope", "hammer", "nail", "torch", "hat", "scarf", "glove", "boot"]
# a token each
ROOMS = ["kitchen", "hall", "pantry", "bathroom", "study", "bedroom", "attic", "garage", "basement", "garden", "office", "library"]
LOOKS = ["old", "new", "red", "blue", "heavy", "broken"]
ROLES = ("told", "only mentioned", "never told")
HOUSES, SUMMARIES, AT_MOST = range(21, 29), 8, 60  # households, how many are summarised, tokens of a summary


def household(number):
    """Three groups of four things, and the twelve rooms in an order of its own."""
    dice = random.Random(f"household {number}")
    things = dice.sample(THINGS, 12)
    return [things[:4], things[4:8], things[8:]], dice.sample(ROOMS, 12)


def in_rooms(things, rooms):
    return [f"The {thing} is in the {room}." for thing, room in zip(things, rooms, strict=True)]


def memory(number, turn):
    """Eight lines in a random order, and the things of each role: twelve, told ones first."""
    groups, rooms = household(number)
    told, mentioned, never = (groups[(turn + i) % 3] for i in range(3))
    dice = random.Random(f"memory {number} {turn}")
    lines = in_rooms(told, rooms[:4])
    lines += [f"The {thing} is {look}." for thing, look in zip(mentioned, dice.sample(LOOKS, 4), strict=True)]
    dice.shuffle(lines)
    return lines, [*told, *mentioned, *never]


print("\n".join(memory(21, 0)[0]))

# %% [markdown]
# ## The question
#
# The prompt allows not to know: "If they do not say where a thing is, answer that it is unknown." Then we put words into the model's mouth,
# "The hammer is in the", and read the probability of each of the twelve rooms as the next word. Its **answer** is the likeliest room, its
# **confidence** that room's probability. Two words earlier, after "The hammer is", it had the choice: "unknown", or "in". We read both
# probabilities. Where "unknown" is the likelier one, we count that it **abstains**.
#
# The notes are read once and their keys and values are kept, so that twelve questions cost little more than one.

# %% tags=["explore"]
HEAD = "Answer from these notes. If they do not say where a thing is, answer that it is unknown."


def ids(text):
    """Tokens of a text, without special ones."""
    return model.tokenizer(text, add_special_tokens=False)["input_ids"]


def around(notes, rule=""):
    """The chat up to the question, and from its end to where the model answers."""
    text = f"{HEAD}{rule}\n\nNotes:\n{notes if isinstance(notes, str) else chr(10).join(notes)}\n\n@@"
    before, _, after = models.as_chat(model, text).partition("@@")
    return before, after


def ask(notes, things, rule=""):
    """Probabilities of ROOMS, (things, 12), and the log-odds of "unknown" against "in" two words earlier, (things,)."""
    before, after = around(notes, rule)
    rows = [torch.tensor(ids(f"Where is the {thing}?{after}The {thing} is in the")) for thing in things]
    n, last = range(len(rows)), torch.tensor([len(row) - 1 for row in rows])
    device = model.cfg.device

    def two_places(stream, hook):  # to make logits that nobody reads is a fifth of the work
        return torch.stack([stream[n, last - 2], stream[n, last]], 1)

    with torch.no_grad():
        with model.hooks(fwd_hooks=[("unembed.hook_in", lambda stream, hook: stream[:, -1:])]):
            first = torch.tensor([ids(before)], device=device)
            _, cache = model(first, return_type="logits_and_cache", use_cache=True)
        cache.batch_repeat_interleave(len(rows))
        with model.hooks(fwd_hooks=[("unembed.hook_in", two_places)]):
            rest = pad_sequence(rows, batch_first=True).to(device)  # on the right: no token sees what comes after it
            logits, _ = model(rest, past_key_values=cache, return_type="logits_and_cache", use_cache=True)
    logs = logits.float().log_softmax(-1).cpu().numpy()
    choice = [logs[:, 0, ids(word)[0]] for word in (" unknown", " in")]
    return np.exp(logs[:, 1, [ids(" " + room)[0] for room in ROOMS]]), choice[0] - choice[1]


def answers(rooms):
    """The likeliest room of each row of (things, 12)."""
    return np.array(ROOMS)[rooms.argmax(1)]


# %% [markdown]
# **Raw answers first**: one memory drawn by a seed, two things of each role. "Says" is what the model writes by itself, the likeliest token
# at each step, with nothing put into its mouth.

# %% tags=["explore"]
if here:
    dice = random.Random(5)
    lines, things = memory(dice.choice(HOUSES), dice.randrange(3))
    some = [i for role in range(3) for i in dice.sample(range(4 * role, 4 * role + 4), 2)]
    before, after = around(lines)
    said = models.sample(
        model, [f"{before}Where is the {things[i]}?{after}" for i in some], temperature=0, max_tokens=9, stop="\n"
    )
    rooms, unknown = ask(lines, things)
    print(" ".join(lines), "\n")
    for i, one in zip(some, said, strict=True):
        print(
            f"{ROLES[i // 4]:15s}{things[i]:8s}{answers(rooms)[i]:10s}confidence {rooms[i].max():.2f}, "
            f"“unknown” against “in” {unknown[i]:+.1f}   says: {one[0].text.strip()}"
        )

# %% [markdown]
# ## What is measured, and what was tried before
#
# - **Recall**: of the told things, the share that gets its own room. One room in twelve would be chance. The same questions with *no notes*
#   show what the model believes anyway.
# - **Borrowed**: of the things never told, the share that gets a room which the memory names for *another* thing. The household has four
#   rooms of twelve. How often an answer given without any notes falls among these four is the base rate.
# - **Told apart**: the AUROC of the confidence, told against never told, and told against only mentioned. It is the chance that a told thing
#   gets the higher one; 0.5 is blind. Without notes it is 0.5 exactly, since all roles then have the same questions.
#
# Intervals are 95 %, Student's t over eight households. Three memories of one household share things and rooms, so they are not three
# independent ones. (t knows nothing of 0 and 1. Where an interval passes them, read it as touching.)
#
# **Tried before**, on two other households (and two more, to see that the code runs). Twelve lines a memory: recall was 0.42 and 0.50 in two wordings. Six and eight
# lines: 0.72 and 0.75, and we took eight. Plain text instead of a chat, eight lines: 0.58. An answer in one word, after "Answer:", was hardly ever a room.
# Then the sentence about "unknown" went from each question to the head of the notes, which saves a third of the time, and recall fell to
# 0.62 (24 questions each time, so none of these is exact). So recall and cost chose the format. The AUROC against things never told was in
# our sight all the while, between 0.55 and 0.90, and 0.77 with the format that we took. That the model may choose between "unknown" and "in" was
# added after we had read its answers there.
#
# **A first report** on eight further households (numbers 11 to 18) had a weaker test of disagreeing notes. It was mended, and everything was
# measured again on the eight households below. Where the first report says something else, the text at the end tells.

# %% [markdown]
# ## Predict first
#
# Two of the four numbers come later in the notebook: which of two contradicting notes wins, and what is false in a summary that the model
# writes. (The makers' own guesses, in the worked copy, were written after the pilot and before the report.)

# %% tags=["explore"] yours="predict-real"
# Of the things that no line has: the share to which it would give a room of another line (base rate about a third).
journal.predict("real-borrowed", value=0.95, interval=(0.8, 1.0), confidence=0.8)
# Its confidence, told things against things never told: the AUROC.
journal.predict("real-apart", value=0.77, interval=(0.65, 0.88), confidence=0.8)
# Two notes with the day of each disagree, and nobody gave a rule: the share of things for which the later day wins.
journal.predict("real-newest", value=0.6, interval=(0.45, 0.75), confidence=0.8)
# The model summarises eight true notes: of the statements in its summary, the share that names a wrong room.
journal.predict("real-summary-false", value=0.4, interval=(0.2, 0.65), confidence=0.8)
### RELEASED AS
# # Of the things that no line has: the share to which it would give a room of another line (base rate about a third).
# journal.predict("real-borrowed", value=..., interval=(..., ...), confidence=...)
# # Its confidence, told things against things never told: the AUROC.
# journal.predict("real-apart", value=..., interval=(..., ...), confidence=...)
# # Two notes with the day of each disagree, and nobody gave a rule: the share of things for which the later day wins.
# journal.predict("real-newest", value=..., interval=(..., ...), confidence=...)
# # The model summarises eight true notes: of the statements in its summary, the share that names a wrong room.
# journal.predict("real-summary-false", value=..., interval=(..., ...), confidence=...)

# %% [markdown]
# ## What it was never told


# %% tags=["explore"]
def mean_of(values):
    """Mean of one value a household, and the ends of its 95 % interval by Student's t."""
    values = np.asarray(values, dtype=float)
    half = stats.t.ppf(0.975, len(values) - 1) * values.std(ddof=1) / math.sqrt(len(values))
    return values.mean(), values.mean() - half, values.mean() + half


def told(triple):
    return "{:.2f} ({:.2f} to {:.2f})".format(*triple)


def auroc(low, high):
    """For each household the chance that a value of `high` is above one of `low`, ties as half; both (households, n)."""
    higher, same = high[:, :, None] > low[:, None], high[:, :, None] == low[:, None]
    return (higher + same / 2).mean((1, 2))


def by_role(values):
    """(households, 3 memories, 12 things) to a dict from roles to (households, 12)."""
    values = np.asarray(values).reshape(len(values), 3, 3, 4)
    return {role: values[:, :, i].reshape(len(values), -1) for i, role in enumerate(ROLES)}


if here:
    no_notes = dict(zip(THINGS, ask("(none)", THINGS)[0], strict=True))
    rows = {name: [] for name in ("right", "borrowed", "confidence", "unknown", "right by prior", "prior", "belief")}
    for number in HOUSES:
        own = household(number)[1][:4]
        found = {name: [] for name in rows}
        for turn in range(3):
            lines, things = memory(number, turn)
            rooms, unknown = ask(lines, things)
            bare = np.array([no_notes[thing] for thing in things])
            found["confidence"].append(rooms.max(1))
            found["unknown"].append(unknown)
            found["belief"].append(bare.max(1))
            for name, of in (("right", rooms), ("right by prior", bare)):
                found[name].append(answers(of) == np.array(own * 3))  # what is right is defined for told things only
            for name, of in (("borrowed", rooms), ("prior", bare)):
                found[name].append(np.isin(answers(of), own))
        for name, values in found.items():
            rows[name].append(values)
    table = {name: by_role(values) for name, values in rows.items()}

    recall, guess = (mean_of(table[name]["told"].mean(1)) for name in ("right", "right by prior"))
    print(f"recall of told things {told(recall)}; without notes {told(guess)}")
    borrowed = {role: mean_of(table["borrowed"][role].mean(1)) for role in ROLES}
    base = mean_of(table["prior"]["never told"].mean(1))
    for role in ROLES[1:]:
        print(f"{role}: a room of another line {told(borrowed[role])}; without notes {told(base)}")
    table["abstains"] = {role: values > 0 for role, values in table["unknown"].items()}
    for name in ("confidence", "abstains"):
        print(f"{name}: " + "; ".join(f"{role} {told(mean_of(table[name][role].mean(1)))}" for role in ROLES))
    print(f"confidence without notes {told(mean_of(table['belief']['told'].mean(1)))}")
    sure = {role: (values >= 0.8).mean() for role, values in table["confidence"].items()}
    print("confidence of 0.8 or more: " + "; ".join(f"{role} {share:.2f}" for role, share in sure.items()))
    given = {role: ~table["abstains"][role] for role in ("told", "never told")}
    n_right, n_given = (given["told"] & table["right"]["told"]).sum(), sum(values.sum() for values in given.values())
    print(f"told and never told together: coverage {n_given / 2 / given['told'].size:.2f}, risk {1 - n_right / n_given:.2f}")

# %% [markdown]
# Can one tell them apart? Two readings of the model, and the program that looks for the word.

# %% tags=["explore"]
if here:
    readings = {
        "confidence": table["confidence"],
        "“in” against “unknown”": {role: -values for role, values in table["unknown"].items()},
    }
    word = np.zeros_like(table["unknown"]["told"])
    readings["the word stands in the memory"] = dict(zip(ROLES, (word + 1, word + 1, word), strict=True))
    apart = {
        name: {role: auroc(values[role], values["told"]) for role in ROLES[1:]} for name, values in readings.items()
    }
    print(f"{'AUROC, told against':32s}" + "".join(f"{role:>24s}" for role in ROLES[1:]))
    for name, values in apart.items():
        print(f"{name:32s}" + "".join(f"{told(mean_of(values[role])):>24s}" for role in ROLES[1:]))
    lost = mean_of(apart["confidence"]["never told"] - apart["confidence"]["only mentioned"])
    print("confidence: lost where the thing is mentioned {:+.2f} ({:+.2f} to {:+.2f})".format(*lost))

    m, low, high = borrowed["never told"]
    journal.measure("real-borrowed", m, (low, high), "share of answers about things never told")
    m, low, high = mean_of(apart["confidence"]["never told"])
    journal.measure("real-apart", m, (low, high), "AUROC of the confidence, told against never told")

# %% [markdown]
# ## Two records disagree
#
# Four things are each noted twice, with the day: "Day 2: the pen is in the hall.", "Day 7: the pen is in the attic." What decides? It could be
# the day, as in the house rule of the work test. It could be the place in the list, first or last. Or it could be the room itself: perhaps the
# model likes kitchens. So each pair is asked in four versions. The list stands in the order of days, or turned round with the latest day first.
# And the two rooms stand as drawn, or exchanged. We ask which of the two rooms is the likelier one, and also how often a room of a third
# line is likelier than both.

# %% tags=["explore"]
def disagreeing(number, exchanged):
    """Eight dated lines in the order of days, the four things, and their old and new rooms."""
    groups, rooms = household(number)
    old, new = (rooms[4:8], rooms[:4]) if exchanged else (rooms[:4], rooms[4:8])
    dice = random.Random(f"days {number}")
    orders = [dice.sample(range(4), 4) for _ in range(2)]
    noted = [(groups[0][i], some[i]) for some, order in zip((old, new), orders, strict=True) for i in order]
    return [f"Day {day}: the {thing} is in the {room}." for day, (thing, room) in enumerate(noted, start=1)], groups[0], old, new


def later_wins(number, rule=""):
    """Whether the later day wins, and whether a third line beats both; each (2 exchanged, 2 orders, 4 things)."""
    wins, third = [], []
    for exchanged in (False, True):
        lines, things, *both = disagreeing(number, exchanged)
        for order in (lines, lines[::-1]):
            rooms, _ = ask(order, things, rule)
            old, new = (rooms[range(4), [ROOMS.index(room) for room in some]] for some in both)
            wins.append(new > old)
            third.append(rooms.max(1) > np.maximum(old, new))
    return np.reshape(wins, (2, 2, 4)), np.reshape(third, (2, 2, 4))


if here:
    later, third = (np.array(values) for values in zip(*map(later_wins, HOUSES), strict=True))  # (households, 2, 2, 4)
    last = later ^ np.array([False, True])[:, None]  # turned round, the later day stands first
    room = later ^ np.array([False, True])[:, None, None]  # exchanged, the later room is the other one
    for name, won in (("the later day", later), ("the last line", last), ("one fixed room of the two", room)):
        four = won.reshape(len(won), 4, 4)
        same = (four.all(1) | ~four.any(1)).mean(1)
        share = "" if won is room else f"wins {told(mean_of(won.mean((1, 2, 3))))}, "
        print(f"{name:27s}{share:>29s}the same way in all four versions {told(mean_of(same))}, by chance 0.12")
    print(f"a room of a third line is likelier than both: {told(mean_of(third.mean((1, 2, 3))))}")
    m, low, high = mean_of(later.mean((1, 2, 3)))
    journal.measure("real-newest", m, (low, high), "share of things for which the later day wins, no rule")

# %% [markdown]
# ## A full store
#
# Eight lines, all of them true and each about another thing. They are compacted in two ways. *Forget*: a program keeps the newest four, the
# last ones of the list. *Summarise*: the model is asked for half as many words, and may write at most about as many as the notes have.
# (In the pilot it always wrote as long as it was let. So it gets twice the room that the program has.) A **statement** is "... is in the ...",
# found by a program; one that is repeated counts once. It is false if the notes don't have it. Then all eight things are asked, from the
# compacted memory alone.
#
# (Our first program looked for the 24 things of our list. It found 15 % of the statements of these summaries false, and nothing wrong with a
# summary that put a candle into three rooms: a candle isn't on our list, and no note has one. We saw it when we read the summaries.)

# %% tags=["explore"]
SHORTER = "Summarise these notes in half as many words. Keep where things are."


def statements(text):
    """The (thing, room) pairs that a text states, each once."""
    return list(dict.fromkeys(re.findall(r"(\w+) (?:is|are) in the (\w+)", text.lower())))


if here:
    homes = []
    for number in list(HOUSES)[:SUMMARIES]:
        groups, rooms = household(number)
        homes.append(dict(zip([*groups[0], *groups[1]], rooms[:8], strict=True)))
    full = [in_rooms(home.keys(), home.values()) for home in homes]
    prompts = [models.as_chat(model, "Notes:\n" + "\n".join(lines) + "\n\n" + SHORTER) for lines in full]
    written = [one[0].text.strip() for one in models.sample(model, prompts, temperature=0, max_tokens=AT_MOST)]
    memories = {"all notes": full, "newest half": [lines[4:] for lines in full], "own summary": written}
    for i in random.Random(5).sample(range(len(homes)), 2):
        print("NOTES   ", " ".join(full[i]))
        print("SUMMARY ", " ".join(written[i].split()))
        wrong = [f"{thing} {room}" for thing, room in statements(written[i]) if homes[i].get(thing) != room]
        print("false:  ", ", ".join(wrong) or "nothing", "\n")

# %% tags=["explore"]
if here:
    compacted = {}
    for name, several in memories.items():
        scores = []
        for home, notes in zip(homes, several, strict=True):
            text = notes if isinstance(notes, str) else "\n".join(notes)
            stated = statements(text)
            true = [home.get(thing) == room for thing, room in stated]
            right = answers(ask(notes, list(home))[0]) == np.array(list(home.values()))
            scores.append((right.mean(), 1 - np.mean(true) if true else 0, sum(true), len(stated), len(ids(text))))
        compacted[name] = np.array(scores)  # (households, 5)
    print(f"{'':14s}{'answers right':>24s}{'statements false':>24s}   true / all statements   tokens")
    for name, scores in compacted.items():
        cells = [told(mean_of(scores[:, i])) for i in range(2)]
        counts = "{:.1f} / {:.1f}".format(*scores[:, 2:4].mean(0))
        print(f"{name:14s}{cells[0]:>24s}{cells[1]:>24s}{counts:>24s}{scores[:, 4].mean():9.0f}")
    each = ", ".join(f"{stated - true:.0f} of {stated:.0f}" for true, stated in compacted["own summary"][:, 2:4])
    print(f"false statements, summary by summary: {each}")
    gain = mean_of(compacted["own summary"][:, 0] - compacted["newest half"][:, 0])
    print("right answers, own summary less newest half: {:+.2f} ({:+.2f} to {:+.2f})".format(*gain))
    m, low, high = mean_of(compacted["own summary"][:, 1])
    journal.measure("real-summary-false", m, (low, high), f"share of a summary's statements, mean over {len(homes)}")

# %% [markdown]
# ## In one picture

# %% tags=["explore"]
if here:
    fig, (left, right) = plt.subplots(1, 2, figsize=(11, 4.2))
    shown = [*(table["confidence"][role].mean(1) for role in ROLES), table["belief"]["told"].mean(1)]
    for at, values in enumerate(shown):
        m, low, high = mean_of(values)
        left.plot([at - 0.12] * len(values), values, "o", color="0.65", markersize=4)
        left.errorbar(at + 0.12, m, yerr=[[m - low], [high - m]], fmt="s", color="black", capsize=4)
    left.set_xticks(range(4), ["told", "only\nmentioned", "never\ntold", "no notes\nat all"])
    left.set_ylim(0, 1)
    left.set_ylabel("confidence: probability of its best room")
    left.set_xlabel("what the memory has about the thing")
    scores = [apart["confidence"][role].mean() for role in ROLES[1:]]
    left.set_title(
        f"Confidence, told against never told: AUROC {scores[1]:.2f};\nagainst only mentioned: {scores[0]:.2f}", fontsize=10
    )
    for i, style, label in ((0, "s", "answers that are right"), (1, "^", "statements in the memory that are false")):
        for at, values in enumerate(compacted.values()):
            m, low, high = mean_of(values[:, i])
            x, fill = at + (-0.1, 0.1)[i], ("black", "white")[i]
            right.errorbar(
                x, m, yerr=[[m - low], [high - m]], fmt=style, color="black", markerfacecolor=fill, capsize=4,
                label=None if at else label,
            )  # fmt: skip
    right.set_xticks(range(3), ["all notes", "newest half\n(a program)", "own summary\n(the model)"])
    right.set_ylim(-0.02, 1)
    right.set_xlabel("the memory that is asked")
    right.set_ylabel("share")
    false, correct = (compacted["own summary"][:, i].mean() for i in (1, 0))
    half = compacted["newest half"][:, 0].mean()
    right.set_title(
        f"Its own summary: {false:.0%} of the statements false,\n{correct:.0%} of the answers right; newest half {half:.0%}",
        fontsize=10,
    )
    right.legend(fontsize=8, loc="upper left")
    fig.tight_layout()
    plt.show()

# %% [markdown]
# Left: each grey point is a household (three memories), squares are means. Right: means over the households that were summarised. Bars are
# 95 % intervals over households.

# %% [markdown]
# ## What it means
#
# With the 4-bit weights. Eight households; intervals at 95 %, Student's t over households.
#
# | | measured | control |
# |:--|:--|:--|
# | recall of told things | 0.61 (0.52 to 0.71) | without notes 0.10 (0.03 to 0.18) |
# | never told: a room of another line | 0.97 (0.93 to 1.00) | without notes 0.36 (0.25 to 0.48) |
# | AUROC of confidence, told against never told | 0.79 (0.70 to 0.88) | told against only mentioned 0.55 (0.47 to 0.64) |
# | AUROC of "in" against "unknown", told against never told | 0.73 (0.65 to 0.81) | told against only mentioned 0.81 (0.75 to 0.87) |
# | the later of two days wins | 0.52 (0.48 to 0.57) | one room wins all four versions 0.41 (0.30 to 0.51), by chance 0.12 |
# | statements false in its own summary | 0.24 (0.01 to 0.46) | newest half, by a program: none |
# | answers right from its own summary | 0.41 (0.26 to 0.55) | newest half 0.33 (0.27 to 0.38), all notes 0.47 (0.36 to 0.58) |
#
# **It borrows, as the toy did.** Made to name a room for a thing that no line has, it takes one from another line nearly always. Notes about
# *other* things raise its confidence about this one from 0.05 to 0.42. What is softer than in the toy: 6 % of the never told get 0.8 or more,
# against 86 % there, and 31 % of the told ones do.
#
# **Confidence is mostly a matter of words.** It tells told from never told, at 0.79. Let the thing be mentioned, and this falls by 0.24 (0.12 to 0.36)
# to what may be nothing, 0.55. "The key is old" makes it about as sure of the key's room as a line that says where the key is. A report with
# the first number only would have been a success story.
#
# **The choice of "unknown" is another signal.** It doesn't fall for the mention: 0.81. So two words earlier the model carries something that
# the size of its later answer does not show. As a rule of conduct it is weak: it abstains on 38 % of the never told (20 to 55) and 49 % of the
# only mentioned (33 to 65), and on 7 % of the told. With told and never told in equal numbers the coverage is 0.78 and the risk 0.62. A part
# of that risk is poor recall.
#
# **Two notes: nobody decides.** The day does not. One fixed room of the two wins all four versions three times as often as chance would let it. The
# line that stands first has a small lead: the last one wins 0.41 (0.36 to 0.47). And in half of the cases a third line's room is likelier than both. We
# also told it the house rule, in the first report: +0.03 (-0.02 to +0.08) for the later day.
#
# **Its summary is none.** In the two drawn above it copies, gets stuck, and fills the rest with a pen or a candle. A summary has 57 tokens, of at
# most 60, where the notes have 64. Of its 7.4 statements 5.6 are true, and the others look just like them. The interval of the false share goes
# almost to nothing: of eight summaries three have no false statement, two have one, and two are false by half or more. Does that cost answers? We can't say: +0.08 (-0.05 to
# +0.20) against a program's cut at half the length, with a reader that errs in half of the cases even from all notes. Some thirty
# households would halve the interval.

# %% [markdown]
# ## How it could mislead you
#
# - **We put words into its mouth.** After "The hammer is in the" there has to be a room. So "borrowed" says which room, and the choice two
#   words earlier whether there would have been one. Read the raw answers: some name another thing altogether.
# - **A reader this weak.** Recall is 0.61. Much of what looks like a fact about confidence may be one about a model that can't bind a thing to
#   its room. A better reader could have an AUROC of 1 against both controls.
# - **The first report** had 0.93 (0.87 to 0.99) borrowed, base rate 0.24, and AUROCs of 0.76 and 0.56; the choice of "unknown" 0.73 and
#   0.76; recall 0.51. The last line won 0.48 (0.45 to 0.52) there, so the lead of the first line is not sure. That "unknown" does *better* against
#   mentioned things than against others is not sure either. Answers from its own summary were 0.03 below the newest half's (-0.19 to +0.12).
# - **A program that counts statements** sees what its author thought of. Ours missed the candles. It still takes each "is in the" at its
#   word, and a summary of another form would give it nothing to count.
# - **Over what is the interval?** Over households that a program drew from 24 things and 12 rooms. One model, one wording, one form of
#   mention. "The key is old" is the mildest; "Nobody has seen the key" might do the opposite.
#
# ## Toy, paper, model
#
# Same as in the toy: things with and without a line, the likeliest place and its probability, records that disagree, a memory halved in two
# ways. Different: nobody trained this model for recall or for abstaining, it was *told* that it may abstain. The toy read its context
# without an error, so that its false answers after a summary were the summary's fault; here reader and writer both err. And the toy's summary
# was false by design, one line for each kind. This one is false because its author lost the thread.
#
# In [@rajpurkar2018squad] the unanswerable questions are written to look like answerable ones; a thing that is only mentioned is a small
# relative of these. In [@dixit2026honest] agents write reflections about their own failures; our model only writes down what it was given. If a writer
# errs at that, its diagnoses deserve a look.
#
# ## Go on
#
# - **A rule from the second signal.** A threshold on the choice of "unknown", set on these eight households and tried on eight new ones, with a
#   risk-coverage curve (your `risk_coverage`). Predict the risk at a coverage of 0.4.
# - **Other mentions**: "Somebody asked for the key", "The key is not in the attic". Which of the two signals falls for which?
# - **The house rule**: `later_wins(number, rule=" Where two notes disagree, the note of the later day counts.")`.
# - **What would settle the rest**: a model with a recall near 1. `models.load("HuggingFaceTB/SmolLM2-360M-Instruct")`, or any name of the hub that
#   TransformerLens knows, in place of `models.there("smollm2")`; it takes a GPU where torch sees one. The rooms must be one token each there (`ids(" attic")`).
#   If the AUROC against mentioned things then rises to that against things never told, our 0.55 was about a weak reader.
# - **In a write-up** say: 135 million parameters, weights rounded to 4 bits, eight households drawn by a program, the instrument mended once
#   after the summaries were read.
