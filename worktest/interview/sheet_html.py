"""The walkthrough sheet as one HTML file: no script, no link, images inside."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence

from worktest.interview.sheet import DECISION_HEADS, PREDICTION_HEADS, Sheet
from worktest.safe import as_html

_STYLE = """
@page { size: A4; margin: 12mm }
body { font: 14px/1.4 "DejaVu Sans", sans-serif; color: #111; background: #fff; max-width: 190mm; margin: 1.5em auto; padding: 0 1em }
h1 { font-size: 1.4em; margin: 0 0 .4em } h2 { font-size: 1.05em; margin: 1em 0 .3em }
table { border-collapse: collapse; width: 100%; font-size: .88em } th, td { border: 1px solid #999; padding: .25em .45em;
text-align: left; vertical-align: top; overflow-wrap: anywhere } th { background: #eee; overflow-wrap: normal } td:first-child { min-width: 9em }
p { overflow-wrap: anywhere } .plots { display: flex; flex-wrap: wrap; gap: 1em } .plots figure { margin: 0 }
img { max-width: 100%; height: auto } figcaption, footer { font-size: .8em; color: #444 }
.ask { border-left: 4px solid #333; padding: .1em 0 .1em 1em; margin: 1.5em 0 }
"""  # noqa: E501
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


def page(title: str, body: str) -> str:
    """A whole page around ``body``, which must be safe HTML already."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{as_html(title, 200)}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def as_page(sheet: Sheet) -> str:
    """The sheet as an HTML page."""
    parts = [f"<h1>{as_html(sheet.title, 300)}</h1>", "<h2>The story in two minutes</h2>"]
    parts += [f'<p dir="auto">{as_html(text, 6000)}</p>' for text in sheet.story]
    if sheet.plots:
        parts += ["<h2>What I saw</h2>", '<div class="plots">']
        for plot in sheet.plots:
            data = base64.b64encode(plot.png).decode("ascii")
            caption = as_html(plot.heading, 200)
            parts.append(
                f'<figure style="flex: {plot.width / plot.height:.2f} 1 {0.42 * plot.width:.0f}px; '
                f'max-width: {plot.width}px">'
                f'<img alt="{caption or "plot"}" src="data:image/png;base64,{data}">'
                f"<figcaption>{caption}</figcaption></figure>"
            )
        parts.append("</div>")
    if sheet.plots_left:
        parts.append(f"<p>{sheet.plots_left} more in the notebook.</p>")
    parts.append("<h2>What I decided</h2>")
    parts.append(_table(DECISION_HEADS, sheet.decisions) if sheet.decisions else "<p>No decision is written down.</p>")
    parts.append("<h2>What I predicted, and what came</h2>")
    parts.append(
        _table(PREDICTION_HEADS, sheet.predictions) if sheet.predictions else "<p>No prediction is written down.</p>"
    )
    if sheet.gaps:
        parts.append(f"<p>Not in the journal: {as_html('; '.join(sheet.gaps), 1000)}.</p>")
    return page(sheet.title, "\n".join(parts))


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f"<th>{as_html(text)}</th>" for text in heads)
    body = "\n".join(
        "<tr>" + "".join(f'<td dir="auto">{as_html(cell, 3000)}</td>' for cell in row) + "</tr>" for row in rows
    )
    return f"<table>\n<tr>{head}</tr>\n{body}\n</table>"
