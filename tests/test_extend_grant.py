"""The grant draft: what it takes from a plan and its results, what it says is missing, and that it invents nothing."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import pytest
import typer
from cli import call, the_line

from worktest.commands.extend_grant import grant as command
from worktest.errors import UserError
from worktest.extend import log as log_module
from worktest.extend.costs import money, totals
from worktest.extend.folder import Research
from worktest.extend.grant import FILE, Draft, draft, longest_section, write
from worktest.extend.kills import is_met
from worktest.extend.plan import Kill
from worktest.extend.results import Estimate
from worktest.routes import find

TODAY = dt.date(2026, 11, 27)
PLAN = '''
title = "Does doubling help?"
unit = "90_micro"
question = """Is the double larger than the plain one?"""
why = """A team that doubles today would stop."""
hypothesis = """Larger by the value itself."""
smallest_experiment = """Two conditions."""
analysis = """Paired differences."""
output = """A note with code that runs."""
output_date = "2027-02-01"
seeds = [1, 2, 3, 4, 5]
[[measure]]
id = "size"
says = "the sum"
unit = "units"
[[condition]]
id = "double"
role = "treatment"
says = "doubled"
[[condition]]
id = "plain"
role = "control"
says = "not doubled"
[[comparison]]
id = "main"
measure = "size"
condition = "double"
against = "plain"
expect = "higher"
smallest_effect = 0.5
says = "what doubling adds"
[[kill]]
id = "none"
comparison = "main"
when = "interval below"
value = 0.5
says = "I stop and publish that it does nothing."
[[compute]]
what = "the toy"
quantity = 2.0
unit = "CPU hours"
price = 0.0
currency = "USD"
stage = "toy"
at_half = 2.0
source = "own laptop"
checked = "2026-11-20"
[[compute]]
what = "GPU time"
quantity = 40.0
unit = "GPU hours"
price = 2.5
currency = "USD"
stage = "next"
at_half = 20.0
source = "a price list, https://example.org/prices"
checked = "2026-11-20"
'''
ROWS = "condition,seed,measure,value\n" + "".join(
    f"double,{seed},size,{3 + 0.1 * seed}\nplain,{seed},size,{1 + 0.05 * seed}\n" for seed in range(1, 6)
)
LINK = "https://example.org/doubling"
app = typer.Typer(help="worktest extend")
app.command("grant")(command)
app.callback()(lambda: None)


def folder(tmp_path: Path, plan: str = PLAN, rows: str = ROWS, register: bool = True) -> Research:
    path = tmp_path / "mein Platz" / "research" / "double"
    path.mkdir(parents=True)
    (path / "plan.toml").write_text(plan, encoding="utf-8")
    (path / "experiment.py").write_text("", encoding="utf-8")
    if rows:
        (path / "results.csv").write_text(rows, encoding="utf-8")
    research = Research(path, "double")
    if register:
        log_module.register(path, research.plan())
    return research


def made(tmp_path: Path, old: str = "", new: str = "", **options: object) -> Draft:
    assert not old or old in PLAN
    return draft(folder(tmp_path, PLAN.replace(old, new, 1) if old else PLAN), link=LINK, today=TODAY, **options)  # type: ignore[arg-type]


def one(lines: list[str], part: str) -> str:
    (found,) = [line for line in lines if part in line]
    return found


def test_a_whole_plan_lacks_nothing_and_fits_one_page(tmp_path: Path) -> None:
    research = folder(tmp_path)
    written = write(research, draft(research, link=LINK, today=TODAY))
    assert (written.missing, written.notes, written.pages) == ([], [], 1)
    text = written.path.read_text(encoding="utf-8")
    for part in (
        "# Does doubling help?",
        "**Asked for:** 100.00 USD",
        "Is the double larger than the plain one?",
        "A team that doubles today would stop.",
        "95 % interval",
        "5 seeds",
        LINK,
        "a price list, https://example.org/prices, 2026-11-20",
        "20 instead of 40 GPU hours",
        "In all 50.00 USD of 100.00 USD.",
        "By 2027-02-01",
        "I stop and publish that it does nothing.",
        "Nothing here shows that it holds in a larger model",
    ):
        assert part in text, part
    assert written.pdf.read_bytes().startswith(b"%PDF")


def test_the_toy_is_told_as_done_and_not_asked_for(tmp_path: Path) -> None:
    research = folder(tmp_path, PLAN.replace("price = 0.0", "price = 7.0", 1))
    page = draft(research, link=LINK, today=TODAY).page
    assert "**Asked for:** 100.00 USD" in page and "| the toy |" not in page
    assert "The toy has no logged run yet." in page and "14.00 USD" not in page
    run = log_module.Run("", "double", [1, 2], {"3": "ValueError"}, 90.0, "c", "r", replaced=[2])
    log_module.add_run(research.path, run)
    page = draft(research, link=LINK, today=TODAY).page
    assert "The toy is done: 2 logged runs, 1.5 minutes of computing, 14.00 USD." in page
    assert "- 1 run failed." in page and "- 1 value took the place of an earlier one." in page


def test_a_price_without_a_source_is_a_finding(tmp_path: Path) -> None:
    draft_ = made(tmp_path, 'source = "a price list, https://example.org/prices"', 'source = ""')
    assert "GPU time" in one(draft_.missing, "a price without a source")
    assert "no source" in draft_.page


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("at_half = 20.0", "at_half = 30.0", "at half the money 75.00 USD are spent, 25.00 USD more than half of 100.00 USD"),
        ("at_half = 20.0", "at_half = 41.0", "more than the quantity"),
        ('output_date = "2027-02-01"', 'output_date = "soon"', "no date such as"),
        ('output_date = "2027-02-01"', 'output_date = "2026-11-01"', "is over"),
        ('why = """A team that doubles today would stop."""', 'why = """[Write here: who]"""', "'why' is still to be written"),
        ("price = 2.5", "price = 0.0", "cost nothing in USD"),
    ],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_named_in_one_line(tmp_path: Path, old: str, new: str, part: str) -> None:
    lines = made(tmp_path, old, new).missing
    assert part in one(lines, part) and len(lines) <= 2  # a quantity that is larger costs more, too


def test_a_toy_that_is_paid_for_needs_no_date(tmp_path: Path) -> None:
    assert made(tmp_path, 'checked = "2026-11-20"\n[[compute]]', 'checked = ""\n[[compute]]').missing == []


def test_an_unwritten_text_leaves_a_gap_and_nothing_is_put_into_it(tmp_path: Path) -> None:
    page = made(tmp_path, 'why = """A team that doubles today would stop."""', 'why = """[Write here: who]"""').page
    assert "[missing in plan.toml: why]" in page and "[Write here" not in page


def test_old_and_future_prices(tmp_path: Path) -> None:
    late = draft(folder(tmp_path / "a"), link=LINK, today=dt.date(2027, 2, 19)).missing
    assert "91 days ago" in one(late, "days ago")
    early = draft(folder(tmp_path / "b"), link=LINK, today=dt.date(2026, 11, 1)).missing
    assert "still to come" in one(early, "still to come")


def test_currencies_are_never_added_up(tmp_path: Path) -> None:
    more = PLAN + PLAN[PLAN.rindex("[[compute]]") :].replace('"USD"', '"EUR"').replace("GPU time", "storage")
    page = draft(folder(tmp_path, more), link=LINK, today=TODAY).page
    assert "100.00 USD, 100.00 EUR" in page and "200.00" not in page


def test_cents_are_exact() -> None:
    from worktest.extend.plan import Compute

    line = Compute(what="a", quantity=3, unit="h", price=0.1, currency="USD", stage="next", at_half=1.5)
    (total,) = totals([line])
    assert total.full == Decimal("0.3") and total.over == 0
    assert money(Decimal("1234.5"), "EUR") == "1,234.50 EUR"


def test_without_results_nothing_is_said_to_work(tmp_path: Path) -> None:
    draft_ = draft(folder(tmp_path, rows=""), link=LINK, today=TODAY)
    assert "no result yet" in draft_.page and "that is done" not in draft_.page
    assert one(draft_.missing, "no result of the comparison 'main'")


def test_a_met_kill_criterion_is_said_in_both_places(tmp_path: Path) -> None:
    rows = "condition,seed,measure,value\n" + "".join(
        f"double,{s},size,{1 + 0.01 * s}\nplain,{s},size,1\n" for s in range(1, 6)
    )
    draft_ = draft(folder(tmp_path, rows=rows), link=LINK, today=TODAY)
    assert "do what it says before you ask" in one(draft_.missing, "'none'")
    assert "The kill criterion none is met." in draft_.page
    assert "Smaller than the smallest effect that matters: main" in draft_.page


def test_what_speaks_against_is_read_off_the_results_and_the_log(tmp_path: Path) -> None:
    rows = "condition,seed,measure,value\ndouble,1,size,0.2\nplain,1,size,1\ndouble,2,size,1.6\nplain,2,size,1.2\n"
    research = folder(tmp_path, rows=rows)
    log_module.deviate(research.path, "two seeds", "the machine was needed")
    (research.path / "paper.md").write_text(
        "# T\n\n## Limitations\n\nOnly small\nnumbers were doubled.\n\nMore.\n", encoding="utf-8"
    )
    page = draft(research, link=LINK, today=TODAY).page
    for part in (
        "holds zero",
        "Only 2 seeds: main",
        "Against the expectation: main",
        "1 deviation from the registration: two seeds, since the machine was needed",
        "In my own words: Only small numbers were doubled.",
    ):
        assert part in page, part
    assert "More." not in page


def test_limits_that_wait_for_numbers_or_are_a_template_stay_out(tmp_path: Path) -> None:
    research = folder(tmp_path)
    for text in ("[Write here: limits]", "It is {{mean main}} only."):
        (research.path / "paper.md").write_text(f"## Limitations\n\n{text}\n", encoding="utf-8")
        assert "own words" not in draft(research, link=LINK, today=TODAY).page


@pytest.mark.parametrize(
    ("when", "value", "met"),
    [
        ("interval below", 0.7, True),
        ("interval below", 0.5, False),
        ("interval above", 0.1, True),
        ("interval above", 0.3, False),
        ("mean below", 0.5, True),
        ("mean above", 0.5, False),
    ],
)
def test_kill_criteria(when: str, value: float, met: bool) -> None:
    kill = Kill(id="k", comparison="main", when=when, value=value, says="stop")  # type: ignore[arg-type]
    assert is_met(kill, Estimate(0.4, 0.2, 0.6, 5)) is met
    assert not is_met(kill, None)
    if when.startswith("interval"):
        assert not is_met(kill, Estimate(0.4, None, None, 1))


def test_a_route_puts_its_asks_below_the_page_and_not_into_the_pdf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    research = folder(tmp_path)
    route = find("bluedot-rapid")
    rendered: list[str] = []
    from worktest import pdf as pdf_module

    before = pdf_module.render
    monkeypatch.setattr(pdf_module, "render", lambda text, *rest: rendered.append(text) or before(text, *rest))
    written = write(research, draft(research, route, LINK, TODAY))
    text = written.path.read_text(encoding="utf-8")
    for said in route.about("asks", "who", "amount"):
        assert f"- [ ] {said.text}" in text and said.text not in rendered[0]
    assert written.pages == 1 and written.missing == []


def test_a_closed_route_is_a_finding(tmp_path: Path) -> None:
    assert "status closed" in one(made(tmp_path, route=find("ltff")).missing, "ltff")


def test_more_than_a_page_names_the_longest_section(tmp_path: Path) -> None:
    long = PLAN.replace("A team that doubles today would stop.", "Many words follow here. " * 400)
    research = folder(tmp_path, long)
    written = write(research, draft(research, link=LINK, today=TODAY))
    line = one(written.missing, "the limit is one")
    assert written.pages > 1 and "'Who would act differently', 1600 words" in line
    assert longest_section("# a\n\n**b.** one two\n\n**c.**\n\n- one\n") == ("b", 2)


def test_a_draft_changed_by_hand_stays(tmp_path: Path) -> None:
    research = folder(tmp_path)
    write(research, draft(research, link=LINK, today=TODAY))
    write(research, draft(research, link=LINK, today=TODAY))  # unchanged: made again
    path = research.path / FILE
    path.write_text(path.read_text(encoding="utf-8").replace("doubles", "triples"), encoding="utf-8")
    with pytest.raises(UserError, match="changed by hand"):
        write(research, draft(research, link=LINK, today=TODAY))
    assert "triples" in path.read_text(encoding="utf-8")


def test_the_command_says_what_it_wrote_and_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    research = folder(tmp_path)
    space = str(tmp_path / "mein Platz")
    said = call(app, "grant", "double", "--workspace", space, capsys=capsys)
    assert said.code == 0 and "(1 page)" in said.out and "--link" in said.out
    said = call(app, "grant", "--for", "tmlr", "--link", LINK, "--workspace", space, "--json", capsys=capsys)
    data = json.loads(said.out)
    assert data["pages"] == 1 and data["route"] == "tmlr" and Path(data["grant"]) == research.path / FILE
    assert "bluedot-rapid" in the_line(
        call(app, "grant", "double", "--for", "bluedot-rapit", "--workspace", space, capsys=capsys)
    )


def test_hostile_text_stays_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = PLAN.replace("GPU time", "a | b \\u001b[2J").replace("A team", "\\u202e<script> A team")
    research = folder(tmp_path, bad)
    written = write(research, draft(research, link=LINK, today=TODAY))
    text = written.path.read_text(encoding="utf-8")
    assert "a \\| b" in text and "\x1b" not in text and "\u202e" not in text
    assert written.pages == 1


def test_nothing_half_written_is_left_when_the_disk_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    research = folder(tmp_path)
    made_ = draft(research, link=LINK, today=TODAY)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(UserError, match="no space left"):
        write(research, made_)
    assert not list(research.path.glob("*.partial")) and not list(research.path.glob(".*.partial"))
