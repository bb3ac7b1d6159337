"""Who is enrolled in a course on a hub: the hub's group ``nbgrader-COURSE``, where it can be asked."""

from __future__ import annotations

import json
import os
from http.client import HTTPException
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

from autograde import course
from worktest.safe import plain
from worktest.units import read_toml

_PATIENCE = 5.0
_MOST_BYTES = 10_000_000


def enrolled(root: Path) -> tuple[list[str], str]:
    """The learners' accounts, and one line when the hub was asked in vain. Off a hub nobody is asked: no names."""
    token, address = os.environ.get("JUPYTERHUB_API_TOKEN"), os.environ.get("JUPYTERHUB_API_URL")
    if not (root / course.SHARED).is_file() or not token or not address:
        return [], ""
    name = str(read_toml(root / course.SHARED).get("course", ""))
    group = quote(f"nbgrader-{name}", safe="")
    try:
        asked = Request(f"{address}/groups/{group}", headers={"Authorization": f"token {token}"})
        with urlopen(asked, timeout=_PATIENCE) as answer:
            users = json.loads(answer.read(_MOST_BYTES))["users"]
        return [user for user in users if isinstance(user, str) and user], ""
    except (OSError, HTTPException, ValueError, KeyError, TypeError) as error:
        why = plain(f"{type(error).__name__}: {error}", 120)
        return [], f"the hub did not say who is enrolled ({why}), so people who never came may be missing here"
