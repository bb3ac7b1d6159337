"""Delete a learner from a course: gradebook, hand-ins, pages, scores, and what of theirs lies in the exchange."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass, field
from pathlib import Path

from autograde import course
from autograde.leaving import book, places
from autograde.leaving.peers import Peers, forget_peer, peers_of
from worktest.errors import UserError
from worktest.safe import counted, plain
from worktest.units import read_toml

_MOST_NAMES = 40


@dataclass
class Traces:
    """What a course holds of a learner."""

    student: str
    root: Path
    submissions: int | None = None
    """How many the gradebook has; None when it doesn't know them."""
    files: list[Path] = field(default_factory=list)
    pages: list[Path] = field(default_factory=list)
    inbound: list[Path] = field(default_factory=list)
    peers: dict[str, Peers] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    """What can't be known."""

    def __bool__(self) -> bool:
        return bool(self.submissions is not None or self.files or self.pages or self.inbound or self.peers)

    def lines(self) -> list[str]:
        """What will go, one line each."""
        said = []
        if self.submissions is not None:
            said.append(f"gradebook: them and {counted(self.submissions, 'submission')}, with points and comments")
        said += [self.short(path) for path in self.files]
        if self.pages:
            said.append(f"exchange: {counted(len(self.pages), 'feedback page')}")
        said += [f"exchange, inbound: {path.name}" for path in self.inbound]
        for unit, peers in self.peers.items():
            wrote, read = counted(len(peers.wrote), "packet"), counted(len(peers.read), "packet")
            said.append(f"peers, {unit}: {wrote} of theirs with all scores, and their part in {read} of others")
        return said

    def short(self, path: Path) -> str:
        """A path of the course without what leads to it."""
        return path.relative_to(self.root.parent).as_posix()


@dataclass
class Outcome:
    """What is gone, and what is not, with who can remove it."""

    gone: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def find(student: str, workspace: Path) -> Traces:
    """What the course of ``workspace`` holds of ``student``. Raises UserError when that is nothing."""
    root = course.root_of(workspace)
    traces = Traces(student, root)
    if student == Path(student).name and student[:1] not in ("", ".") and not set("*+\0\n") & set(student):
        traces.submissions = book.submissions_of(root, student)
        traces.files = places.own_files(root, student)
        traces.inbound = places.handed_in(root, student)
        traces.pages = places.pages(root, student, traces.inbound)
        for folder in sorted((root / "peers").glob("*")):
            peers = peers_of(root, folder.name, student)
            if peers.wrote or peers.read:
                traces.peers[folder.name] = peers
            traces.problems += [peers.problem] if peers.problem else []
    if not traces:
        handed_in = (path.name for path in (root / "submitted").glob("[!.]*"))
        there = sorted({*book.students(root), *handed_in})
        told = ", ".join(plain(name, 80) for name in there[:_MOST_NAMES]) or "none"
        raise UserError(f"there is no learner {plain(student, 80)!r} in {root}; there are: {told}")
    return traces


def forget(traces: Traces) -> Outcome:
    """Remove all of it. Never stops halfway: what can't be removed is named, with who can."""
    done, student, root = Outcome(left=list(traces.problems)), traces.student, traces.root
    for path in traces.files:
        _note(done, traces.short(path), path, places.remove(path))
    gone = sum(not places.remove(path) for path in traces.pages)
    if gone:
        done.gone.append(f"exchange: {counted(gone, 'feedback page')}")
    if gone < len(traces.pages):
        done.left.append(f"exchange: {counted(len(traces.pages) - gone, 'feedback page')}, of another account")
    for path in traces.inbound:
        files = places.remove(path)
        _note(done, f"exchange, inbound: {path.name}", places.set_aside(path) if files else path, files)
    for unit in traces.peers:
        try:
            forget_peer(root, unit, student)
            done.gone.append(f"peers, {unit}: their packets, their scores, their name among the readers")
        except (OSError, UserError) as error:
            done.left.append(f"peers, {unit}: {error}")
    if traces.submissions is not None:
        if problem := book.remove(root, student):
            done.left.append(problem)
        else:
            done.gone.append(f"gradebook: them and {counted(traces.submissions, 'submission')}")
    gone_from, left_in = book.leave_group(root, student)
    done.gone += [gone_from] if gone_from else []
    done.left += [left_in] if left_in else []
    shared = root / course.SHARED
    if shared.is_file() and read_toml(shared).get("kind") == "ngshare":
        done.left.append("ngshare: what they handed in there is its administrator's to remove")
    done.left += [f"{path}: it names them still; look into it" for path in places.still_named(root, student)]
    return done


def _note(done: Outcome, what: str, path: Path, files: int) -> None:
    if not os.path.lexists(path):
        done.gone.append(what)
        return
    done.left.append(
        f"{what}: {counted(files, 'file')} that only their own account or the machine's owner can remove: "
        f"rm -r {shlex.quote(str(path))}"
    )
