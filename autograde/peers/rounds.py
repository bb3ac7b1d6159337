"""The facilitator's steps: give answers out to be read, take scores in, give them back to the authors."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograde import course
from autograde.batch import find_students
from autograde.hand_in import problem_of_folder
from autograde.paths import solutions
from autograde.peers import exchange, names, store
from autograde.peers.assign import assign
from autograde.peers.store import READERS, Exchange
from worktest import drafts, peers, prompts
from worktest.errors import UserError
from worktest.peers import Packet, Scores
from worktest.prompts import Prompt
from worktest.safe import plain, unmarked
from worktest.workspace import make_own


@dataclass
class Given:
    """What `give` did: prompts, new packets, what each person has to read, and lines for the facilitator to see."""

    prompts: list[str] = field(default_factory=list)
    packets: list[Packet] = field(default_factory=list)
    readings: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def give(
    unit: str,
    workspace: Path,
    *,
    wanted: Sequence[str] = (),
    without: Sequence[str] = (),
    to: Path | None = None,
    look: bool = False,
    rng: random.Random | None = None,
) -> Given:
    """Give the answers of those who handed in to two others each; what was given before stays as it is.

    ``wanted``: prompts by id; default: those of the last time, else the one that most have answered. ``without``:
    people who won't read; what they have not scored goes to others. ``to``: a folder for the packets, one folder a
    reader, where the course has no exchange or they travel another way. ``look``: only make the new packets, and give
    nothing out.

    Raises UserError when nobody handed in, when fewer than two have answered, or when a name is wrong.
    """
    root = course.root_of(workspace)
    people = find_students(root, unit)
    found = store.read(root, unit)
    if unknown := sorted(set(without) - set(people)):
        raise UserError(f"--without {', '.join(map(plain, unknown))}: nobody of that name handed in {unit}")
    known = prompts.read_prompts(solutions() / unit)
    for name in wanted:
        prompts.prompt_of(known, name, unit)
    result = Given()
    answers = _answers(root, unit, people, known, result)
    result.prompts = list(wanted) or sorted({one.prompt for one in found.assigned.values()}) or _usual(unit, answers)
    called, ordinary = _called(root, people), names.ordinary_words(_texts(known))
    shared = exchange.shared_of(root)
    if to is None and shared is None:
        raise UserError(f"{root} has no exchange: name a folder for the packets with --to, and send them by hand")
    readers = [name for name in people if name not in without]
    chance = rng or random.SystemRandom()
    authors = {}
    for prompt in result.prompts:
        there = {one.author for one in found.assigned.values() if one.prompt == prompt}
        writers = {name for name, mine in answers.items() if prompt in mine}
        if len(there | writers) < 2:
            raise UserError(f"{unit}: {prompt} has {len(there | writers)} answer; an exchange needs two at least")
        for author in chance.sample(sorted(writers - there), len(writers - there)):
            others = [one for name, one in called.items() if name != author]
            text, gone = names.without_names(answers[author][prompt], called[author], others, ordinary)
            packet = peers.pack(known[prompt], text)
            authors[packet.code] = author
            result.packets.append(packet)
            result.notes += [f"taken out of {packet.name}: {'; '.join(gone)}"] if gone else []
    if look:
        return result
    for packet in result.packets:
        found.add(packet, authors[packet.code])
    for name in without:
        _excuse(found, name)
    for prompt in result.prompts:
        given = {code: one for code, one in found.assigned.items() if one.prompt == prompt}
        for code, new in assign(given, readers, chance).items():
            found.assigned[code].readers += new
    if shared is not None:
        for name in readers:
            if exchange.place(found, root, name) is None and to is None:
                result.notes.append(
                    f"{plain(name)}: the hand-in has no secret, so nothing can be put where only they look"
                )
    found.save()
    _publish(found, shared, to)
    result.readings = {name: len(found.open_of(name)) for name in readers}
    result.notes += _thin(found)
    return result


def _answers(
    root: Path, unit: str, people: Sequence[str], known: dict[str, Prompt], result: Given
) -> dict[str, dict[str, str]]:
    """The written answers by person and prompt; what can't be read is noted."""
    found: dict[str, dict[str, str]] = {}
    for name in people:
        folder = root / "submitted" / name / unit
        if problem := problem_of_folder(folder):
            result.notes.append(f"{plain(name)}: nothing was taken: {plain(problem)}")
            continue
        mine = found.setdefault(name, {})
        for prompt in known.values():
            try:
                answer = drafts.answer_to(folder, prompt)
            except UserError as error:
                result.notes.append(f"{plain(name)}: {plain(error)}")
                continue
            if answer.text.strip() and len(answer.text) <= drafts.MAX_CHARS:
                mine[prompt.id] = answer.text
    return found


def _usual(unit: str, answers: dict[str, dict[str, str]]) -> list[str]:
    """The prompt that most have answered. Raises UserError when nobody has answered any."""
    counts = Counter(prompt for mine in answers.values() for prompt in mine)
    if not counts:
        raise UserError(f"nobody who handed in {unit} has written an answer")
    return [counts.most_common(1)[0][0]]


def _called(root: Path, people: Sequence[str]) -> dict[str, names.Person]:
    known = dict.fromkeys(people, (None, None))
    if (root / "gradebook.db").is_file():
        with course.gradebook(root) as book:
            known |= {one.id: (one.first_name, one.last_name) for one in book.students}
    return {name: names.person(name, *known[name]) for name in known}


def _texts(known: dict[str, Prompt]) -> list[str]:
    return [
        text
        for one in known.values()
        for text in (one.text, *(c.asks for c in one.criterion), *(s.text for s in one.sample))
    ]


def _excuse(found: Exchange, name: str) -> None:
    for code in found.open_of(name):
        found.assigned[code].readers.remove(name)
        found.assigned[code].excused.append(name)


def _publish(found: Exchange, shared: Path | None, to: Path | None) -> None:
    """Put each reader's packets where only they look; all of them anew, so that a broken run is mended by the next."""
    if to is None:
        assert shared is not None
        exchange.open_for_readers(shared)
    for code, one in found.assigned.items():
        packet = found.packet(code)
        for reader in one.readers:
            if to is not None:
                exchange.put(to / reader, packet.name, peers.as_bytes(packet))
            elif reader in found.places:
                assert shared is not None
                exchange.put(shared / found.places[reader], packet.name, peers.as_bytes(packet))


def _thin(found: Exchange) -> list[str]:
    few = sum(len(one.readers) < READERS for one in found.assigned.values())
    return (
        [f"{few} answer{'s have' if few != 1 else ' has'} fewer than two readers: there are too few people"]
        if few
        else []
    )


# Scores come in ---------------------------------------------------------------------------------------------------


def collect(unit: str, workspace: Path, files: Sequence[Path] = ()) -> tuple[int, list[str]]:
    """Take scores in, from the exchange and from ``files`` that came by hand; gives how many, and lines for the others.

    From the exchange a score is taken from the account that was given the packet. A file that came by hand says by
    whom it is only in that its scorer's code is another one. Raises UserError when nothing was given out.
    """
    root = course.root_of(workspace)
    found = store.read(root, unit)
    if not found.assigned:
        raise UserError(f"nothing of {unit} was given out: `autograde peers give {unit[:2]}` first")
    taken, refused = 0, []
    shared = exchange.shared_of(root)
    for sent in exchange.inbox(shared, unit) if shared is not None else ():
        if isinstance(sent, str):
            refused.append(sent)
            continue
        problem = _take(found, sent.raw, sent.owner, f"the scores that {plain(sent.owner)} sent")
        taken += not problem
        refused += [problem] if problem else []
        exchange.drop(sent)
    for path in files:
        scores = peers.read(path)
        reader = f"by-hand-{scores.scorer}" if isinstance(scores, Scores) else ""
        problem = _take(found, path.read_bytes(), reader, plain(path.name, 200), by_hand=True)
        taken += not problem
        refused += [problem] if problem else []
    return taken, refused


def _take(found: Exchange, raw: bytes, reader: str, name: str, *, by_hand: bool = False) -> str:
    """Keep scores; gives why not, or ""."""
    try:
        scores = peers.parse(raw, name)
    except UserError as error:
        return str(error)
    if not isinstance(scores, Scores):
        return f"{name}: that is a packet and no scores"
    one = found.assigned.get(scores.packet)
    if one is None:
        return f"{name}: the packet {scores.packet} was not given out here"
    if not by_hand and reader not in [*one.readers, *one.excused]:
        return f"{name}: the packet {scores.packet} was given to others"
    if problem := peers.problem_of(scores, found.packet(scores.packet), name):
        return problem
    before = found.scores(scores.packet)
    if reader in before or any(other.scorer == scores.scorer for other in before.values()):
        return f"{name}: the scores of this packet are here already; the first ones stay"
    found.keep(scores, reader)
    return ""


# And go back ------------------------------------------------------------------------------------------------------


def give_back(unit: str, workspace: Path, to: Path | None = None) -> tuple[list[str], list[str]]:
    """Put what peers said where each author finds it; gives for whom, and a line for each who has to wait.

    Raises UserError when nothing was given out, or when it can't be written.
    """
    root = course.root_of(workspace)
    found = store.read(root, unit)
    if not found.assigned:
        raise UserError(f"nothing of {unit} was given out: `autograde peers give {unit[:2]}` first")
    shared = exchange.shared_of(root)
    done, waiting = [], []
    kept = found.folder / "said"
    make_own(kept)
    for code, one in found.assigned.items():
        scores = list(found.scores(code).values())
        if not scores:
            waiting.append(f"{plain(one.author)}: nobody has read the answer to {one.prompt} yet")
            continue
        text = said(found, code, scores).encode()
        name = exchange.said_name(one.prompt)
        exchange.put(kept / one.author, name, text)
        if to is not None:
            exchange.put(to / one.author, name, text)
        elif shared is not None and (place := exchange.place(found, root, one.author)):
            exchange.open_for_readers(shared)
            exchange.put(shared / place, name, text)
        done.append(one.author)
    found.save()
    return sorted(set(done)), waiting


def said(found: Exchange, code: str, scores: list[Scores]) -> str:
    """What an author reads: levels and reasons of each reader, who are not named."""
    packet = found.packet(code)
    merged: dict[str, Any] = peers.side_by_side([(packet, scores)])["packets"][0]
    count = len(scores)
    lines = [
        f"# What peers said of your answer: {unmarked(packet.title)}",
        "",
        f"{count} read it without your name, and you read it without theirs. "
        + (
            "One reader is one opinion: ask for a second."
            if count == 1
            else f"Together: {merged['points']:g} of {merged['maximum']} points."
        ),
    ]
    for row, criterion in zip(merged["rows"], packet.criterion, strict=True):
        lines += ["", f"## {unmarked(row['asks'])}", ""]
        for number, (level, reason) in enumerate(zip(row["levels"], row["reasons"], strict=True), start=1):
            lines.append(
                f"- Reader {number}: {level} of {row['top']} ({unmarked(criterion.levels[level])}) {unmarked(reason)}"
            )
        if row["talk"]:
            lines += ["", "They are two levels apart: find in your text what each of them saw."]
    lines += ["", "A reader can be wrong. Before you change a word, say which sentence made them think so.", ""]
    return "\n".join(lines)
