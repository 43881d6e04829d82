from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from annotator.errors import FormatError
from annotator.formats import html, registry
from annotator.formats.html.encoding import decoded
from annotator.formats.record import Annotated, Rejected

PARAGRAPHS = (
    "Dockworkers in the port of Valparaíso walked out on Monday, the second strike this month.",
    "“We will not move a single container,” said Ana Soto, who leads the union — and nobody did.",
    "The government called for talks 🚢 and promised to hear both sides before the week ends.",
)
PAGE = """<!DOCTYPE html><html lang="es"><head>{meta}<title>Dockers strike again | The Daily</title>
<link rel="canonical" href="https://daily.example/2026/03/04/dockers">
<meta property="og:title" content="Dockers strike again">
<meta property="article:published_time" content="2026-03-04T08:00:00Z">
<meta name="author" content="Jo Field"><meta property="og:site_name" content="The Daily"></head>
<body><nav><a href="/">Home</a><a href="/world">World</a></nav>
<article><h1>Dockers strike again</h1>{paragraphs}</article>
<section id="comments"><h2>Comments</h2><div class="comment"><p>First!</p></div></section>
<footer>Subscribe to our newsletter. All rights reserved.</footer></body></html>"""


def page(meta: str = '<meta charset="utf-8">', paragraphs: tuple[str, ...] = PARAGRAPHS) -> str:
    found = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)
    return PAGE.format(meta=meta, paragraphs=found)


def one(raw: bytes) -> Annotated | Rejected:
    pytest.importorskip("trafilatura")
    [item] = html.read(io.BytesIO(raw))
    return item


def test_a_page_gives_the_article_and_what_is_known_of_it(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    path = tmp_path / "dockers.html"
    path.write_text(page(), encoding="utf-8")
    assert registry.detect(path) == "html"
    [item] = registry.read(path, "html")
    assert isinstance(item, Annotated), item
    document = item.document
    assert document.id == "dockers"
    for paragraph in PARAGRAPHS:
        assert paragraph in document.text
    for other in ("Home", "First!", "newsletter"):
        assert other not in document.text
    assert document.meta == {
        "title": "Dockers strike again",
        "date": "2026-03-04",
        "url": "https://daily.example/2026/03/04/dockers",
        "author": "Jo Field",
        "source": "The Daily",
    }


def test_a_page_read_twice_gives_the_same_document() -> None:
    assert one(page().encode()) == one(page().encode())


@pytest.mark.parametrize(
    ("meta", "encoding"),
    [
        ('<meta charset="utf-8">', "utf-8"),
        ('<meta charset="windows-1252">', "cp1252"),
        ("<meta http-equiv='Content-Type' content='text/html; charset=iso-8859-1'>", "cp1252"),
        ("", "utf-8"),
        ("", "cp1252"),
        ("<!-- <meta charset=koi8-r> --><meta charset=macintosh>", "mac-roman"),
        ('<meta charset="utf-16">', "utf-8"),
        ('<meta charset="no-such-thing">', "utf-8"),
        ('<meta charset="utf-8">', "utf-16"),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_declares(meta: str, encoding: str) -> None:
    paragraphs = tuple(paragraph.replace("🚢 ", "") for paragraph in PARAGRAPHS)
    item = one(page(meta, paragraphs).encode(encoding))
    assert isinstance(item, Annotated), item
    assert paragraphs[1] in item.document.text


@pytest.mark.parametrize("label", ["zip", "rot13", "unicode_escape", "punycode", "idna", "hex"])
def test_a_page_cannot_choose_a_codec_that_is_no_encoding(label: str) -> None:
    raw = f'<meta charset="{label}">é'.encode()
    assert decoded(raw) == (raw.decode(), "")


def test_broken_bytes_matter_within_the_article_only() -> None:
    outside = page().encode().replace(b"All rights", b"\xe9ll rights")
    assert isinstance(one(outside), Annotated)
    inside = one(page().encode().replace("Valparaíso".encode(), b"Valpara\xedso"))
    assert isinstance(inside, Rejected)
    assert "byte 0xED at" in inside.reason
    assert "utf-8" in inside.reason


@pytest.mark.parametrize(
    "raw",
    [b"", b" \n", b"<html></html>", b"\0\1\2", b"{}"],
)
def test_a_page_without_an_article_is_rejected(raw: bytes) -> None:
    item = one(raw)
    assert isinstance(item, Rejected)
    assert item.reason


def test_markup_in_the_text_stays_text() -> None:
    paragraphs = (
        *PARAGRAPHS,
        "He typed &lt;script&gt;alert(1)&lt;/script&gt; &amp; [b] into it.",
    )
    item = one(page(paragraphs=paragraphs).encode())
    assert isinstance(item, Annotated)
    assert "<script>alert(1)</script> & [b]" in item.document.text


def test_without_the_extractor_it_is_said_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(FormatError, match="not installed") as caught:
        list(html.read(io.BytesIO(b"<p>x</p>")))
    assert "pip install 'annotator[html]'" in caught.value.hint
