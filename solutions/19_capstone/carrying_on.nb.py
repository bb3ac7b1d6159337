# %% [markdown]
# # Carrying on
#
# The last notebook is about what comes after the application: a yes, a no, or nothing at all. It takes about 45 minutes. You read, look at
# where others have gone, and write three small things: what you do next, who is to read your work, and a letter.
#
# **Is today the day of the no?** Then read only *What a no tells you* and *While you wait*, decide one next step with a date, and close the
# notebook. The tables of funds and workshops are for another evening, and *Adjustments*, at the end, is for before the next interview.
#
# **The thesis.** You read a few papers closely. You built a small version of somebody's project, with a control that could have killed it.
# You wrote down what you expected before you looked, and then what came. That is how research begins, and it began before anybody had
# decided about you. A place in a program adds people, time and money to it, and these matter. It doesn't add the beginning.
#
# So the question after the answer is the same whatever the answer says: is there a next step in this work that is worth three hours a week?
# If there is, the rest of this page is about how to take it. If there isn't, it is about how to end well, which is a result too.

# %% [markdown]
# Open the unit. Nothing is downloaded: the table of routes below lies in the package, with the day on which each line was checked.

# %% locked="carrying-setup"
import worktest
from worktest import routes

unit = worktest.open_unit()
journal = unit.journal

# %% [markdown]
# ## What a no tells you
#
# Less than it feels like. Three numbers, each about another kind of no:
#
# | | |
# |:--|:--|
# | SPAR, past rounds | on average 30 applicants for a project, and 3 taken ([its overview](https://sparai.org/program), a page whose dates have no year) |
# | a round of small grants, grantmaking.ai, July 2026 | 33 of 581 applications funded ([a bulletin by Manifund, October 2026](https://manifund.org/ais-funder-bulletin), not the fund's own page) |
# | Anthropic's API credits | thousands of applications in a month; only a yes gets an answer ([the program's article](https://support.claude.com/en/articles/9125743-what-is-the-external-researcher-access-program)) |
#
# Take the first one and suppose, kindly to the mentor, that only people who could do the work were taken, and that ten of the thirty could.
# Then seven of the ten got a no. The next cell says how far such a no should move somebody who thought that they could do it. The ten is
# our assumption: change it, and look again.

# %% tags=["explore"]
applicants, taken, able = 30, 3, 10

print("you thought    after a no")
for thought in (0.3, 0.5, 0.7, 0.9):
    no_if_able = 1 - taken / able  # all places went to people who could do it
    after = thought * no_if_able / (thought * no_if_able + (1 - thought))
    print(f"{thought:11.0%}    {after:10.0%}")

# %% [markdown]
# With these numbers a no moves you by nine points at the most. It moves you more where there are places for nearly all who could do the
# work: put in `able = 4`. And ten noes, from mentors who read the same form, are not ten such steps: they share the form. Before you
# doubt the work, look at what all the noes have in common. It may be the first page: one stream says in public that the answers in its
# form are read first and that not every write-up is read ([the document of Neel Nanda's stream, MATS 12.0](https://tinyurl.com/neel-mats-app)).
#
# **What a no can't tell you**: how good the work was, whether it was read to the end, and whether somebody with the same topic came first.
# **What it can**: that this form, for this mentor, among these people, did not make the case. And a no in a late stage, after somebody has
# talked with you for half an hour, says more than one after a form. If a reason was given there, it is worth a page of notes.
#
# **With feedback.** Write it down word for word, on the day it comes, before you answer it in your head. Then sort it into three: what is
# true and can be checked (a missing control, a wrong interval), what is about fit (another topic, more time than you have), and what you
# don't understand. Check the first kind against your work. Use the second for the next choice of a stream. For the third you may ask one
# question, once.
#
# **Without feedback**, which is the rule where thousands apply: don't build a story. Silence has no reasons in it. Give your form and the
# first page of your paper to a peer with the rubrics of this course, and ask only two things: what do I claim, and what would you ask me
# first? That is feedback as well, and you can have it within a week.
#
# **A yes** deserves a sentence too. It says that one mentor believed you could do the work, and no more about your result than a no does:
# the result is as good as its control. Be glad, and then take the plan and the log with you. Keep your list of
# routes as well: a program ends after some months, and then this page is about you again.

# %% [markdown]
# ## A letter after a no
#
# You can answer a no. You don't have to, and no answer is fine. It makes sense in one case: you have something for the reader. A result
# that came after you applied, a correction of what you handed in, a short answer to a question that was open. Then a letter of at most 150
# words can be worth the reader's time.
#
# What it must not do:
#
# - reopen the decision, or explain what was misjudged, unlucky or unfair;
# - ask for feedback in general, for a call, for a reference, or for a word with somebody else;
# - attach anything long, or need to be answered;
# - flatter, or thank three times;
# - be sent on the day of the no. Wait a week.
#
# Two letters by the same person. The first one:
#
# > Dear [mentor], thank you so much for considering my application, I know how incredibly busy you must be. I was of course disappointed,
# > as this stream was my absolute first choice and I had put over twenty hours into the work test. I do feel that the interview did not
# > really show what I can do, since I get nervous. I would be extremely grateful for any feedback at all on where I went wrong and what I
# > could improve, maybe in a short call of half an hour? In the meantime I have continued the project and got some very promising results
# > which I am attaching (14 pages). If a place should become free, or if you know of anybody else who is looking for somebody like me,
# > please do not hesitate to contact me at any time. I remain passionate about your research. Best wishes
#
# There is a result in it, and it is in the attachment. Everything else asks for something: comfort, feedback, half an hour, a place, a
# recommendation. Little of it can be given in two minutes. It is an understandable letter, and most of it is true. If writing it helps you
# tonight, write it, keep it, and send the other one next week.
#
# The second one:
#
# > Dear [mentor], thank you for reading my work test on [topic]; I have taken note of the decision. One thing has come up since that you
# > may want to know. I had reported that the monitor with resampling catches 31 points more. With a control that I had left out, the same
# > number of samples scored by chance, 19 of the 31 remain (12 to 26, ten seeds). So more than a third of the first number was not the
# > monitor's doing, and I have corrected the write-up, with the log: [address]. If you know at a glance that this control has been run before,
# > one line with where would save me a week. No answer is needed otherwise. With kind regards
#
# It accepts the no in half a sentence. It can be read without opening the link. It says that the writer was wrong, by how much, and how
# they know. It asks for one line, and lets the reader off. (The numbers are made up for the example.)

# %% [markdown]
# {{prompt cap-letter}}

# %% [markdown] written="cap-letter"
# Dear [mentor], thank you for reading my application on amplified differences. I've noted the decision, and this needs no answer.
#
# In the interview you asked what the method does when nothing was trained in, and I guessed "about nothing". I have run it since: two
# models that differ only in the seed of their fine-tuning, amplified in the same way, 20 seeds. In 4 of them some harmless phrase became
# more than ten times as frequent, so my guess was wrong, and a finding of that size alone shows nothing. I've put the null beside every
# number in the write-up: [address].
#
# One question, if you know it without looking anything up: is there a published null of this kind that I should cite? Kind regards

# %% [markdown]
# When you have written yours, score it: `unit.rubric("cap-letter")` in a cell, or `worktest rubric 19 cap-letter`. Then decide whether it
# is sent at all. If the middle of it is empty, you have found out that it is no letter yet.

# %% [markdown]
# ## While you wait
#
# Weeks of waiting are the easiest ones to lose: everything seems to hang on a mail. Three hours a week are enough to come out of six weeks
# with something that stands on its own. Put them at the same time each week, and stop when they are over.
#
# | week | three hours | what exists afterwards |
# |:--|:--|:--|
# | 1 | Read your own work test as a stranger would. List what you would attack. Choose one line | one question that can come out as no |
# | 2 | Plan it (`worktest extend`), with the control and the result at which you stop. Register it, and send the hash to one person | a plan that can't change unseen |
# | 3 | Run the smallest version. Write what you expected beside what came | a table with intervals, or a reason why not |
# | 4 | One reader, one hour: let them ask. Mend the one thing that they could not follow | a list of questions by somebody else |
# | 5 | Write: a page, one figure, one table, what speaks against it | a draft that a stranger understands |
# | 6 | Run it on another machine, or let somebody else run it. Put it where it can be found. Decide about the next six weeks | an address |
#
# If the answer comes in between, read it, write one line into the log (`worktest extend note "..."`), and do the week's three hours anyway.
# The plan was made when you were calm.
#
# **When to stop an extension.** You wrote down a kill criterion before the runs. Four more reasons that are good enough:
#
# - the question was answered by somebody else: read it, cite it, repeat one number of it, and end with a note;
# - you have moved the goal for the second time;
# - for two weeks in a row you did something else in the three hours, and not because you were ill or tired;
# - what you would need next is not time (a large model, people to label, permission), and the routes below don't give it within two months.
#
# To end well takes an hour: a page with what was asked, what was run, what came and why it stops here; the folder packed; the address in
# the log. Somebody who finds a stopped project with its log saves weeks. A result that nobody can find is asked for again.

# %% [markdown]
# **Decide: your next step.** One thing, with a date, that exists or doesn't exist on that day. It goes into your journal; an interviewer,
# or you in six weeks, can ask about it.

# %% yours="decide-next-step"
journal.decide(
    "next-step",
    choice="by 10 January: the null with 20 seeds, registered and run, as a table of one page",
    alternatives=["a larger model on rented machines", "apply to three more streams first"],
    because="Every number that I have reported lacks it, it costs two evenings on my laptop, and it can come out against me.",
    would_change_my_mind="A published null of this kind: then I compare with it, and go on to the larger model.",
)
### RELEASED AS
# journal.decide(
#     "next-step",
#     choice=...,  # by when, and what then exists
#     alternatives=[...],
#     because=...,
#     would_change_my_mind=...,
# )

# %% [markdown]
# ## Where it can go
#
# What follows was read in stored copies of public pages, on the day that each line names. **Some of it will have changed.** *primary*
# means: read in the source's own text. *secondary*: somebody else reports it. *unverified*: looked for and not read, so no numbers stand
# there. The first lesson came while the list was made: a fund that lists still recommend, the Long-Term Future Fund, had closed some months
# before, and the amount of another had doubled. So open the link, look for the date on the page, and believe the page.
#
# In a terminal: `worktest routes`, and `worktest routes NAME` for every statement with its source.

# %% tags=["explore"]
routes.page("grant")

# %% tags=["explore"]
routes.page("compute")

# %% [markdown]
# ### How a grant asks
#
# The forms differ, the questions hardly: what do you want to find out, who would act differently, what works already, what exactly does the
# money buy, what will exist and when, and what would you do with half of it? The last one is the most telling: whoever knows what to keep
# at half the money knows what the work hangs on.
#
# - **Ask for the step, not for the dream.** The toy is done and paid for; say so, with its interval and its link. Money is for what the toy
#   can't show.
# - **Each line is a quantity times a price**, with where the price is from and the day you read it. "Compute: 2,000" can't be checked; "40
#   GPU hours at 2.50, price list of 20 November" can.
# - **Half the money has to be enough for a whole, smaller study.** If your small version costs seventy percent, you have not found it yet.
# - **Say when you would stop and give the rest back.** You have that sentence already, it is your kill criterion.
# - **Say what speaks against it.** The reader will find it anyway, and then it is better to have been there first.
# - **Small is quicker.** The fastest grant in the table asks for a form of a quarter of an hour and is decided in four days on average. And
#   a small grant that was used well is something to show in the next form.
#
# `worktest extend grant` drafts that page from your plan, your results and your log, and names what is missing, a line each. `--for NAME`
# puts what a route asks below it as a checklist. It invents nothing; where your plan is silent, the page has a gap. Read the draft aloud
# before you send it: it is correct, and it doesn't sound like you yet.

# %% [markdown]
# ### Handing the work on
#
# Four forms, from the least work to the most. Each one is finished; none is only a step to the next.
#
# | form | what it needs | what it is good for |
# |:--|:--|:--|
# | a repository that runs | one command, locked versions, the data or the script that makes it, a log, a licence | anybody can check you, and go on from it |
# | a post on a forum | the finding in the first paragraph, one figure, what you did not check | the quickest way to readers, if there are any, and to their objections |
# | a preprint | a paper of a few pages; on arXiv an endorsement, if it is your first in that category | it can be cited |
# | a workshop or a rolling journal | their format, a deadline or patience, and reviewing others in return | a careful reading by strangers |
#
# `worktest extend build` makes the folder and the paper from your results, so once you have the repository, most of the preprint is there
# too. Before you post, look at the forum's rule about text written by models: it is strict on some of them.

# %% tags=["explore"]
routes.page("workshop")

# %% [markdown]
# ### Readers and peers
#
# A reader helps most before the runs, when an objection can still change the plan. Where to look:
#
# - **Somebody who did the same unit.** `worktest peers pack` makes a packet that can be scored blind, in both directions. Offer to read
#   theirs first.
# - **The author of the work that you built on.** Don't write only that it is interesting. Send a replication, its interval and one question,
#   in a short mail. You may get no answer; that is no verdict either.
# - **A sprint.** A weekend with a deadline, and people who form teams there. Bring your question and your control.
# - **A local or online group.** Present one figure, and stop talking after five minutes.
#
# A rule for all of them: ask for something that takes less than half an hour, say by when, and say what you do with it. And give as much as
# you ask for; write down what you owe.

# %% tags=["explore"]
routes.page("sprint")

# %% tags=["explore"]
routes.page("course")

# %% tags=["explore"]
routes.page("community")

# %% [markdown]
# **Decide: who reads it first, and where it goes.** One reader and one route, with a date. "Nobody yet, and I look for a peer until Friday"
# is an answer.

# %% yours="decide-first-reader"
journal.decide(
    "first-reader",
    choice="a peer from the study group reads the plan by Sunday; then a forum post with the repository, by 31 January",
    alternatives=["a rolling journal at once", "a rapid grant for the larger model first", "nobody until the paper is done"],
    because="An objection to the plan costs an evening, an objection to the paper costs the runs.",
    would_change_my_mind="If the null kills the effect there is nothing to fund, and the post is about the null.",
)
### RELEASED AS
# journal.decide(
#     "first-reader",
#     choice=...,  # who, where, and by when
#     alternatives=[...],
#     because=...,
#     would_change_my_mind=...,
# )

# %% [markdown]
# ## Adjustments
#
# If you stammer, if timed talks make you ill, if you see or hear or concentrate in another way: you may ask for a selection to be run
# differently, before it begins. We looked for published policies of the programs in this field and found none. That says that you have to
# ask; it doesn't say that the answer is no.
#
# - **What can be asked for**, by the advice of careers services: telling them some days ahead, fewer interviewers, the questions in
#   advance, written answers afterwards, a trial of work in place of a talk, more time
#   ([AGCAS](https://agcasdtg.wordpress.com/2021/01/18/interview-suggestions-for-people-who-stammer/)).
# - **The law**: in the United Kingdom employers are obliged to adjust a selection; whether a fellowship counts as employment is another
#   question, so ask ([STAMMA](https://stamma.org/get-help/employers-businesses/interviewing-people-stammer)).
# - **What helps in the room**: interviewers misread stammering as nerves, and it grows in assessments (the same page). One sentence at the
#   beginning is common advice: "I sometimes stammer, and more in interviews" ([an
#   example](https://www.stammering.org/employers-stammering-network/employees/what-do-when/job-interviews)).
# - **A draft of the letter**: `worktest interview 19 --letter`. You name no diagnosis unless you want to.
#
# The same holds for carrying on alone. Three hours a week is a proposal. One is a plan as well, if it is the same hour each week, and six
# weeks may be twelve. Nothing here is scored by speed.

# %% [markdown]
# ## The end
#
# You now have a question with a plan, a letter that may never be sent, a reader, and a date. If you do only one thing today, do the one
# with the date.
#
# And then, if you want: a person a year behind you will sit where you sat, with two blog posts read and a form open. A repository that
# runs, with a log that tells what went wrong, is what you would have wanted then.
