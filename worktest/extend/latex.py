"""A filled paper as LaTeX: the template ``paper.tex`` with title, abstract, body and references put in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote

from markdown_it.token import Token

from worktest.extend.bibliography import Source
from worktest.extend.document import CAPTION, CITE, Document
from worktest.extend.latex_text import escape, in_math, verbatim
from worktest.extend.markdown import MATH
from worktest.pdf_pictures import PIXELS_PER_MM, picture_in
from worktest.write_up import is_comment

WIDTH = 140.0
"""Of a line, in mm; ``templates/paper.tex`` says the same."""
_HIGHEST = 95.0
_WIDE = 76
"""Characters of a table's widest cells together; from there on its widest column wraps."""
_SECTIONS = {1: "section", 2: "section", 3: "subsection", 4: "subsubsection", 5: "paragraph", 6: "paragraph"}
_ENVIRONMENTS = {"bullet_list": "itemize", "ordered_list": "enumerate", "blockquote": "quote"}
_DEEPEST = 4
_PICTURE_PATH = re.compile(r"[\w./-]+", re.ASCII)


@dataclass
class Tex:
    """The text of ``paper.tex`` and one line for each thing that it could not take over."""

    text: str
    problems: list[str] = field(default_factory=list)


def latex_of(document: Document, folder: Path) -> Tex:
    """The whole file. Pictures are PNG files inside ``folder``."""
    writer = _Writer(folder)
    parts = {
        "@TITLE@": writer.spans(document.title_spans).replace("\n", " ") or "Untitled",
        "@AUTHOR@": writer.text(document.author),
        "@PDF_TITLE@": writer.text(document.title, plain=True),
        "@PDF_AUTHOR@": writer.text(document.author, plain=True),
        "@ABSTRACT@": writer.abstract(document.abstract),
        "@BODY@": writer.blocks(document.body),
        "@REFERENCES@": writer.references(document.sources),
    }
    frame = (files("worktest.extend") / "templates" / "paper.tex").read_text(encoding="utf-8")
    text = re.sub(r"@[A-Z_]+@", lambda found: parts.get(found[0], found[0]), frame)
    if writer.lacking:
        shown = " ".join(sorted(writer.lacking)[:20])
        writer.problems.append(f"paper.tex has '?' for characters that plain LaTeX lacks: {shown}")
    return Tex(re.sub(r"\n{3,}", "\n\n", text), writer.problems)


class _Writer:
    """Goes through blocks and gives LaTeX."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.problems: list[str] = []
        self.lacking: set[str] = set()
        self._open: list[str] = []  # the lists and quotations around the present place

    def text(self, words: str, *, plain: bool = False) -> str:
        """Words with everything escaped that LaTeX would take as its own; ``plain``: for the PDF's properties."""
        words = re.sub(r"\$([^$]*)\$", lambda found: found[1].replace("\\", ""), words) if plain else words
        return escape(words, self.lacking)

    def abstract(self, blocks: list[Token]) -> str:
        """The abstract, or nothing."""
        inside = self.blocks(blocks).strip()
        return f"\\begin{{abstract}}\n\\noindent\n{inside}\n\\end{{abstract}}\n" if inside else ""

    # Blocks -------------------------------------------------------------------------------------------------------

    def blocks(self, tokens: list[Token]) -> str:
        """All blocks in order."""
        parts: list[str] = []
        position, caption = 0, ""
        while position < len(tokens):
            token = tokens[position]
            if token.type == "heading_open":
                inside = self.spans(tokens[position + 1].children or [])
                parts.append(f"\n\\{_SECTIONS[int(token.tag[1:])]}{{{inside}}}\n")
                position += 2
            elif token.type == CAPTION:
                caption = self.spans(token.children or [])
            elif token.type == "table_open":
                end = next(i for i in range(position, len(tokens)) if tokens[i].type == "table_close")
                parts.append(self.table(tokens[position:end], caption))
                position, caption = end, ""
            elif token.type == "inline":
                parts.append(self.paragraph(token))
            else:
                parts.append(self._other(token))
            position += 1
        return "".join(parts)

    def _other(self, token: Token) -> str:
        kind = token.type
        if (name := _ENVIRONMENTS.get(kind.rpartition("_")[0])) is not None:
            return self._environment(token, name)
        if kind == "list_item_open":
            return "\\item\\relax " if len(self._open) <= _DEEPEST else "\n\n-- "
        if kind == "paragraph_close":
            return "\n" if token.hidden else "\n\n"
        if kind in ("fence", "code_block"):
            inside = verbatim(token.content, self.lacking)
            return f"\n{{\\footnotesize\n\\begin{{verbatim}}\n{inside}\n\\end{{verbatim}}}}\n\n"
        if kind == "hr":
            return "\n\\medskip\\hrule\\medskip\n\n"
        if kind == "html_block" and not is_comment(token):
            return self.text(token.content.strip()) + "\n\n"
        return ""

    def _environment(self, token: Token, name: str) -> str:
        """The beginning or end of a list or a quotation; LaTeX has four lists inside each other and no more."""
        if token.type.endswith("close"):
            deep = len(self._open) > _DEEPEST
            self._open.pop()
            return "" if deep else f"\\end{{{name}}}\n\n"
        self._open.append(name)
        if len(self._open) > _DEEPEST:
            self.problems.append("lists more than four deep are set as paragraphs in paper.tex")
            return ""
        start = int(token.attrs.get("start", 1)) if name == "enumerate" else 1
        counter = "enum" + ("i", "ii", "iii", "iv")[self._open.count("enumerate") - 1] if start != 1 else ""
        return f"\n\\begin{{{name}}}\n" + (f"\\setcounter{{{counter}}}{{{start - 1}}}\n" if counter else "")

    def paragraph(self, token: Token) -> str:
        """A paragraph; the pictures in it become figures behind it."""
        words = [child for child in token.children or [] if child.type != "image"]
        pictures = [child for child in token.children or [] if child.type == "image"]
        return self.spans(words).strip() + "".join(self.picture(picture) for picture in pictures)

    def spans(self, children: list[Token]) -> str:
        """Words in bold, italics and code, links, citations and TeX."""
        parts = []
        for child in children:
            kind = child.type
            if kind == "text" or (kind == "html_inline" and not is_comment(child)):
                parts.append(self.text(child.content))
            elif kind in ("strong_open", "em_open"):
                parts.append("\\textbf{" if kind == "strong_open" else "\\emph{")
            elif kind in ("strong_close", "em_close"):
                parts.append("}")
            elif kind == "code_inline":
                parts.append("\\texttt{" + escape(child.content, self.lacking, breaks=True) + "}")
            elif kind == MATH:
                parts.append(self._math(child))
            elif kind == CITE:
                parts.append(self._citation(child))
            elif kind == "link_open":
                parts.append(self._link(str(child.attrs.get("href", ""))))
            elif kind == "link_close":
                parts.append("}")
            elif kind == "softbreak":
                parts.append("\n")
            elif kind == "hardbreak":
                parts.append("\\newline\n")
        return "".join(parts)

    def _math(self, token: Token) -> str:
        inside = in_math(" ".join(token.content.split()), self.lacking)
        if inside is None:
            self.problems.append(f"the braces of the formula ${token.content}$ do not match; it is set as typed")
            return self.text(f"${token.content}$")
        return f"\\[{inside}\\]" if token.markup == "$$" else f"${inside}$"

    def _link(self, address: str) -> str:
        if not address.startswith(("https://", "http://", "mailto:")):
            return "{"
        return f"\\protect\\href{{{_address(address)}}}{{"

    def _citation(self, token: Token) -> str:
        keys, labels = token.meta["keys"], token.meta["labels"]
        linked = [
            self.text(label)
            if label == f"{key}?"
            else f"\\protect\\hyperlink{{cite.{_name(key)}}}{{{self.text(label)}}}"
            for key, label in zip(keys, labels, strict=True)
        ]
        return f"({'; '.join(linked)})"

    # Floats -------------------------------------------------------------------------------------------------------

    def picture(self, token: Token) -> str:
        """A figure with its caption, or a line in its place when there is no such picture."""
        source = unquote(str(token.attrs.get("src", "")))
        caption = self.spans(token.children or [])
        try:
            if not _PICTURE_PATH.fullmatch(source):
                raise ValueError("in LaTeX its path has letters, digits, dashes and underscores only")
            _, wide, high = picture_in(self.folder, source)
        except (ValueError, OSError) as problem:
            self.problems.append(f"the figure {source!r} is not in paper.tex: {problem}")
            return f"\n\n\\emph{{[figure missing: {self.text(source)}]}} {caption}\n"
        width = min(WIDTH, wide / PIXELS_PER_MM, _HIGHEST * wide / high)
        below = f"\\caption{{{caption}}}\n" if caption else ""
        return (
            f"\n\n\\begin{{figure}}[htbp]\n\\centering\n\\includegraphics[width={width:.1f}mm]{{{source}}}\n"
            f"{below}\\end{{figure}}\n"
        )

    def table(self, tokens: list[Token], caption: str) -> str:
        """A table with rules above, below and under its head; a wide one has one column that wraps."""
        rows: list[list[str]] = []
        lengths: list[list[int]] = []
        aligned: list[str] = []
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
                lengths.append([])
            elif token.type in ("th_open", "td_open"):
                if len(rows) == 1:
                    aligned.append({"right": "r", "center": "c"}.get(str(token.attrs.get("style", ""))[11:], "l"))
            elif token.type == "inline":
                rows[-1].append(self.spans(token.children or []).replace("\n", " "))
                lengths[-1].append(len(token.content))
        widest = [max((row[n] for row in lengths if n < len(row)), default=0) for n in range(len(aligned))]
        begin, end = f"\\begin{{tabular}}{{{''.join(aligned)}}}", "\\end{tabular}"
        if sum(widest) + 3 * len(widest) > _WIDE:
            columns = ["Y" if length >= min(24, max(widest)) else a for a, length in zip(aligned, widest, strict=True)]
            begin, end = f"\\begin{{tabularx}}{{\\linewidth}}{{{''.join(columns)}}}", "\\end{tabularx}"
        lines = [" & ".join(row) + " \\\\" for row in rows]
        lines = ["{}" + line if line.startswith(("[", "*")) else line for line in lines]  # no argument of the row above
        inside = "\n".join([begin, "\\toprule", lines[0], "\\midrule", *lines[1:], "\\bottomrule", end])
        above = f"\\caption{{{caption}}}\n\\smallskip\n" if caption else ""
        if not caption:
            return f"\n\\begin{{center}}\n\\small\n{inside}\n\\end{{center}}\n\n"
        return f"\n\\begin{{table}}[htbp]\n\\centering\n\\small\n{above}{inside}\n\\end{{table}}\n\n"

    def references(self, sources: list[Source]) -> str:
        """The list of sources, each with the place that its citations jump to."""
        if not sources:
            return ""
        items = []
        for source in sources:
            where = f"\\emph{{{self.text(source.venue)}}}, " if source.venue else ""
            parts = [source.authors and f"{self.text(source.authors)}.", f"{self.text(source.title)}."]
            said = " ".join(part for part in [*parts, f"{where}{self.text(source.year)}."] if part).replace("..", ".")
            said += f" \\url{{{_address(source.url)}}}" if source.url else ""
            anchor = f"\\hypertarget{{cite.{_name(source.key)}}}{{}}"
            items.append(f"\\bibitem[]{{{_name(source.key)}}}{anchor}{said}\n")
        head = "\\makeatletter\\renewcommand{\\@biblabel}[1]{}\\makeatother\n"
        return f"{head}\\begin{{thebibliography}}{{}}\n\\small\n" + "".join(items) + "\\end{thebibliography}\n"


def _name(key: str) -> str:
    """A key as a label of LaTeX."""
    return re.sub(r"[^A-Za-z0-9:.-]", "-", key)


def _address(address: str) -> str:
    """An address inside an argument: what LaTeX would take as its own is written in percent signs or escaped."""
    coded = address.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D").replace("^", "%5E").replace("~", "%7E")
    coded = "".join(
        c
        if c.isascii() and c.isprintable() and c != " "
        else "".join(f"%{b:02X}" for b in c.encode("utf-8", "replace"))
        for c in coded
    )
    return re.sub(r"([%#&_$])", r"\\\1", coded)
