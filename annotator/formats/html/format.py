"""Web pages that were saved: the text of the article, without menus, advertisements and comments.

Offsets refer to the text as it was extracted, one paragraph a line. Title, date, address, author
and the site's name are metadata where the page says them. The id is the file's name without its
suffix. The page is decoded as a browser does it (see `annotator.formats.html.encoding`).

The extractor is trafilatura, which comes with `pip install 'annotator[html]'`. Another version of
it may find another text, and then the page is told to be there with another text already.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.errors import FormatError
from annotator.formats.files.streams import MAX_LINE, Source, opened, shown
from annotator.formats.html.encoding import decoded
from annotator.formats.kinds import Kind
from annotator.formats.options import ReadOptions
from annotator.formats.record import Annotated, Rejected, text_id
from annotator.formats.validation import checked
from annotator.model.document import Document

NAME = "html"
SUFFIXES = (".html", ".htm", ".xhtml")
CARRIES: frozenset[Kind] = frozenset()
LOSES = ("whatever is not the article's text, its title, date, address, author or site",)

_META = {"title": "title", "date": "date", "url": "url", "author": "author", "source": "sitename"}
_DAMAGE = (ValueError, TypeError, AttributeError, LookupError, AssertionError, RecursionError)
"""What the extractor's parts raise on pages that are none."""


def recognises(path: Path) -> bool:
    """Whether it has the suffix of a web page."""
    return path.is_file() and path.suffix.lower() in SUFFIXES


def read(source: Source, options: ReadOptions = ReadOptions()) -> Iterator[Annotated | Rejected]:
    """The article of a page, in the language of `options`.

    Raises FormatError where the extractor is not installed.
    """
    extractor = _extractor()
    with opened(source) as stream:
        raw = stream.read(MAX_LINE + 1)
    try:
        if len(raw) > MAX_LINE:
            raise ValueError(f"the page is longer than {MAX_LINE:,} bytes")
        page, problem = decoded(raw)
        text, meta = _article(extractor, page)
        if problem and "\ufffd" in text:
            raise ValueError(problem)
        name = shown(Path(source.stem)) if isinstance(source, Path) else text_id(text)
        yield checked(Annotated(Document(name, text, meta, options.language)))
    except ValueError as error:
        yield Rejected(shown(source), 0, str(error))


def _article(extractor: Any, page: str) -> tuple[str, dict[str, str]]:  # noqa: ANN401
    """The text and what is known of it; raises ValueError where there is no article."""
    if not page.strip():
        raise ValueError("the page is empty")
    try:
        found = extractor.bare_extraction(
            page,
            with_metadata=True,
            include_comments=False,
            # dates from anywhere in the page are often those of something else
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except _DAMAGE as error:
        raise ValueError(f"the page cannot be parsed: {error}") from error
    if found is None or not found.text:
        raise ValueError("no article is found in the page")
    named = ((key, getattr(found, attribute)) for key, attribute in _META.items())
    return found.text, {key: value for key, value in named if isinstance(value, str) and value}


def _extractor() -> Any:  # noqa: ANN401 - it comes without types
    try:
        return importlib.import_module("trafilatura")
    except ImportError as error:
        raise FormatError(
            "Web pages are read by trafilatura, which is not installed.",
            "Install it: pip install 'annotator[html]'.",
        ) from error
