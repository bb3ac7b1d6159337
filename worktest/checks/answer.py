"""What a check holds in its hands: the learner's answer, asked from outside its room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from worktest.checks.codec import Unsendable, decode, encode
from worktest.checks.expect import CheckFailure

Ask = Callable[[dict[str, Any]], dict[str, Any]]
"""Sends one request into the room and gives its reply; see :mod:`worktest.room` for both."""


class AnswerError(CheckFailure):
    """The answer could not be had: the name is missing, the call raised, or the result may not travel.

    ``type_name`` is the class name of the learner's exception, or "" when there was none.
    """

    def __init__(self, says: str, *, type_name: str = "", got: str = "", look: str = "") -> None:
        super().__init__(says, got=got, look=look)
        self.type_name = type_name


class RoomLost(Exception):
    """The room no longer answers: its kernel died or ran out of time. The message is for the learner."""


@dataclass(frozen=True)
class Handle:
    """A thing that stays in the learner's room (a model, an environment) and can be passed to ``call``."""

    id: str


@dataclass
class Figure:
    """A plain description of one axes that a plotting function drew. Data come from the learner's room.

    ``xticks`` are pairs of place and text, ``ylim`` is the lower and the upper end.
    """

    title: str
    xlabel: str
    ylabel: str
    xscale: str
    yscale: str
    xticks: list[list[Any]]
    ylim: list[float]
    lines: list[dict[str, Any]]
    errorbars: list[dict[str, Any]]
    bars: list[dict[str, Any]]
    legend: list[str]
    axes: int

    def says_something(self, text: str) -> bool:
        """Whether a label or title is more than blank."""
        return bool(text and text.strip())


class Answer:
    """The learner's answer to one graded cell.

    Every argument and result passes :mod:`worktest.checks.codec`, so inputs are copies and results are plain data.
    All methods raise :class:`AnswerError` when the answer can't be had.
    """

    def __init__(self, ask: Ask, *, seed: int = 0, space: str = "") -> None:
        self._ask = ask
        self._seed = seed
        self._space = space

    def _request(self, op: str, name: str, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None) -> Any:
        def handle_of(value: Any) -> str | None:
            return value.id if isinstance(value, Handle) else None

        request = {
            "op": op,
            "name": name,
            "args": encode(list(args), handle_of),
            "kwargs": encode(dict(kwargs or {}), handle_of),
            "seed": self._seed,
            "space": self._space,
        }
        reply = self._ask(request)
        if "handle" in reply:
            return Handle(str(reply["handle"]))
        if "ok" in reply:
            try:
                return decode(reply["ok"])
            except Unsendable as problem:
                raise AnswerError(f"`{name}` gave something that can't be checked: {problem}.") from None
        raise _answer_error(name, reply)

    def call(self, name: str, /, *args: Any, **kwargs: Any) -> Any:
        """Call the learner's function ``name`` and give its result; tensors come back as numpy arrays."""
        return self._request("call", name, args, kwargs)

    def value(self, name: str) -> Any:
        """Read the number, string, list or table that the learner named ``name``."""
        return self._request("value", name)

    def make(self, name: str, /, *args: Any, **kwargs: Any) -> Handle:
        """Build what can't travel in the learner's room, e.g. ``make("world.lookup_model", table)``."""
        made = self._request("make", name, args, kwargs)
        assert isinstance(made, Handle)
        return made

    def figure(self, name: str, /, *args: Any, **kwargs: Any) -> Figure:
        """Call the learner's plotting function and describe the first axes of what it drew."""
        drawn = self._request("figure", name, args, kwargs)
        try:
            return Figure(**drawn)
        except TypeError:
            raise AnswerError(f"`{name}` drew nothing that can be described.") from None

    def raises(self, name: str, /, *args: Any, error: str = "ValueError", says: str, **kwargs: Any) -> None:
        """Expect the learner's function to refuse these arguments with the exception class ``error``."""
        try:
            got = self.call(name, *args, **kwargs)
        except AnswerError as problem:
            if problem.type_name == error:
                return
            if problem.type_name:
                raise CheckFailure(says, expected=f"a {error}", got=f"a {problem.type_name}") from None
            raise
        from worktest.checks.expect import describe

        raise CheckFailure(says, expected=f"a {error}", got=describe(got))


def _answer_error(name: str, reply: dict[str, Any]) -> AnswerError:
    """Put the room's words for a failure into a sentence; nothing in ``reply`` is trusted to be of the right type."""
    kind = str(reply.get("type", ""))[:80]
    message = str(reply.get("message", "")).strip()[:400]
    problem = str(reply.get("error", "the room gave no answer"))
    if problem == "missing":
        return AnswerError(f"There is no `{name}` yet: run the cell that defines it, and keep its name.")
    if problem == "not-callable":
        return AnswerError(f"`{name}` is there, but it is not a function.", got=message)
    if problem == "unsendable":
        return AnswerError(f"`{name}` gave back something that can't be checked: {message}.")
    if problem == "raised":
        line = reply.get("line")
        look = f"line {line} of the cell" if isinstance(line, int) else ""
        if kind == "NotImplementedError":
            return AnswerError(f"`{name}` is not written yet.", type_name=kind, look=look)
        return AnswerError(f"`{name}` raised {kind}: {message}", type_name=kind, look=look)
    return AnswerError(f"`{name}` could not be asked: {message or problem}.")
