"""A week's blind reading in a course: given out, read, sent, collected, reported, returned, with people late or absent."""

from __future__ import annotations

import json
import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import desk
import pytest
import tomli_w
from cli import Said, call, the_line
from desk import FIRST, SECOND, UNIT, types

from autograde import course
from autograde.cli import app as grader
from autograde.leaving.peers import forget_peer
from autograde.peers import agreement, assign, exchange, names, rounds, store
from autograde.peers.store import Given
from worktest import archive_files, peers
from worktest.cli import app as learner
from worktest.errors import UserError
from worktest.peers_hub import EXCHANGE, INBOX

Patch = pytest.MonkeyPatch
Capture = pytest.CaptureFixture[str]
PEOPLE = ("ana", "ben", "chen", "dora")


class Group:
    """A course with an exchange, and learners who each have a home; all in one account, so who sends is told by hand."""

    def __init__(self, root: Path, monkeypatch: Patch, capsys: Capture) -> None:
        self.root, self.patch, self.capsys = root, monkeypatch, capsys
        self.unit = desk.unit_with_prompts(root, monkeypatch)
        self.course = course.root_of(root / "grader")
        self.shared = root / "exchange" / "basics" / "peers"
        self.shared.parent.mkdir(parents=True)
        self.course.mkdir(parents=True)
        told = {"course": "basics", "exchange": str(root / "exchange")}
        (self.course / course.SHARED).write_text(tomli_w.dumps(told), encoding="utf-8")
        monkeypatch.setenv(EXCHANGE, str(root / "exchange"))

    def hand_in(self, name: str, text: str) -> None:
        """What is left of a hand-in on both sides: the collected folder, and the secret in the learner's own cache."""
        mine = self.root / "homes" / name / "basics" / UNIT
        shutil.copytree(self.unit, mine, dirs_exist_ok=True)
        desk.notebook(mine, FIRST, text)
        kept = self.root / "homes" / name / "data" / "nbgrader_cache" / "basics" / f"{name}+{UNIT}+2026-01-01"
        for folder in (kept, self.course / "submitted" / name / UNIT):
            shutil.copytree(mine, folder, dirs_exist_ok=True)
            (folder / "submission_secret.txt").write_text(f"secret of {name}", encoding="ascii")

    def grader(self, *arguments: str) -> Said:
        return call(grader, "peers", *arguments, "--workspace", str(self.root / "grader"), capsys=self.capsys)

    def learner(self, name: str, *arguments: str) -> Said:
        home = self.root / "homes" / name
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("JUPYTER_DATA_DIR", str(home / "data"))
            patch.chdir(home)
            space = ("--workspace", str(home / "basics"))
            return call(learner, "peers", *arguments, *space, capsys=self.capsys)

    def packets(self, name: str) -> list[Path]:
        folder = self.root / "homes" / name / "basics" / "peers" / UNIT
        return [path for path in sorted(folder.glob("peer-*.json")) if "-scores-" not in path.name]

    def reads(self, name: str, reason: int = 1, limits: int = 1) -> Said:
        """Fetch, score all, send; then the facilitator collects, while everything in the inbox is this person's."""
        assert self.learner(name, "fetch", "90").code == 0
        for path in self.packets(name):
            types(self.patch, [str(reason), "because", str(limits), "therefore"])
            assert self.learner(name, "score", str(path)).code == 0
        assert self.learner(name, "send", "90").code == 0
        return self.collect(name)

    def collect(self, owner: str) -> Said:
        self.patch.setattr(exchange, "account_of", lambda uid: owner)
        return self.grader("collect", "90")

    @property
    def found(self) -> store.Exchange:
        return store.read(self.course, UNIT)


@pytest.fixture
def group(tmp_path: Path, monkeypatch: Patch, capsys: Capture) -> Group:
    made = Group(tmp_path, monkeypatch, capsys)
    for name in PEOPLE:
        made.hand_in(name, f"I am {name.title()}, and one doubles to see twice. Mail {name}@example.org")
    return made


def test_a_week_of_reading(group: Group) -> None:
    said = group.grader("give", "90")
    assert said.code == 0 and f"{FIRST}: 4 new answers" in said.out
    by_author = {one.author: one.readers for one in group.found.assigned.values()}
    assert sorted(by_author) == sorted(PEOPLE)
    assert all(len(set(readers)) == 2 and author not in readers for author, readers in by_author.items())
    assert set(Counter(name for readers in by_author.values() for name in readers).values()) == {2}

    assert f"worktest peers score basics/peers/{UNIT}/peer-{FIRST}-" in group.learner("ana", "fetch", "90").out
    texts = [json.loads(path.read_text(encoding="utf-8"))["text"] for path in group.packets("ana")]
    assert texts == ["I am [author], and one doubles to see twice. Mail [address]"] * 2

    for name, reason in zip(PEOPLE, (0, 2, 1, 1), strict=True):
        assert group.reads(name, reason).code == 0
    report = group.grader("report", "90")
    assert "4 answers, 4 read by two" in report.out and "Krippendorff" in report.out
    assert not any(name in report.out for name in PEOPLE)
    found = agreement.agreement_of(UNIT, group.course)
    assert found is not None and found.side_by_side is not None and found.waiting == {}
    assert found.side_by_side["pairs"] == 8
    apart = [{"ana", "ben"} == set(readers) for readers in by_author.values()]  # who gave 0 and 2
    assert sum(row["talk"] for row in found.by_criterion) == sum(apart)

    assert "4 authors can read" in group.grader("return", "90").out
    assert (
        f"what peers said of your answer: basics/peers/{UNIT}/said-{FIRST}.md"
        in group.learner("ana", "fetch", "90").out
    )
    said_of_ana = (group.root / "homes/ana/basics/peers" / UNIT / f"said-{FIRST}.md").read_text(encoding="utf-8")
    assert "Reader 1:" in said_of_ana and "Reader 2:" in said_of_ana and "because" in said_of_ana
    assert not any(name in said_of_ana for name in PEOPLE)

    home = group.root / "homes" / "ana"
    taken = [one.path.name for one in archive_files.listed(home, home / "archive.zip").files]
    assert f"said-{FIRST}.md" in taken and sum("-scores-" in name for name in taken) == 2
    assert not {path.name for path in group.packets("ana")} & set(taken), "another's text is not ana's to take along"


def test_the_facilitator_looks_first_and_nothing_is_given_out(group: Group) -> None:
    said = group.grader("give", "90", "--look")
    assert said.code == 0 and said.out.count("I am [author], and one doubles to see twice. Mail [address]") == 4
    assert "taken out of peer-" in said.out and "nothing was given out" in said.out
    assert not group.found.assigned and not group.found.folder.exists() and not group.shared.exists()


def test_who_comes_late_is_read_and_reads_and_nothing_is_given_twice(group: Group) -> None:
    group.grader("give", "90")
    before = {code: list(one.readers) for code, one in group.found.assigned.items()}
    again = group.grader("give", "90")
    assert "0 new answers" in again.out and {c: one.readers for c, one in group.found.assigned.items()} == before
    group.hand_in("emil", "Late, but here.")
    assert "1 new answer given out" in group.grader("give", "90").out
    now = group.found.assigned
    assert all(now[code].readers[:2] == readers for code, readers in before.items())
    (late,) = [one for one in now.values() if one.author == "emil"]
    assert len(late.readers) == 2
    assert sum("emil" in one.readers for one in now.values()) == 2


def test_who_is_absent_is_replaced_and_may_still_send(group: Group) -> None:
    group.grader("give", "90")
    had = group.found.open_of("dora")
    assert group.grader("give", "90", "--without", "dora").code == 0
    for code in had:
        one = group.found.assigned[code]
        assert "dora" not in one.readers and len(one.readers) == 2
    assert "dora" not in group.grader("collect", "90").out  # she owes nothing
    assert "2 scores taken" in group.reads("dora").out
    assert "nobody of that name" in the_line(group.grader("give", "90", "--without", "zoe"))


def test_who_is_forgotten_leaves_nothing_with_the_readers(group: Group) -> None:
    group.grader("give", "90")
    for name in PEOPLE:
        group.reads(name)
    group.grader("return", "90")
    (code,) = [code for code, one in group.found.assigned.items() if one.author == "ana"]
    kept = {code: len(group.found.scores(code)) for code in group.found.assigned}
    forget_peer(group.course, UNIT, "ana")
    left = group.found
    assert "ana" not in left.places and code not in left.assigned and not list(group.root.glob(f"exchange/**/*{code}*"))
    assert not any("ana" in [*one.readers, *one.excused] for one in left.assigned.values())
    assert len(left.places) == 3 and len([p for p in group.shared.iterdir() if p.name != INBOX]) == 3
    assert sum(len(left.scores(c)) for c in left.assigned) == sum(kept.values()) - kept[code] - 2
    assert group.grader("report", "90").code == 0


def test_scores_are_taken_from_the_account_that_was_asked_and_once(group: Group) -> None:
    group.grader("give", "90")
    group.learner("ana", "fetch", "90")
    path = group.packets("ana")[0]
    types(group.patch, ["1", "because", "1", "therefore"])
    assert "worktest peers send 90" in group.learner("ana", "score", str(path)).out
    assert "the scores of 1 answer; 1 answer still to read" in group.learner("ana", "send", "90").out
    assert "all was sent before" in group.learner("ana", "send", "90").out
    code = json.loads(path.read_text(encoding="utf-8"))["code"]
    (outsider,) = {*PEOPLE} - {*group.found.assigned[code].readers, group.found.assigned[code].author}
    said = group.collect(outsider)
    assert said.code == 1 and f"{outsider} sent: the packet {code} was given to others" in said.out
    assert group.found.scores(code) == {}

    scores = next(iter(path.parent.glob("*-scores-*.json")))
    inbox = group.shared / INBOX
    for number in (1, 2):
        shutil.copyfile(scores, inbox / f"{UNIT}+{code}+{number}.json")
    (inbox / f"{UNIT}+{code}+3.json").symlink_to(group.course / "secret")
    (inbox / f"{UNIT}+{code}+4.json").write_text("{", encoding="ascii")
    said = group.collect("ana")
    assert said.code == 1 and "1 score taken" in said.out
    for reason in ("are here already", "it is a link", "is damaged"):
        assert said.out.count(reason) == 1
    assert sorted(group.found.scores(code)) == ["ana"]


def test_a_group_without_an_exchange_sends_by_hand(group: Group) -> None:
    (group.course / course.SHARED).unlink()
    assert "--to" in the_line(group.grader("give", "90"))
    out = group.root / "packets"
    assert group.grader("give", "90", "--to", str(out)).code == 0
    packet = peers.read(next(iter((out / "ana").glob("*.json"))))
    assert isinstance(packet, peers.Packet)
    files = []
    for scorer in ("0000aaaa", "0000bbbb"):
        scores = peers.Scores(
            packet=packet.code, packet_digest=packet.digest, scorer=scorer,
            levels={"reason": 1, "limits": 0}, reasons={},
        ).sealed()  # fmt: skip
        files.append(str(peers.write(scores, group.root / f"{scorer}.json")))
    assert "2 scores taken; of 4 answers 1 read by two" in group.grader("collect", "90", *files).out
    assert group.grader("collect", "90", files[0]).code == 1
    group.grader("return", "90", "--to", str(out))
    author = group.found.assigned[packet.code].author
    assert (out / author / f"said-{FIRST}.md").is_file()


def test_the_prompt_that_most_have_answered_unless_one_is_named(group: Group) -> None:
    for name in ("ana", "ben", "chen"):
        desk.notebook(group.course / "submitted" / name / UNIT, SECOND, "To learn.")
    assert f"{SECOND}: 3 new answers" in group.grader("give", "90").out
    line = the_line(group.grader("give", "90", "--prompt", "micro-bet"))
    assert "micro-bet has 0 answer" in line
    assert "there is no prompt 'nothing'" in the_line(group.grader("give", "90", "--prompt", "nothing"))


def test_who_did_not_hand_in_is_told_so(group: Group) -> None:
    group.grader("give", "90")
    shutil.rmtree(group.root / "homes" / "ana" / "data")
    assert "submit it first" in the_line(group.learner("ana", "fetch", "90"))
    group.patch.delenv(EXCHANGE)
    assert "there is no exchange here" in the_line(group.learner("ben", "fetch", "90"))


def test_nothing_given_out_is_a_clear_line(group: Group) -> None:
    for command in ("collect", "report", "return"):
        assert "nothing of 90_micro was given out" in the_line(group.grader(command, "90"))


@pytest.mark.parametrize("people", [2, 3, 4, 7, 30])
def test_everybody_reads_two_never_the_own_and_loads_are_even(people: int) -> None:
    for seed in range(5):
        packets = {f"c{i}": Given(author=f"p{i}", prompt="q", readers=[]) for i in range(people)}
        who = [f"p{i}" for i in range(people)]
        new = assign.assign(packets, who, random.Random(seed))
        loads = Counter(reader for readers in new.values() for reader in readers)
        assert set(loads.values()) == {min(2, people - 1)} and len(loads) == people
        assert all(packets[c].author not in r and len(set(r)) == min(2, people - 1) for c, r in new.items())


WILL = names.Person("will", ("Will Smith-Jones",))
OTHERS = (names.Person("ana", ("Ana María López",)), names.Person("ben-k"))
ORDINARY = names.ordinary_words(["it will be so"])


@pytest.mark.parametrize(
    ("text", "blind"),
    [
        ("Will it work? It will. I, Will, think so.", "Will it work? It will. I, [author], think so."),
        ("Smith-Jones, that is Will Smith-Jones", "[author], that is [author]"),
        ("with ANA and Ana María López; bananas", "with [author] and [author]; bananas"),
        ("ask will@x.org or see https://github.com/will/x", "ask [address] or see [address]"),
        ("A plot.\n\nBest regards,\nW. S.", "A plot.\n\n[author]"),
        ("Written by: me\nA plot", "[author]\nA plot"),
        ("Thanks: see the plot by Ben_K", "Thanks: see the plot by [author]"),
        ("The best\nof three", "The best\nof three"),
    ],
)  # fmt: skip
def test_names_go_and_words_stay(text: str, blind: str) -> None:
    found, notes = names.without_names(text, WILL, OTHERS, ORDINARY)
    assert found == blind
    assert bool(notes) == (text != blind)


Step = Callable[..., object]


@pytest.mark.parametrize("step", [rounds.give, rounds.collect, rounds.give_back])
def test_a_damaged_record_is_named_and_stays(group: Group, step: Step) -> None:
    group.grader("give", "90")
    path = group.found.folder / "assigned.json"
    path.write_text("{", encoding="ascii")
    with pytest.raises(UserError, match="assigned.json can't be read"):
        step(UNIT, group.root / "grader")
    assert path.read_text(encoding="ascii") == "{"
