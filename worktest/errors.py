"""The one exception that is shown to a user as a single line."""

from __future__ import annotations


class UserError(Exception):
    """Something the user can mend. The message says what is wrong, where, and what to do.

    The command lines print it as one line and exit with ``exit_code``; a notebook shows the line alone. No traceback
    is shown.
    """

    def __init__(self, message: str, *, exit_code: int = 2) -> None:
        super().__init__(message)
        self.exit_code = exit_code

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in place of a traceback."""
        return [f"worktest: {self}"]
