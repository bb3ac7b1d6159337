"""``worktest peers``: pack an answer without a name, score a peer's blind, put the scores side by side."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from worktest import drafts, paths, peers, peers_hub, prompts, workspace
from worktest.commands import peers_hub as hub_commands
from worktest.commands import talk
from worktest.errors import UserError
from worktest.options import AsJson, Folder, Space, Unit
from worktest.peers import Packet, Scores
from worktest.prompts import NEVER_SCORED
from worktest.safe import words_in
from worktest.terminal import print_json
from worktest.workspace import disk_problem

app = typer.Typer(help="Read one another's answers blind: pack, score, merge.", no_args_is_help=True)
hub_commands.register(app)


@app.command("pack")
def pack(
    unit: Unit,
    prompt: Annotated[str, typer.Argument(metavar="ID", help="The prompt.")],
    space: Space = None,
    directory: Folder = None,
    to: Annotated[str | None, typer.Option("--to", help="Folder for the packet; default: the unit's folder.")] = None,
) -> None:
    """Write your answer, its prompt and the criteria into a packet that does not say who you are."""
    name = paths.resolve_unit(unit)
    folder = workspace.learner_folder(name, paths.workspace(space), directory)
    wanted = prompts.prompt_of(prompts.read_prompts(folder), prompt, name)
    answer = drafts.needed(folder, wanted, name[:2])
    packet = peers.pack(wanted, answer.text)
    target = paths.given_path(to) if to else folder
    if not target.is_dir():
        raise UserError(f"{target} is no folder")
    path = peers.write(packet, target / packet.name)
    talk.say_line(f"packet: {path}")
    talk.say(
        f"It holds the prompt, the criteria and your {answer.words} words (from {answer.place}), and no name. "
        "Does the text itself say who you are? Then change that first. Give the file to two peers."
    )


@app.command("score")
def score(
    packet: Annotated[str, typer.Argument(metavar="PACKET", help="A peer's packet.")], space: Space = None
) -> None:
    """Score a peer's answer on every criterion, with a reason each. Ctrl-C stops, the same command goes on."""
    path = paths.given_path(packet)
    found = peers_hub.packet_in(path)
    scorer = peers.scorer_code(workspace.prepare(paths.workspace(space)), found)
    target = peers.scores_path(path, found, scorer)
    if target.exists():
        raise UserError(f"you have scored this packet: {target}")
    talk.say(f"{found.title} (at most {found.words} words)")
    talk.say(found.question)
    talk.say()
    talk.frame(f"the answer, {words_in(found.text)} words", found.text)
    talk.say(f"{NEVER_SCORED} Each level needs a reason that the author can use.")
    unfinished = target.with_name(f".{target.name}.unfinished")
    levels, reasons = _begun(unfinished, found)
    for number, criterion in enumerate(found.criterion, start=1):
        while criterion.id not in levels:
            level = talk.ask_level(criterion, number, len(found.criterion), back=False)
            assert level is not None
            reason = ""
            while not 0 < len(reason) <= peers.MAX_REASON:
                reason = talk.ask("why: ")
                if not reason:
                    talk.say("a few words are enough: what in the text makes it this level?")
            levels[criterion.id], reasons[criterion.id] = level, reason
            _keep(unfinished, levels, reasons)
    scores = Scores(
        packet=found.code, packet_digest=found.digest, scorer=scorer, levels=levels, reasons=reasons
    ).sealed()
    peers.write(scores, target)
    unfinished.unlink(missing_ok=True)
    talk.say_line(f"\nscores: {target}")
    if peers_hub.of_hub(path):
        talk.say_line(f"Send it, when you have read all: worktest peers send {path.resolve().parent.name[:2]}")
    else:
        talk.say("Give this file back; it holds your levels and reasons, and no name.")


def _begun(path: Path, packet: Packet) -> tuple[dict[str, int], dict[str, str]]:
    """What was scored before a stop; anything odd in the file is passed over and asked again."""
    levels: dict[str, int] = {}
    reasons: dict[str, str] = {}
    try:
        kept = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except (OSError, ValueError, RecursionError):
        kept = {}
    for criterion in packet.criterion:
        pair = kept.get(criterion.id) if isinstance(kept, dict) else None
        if not isinstance(pair, list) or len(pair) != 2:
            continue
        level, reason = pair
        if type(level) is int and 0 <= level <= criterion.top and isinstance(reason, str) and reason:
            levels[criterion.id], reasons[criterion.id] = level, reason[: peers.MAX_REASON]
    return levels, reasons


def _keep(path: Path, levels: dict[str, int], reasons: dict[str, str]) -> None:
    try:
        path.write_text(json.dumps({key: [levels[key], reasons[key]] for key in levels}), encoding="utf-8")
    except OSError as error:
        raise disk_problem(error, path) from None


@app.command("merge")
def merge(
    files: Annotated[list[str], typer.Argument(metavar="PACKET SCORES SCORES", help="A packet and its scores.")],
    as_json: AsJson = False,
) -> None:
    """Show blind scores side by side, the merged level, what to talk about, and how well the scorers agree.

    Several packets, each with its scores, may be given at once: agreement is then over all of them.
    """
    found = peers.merge([paths.given_path(file) for file in files])
    if as_json:
        print_json(found)
        return
    for packet in found["packets"]:
        table = talk.table("", "criterion", *packet["scorers"], "merged", "")
        for row in packet["rows"]:
            note = "talk about this one" if row["talk"] else ""
            talk.add_row(table, row["asks"], *row["levels"], f"{row['merged']:g} of {row['top']}", note)
        talk.say(f"{packet['title']} (packet {packet['packet']})")
        talk.console.print(table)
        for row in packet["rows"]:
            talk.say(f"{row['asks']}")
            for scorer, level, reason in zip(packet["scorers"], row["levels"], row["reasons"], strict=True):
                talk.say(f"  {scorer} gave {level}: {reason}")
        talk.say(f"merged: {packet['points']:g} of {packet['maximum']} points\n")
    talk.say(found["says"])
