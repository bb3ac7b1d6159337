"""The form of one case in JupyterLab: numbers, probabilities, an experiment, a change of mind, the defence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worktest import drafts
from worktest.cases import record
from worktest.cases.answer import favourites, probabilities_of
from worktest.cases.record import Sitting
from worktest.cases.sheet import Case, priced
from worktest.errors import UserError
from worktest.prompts import defence_of, read_prompts
from worktest.safe import as_html, finite

if TYPE_CHECKING:
    from worktest.widgets.sit import Panel

_WIDE = {"width": "98%"}


class Form:
    """The answer to one case. What is typed is kept in a draft at once; the button writes it down for good."""

    def __init__(self, panel: Panel, sitting: Sitting, case: Case) -> None:
        import ipywidgets as widgets

        self.panel, self.sitting, self.case = panel, sitting, case
        sheet, said = case.sheet, record.draft(panel.folder, sitting, case.sheet.scenario)
        narrow = {"width": "9em"}
        self.numbers: dict[str, list[Any]] = {}
        rows = []
        for number in sheet.numbers:
            kept = list(said.get("numbers", {}).get(number.id) or [])
            labels = ["value", "low", "high"] if number.interval else ["value"]
            boxes = [
                widgets.Text(value=_text(kept, place), placeholder=label, layout=narrow)
                for place, label in enumerate(labels)
            ]
            self.numbers[number.id] = boxes
            rows += [widgets.HTML(f"<code>{number.id}</code> {as_html(number.asks)}"), widgets.HBox(boxes)]
        kept_p = said.get("probabilities", {})
        self.percents = {
            option.id: widgets.BoundedFloatText(
                value=100 * (finite(kept_p.get(option.id), 0, 1) or 0.0), min=0, max=100, description=option.id,
                style={"description_width": "12em"}, layout={"width": "20em"},
            )
            for option in sheet.explanations
        }  # fmt: skip
        texts = {option.id: widgets.HTML(as_html(option.text)) for option in sheet.explanations}
        beside = [widgets.HBox([box, texts[name]]) for name, box in self.percents.items()]
        self.total = widgets.HTML()
        names = [(f"{trial.id} ({priced(trial.cost, sheet.cost_unit)})", trial.id) for trial in sheet.experiments]
        chosen = said.get("experiment") if said.get("experiment") in {trial.id for trial in sheet.experiments} else ""
        self.experiment = widgets.Dropdown(options=[("choose", ""), *names], value=chosen, description="next")
        style = {"description_width": "12em"}
        self.yes, self.no = (
            widgets.BoundedFloatText(
                value=100 * (finite(said.get(key), 0, 1) or 0.0), min=0, max=100, description=words, style=style,
                layout={"width": "20em"},
            )
            for key, words in (("if_yes", "if it comes, %"), ("if_no", "if it doesn't, %"))
        )  # fmt: skip
        self.lean = widgets.HTML()
        self.defence = self._defence()
        commit = panel._button("Write my answer down", self._commit)
        self.parts = [
            widgets.HTML("<b>1. Numbers</b> (4 % is 0.04; leave empty what you leave out)"), *rows,
            widgets.HTML("<b>2. Explanations</b>, in percent"), *beside, self.total,
            widgets.HTML("<b>3. The next experiment</b>"), self.experiment,
            widgets.HTML("<b>4. A change of mind</b>"), self.lean, self.yes, self.no,
            *([widgets.HTML("<b>5. Your defence</b>, 150 words"), self.defence] if self.defence else []),
            commit,
        ]  # fmt: skip
        watched = [*(b for boxes in self.numbers.values() for b in boxes), *self.percents.values()]
        for widget in [*watched, self.experiment, self.yes, self.no]:
            widget.observe(lambda _: self._changed(), names="value")
        self._changed()

    def _defence(self) -> Any:
        import ipywidgets as widgets

        prompt = defence_of(read_prompts(self.panel.folder), self.case.sheet.scenario)
        if prompt is None:
            return None
        area = widgets.Textarea(
            value=drafts.read_draft(self.panel.folder, prompt.id), layout={**_WIDE, "height": "9em"}
        )
        area.observe(lambda _: drafts.write_draft(self.panel.folder, prompt.id, area.value), names="value")
        return area

    def data(self) -> dict[str, Any]:
        """What stands in the form, as an answer's plain data. Raises UserError for a row that is no number."""
        return {**self.said(), "numbers": {name: _values(name, boxes) for name, boxes in self.numbers.items()}}

    def said(self) -> dict[str, Any]:
        """The same as a draft: what was not touched is left out, and of a row that is half filled the empty boxes."""
        found: dict[str, Any] = {
            "numbers": {name: [_value(box) for box in boxes] for name, boxes in self.numbers.items()},
        }
        if self.experiment.value:
            found["experiment"] = self.experiment.value
        probabilities = {name: box.value / 100 for name, box in self.percents.items()}
        if any(probabilities.values()):
            found |= {"probabilities": probabilities, "lean": favourites(probabilities)[0]}
        if self.yes.value or self.no.value:
            found |= {"if_yes": self.yes.value / 100, "if_no": self.no.value / 100}
        return found

    def _changed(self) -> None:
        total = sum(box.value for box in self.percents.values())
        self.total.value = f"together {total:g} %" + ("" if abs(total - 100) <= 1 else " (make it 100)")
        said = self.said()
        trial = next((trial for trial in self.case.sheet.experiments if trial.id == self.experiment.value), None)
        outcome = "Choose an experiment first." if trial is None else f"The outcome: <i>{as_html(trial.outcome)}</i>."
        self.lean.value = f"{outcome} How probable is <code>{said.get('lean', 'your favourite')}</code> then?"
        record.keep_draft(self.panel.folder, self.sitting, self.case.sheet.scenario, said)

    def _commit(self) -> None:
        said = self.data()
        probabilities_of(self.case.sheet, said.get("probabilities", {}))  # in the order of the form
        if "experiment" in said and "if_yes" not in said:
            raise UserError(f"4. say how probable {said['lean']!r} is if the outcome comes, and if it doesn't")
        record.commit(self.panel.folder, self.sitting, self.case.sheet.scenario, said)


def _text(kept: list[Any], place: int) -> str:
    return f"{kept[place]:g}" if place < len(kept) and finite(kept[place]) is not None else ""


def _value(box: Any) -> float | None:
    """The number in a box, or None."""
    try:
        return finite(float(box.value.strip().replace(",", ".")))
    except ValueError:
        return None


def _values(name: str, boxes: list[Any]) -> list[float] | None:
    """The numbers in a row of boxes; None when all are empty. Raises UserError for a row that is not whole."""
    texts = [box.value.strip().replace(",", ".") for box in boxes]
    if not any(texts):
        return None
    try:
        return [float(text) for text in texts]
    except ValueError:
        raise UserError(f"1. {name}: a number in each of its boxes, or in none") from None
