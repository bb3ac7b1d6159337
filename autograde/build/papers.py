"""``python -m autograde.build.papers`` writes worktest/shortlist/papers.toml: the bibliography for the learner's side.

The bibliography lies on the grader's side, and ``worktest`` doesn't import ``autograde``; so key, name, title and
address of each source are kept there as a table. A test compares the two.
"""

from __future__ import annotations

import json

from autograde.build.references import References
from autograde.paths import solutions
from worktest.shortlist.tables import HERE

HEAD = "# key = [name, title, address]. Made from solutions/references.bib by `python -m autograde.build.papers`.\n"


def table(references: References) -> str:
    """The whole table as TOML, in the order of the bibliography."""
    lines = []
    for key, entry in references.entries.items():
        title = " ".join(entry["title"].replace("{", "").replace("}", "").replace("\\", "").split())
        row = (references.name(key, references.path.name), title, entry["url"])
        lines.append(f"{key} = {json.dumps(row, ensure_ascii=False)}\n")
    return HEAD + "".join(lines)


def main() -> None:
    """Write the table."""
    text = table(References.read(solutions() / "references.bib"))
    (HERE / "papers.toml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
