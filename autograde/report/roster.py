"""Who is enrolled in a course on a hub: the hub's group ``nbgrader-COURSE``, where it can be asked."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from autograde import course
from worktest.safe import plain
from worktest.units import read_toml

_PATIENCE = 5.0
_MOST = 10_000


def enrolled(root: Path) -> tuple[list[str], str]:
    """The learners' accounts, and one line when the hub was asked in vain. Off a hub nobody is asked: no names."""
    token, address = os.environ.get("JUPYTERHUB_API_TOKEN"), os.environ.get("JUPYTERHUB_API_URL")
    if not (root / course.SHARED).is_file() or not token or not address:
        return [], ""
    import requests

    name = str(read_toml(root / course.SHARED).get("course", ""))
    try:
        answer = requests.get(
            f"{address}/groups/{quote(f'nbgrader-{name}', safe='')}",
            headers={"Authorization": f"token {token}"},
            timeout=_PATIENCE,
        )
        answer.raise_for_status()
        users = answer.json()["users"]
        return [user for user in users[:_MOST] if isinstance(user, str) and user], ""
    except (requests.RequestException, ValueError, KeyError, TypeError) as error:
        return (
            [],
            f"the hub did not say who is enrolled ({plain(type(error).__name__, 60)}); who never came may be missing",
        )
