"""Reading a page as a browser's parser would see it."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

BLOCKS = ("p", "h1", "h2", "h3", "h4", "li", "tr", "dt", "dd", "summary", "section", "div", "pre", "text")


class Page(HTMLParser):
    """A parsed page: its elements, its attributes, and its text without style sheet and script."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.html = html
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.raw: dict[str, str] = {}  # the content of style and script
        self.comments: list[str] = []
        self._inside = ""
        self.feed(html)
        self.close()

    @classmethod
    def read(cls, path: Path) -> Page:
        return cls(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._inside = tag if tag in ("style", "script") else ""
        if tag in BLOCKS or self.elements[-1][1].get("class", "").startswith("line"):
            self.texts.append("\n")
        if tag in ("td", "small"):
            self.texts.append(" ")
        if tag in ("svg", "img"):
            self.texts += [f"[{value}] " for name, value in attrs if name in ("aria-label", "alt")]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._inside = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.raw[self._inside] = self.raw.get(self._inside, "") + data
        else:
            self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    @property
    def text(self) -> str:
        """The words by blocks, and pictures by their alternative texts in brackets."""
        lines = (" ".join(line.split()) for line in "".join(self.texts).splitlines())
        return "\n".join(line for line in lines if line) + "\n"

    def vocabulary(self) -> set[tuple[str, tuple[str, ...]]]:
        """Which elements occur, each with the names of its attributes."""
        return {(tag, tuple(sorted(attributes))) for tag, attributes in self.elements}

    def values(self, attribute: str) -> list[str]:
        return [attributes[attribute] for _, attributes in self.elements if attribute in attributes]
