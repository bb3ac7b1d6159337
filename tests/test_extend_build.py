"""What `worktest extend build` makes: figures, log, lock and a paper that is set with LaTeX and without."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from cli import call
from test_extend import home, mine  # noqa: F401 (fixtures)
from test_extend_paper import BIB, PLAN
from test_hand_in import pages, png

from worktest.cli import app
from worktest.extend import build as build_module
from worktest.extend.build import build
from worktest.extend.compile_tex import compile_tex
from worktest.extend.document import document_of
from worktest.extend.draw import Drawn, draw, functions_in
from worktest.extend.folder import Research
from worktest.extend.latex import latex_of
from worktest.extend.lock import lock_text
from worktest.extend.log import Run, add_run, deviate, note, register, results_digest
from worktest.extend.paper_pdf import pdf_of
from worktest.extend.results import Row, write_results

EXPERIMENT = """
import random


def run(condition, seed):
    return {"gain": random.random() + (0.5 + random.random() / 5 if condition == "stranger" else 0.0)}
"""
PAPER = """# It rises

Author: A. Name

## Abstract

It rose by {{result main}}.

## Results

So it is [@doe] {{see main}}.

![It rises](figures/main.png)

{{table}}

{{deviations}}
"""
HARD = r"""# 100 % & more_than #1 {braces} $x^2$

Author: Zoë \ Müller ~ ^

## Abstract

Costs $5, not $6 & 7 % of a_b.

## Method

A "quote", 'another', <tag>, back\slash, a|b, x^y, ~, `code_x --flag 'q' \n {}`, **bold *both***, [link](https://x.org/a_b%20c?d=1&e=2#f).

$\alpha \leq 0.5$, $p_{\text{a b}}$ is broken} and $$\sum_{i=1}^{n} x_i$$ and ${{n main}}$ 5 % α ≤ β → γ − δ 漢.

- [bracket] first
- *star*

  more

5. five
   1. inner

      > quoted

```
\end{verbatim} %$#_{}
```

Table: Mine, [@doe; @roe].

| a & b | right |
|:---|---:|
| [x] | 1 |
| * | """ + "wide words " * 20 + r"""|

![A 100 % caption with `code_x` and $x_1$ [@solo]](figures/p.png)

![](figures/p.png)

<div>html & more</div>

---

#### Deep

Long: """ + "Donaudampfschifffahrtsgesellschaft " * 30  # fmt: skip


def seeded(condition: str, seed: int) -> float:
    random.seed(seed)
    return random.random() + (0.5 + random.random() / 5 if condition == "stranger" else 0.0)


@pytest.fixture
def research(tmp_path: Path) -> Research:
    """A folder that was run, with the templates' figure and reproduction."""
    return folder_that_was_run(tmp_path)


def folder_that_was_run(root: Path) -> Research:
    folder = root / "arbeit für mich"
    folder.mkdir()
    (folder / "plan.toml").write_text(PLAN, encoding="utf-8")
    (folder / "experiment.py").write_text(EXPERIMENT, encoding="utf-8")
    (folder / "paper.md").write_text(PAPER, encoding="utf-8")
    (folder / "references.bib").write_text(BIB, encoding="utf-8")
    (folder / ".imported.txt").write_text("numpy.linalg\nrandom\nworktest.extend\n", encoding="utf-8")
    for name in ("figures.py", "reproduce.py"):
        text = (files("worktest.extend") / "templates" / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace("@NAME@", "mine"), encoding="utf-8")
    made = Research(folder, "mine")
    register(folder, made.plan())
    rows = [Row(c, s, "gain", seeded(c, s)) for s in (1, 2, 3) for c in ("stranger", "benign")]
    write_results(folder, rows)
    return made


@pytest.fixture(scope="module")
def figures_kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The figures of such a folder, drawn once by a real build."""
    made = folder_that_was_run(tmp_path_factory.mktemp("einmal gezeichnet"))
    build(made)
    return made.path / "figures"


@pytest.fixture
def drawn(figures_kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build puts these figures there and starts no process: for tests whose subject is something else."""

    def put(research: Research, progress: object) -> Drawn:
        shutil.copytree(figures_kept, research.path / "figures", dirs_exist_ok=True)
        return Drawn([research.path / "figures" / name for name in ("main.png", "main.json")])

    monkeypatch.setattr(build_module, "draw", put)


def words_of(content: bytes, tmp_path: Path) -> str:
    """The text of a PDF, one line; skips the test where poppler is missing."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not here")
    path = tmp_path / "to_read.pdf"
    path.write_bytes(content)
    out = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True).stdout
    return " ".join(out.decode("utf-8").split())


# The whole --------------------------------------------------------------------------------------------------------


def test_a_whole_build_and_nothing_of_the_authors_is_touched(research: Research) -> None:
    before = {path: path.read_bytes() for path in research.path.rglob("*") if path.is_file()}
    said: list[str] = []
    built = build(research, said.append)
    assert built.problems == [] and said
    names = [path.relative_to(research.path).as_posix() for path in built.files]
    assert names == [
        "figures/main.png",
        "figures/main.json",
        "table.md",
        "log.md",
        "requirements.lock",
        "paper.tex",
        "paper.pdf",
    ]
    assert {path: path.read_bytes() for path in before} == before
    content = (research.path / "paper.pdf").read_bytes()
    assert pages(content) == built.pages == 1
    assert not list(research.path.rglob("*.partial"))
    assert "| main: gain, stranger minus benign | 0.6" in (research.path / "table.md").read_text(encoding="utf-8")


@pytest.mark.usefixtures("drawn")
def test_the_pdf_reads_as_a_paper(research: Research, tmp_path: Path) -> None:
    build(research)
    text = words_of((research.path / "paper.pdf").read_bytes(), tmp_path)
    for part in ("It rises A. Name Abstract It rose by 0.6", "1 Results", "So it is (Doe et al., 2024) (Table 2).",
                 "Figure 1: It rises", "Table 1: Each condition", "Table 2: Each comparison", "References J. Q. Doe, R. van der Berg, K. Müller. A Title & more."):  # fmt: skip
        assert part in text
    assert "Roe" not in text and "{{" not in text  # only what is cited is listed


def test_what_is_wrong_is_named_and_the_rest_is_made(research: Research) -> None:
    folder = research.path
    (folder / "figures.py").write_text("def main(research):\n    return 1 / 0\n", encoding="utf-8")
    (folder / ".imported.txt").unlink()
    (folder / "paper.md").write_text(PAPER + "\n{{mean mian}}\n", encoding="utf-8")
    built = build(research)
    told = "\n".join(built.problems)
    assert "main() drew no figure: ZeroDivisionError: division by zero (figures.py, line 2)" in told
    assert "requirements.lock is not made" in told and "paper.md, line 19: {{mean mian}} names no result" in told
    assert "paper.tex and paper.pdf are not made anew" in told
    assert [path.name for path in built.files] == ["table.md", "log.md"]

    (folder / "paper.md").write_text(PAPER.replace("[@doe]", "[@nobody]"), encoding="utf-8")
    (folder / "references.bib").unlink()
    built = build(research)
    told = "\n".join(built.problems)
    assert "[@nobody] is not in references.bib" in told and (folder / "paper.pdf").is_file()
    assert told.count("figures/main.png") == 1  # both settings lack it, and it is said once


@pytest.mark.usefixtures("drawn")
def test_a_paper_tex_that_somebody_changed_stays(research: Research) -> None:
    build(research)
    path = research.path / "paper.tex"
    first = path.read_text(encoding="utf-8")
    (research.path / "paper.md").write_text(PAPER.replace("It rises", "It falls"), encoding="utf-8")
    assert not build(research).problems and "It falls" in path.read_text(encoding="utf-8")  # as it was made: made anew
    path.write_text(first.replace("It rises", "It stays"), encoding="utf-8")
    built = build(research)
    assert built.problems == ["paper.tex was changed by hand and stays as it is; the new one is paper.new.tex"]
    assert "It stays" in path.read_text(encoding="utf-8")
    assert "It falls" in (research.path / "paper.new.tex").read_text(encoding="utf-8")


@pytest.mark.usefixtures("drawn")
def test_the_log_tells_everything_in_order_without_markup(research: Research) -> None:
    folder = research.path
    digest = results_digest(folder)
    add_run(folder, Run("", "stranger", [1, 2], {"3": "ValueError: a | b"}, 2.5, "c0de", digest, replaced=[2]))
    add_run(folder, Run("", "benign", [101], {}, 1.0, "c0de", digest, pilot=True))
    note(folder, "odd <b> | *that*")
    deviate(folder, "seed 4", "time")
    log = (build(research).files[3]).read_text(encoding="utf-8")
    order = [
        "The plan was registered",
        "Run of stranger: seeds 1, 2",
        "Pilot run of benign",
        "odd &lt;b&gt; \\| \\*that\\*",
        "**Deviation 1**: seed 4. Why: time.",
    ]
    places = [log.index(part) for part in order]
    assert places == sorted(places)
    assert "**in place of earlier rows**: 2" in log and "**1 seed failed** (seed 3: ValueError: a \\| b)" in log
    assert "1 pilot run, 1 run of a condition, 1 seed that failed" in log
    lines = (folder / "journal.jsonl").read_text(encoding="utf-8").replace("seed 4", "seed 5")
    (folder / "journal.jsonl").write_text(lines, encoding="utf-8")
    built = build(research)
    assert any("was changed after it was written" in line for line in built.problems)
    assert "- Note: journal.jsonl" in built.files[3].read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_is_one_line(research: Research) -> None:
    (research.path / "table.md").mkdir()
    with pytest.raises(build_module.UserError, match=r"table\.md"):
        build(research)
    (research.path / "elsewhere").mkdir()
    shutil.rmtree(research.path / "figures")
    (research.path / "figures").symlink_to(research.path / "elsewhere")
    (research.path / "table.md").rmdir()
    assert any("is a link" in line for line in build(research).problems)
    assert not list((research.path / "elsewhere").iterdir())


def test_the_command_makes_it_from_a_work_test_on(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    for step in ("register", "run"):
        assert call(app, "extend", step, capsys=capsys).code == 0
    said = call(app, "extend", "build", "mine", capsys=capsys)
    assert said.code == 0 and "note:" not in said.err and "paper.pdf: 2 pages, made without LaTeX" in said.out
    for name in ("figures/main.png", "table.md", "log.md", "requirements.lock", "paper.tex", "paper.pdf"):
        assert f"made: {name}" in said.out and (mine / name).is_file()
    assert "\nnumpy==" in (mine / "requirements.lock").read_text(encoding="utf-8")
    (mine / "figures.py").write_text(
        "def main(research):\n    raise ValueError('[red]no[/red] \\x1b[31m')\n", encoding="utf-8"
    )
    said = call(app, "extend", "build", "mine", "--json", capsys=capsys)
    data = json.loads(said.out)
    assert said.code == 1 and data["pages"] == 2 and any("main() drew no figure" in line for line in data["problems"])
    said = call(app, "extend", "build", capsys=capsys)
    assert (
        "note: figures.py: main() drew no figure: ValueError: [red]no[/red] [31m" in said.err and "\x1b" not in said.err
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, "reproduce.py"], cwd=mine, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 and "versions: all " in done.stdout and "the same: 6 runs" in done.stdout, done.stdout
    assert not any(path.name.startswith("progress") for path in mine.iterdir())


# Figures ----------------------------------------------------------------------------------------------------------


def test_a_figure_is_described_for_programs(research: Research) -> None:
    draw(research)
    described = json.loads((research.path / "figures" / "main.json").read_text(encoding="utf-8"))
    assert described["results"] == results_digest(research.path) and len(described["png"]) == 16
    left, right = described["axes"]
    assert left["intervals"] == {"errorbars": 2, "bands": 0, "lines": 0} and left["points"] == 6
    assert right["intervals"]["errorbars"] == 1 and right["points"] == 3
    assert left["ylabel"] == "gain (log10 of a ratio)" and "lies above" in described["suptitle"]


def test_code_of_figures_can_end_its_process_and_no_other(research: Research) -> None:
    (research.path / "figures.py").write_text(
        "import os\nimport matplotlib.pyplot as plt\nfrom math import sin\n\n"
        "def dies(research):\n    os._exit(3)\n\n"
        "def band(research):\n    axes = plt.subplots(figsize=(9, 3))[1]\n    axes.fill_between([0, 1], [0, 1], [1, 2])\n"
        "    axes.vlines([0], [0], [1])\n    axes.plot([0, 1], [1, 1], 'o', linestyle='none')\n    return axes\n\n"
        "def bare(research):\n    return None\n\n"
        "def wrong():\n    pass\n\n"
        "def exits(research):\n    raise SystemExit('bye')\n\n"
        "def _helper(research):\n    raise ValueError\n"
    )  # fmt: skip
    assert functions_in(research.path) == ["dies", "band", "bare", "wrong", "exits"]
    (research.path / "figures").mkdir()
    (research.path / "figures" / "dies.png").write_bytes(png())
    drawn = draw(research)
    assert sorted(path.name for path in (research.path / "figures").iterdir()) == ["band.json", "band.png"]
    told = "\n".join(drawn.problems)
    for part in ("dies() drew no figure: its process ended with code 3", "bare() drew no figure: ValueError: it returned no figure",
                 "wrong() drew no figure: TypeError", "exits() drew no figure: SystemExit: bye", "band(): the figure is 9.0 inches wide"):  # fmt: skip
        assert part in told
    assert len(drawn.problems) == 5
    (axes,) = json.loads((research.path / "figures" / "band.json").read_text(encoding="utf-8"))["axes"]
    assert axes["intervals"] == {"errorbars": 0, "bands": 1, "lines": 1} and axes["points"] == 2


def test_figures_that_are_no_python_are_named_with_their_line(research: Research) -> None:
    (research.path / "figures.py").write_text("x = 1\ndef main(:\n", encoding="utf-8")
    assert any("figures.py, line 2: " in line for line in build(research).problems)
    (research.path / "figures.py").unlink()
    assert draw(research).files == []


# LaTeX and the other pages ----------------------------------------------------------------------------------------


def hard(folder: Path) -> Any:
    (folder / "figures").mkdir(exist_ok=True)
    (folder / "figures" / "p.png").write_bytes(png(900, 500))
    return document_of(HARD.replace("${{n main}}$", "$3$"), folder)


def test_nothing_of_the_text_is_latex_by_accident(research: Research) -> None:
    made = latex_of(hard(research.path), research.path)
    for part in (r"100 \% \& more\_than \#1 \{braces\} $x^2$", r"Zo", r"\$5, not \$6 \& 7 \% of a\_b", r"\textbackslash{}slash", r"\textbar{}b",
                 r"\end {verbatim} %$#_{}", r"\item\relax [bracket]", r"{}[x] & 1", r"\setcounter{enumi}{4}", r"\ensuremath{\alpha}",
                 r"\protect\href{https://x.org/a\_b\%20c?d=1\&e=2\#f}{link}", r"\caption{A 100 \% caption with \texttt{code\_", r"\begin{tabularx}{\linewidth}{lY}"):  # fmt: skip
        assert part in made.text
    assert any("漢" in line for line in made.problems) and made.text.count(r"\bibitem") == 3


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="no LaTeX is here")
def test_a_hard_paper_compiles_without_a_line_that_sticks_out(research: Research, tmp_path: Path) -> None:
    (research.path / "paper.tex").write_text(latex_of(hard(research.path), research.path).text, encoding="utf-8")
    before = sorted(research.path.rglob("*"))
    made = compile_tex(research.path)
    assert made.content is not None and made.problems == [] and made.pages == 2
    assert sorted(research.path.rglob("*")) == before  # no .aux, no .log
    text = words_of(made.content, tmp_path)
    assert "100 % & more_than #1 {braces}" in text and "(Doe et al., 2024; Roe and Poe, 2023)" in text


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="no LaTeX is here")
def test_the_first_error_of_latex_is_one_line(research: Research) -> None:
    (research.path / "paper.tex").write_text(
        "\\documentclass{article}\n\\begin{document}\n\\nonsense\n\\end{document}\n"
    )
    (line,) = compile_tex(research.path).problems
    assert "could not compile paper.tex: Undefined control sequence" in line and "l.3" in line


@pytest.mark.usefixtures("drawn")
def test_without_latex_the_paper_is_made_and_it_is_said(research: Research, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("worktest.extend.compile_tex.shutil.which", lambda name: None)
    built = build(research, latex=True)
    assert built.made_with == "worktest" and built.pages == 1
    assert [line for line in built.problems if "no LaTeX was found" in line] == built.problems


def test_the_pdf_of_a_hard_paper_names_what_it_could_not_set(research: Research, tmp_path: Path) -> None:
    made = pdf_of(hard(research.path), research.path)
    assert pages(made.content) == made.pages
    assert any("漢" in line for line in made.problems)
    text = words_of(made.content, tmp_path)
    for part in (
        "Table 1: Mine, (Doe et al., 2024; Roe and Poe, 2023).",
        "Figure 1: A 100 % caption",
        "Costs $5, not $6 & 7 % of a_b.",
        "(The Group, 2020)",
    ):
        assert part in text


@pytest.mark.parametrize(
    "text",
    ["", "# " + "word " * 200, "- " * 40 + "deep", "> " * 60 + "deep", "x" * 9_000, "|" + "a|" * 40 + "\n|" + "-|" * 40 + "\n|" + "b|" * 40,
     "$\\frac{" * 30, "Table: a\n\n| |\n|-|\n", "\u202e שלום 😀", "![$x$ [@a] **b**](nowhere.png)", "$$x$$", "1. a\n\n   ```\n   c\n   ```", "## [@a] $x$"],
)  # fmt: skip
def test_whatever_is_written_is_set_both_ways(text: str, research: Research) -> None:
    document = document_of(text, research.path)
    tex = latex_of(document, research.path).text
    assert tex.rstrip().endswith("\\end{document}") and "@BODY@" not in tex
    made = pdf_of(document_of(text, research.path), research.path)
    assert made.content.startswith(b"%PDF-") and pages(made.content) == made.pages >= 1


# What others need -------------------------------------------------------------------------------------------------


def test_the_lock_names_what_was_imported_and_what_that_needs() -> None:
    lines = lock_text(["matplotlib.pyplot", "json", "numpy", "worktest.extend.plan", "no_such_module"]).splitlines()
    pinned = [line for line in lines if not line.startswith("#")]
    names = [line.partition("==")[0] for line in pinned]
    assert names == sorted(names) and {"matplotlib", "numpy", "packaging", "python-dateutil"} <= set(names)
    assert all(re.fullmatch(r"[a-z0-9-]+==\S+", line) for line in pinned)
    assert not {"worktest", "jupyterlab", "torch", "json"} & set(names)
    import platform

    assert f"# Python {platform.python_version()}" in lines and any(line.startswith("# worktest 0") for line in lines)


def reproduce(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    command = [sys.executable, "-S", "reproduce.py", *arguments]  # -S: without any package that is installed
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.usefixtures("drawn")
def test_numbers_are_made_again_with_the_standard_library_alone(research: Research) -> None:
    build(research)
    folder = research.path
    done = reproduce(folder)
    assert done.returncode == 0 and "the same: 6 runs within 1e-06" in done.stdout, done.stdout + done.stderr
    assert "numpy: " in done.stdout and "none here" in done.stdout  # versions differ: said, and no failure
    some = reproduce(folder, "--sample", "2", "--draw", "7")
    assert some.returncode == 0 and "2 of 6 runs, drawn at random (--draw 7" in some.stdout
    assert reproduce(folder, "--sample", "2", "--draw", "7").stdout == some.stdout
    assert "--draw " in reproduce(folder, "--sample", "1").stdout

    text = (folder / "results.csv").read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("stranger,2,"))
    changed = f"{row.rpartition(',')[0]},{float(row.rpartition(',')[2]) + 0.01}"
    (folder / "results.csv").write_text(text.replace(row, changed), encoding="utf-8")
    done = reproduce(folder)
    assert done.returncode == 1 and "stranger, seed 2: gain was" in done.stdout and "1 of 6 runs differ" in done.stdout
    assert reproduce(folder, "--tolerance", "0.1").returncode == 0
    (folder / "experiment.py").write_text("def run(condition, seed):\n    raise KeyError(seed)\n", encoding="utf-8")
    done = reproduce(folder)
    assert (
        done.returncode == 1
        and "stranger, seed 1: failed: KeyError: 1" in done.stdout
        and "Traceback" not in done.stderr
    )


@pytest.mark.parametrize(("text", "says"), [("", "its first line"), ("condition,seed,measure,value\n", "no rows"),
                                            ("condition,seed,measure,value\na,b,c,d\n", "line 2 is no"), (None, "can't be read")])  # fmt: skip
def test_with_nothing_to_compare_the_exit_code_is_2(research: Research, text: str | None, says: str) -> None:
    path = research.path / "results.csv"
    path.unlink() if text is None else path.write_text(text, encoding="utf-8")
    done = reproduce(research.path)
    assert done.returncode == 2 and says in done.stdout and not done.stderr


@pytest.mark.usefixtures("drawn")
def test_every_template_is_read_and_a_new_paper_is_built(research: Research) -> None:
    text = (files("worktest.extend") / "templates" / "paper.md").read_text(encoding="utf-8")
    (research.path / "paper.md").write_text(text, encoding="utf-8")
    (research.path / "references.bib").write_text(
        (files("worktest.extend") / "templates" / "references.bib").read_text(encoding="utf-8"), encoding="utf-8"
    )
    built = build(research)
    assert built.problems == [] and built.pages == 2
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert headings == ["Abstract", "Introduction", "Method", "Results", "Limitations", "Deviations from the registration",
                        "Statement of AI use", "Reproducing this"]  # fmt: skip


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="no poppler is here")
def test_text_behind_code_and_a_table_is_as_black_as_any(tmp_path: Path) -> None:
    dark = []
    for above in ("", "```\ncode\n```\n\n| a |\n|---|\n| b |\n\n"):
        text = above + "Some words of a paragraph.\n\n" * 25
        (tmp_path / "p.pdf").write_bytes(pdf_of(document_of(text, tmp_path), tmp_path).content)
        subprocess.run(["pdftoppm", "-gray", "-r", "60", "-singlefile", "p.pdf", "p"], cwd=tmp_path, check=True)
        dark.append(sum(pixel < 100 for pixel in (tmp_path / "p.pgm").read_bytes().split(b"255\n", 1)[1]))
    assert dark[1] > dark[0] > 100


@pytest.mark.usefixtures("drawn")
def test_a_mistyped_name_is_not_said_to_wait_for_a_result(research: Research) -> None:
    text = (research.path / "paper.md").read_text(encoding="utf-8")
    (research.path / "paper.md").write_text(text.replace("{{result main}}", "{{result mian}}", 1), encoding="utf-8")
    said = "\n".join(build(research).problems)
    assert "names no result of the plan" in said and "no result yet" not in said
