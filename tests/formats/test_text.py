from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import FormatError
from annotator.formats import text as text_format
from annotator.formats.options import ReadOptions
from annotator.formats.record import Annotated, Rejected
from annotator.model.document import Document


def read_one(path: Path) -> Annotated:
    [item] = text_format.read(path)
    assert isinstance(item, Annotated)
    return item


def rejected(path: Path, raw: bytes) -> Rejected:
    path.write_bytes(raw)
    [item] = text_format.read(path)
    assert isinstance(item, Rejected)
    return item


def test_the_seed_article_is_kept_to_the_last_character(shared: Path) -> None:
    [path] = (shared / "corpora" / "seed").glob("*.txt")
    document = read_one(path).document
    assert document.text.encode("utf-8") == path.read_bytes()
    assert document.text.count("\u00a0") == 6
    assert not document.text.endswith("\n")
    assert document.id == path.stem


@pytest.mark.parametrize(
    "text", ["a\r\nb\r\n", "a\rb", "a\n\n\nb", "\u2028a\u0085b\x0cc", "e\u0301 👩‍👩‍👧 \u202eabc"]
)
def test_line_ends_and_odd_characters_stay_as_they_are(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(text.encode("utf-8"))
    assert read_one(path).document.text == text


def test_front_matter_goes_to_the_meta_and_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("---\ntitle: A: b\ndate: 2022-01-06\nlanguage: fr\n---\n\nWords.\n")
    document = read_one(path).document
    assert document == Document("x", "Words.\n", {"title": "A: b", "date": "2022-01-06"}, "fr")


def test_every_shipped_article_has_a_title_and_begins_with_it() -> None:
    corpus = Path(__file__).parents[2] / "corpus"
    items = list(text_format.read(corpus))
    assert len(items) == len(list(corpus.glob("*.txt"))) > 0
    for item in items:
        assert isinstance(item, Annotated)
        assert item.document.text.startswith(item.document.meta["title"])


@pytest.mark.parametrize(
    "text",
    ["---\nnot front matter\n---\n\nWords", "--- a dash\nWords", "---\ntitle: no end", "---"],
)
def test_a_text_that_begins_with_dashes_is_all_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(text.encode())
    document = read_one(path).document
    assert (document.text, document.meta) == (text, {})


def test_one_byte_order_mark_is_taken_off(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(b"\xef\xbb\xbf\xef\xbb\xbfWords")
    assert read_one(path).document.text == "\ufeffWords"


def test_what_cannot_be_text_is_rejected_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    latin = rejected(path, "one\ntwo caf\u00e9".encode("latin-1"))
    assert (latin.line, latin.file) == (2, str(path))
    assert "0xE9" in latin.reason
    assert "UTF-16" in rejected(path, "words".encode("utf-16")).reason
    assert "UTF-16" in rejected(path, "words".encode("utf-16-be")).reason
    assert "NUL character at 3" in rejected(path, b"abc\0def").reason
    assert "empty" in rejected(path, b"").reason
    assert "empty" in rejected(path, b" \n\t\n").reason
    assert "empty" in rejected(path, b"---\ntitle: x\n---\n\n").reason


def test_each_line_is_a_document_where_that_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(b"\xef\xbb\xbfone\xe2\x80\xa8still one\r\n \n---\n\xff\nfive \xf0\x9f\x98\x80")
    *items, last = text_format.read(tmp_path, ReadOptions(language="fr", by_line=True))
    assert items == [
        Annotated(Document("x-1", "one\u2028still one", language="fr")),
        Annotated(Document("x-3", "---", language="fr")),
        Rejected(str(path), 4, "byte 0xFF is not UTF-8; save it so"),
    ]
    assert last == Annotated(Document("x-5", "five 😀", language="fr"))


def test_a_folder_is_read_in_order_without_links_and_hidden_files(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    (folder / "below").mkdir(parents=True)
    (folder / ".git").mkdir()
    for name in ("b.txt", "a.TXT", "below/c.txt", ".hidden.txt", ".git/d.txt", "notes.md"):
        (folder / name).write_text(name)
    (tmp_path / "outside.txt").write_text("outside")
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    texts = [item.document.text for item in text_format.read(folder) if isinstance(item, Annotated)]
    assert texts == ["a.TXT", "b.txt", "below/c.txt"]


def test_a_link_that_is_named_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("Words")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real")
    assert read_one(tmp_path / "link.txt").document.text == "Words"


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(FormatError, match="not a regular file"):
        list(text_format.read(tmp_path / "pipe.txt"))
    with pytest.raises(FormatError, match="cannot be read"):
        list(text_format.read(tmp_path / "missing.txt"))


def test_a_file_name_that_is_no_text_gives_an_id_that_is(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text("Words")
    assert read_one(path).document.id == "caf\\xe9"


NASTY = ["../x", "/etc/passwd", "..", "con", "NUL.txt", "a/b", "a:b", "-rf", "x" * 300, "A", "a"]


@pytest.mark.parametrize("text", ["---\na: b\n---\n\nWords", "---\n---\nWords", "\ufeffWords"])
def test_a_text_that_looks_like_front_matter_is_written_so_that_it_stays_text(
    tmp_path: Path, text: str
) -> None:
    text_format.write([Annotated(Document("x", text))], tmp_path)
    assert read_one(tmp_path / "x.txt").document == Document("x", text)


def test_ids_never_leave_the_folder_nor_meet(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    items = [Annotated(Document(name, f"text of {name}")) for name in NASTY]
    losses = text_format.write(items, folder)
    names = [path.name for path in folder.iterdir()]
    assert len({name.casefold() for name in names}) == len(NASTY)
    assert {path.name for path in tmp_path.iterdir()} == {"out"}
    texts = {item.document.text for item in text_format.read(folder) if isinstance(item, Annotated)}
    assert texts == {f"text of {name}" for name in NASTY}
    assert {loss.document_id for loss in losses} == set(NASTY) - {"A"}


def test_meta_that_is_no_line_of_text_is_counted_as_lost(tmp_path: Path) -> None:
    meta = {"title": "A", "count": 3, "long": "a\nb", "tags": ["x"], "9": "digit"}
    losses = text_format.write([Annotated(Document("x", "Words", meta))], tmp_path)
    assert read_one(tmp_path / "x.txt").document.meta == {"title": "A"}
    assert sorted(loss.detail for loss in losses) == ["9", "count", "long", "tags"]
    assert {loss.what for loss in losses} <= set(text_format.LOSES)


WORDS = st.text(
    st.one_of(
        st.sampled_from("-: \r\n\u00a0\ufeff\u2028a😀\u0301"),
        st.characters(codec="utf-8", exclude_characters="\0"),
    ),
    max_size=30,
).filter(str.strip)


@given(
    text=st.one_of(WORDS, WORDS.map(lambda words: "---\n" + words)),
    language=st.sampled_from(["en", "fr"]),
    title=st.one_of(st.none(), st.text(st.characters(codec="utf-8"), max_size=10)),
)
def test_a_written_text_is_read_back_exactly(
    tmp_path_factory: pytest.TempPathFactory, text: str, language: str, title: str | None
) -> None:
    folder = tmp_path_factory.mktemp("text")
    document = Document("x", text, {} if title is None else {"title": title}, language)
    losses = text_format.write([Annotated(document)], folder)
    found = read_one(folder / "x.txt").document
    assert found.text == text
    assert found.language == language
    assert (found.meta == document.meta) == (losses == ())
