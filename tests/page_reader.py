"""Reads a page as a browser does, as far as the tests need it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

EMPTY = {"meta", "br"}


@dataclass
class Element:
    """An element with its own text and that of what it holds."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None
    text: str = ""
    elements: list[Element] = field(default_factory=list)

    def all(self, tag: str) -> list[Element]:
        """Every element of a kind within, in order."""
        found = []
        for one in self.elements:
            found += [one] if one.tag == tag else []
            found += one.all(tag)
        return found


class PageReader(HTMLParser):
    """Holds the elements of a page; raises AssertionError where one is not ended as it should."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self._now = Element("", {}, None)
        self.feed(page)
        self.close()
        assert self._now is self.root, f"<{self._now.tag}> does not end"

    def all(self, tag: str = "") -> list[Element]:
        """Every element of a kind, or every one."""
        return self.root.all(tag) if tag else _within(self.root)

    def row(self, name: str) -> list[str]:
        """The cells of the first row of that name."""
        for row in self.all("tr"):
            cells = [one.text for one in row.elements]
            if cells[0] == name:
                return cells
        raise AssertionError(f"no row is called {name!r}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({key for key, _ in attrs}) == len(attrs), f"<{tag}> has an attribute twice"
        one = Element(tag, {key: value or "" for key, value in attrs}, self._now)
        self._now.elements.append(one)
        if tag not in EMPTY:
            self._now = one

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._now.elements.append(Element(tag, {k: v or "" for k, v in attrs}, self._now))

    def handle_endtag(self, tag: str) -> None:
        assert self._now.tag == tag, f"</{tag}> ends <{self._now.tag}>"
        assert self._now.parent is not None
        self._now = self._now.parent

    def handle_data(self, data: str) -> None:
        one: Element | None = self._now
        while one is not None:
            one.text += data
            one = one.parent


def _within(one: Element) -> list[Element]:
    return [each for inner in one.elements for each in (inner, *_within(inner))]


def inert(page: str) -> PageReader:
    """The page, which has nothing in it that runs, loads or sends anything."""
    reader = PageReader(page)
    for one in reader.all():
        assert one.tag not in {
            "script", "iframe", "object", "embed", "link", "base", "form", "img", "image", "use",
            "a" if not one.attributes.get("href", "").startswith("#") else "",
        }, one  # fmt: skip
        for key, value in one.attributes.items():
            assert not key.startswith("on"), (one.tag, key)
            assert key not in {"src", "style", "srcset", "action", "xlink:href", "ping"}
            assert key != "href" or value.startswith("#")
    assert not [c for c in page if ord(c) < 32 and c != "\n"]
    assert not {*"\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"} & {*page}
    return reader
