"""The nuance check in JupyterLab: eight claims with a slider each, then the score and what the papers say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from worktest import nuance, recording
from worktest.errors import UserError
from worktest.safe import as_html
from worktest.widgets.door import ask

_WIDE = {"width": "98%"}


def panel(folder: Path) -> Any:
    """What ``unit.nuance()`` shows: the open sitting or a new one; a line of text where nothing is recorded."""
    if not recording.is_on():
        return Closed(len(nuance.bank(folder)))
    import ipywidgets as widgets

    box = widgets.VBox()
    try:
        _ask(box, folder, nuance.current(folder), widgets)
    except UserError as problem:
        box.children = [widgets.HTML(as_html(problem))]
    return box


class Closed:
    """What a build or a re-check shows in the place of the widget: no claim is drawn there."""

    def __init__(self, claims: int) -> None:
        self.claims = claims

    def __repr__(self) -> str:
        return (
            f"Nuance check: {nuance.A_SITTING} of {self.claims} claims a sitting. "
            "Run this cell in your own copy of the unit, or `worktest nuance` in a terminal."
        )


def _ask(box: Any, folder: Path, sitting: nuance.Sitting, widgets: Any) -> None:
    """Fill ``box`` with the claims that are open; the button at the end writes the answers down and scores them."""
    sliders: dict[str, Any] = {}
    rows = [
        widgets.HTML(
            f"<b>Sitting {sitting.number}</b> ({sitting.kind}). How probable is it that each claim is true? "
            "Close the papers first, your own notes may stay open; 50 means that you don't know."
        )
    ]
    for claim in sitting.open_claims:
        position = sitting.claims.index(claim) + 1
        slider = widgets.IntSlider(value=50, min=0, max=100, step=1, description="percent", layout=_WIDE)
        sliders[claim.id] = slider
        rows += [widgets.HTML(f"<p style='margin:.8em 0 0'>{position}. {as_html(claim.text)}</p>"), slider]
    button = widgets.Button(description="These are my answers", button_style="primary", layout={"width": "16em"})
    said = widgets.HTML()

    def settle(_: Any) -> None:
        button.disabled = True
        said.value = "Scoring ..."
        try:
            for name, slider in sliders.items():
                if name not in sitting.answers:
                    nuance.answer(folder, sitting, name, slider.value / 100)
            graded = ask("nuance", folder.name, "--dir", str(folder), "--score")
        except UserError as problem:
            said.value = as_html(problem)
            button.disabled = False
            return
        box.children = [widgets.HTML(as_page(graded))]

    button.on_click(settle)
    box.children = [*rows, button, said]


def as_page(graded: dict[str, Any]) -> str:
    """A graded sitting as HTML, the costliest claim first."""
    rows = sorted(graded["rows"], key=lambda row: -((row["probability"] - row["truth"]) ** 2))
    parts = [f"<p><b>Brier score {graded['brier']:.3f}</b> over {len(rows)} claims (0 is perfect, 0.25 a coin).</p>"]
    for row in rows:
        truth = "true" if row["truth"] else "not true"
        parts.append(
            f"<div style='border-left:4px solid #666;padding:.2em .8em;margin:.6em 0'>{as_html(row['text'])}<br>"
            f"<b>{truth}; you said {row['probability']:.0%}</b><br>{_code(as_html(row['explanation']))}<br>"
            f"<span style='color:#555'>{_source(row)}, {as_html(row['section'])}</span></div>"
        )
    return "".join(parts)


def _source(row: dict[str, Any]) -> str:
    name, url = as_html(row["source"]), str(row.get("url", ""))
    if not url.startswith("https://"):
        return name
    return f"<a href='{as_html(url)}' target='_blank' rel='noopener'>{name}</a>"


def _code(escaped: str) -> str:
    """Escaped text with `code` shown as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escaped)
