# %% [markdown]
# # Which stream?
#
# A **stream** is a mentor with a question and a way of choosing people. You apply to streams, and each one asks for days of work before anybody
# says yes or no. In this notebook you read three descriptions, put them in order yourself, and write down why. Then a tool shows its own order,
# and you look at where the two differ.
#
# It takes 30 to 40 minutes. Nothing here is graded. All streams are invented, and no mentor in them exists.

# %% [markdown]
# ## Why choose before you apply
#
# Applying feels like filling in forms, so people send many. Count the hours of one stream instead: three hours for the papers, one for the
# questions, four to sixteen for a work test, one for an interview. That is 9 to 21 hours. At eight hours a week, three such applications
# fill one or two months. Twelve fill three to seven.
#
# Choosing has a second use. Whoever knows why a stream is the right one has most of the answer to the question that many forms ask: why this one?
#
# And there are three ways to choose badly, all of them common:
#
# - **By name.** You know the place or the person. That says little about what you would do on a Tuesday.
# - **By the title.** The sentence that decides is rarely in it.
# - **By what you can already do.** Then you never learn where you have little to show, and some of what is missing can be made in a weekend.

# %% [markdown]
# ## Say what you want
#
# Open a terminal (File, New, Terminal) and type
#
# ```
# worktest shortlist --wishes
# ```
#
# It puts a file `shortlist.toml` into your workspace. Open it, take away the `#` in front of what you want to say, and change it: hours a week,
# places, from when, whether you need to be paid, and how much you want each topic. Five minutes are enough. What you leave out stays unknown.
# Nobody reads the file but you.

# %% tags=["explore"]
import worktest
from worktest.shortlist.notebook import open_desk

unit = worktest.open_unit()
desk = open_desk()
desk.streams()

# %% [markdown]
# ## Read three
#
# Twelve descriptions are there. For now, three of them: one is precise, one is vague, and one says two things that don't go together. You
# find out by reading which is which.
#
# Read each at the speed at which you would read a letter. Six questions help:
#
# | | Ask | Why |
# |:--|:--|:--|
# | **Question** | What would you do in the third week? | If you can't say, the description hasn't said it, or you have read the title only |
# | **Asks** | What do they want from you before they choose? | Each ask is work, and some of it is asked in a half-sentence |
# | **Limits** | Hours, place, dates, money: does any of it rule you out? | To find out costs a minute now, or a week later |
# | **Papers** | Which are named, and have you read one? | The questions on the form are about these |
# | **Choice** | How does the mentor choose, in the mentor's own words? | Here stands what the work test is read for |
# | **Doubt** | Which sentence put you off, or made you want it more? | It is the one you would talk about in the interview |

# %% tags=["explore"]
three = ["resampling", "remembering", "steering-part-time"]
desk.read(three[0])

# %% tags=["explore"]
desk.read(three[1])

# %% tags=["explore"]
desk.read(three[2])

# %% [markdown]
# ## Your order, before the tool's
#
# Put the three in order, the one you would most like to apply to first, and give one sentence for each place. It is written to `shortlist.jsonl`
# in your workspace. There is no right answer.
#
# Give the reason that is true, also when it is not a fine one. "It is the only one that pays" is a reason.

# %% tags=["explore"] yours="own-order"
desk.rank(
    "steering-part-time",
    "resampling",
    "remembering",
    because={
        "steering-part-time": "Which inputs go the wrong way is a question that I have asked myself, and part-time fits beside my job.",
        "resampling": "The project is clear and I like to attack my own work; I know less about control.",
        "remembering": "I would need a plan in week one, and the mentor says that this makes people unhappy there.",
    },
)
### RELEASED AS
# desk.rank(
#     ...,  # the name of your first choice, such as "resampling"
#     ...,
#     ...,
#     because={
#         "resampling": ...,
#         "remembering": ...,
#         "steering-part-time": ...,
#     },
# )

# %% [markdown]
# Two guesses before the tool speaks. It reads each description by a table of phrases ("work test", "two references", "hours a week") and lists
# what is **asked**, out of eleven things that a stream can ask. Then it looks into your workspace for something to **show** for each.
#
# - `found`: how many asks does it find in the three together? Count what you found yourself, and think of what a list of phrases would miss.
# - `thin`: of what `steering-part-time` asks and a file could show, which share do your files *not* show? If you have just begun, you know the
#   answer. Come back in a month, when you don't.

# %% tags=["explore"] yours="predict-evidence"
# How many asks does the tool find in the three descriptions together?
unit.journal.predict("found", value=11, interval=(8, 14), confidence=0.8)
# Which share (0 to 1) of what steering-part-time asks do your files not show?
unit.journal.predict("thin", value=1.0, interval=(0.7, 1.0), confidence=0.9)
### RELEASED AS
# # How many asks does the tool find in the three descriptions together?
# unit.journal.predict("found", value=..., interval=(..., ...), confidence=...)
# # Which share (0 to 1) of what steering-part-time asks do your files not show?
# unit.journal.predict("thin", value=..., interval=(..., ...), confidence=...)

# %% [markdown]
# ## What the tool says
#
# Three columns, and no sum of them. **Interest** is the highest weight that you gave to a topic the stream is about; a topic that it only
# names in passing, beside others, gives 1 at most. **Evidence** counts asks for which your files hold something. **Constraints** compares
# what the text says with what you said. The rule of the order stands below the table.

# %% tags=["explore"]
desk.table()

# %% tags=["explore"]
unit.journal.measure("found", desk.asks(*three), unit="asks in three descriptions")
unit.journal.measure("thin", desk.thin("steering-part-time"), unit="share of what is asked")

# %% [markdown]
# Now one stream in full. Every finding has its sentence beside it, so you can see at once where it is wrong.

# %% tags=["explore"]
desk.about("steering-part-time")

# %% [markdown]
# ## Why it may be wrong
#
# It matches words. A mentor reads something else: your sentences, your figures, the place where you stopped. These mistakes can be seen in the
# twelve descriptions; find one more yourself.
#
# | Stream | The tool | The text |
# |:--|:--|:--|
# | `remembering` | finds no ask at all | It wants something that you noticed, on a page, and half an hour of thinking aloud. Both are asked, in words that no table has |
# | `the-critic` | finds a longer piece of writing, and no interview | "Sit with me for two hours, and defend the memo line by line" is one, and a hard one |
# | `bring-a-question` | finds one ask, the open research task | Summary, log and code are to be handed in. One ask can be larger than four |
# | `steering-part-time` | counts the more demanding of two statements | Perhaps the title is what is true, and the paragraph was copied from last year. Only a mail can tell |
# | any | counts an answer that keeps to its word limit as evidence | Whether it is a good answer is not in the count. Your rubric scores say more, and somebody who reads it says more than they do |
#
# The evidence column is the easiest to misread. It says what you could *show today*. It does not say what you can do, and not
# whether you would be taken.

# %% tags=["explore"]
desk.compare()

# %% [markdown]
# Where the two orders differ, there are three cases. You knew something that no table knows (you liked the mentor's way of thinking): then keep
# your place for it. The tool read a sentence that you passed over: then you have just saved a week. Or both are guesses: then there is something
# to ask, and a short mail to the mentor is a normal thing to send.
#
# Now decide which of the three you would apply to first. It may be another one than a quarter of an hour ago; your first order stays written down
# beside it.

# %% tags=["explore"] yours="decide-first"
unit.journal.decide(
    "first-choice",
    choice="resampling",
    alternatives=["steering-part-time", "remembering"],
    because="Part-time stands in the title of the steering stream and full time on site in its fourth paragraph, which I had read past. Resampling fits my hours, and I can make evidence for all that it asks.",
    would_change_my_mind="A mail from the steering mentor that says two days a week from home are fine.",
)
### RELEASED AS
# unit.journal.decide(
#     "first-choice",
#     choice=...,
#     alternatives=[...],
#     because=...,
#     would_change_my_mind=...,
# )

# %% [markdown]
# ## From thin to a plan
#
# An ask without evidence is no verdict. It is a piece of work with a length, and most of it is a notebook of this curriculum. The next cell sorts
# what is thin for one stream into two weeks, in the order in which an application meets it. Put in your own choice and your own hours.

# %% tags=["explore"]
desk.plan("resampling", hours_a_week=8)

# %% [markdown]
# Three things about such plans.
#
# - The minutes are rough guesses of ours. Your own are in `worktest progress` once you have some, and they count more.
# - What does not fit is named. Leave out what you like, but not the papers: the form, the test and the interview are all about them.
# - Two weeks of evidence for one stream are often evidence for three. `worktest shortlist` counts it for all.

# %% [markdown]
# ## How matching works in the programs
#
# Programs differ in who chooses whom, and when. In one you apply to tracks first and to streams later, and which tests you meet depends on the
# streams ([@mats2026]); in another the mentors choose from their applicants, and set the requirements ([@spar]); in a third, mentors may add
# questions or a coding test of their own ([@mars]). The next cell prints what we read, with its address, the edition it speaks of, and whether we
# read the page itself or somebody's account of it. What we looked for and did not find stands there too. It is long: read the program that you
# think of (`desk.programs("mats")` prints one alone), and leave the others for another day. Rounds change: open the page before you plan by it.

# %% tags=["explore"]
desk.programs()

# %% [markdown]
# Two things follow, whichever program it is. Where mentors choose, the mentor's page is worth more than the program's. And where one application
# can name several streams, the order in which you name them, and what you write about each, is yours to decide; an honest first choice is easier
# to write about than five.

# %% [markdown]
# ## With real descriptions
#
# Copy the text of a description from its page into a file in the folder `streams` of your workspace, such as `streams/my-first.txt`. Plain text
# is enough. If you like, begin with a few lines that say where it is from:
#
# ```
# +++
# title = "The stream's title"
# url = "https://..."
# read = "2026-11-27"
# +++
# ```
#
# Then `worktest shortlist --read` shows you each description that you have not placed yet, one by one, and asks for its place before it says
# anything. `worktest shortlist my-first` shows the findings. A file that can't be read is named. Papers are recognised by arXiv number, address
# or title, if they are in this curriculum; the others you have to put in order yourself.
#
# The text stays on your machine. It belongs to whoever wrote it, so don't publish your copy.

# %% [markdown]
# ## What a summary of a stream misses
#
# It is tempting to have a language model sum up forty streams. You would get forty times the topic, the methods and the dates, in the same voice.
# Here is what a fair summary in two sentences would keep of the three above, and what it would have to drop:
#
# | Stream | A fair summary keeps | What it drops |
# |:--|:--|:--|
# | `resampling` | Control by resampling, a four-hour work test, remote, paid | "I read the code and the last paragraph first", and that two papers on the list seem to disagree. The first says how the work test is read, the second is something to write in the form |
# | `remembering` | Agents and their notes, about ten hours, unpaid, loose start | "People who need a plan in week one have not been happy here". It is the one sentence by which you can know that you are wrong there, or right |
# | `steering-part-time` | Reliability of steering, team of three, stipend, a programming test, two interviews | That the title and the fourth paragraph contradict each other. A summary has room for one of the two, and the title is the shorter one |
#
# So let a summary choose what you read, if there are too many. Never let it choose where you apply.

# %% [markdown]
# ## Where to go next
#
# Your first choice has a reading order: `worktest shortlist resampling` (or its name) ends with it, and says which unit's reading notebook tells you
# what to read in each paper. The unit that trains your topic comes next; if you can't decide, take unit 01. When you have made some evidence, run
# `worktest shortlist` again. The column of constraints will be the same, and the column of evidence should not.
