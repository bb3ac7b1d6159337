"""Arguments that several commands share, so that they read the same everywhere."""

from __future__ import annotations

from typing import Annotated

import typer

Unit = Annotated[str, typer.Argument(help="A unit by number or name, e.g. 01.")]
Space = Annotated[str | None, typer.Option("--workspace", help="Workspace folder; default: found from here.")]
Folder = Annotated[str | None, typer.Option("--dir", help="The unit's folder, when it is not in the workspace.")]
ResearchName = Annotated[
    str | None, typer.Argument(help="The research folder; left out: the one you are in, or the only one.")
]
ResearchIn = Annotated[
    str | None, typer.Option("--in", help="The research folder; left out: the one you are in, or the only one.")
]
NoSandbox = Annotated[
    bool, typer.Option("--no-sandbox", help="Run answers with your own rights: only for people whose code you trust.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
