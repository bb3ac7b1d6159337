"""The explain-this-line exercise in JupyterLab: one item at a time, on the same file as ``worktest extend explain``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from worktest import recording
from worktest.errors import UserError
from worktest.extend import explain
from worktest.extend.explain_items import Bank, Item, bank
from worktest.extend.explain_record import record_of
from worktest.extend.folder import Research
from worktest.form import Plain
from worktest.safe import as_html

CLOSED = (
    "Five items of your own paper, and why each is there: `worktest extend explain` in a terminal, "
    "or this cell in your own copy."
)
_BOX = '<div style="border-left:3px solid #888;padding-left:8px;margin:6px 0;white-space:pre-wrap">'


def panel(folder: Path) -> Any:
    """The exercise as a widget; a line of text where nothing is recorded (a build, a re-check)."""
    if not recording.is_on():
        return Plain(CLOSED)
    try:
        return Panel(folder)
    except UserError as problem:
        return Plain(str(problem))


class Panel:
    """One sitting. It is drawn anew after every step, from what was said so far."""

    def __init__(self, folder: Path) -> None:
        import ipywidgets as widgets

        self.folder = folder
        self.bank: Bank = bank(Research(folder, folder.name))
        self.sitting = explain.current(folder, self.bank)
        self.waiting = self.sitting.open_items
        self.view = widgets.VBox()
        self.hint = widgets.HTML()
        self.draw()

    def draw(self) -> None:
        """Show the first item without a level, at the step where it stands; the end when there is none."""
        import ipywidgets as widgets

        item = next((one for one in self.waiting if self.sitting.said[one.id].level is None), None)
        self.hint = widgets.HTML()
        if item is None:
            below = sum(self.sitting.said[one.id].level != 2 for one in self.waiting)
            text = f"Done. {below} below the top level; <code>worktest extend explain --stats</code> keeps them."
            self.view.children = [widgets.HTML(text)]
            return
        place = f"Sitting {self.sitting.number}, {self.waiting.index(item) + 1} of {len(self.waiting)}: {item.where}"
        parts: list[Any] = [
            widgets.HTML(
                f"<b>{as_html(place)}</b>{_BOX}{as_html(item.context or item.text)}</div>"
                f"This one: <b>{as_html(item.text)}</b>"
            )
        ]
        said = self.sitting.said[item.id]
        if said.reason is not None:
            parts += self._to_score(item)
        elif item.kind == "number" and said.source is None:
            parts += self._source(item)
        else:
            parts += self._reason(item)
        self.view.children = [*parts, self.hint]

    def _source(self, item: Item) -> list[Any]:
        import ipywidgets as widgets

        options = [(self.bank.says(choice), choice) for choice in self.bank.choices]
        chosen = widgets.Select(options=options, value=None, rows=min(10, len(options)), layout={"width": "98%"})

        def keep() -> None:
            if chosen.value is None:
                raise UserError("choose where the number comes from")
            explain.name_source(self.folder, self.sitting, item, chosen.value)

        return [widgets.HTML("Where does it come from?"), chosen, self._button("It comes from there", keep)]

    def _reason(self, item: Item) -> list[Any]:
        import ipywidgets as widgets

        right = self.sitting.said[item.id].right
        told = {None: "", True: "That is so. ", False: "No; you will see it after your reason. "}[right]
        text = widgets.Textarea(rows=4, layout={"width": "98%"}, placeholder="in your own words")
        aloud = widgets.Checkbox(value=False, description="I said it aloud", indent=False)

        def keep() -> None:
            explain.give_reason(self.folder, self.sitting, item, text.value, spoken=bool(aloud.value))

        asks = widgets.HTML(f"{told}{explain.ASKS[item.kind]}")
        return [asks, text, aloud, self._button("That is my reason", keep)]

    def _to_score(self, item: Item) -> list[Any]:
        import ipywidgets as widgets

        said = self.sitting.said[item.id]
        record = "\n".join(record_of(self.bank.facts, item)) or "Nothing in your folder names this."
        reason = said.reason or ("said aloud" if said.spoken else "none")
        levels = "<br>".join(f"<b>{level}</b> {as_html(text)}" for level, text in enumerate(explain.LEVELS))
        buttons = widgets.ToggleButtons(options=[0, 1, 2], value=None)
        buttons.style.button_width = "3em"

        def keep() -> None:
            if buttons.value is None:
                raise UserError("choose a level")
            explain.give_level(self.folder, self.sitting, item, int(buttons.value))

        page = f"Your reason: {as_html(reason)}<br><b>What your folder says</b>{_BOX}{as_html(record)}</div>{levels}"
        return [widgets.HTML(page), buttons, self._button("Keep this level", keep)]

    def _button(self, text: str, step: Any) -> Any:
        import ipywidgets as widgets

        button = widgets.Button(description=text, layout=widgets.Layout(width="auto", align_self="flex-start"))

        def does(_: Any) -> None:
            try:
                step()
            except UserError as problem:
                self.hint.value = f"<b>{as_html(problem)}</b>"
                return
            self.draw()

        button.on_click(does)
        return button

    def __repr__(self) -> str:
        return CLOSED

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        return {**self.view._repr_mimebundle_(**options), "text/plain": repr(self)}
