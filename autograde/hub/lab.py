"""Settings of nbgrader and of JupyterLab on a hub: for everybody, for learners, for the facilitator, for a course."""

from __future__ import annotations

import json
from pathlib import Path

_LEARNER_OFF = ("formgrader", "course_list")
"""Parts of nbgrader that only confuse a learner; the hub keeps them out of a course whatever their browser asks."""
_COURSE_OFF = ("formgrader", "course_list", "assignment_list")
"""In a course's JupyterLab: nobody hands in there, and JupyterHub lets no page be shown inside of another, so the tab
that formgrader opens there stays blank. Its page opens from the hub's menu; only the tab is off, not the page."""
_SERVER = {
    "ServerApp": {
        # no login shell: it would put the environment's programs off the search path
        "terminado_settings": {"shell_command": ["/bin/bash", "-i"]},
        # it starts a node process for everybody
        "jpserver_extensions": {"jupyter_lsp": False},
        "contents_manager_class": "autograde.hub.contents.WholeContents",
    },
    # no question about news, no look-up of newer versions, and no list of extensions that nobody can install
    "LabApp": {
        "news_url": None,
        "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        "extension_manager": "readonly",
    },
}
_SHARED_FOLDER = '''"""nbgrader's settings for everybody on this hub, made by worktest."""

c = get_config()  # noqa: F821
c.Exchange.root = {exchange!r}
c.Exchange.path_includes_course = True
c.Authenticator.plugin_class = "nbgrader.auth.JupyterHubAuthPlugin"
c.ExchangeFactory.submit = "autograde.hub.whole.WholeSubmit"
c.ExchangeFactory.fetch_assignment = "autograde.hub.whole.WholeFetch"
'''


def shared_folder(exchange: Path) -> str:
    """nbgrader's settings where the exchange is a folder of the machine."""
    return _SHARED_FOLDER.format(exchange=str(exchange))


def write(folder: Path, nbgrader: str) -> None:
    """Write the settings into ``folder``: ``everybody`` (with ``nbgrader``), ``learner``, ``facilitator``, ``course``.

    A server reads ``everybody``, and before it the one of whom it is for.
    """
    _write(folder / "everybody" / "jupyter_server_config.json", _SERVER)
    (folder / "everybody" / "nbgrader_config.py").write_text(nbgrader, encoding="utf-8")
    for who, off in (("learner", _LEARNER_OFF), ("facilitator", ("formgrader",)), ("course", _COURSE_OFF)):
        if who != "course":  # a course needs all of them
            names = [f"nbgrader.server_extensions.{name}" for name in off]
            server = {"ServerApp": {"jpserver_extensions": dict.fromkeys(names, False)}}
            _write(folder / who / "jupyter_server_config.json", server)
        plugins = [f"@jupyter/nbgrader:{name.replace('_', '-')}" for name in (*off, "create_assignment")]
        page = {"disabledExtensions": dict.fromkeys([*plugins, "@jupyterlab/apputils-extension:announcements"], True)}
        _write(folder / who / "labconfig" / "page_config.json", page)


def _write(path: Path, data: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, indent=1), encoding="utf-8")
