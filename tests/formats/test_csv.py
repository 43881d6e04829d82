from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from properties.test_formats_roundtrip import items

from annotator.errors import FormatError
from annotator.formats import csv as format_
from annotator.formats import registry
from annotator.formats.csv import rows as csv_rows
from annotator.formats.csv.cells import defused, restored
from annotator.formats.csv.tables import TABLES
from annotator.formats.options import ReadOptions
from annotator.formats.record import Annotated, Rejected
from annotator.model.annotations import AnnotationSet, Comment, Relation
from annotator.model.document import Document
from annotator.model.event import Argument, Event
from annotator.model.span import Span
from annotator.model.suggestion import Decision, Outcome, Suggestion

SHARED = Path(__file__).parents[2].parent / "shared"
DOCS = Path(__file__).parents[2] / "docs" / "formats.md"
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


def read(raw: bytes | str, column: str = "") -> list[Annotated | Rejected]:
    data = raw.encode() if isinstance(raw, str) else raw
    return list(format_.read(io.BytesIO(data), ReadOptions(column=column)))


def documents(raw: bytes | str, column: str = "") -> list[Document]:
    return [item.document for item in read(raw, column) if isinstance(item, Annotated)]


def rejected(raw: bytes | str, column: str = "") -> list[tuple[int, str]]:
    return [(r.line, r.reason) for r in read(raw, column) if isinstance(r, Rejected)]


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def everything() -> Annotated:
    text = "=Rebels attacked Aleppo."
    entities = {"n1": Span.of("n1", 1, 7, "PER"), "n2": Span("n2", ((1, 3), (17, 23)), "GPE")}
    event = Event("v1", Span.of("t1", 8, 16, "Attack"), (Argument("Agent", "n1"),), {"Real": "yes"})
    nested = Event("v2", Span.of("t2", 8, 16, "Report"), (Argument("What", "v1"),))
    return Annotated(
        Document("d1", text, {"title": "-T", "n": 1}),
        (
            AnnotationSet(
                "d1", "amy", entities, {"v1": event, "v2": nested},
                {"r1": Relation("r1", "in", "n1", "v1")}, {"c1": Comment("c1", "n1", "+1")},
                frozenset({"done"}),
            ),
            AnnotationSet("d1", "bob"),
        ),
        (Suggestion(Span.of("n1", 1, 7, "ORG"), "model@1", 0.5),),
        {"amy": (Decision("n1", Outcome.RELABELLED), Decision("gone", Outcome.REJECTED))},
    )  # fmt: skip


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_whatever_stands_between_cells_is_found_out(delimiter: str) -> None:
    rows = [("id", "text", "note"), ("a", "One, two; three | four\tfive", "x"), ("b", "Six", "")]
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows(rows)
    assert documents(file.getvalue()) == [
        Document("a", "One, two; three | four\tfive", {"note": "x"}),
        Document("b", "Six"),
    ]


def test_a_text_keeps_its_quotes_line_ends_and_blanks() -> None:
    raw = '\ufeffid,Text\r\n1," He said ""no"".\r\n\nThen, left. "\r\n'
    assert documents(raw) == [Document("1", ' He said "no".\r\n\nThen, left. ')]


def test_quotes_in_a_table_with_tabs_may_be_mere_characters() -> None:
    raw = 'id\ttext\n1\t"No," he said.\n2\t"Yes\n3\tShe said "perhaps".\n'
    assert [document.text for document in documents(raw)] == [
        '"No," he said.', '"Yes', 'She said "perhaps".',
    ]  # fmt: skip


def test_one_column_need_not_be_quoted() -> None:
    assert [d.text for d in documents("text\nHello, world\nBye, all, then\n")] == [
        "Hello, world",
        "Bye, all, then",
    ]


def test_a_document_without_an_id_gets_it_from_its_text() -> None:
    first, second = documents("text,n\nSame.,1\nSame.,2\n")
    assert first.id == second.id
    assert (first.meta, second.meta) == ({"n": "1"}, {"n": "2"})


def test_a_language_is_the_documents_only_if_it_is_a_code() -> None:
    first, second = documents("id,text,language\na,Ja.,de\nb,Oui.,French\n")
    assert (first.language, first.meta) == ("de", {})
    assert (second.language, second.meta) == ("en", {"language": "French"})


def test_the_column_that_is_named_holds_the_text() -> None:
    raw = "text,Headline\nshort,The long one\n"
    assert documents(raw, "Headline")[0].text == "The long one"
    assert rejected(raw, "headline") == [
        (1, "there is no column 'headline'; there are text, Headline")
    ]


def test_a_row_that_is_too_wide_or_too_narrow_is_rejected_and_the_rest_is_read() -> None:
    raw = "id,text\n1,One.\n2,Two, three.\n3\n\n4,Four.\n"
    assert [document.id for document in documents(raw)] == ["1", "4"]
    assert rejected(raw) == [
        (3, "the row has 3 cells, the header 2"),
        (4, "the row has 1 cells, the header 2"),
    ]


def test_the_line_of_a_rejected_row_is_where_it_begins() -> None:
    raw = 'id,text\n1,"a\nb\nc"\n2,"broken" quote\n3,"\n\n"\n4,Four.\n'
    assert [document.id for document in documents(raw)] == ["1", "4"]
    assert [line for line, _ in rejected(raw)] == [5, 6]


def test_an_open_quote_costs_its_rows_only() -> None:
    raw = 'id,text\n1,"open\n2,"x"\n3,Three.\n4,Four.\n'
    assert [document.id for document in documents(raw)] == ["3", "4"]
    assert [line for line, _ in rejected(raw)] == [2]


def test_an_open_quote_at_the_end_is_told() -> None:
    assert [line for line, _ in rejected('id,text\n1,One.\n2,"open\nand on\n')] == [3]


def test_bytes_that_are_not_utf_8_reject_their_row() -> None:
    raw = b"id,text\n1,caf\xe9\n2,Fine.\n"
    assert rejected(raw) == [(2, "byte 0xE9 is not UTF-8; save it so")]
    assert [document.id for document in documents(raw)] == ["2"]
    assert rejected("id,text\n1,x\n".encode("utf-16"))[0][1].startswith("looks like UTF-16")


def test_a_nul_rejects_its_row() -> None:
    assert rejected("id,text\n1,a\0b\n2,Fine.\n") == [(2, "the text holds a NUL character at 1")]


def test_a_huge_cell_is_read_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    [document] = documents('id,text\n1,"' + "long text\n" * 100_000 + '"\n')
    assert len(document.text) == 1_000_000
    monkeypatch.setattr(csv_rows, "MAX_CELL", 1000)
    [(line, reason)] = rejected('id,text\n1,"' + "long text\n" * 200 + '"\n2,Two.\n')
    assert line == 2
    assert "longer than 1,000 characters; the rest is not read" in reason


def test_two_columns_of_one_name_are_refused() -> None:
    assert rejected("text,a,a\nx,1,2\n") == [(1, "two columns are called 'a'")]


def test_a_table_without_a_known_column_is_told_with_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("headline,date\nWords,2026\n")
    with pytest.raises(FormatError, match="there are headline, date") as caught:
        registry.detect(path)
    assert "--column NAME" in caught.value.hint
    assert registry.files(tmp_path) == []
    [item] = registry.read(path, "csv", ReadOptions(column="headline"))
    assert isinstance(item, Annotated)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5))
def test_what_pythons_writer_writes_is_read(rows: list[tuple[str, str]]) -> None:
    file = io.StringIO()
    csv.writer(file).writerows([("text", "note"), *(("Words " + a, b) for a, b in rows)])
    assert [(d.text, d.meta.get("note", "")) for d in documents(file.getvalue())] == [
        ("Words " + a, b) for a, b in rows
    ]


@given(items())
def test_the_table_of_documents_gives_the_documents_back(
    tmp_path_factory: pytest.TempPathFactory, item: Annotated
) -> None:
    folder = tmp_path_factory.mktemp("tables")
    format_.write([item], folder)
    assert list(format_.read(folder / "documents.csv")) == [Annotated(item.document)]


def test_every_table_has_its_columns_and_the_page_names_them(tmp_path: Path) -> None:
    format_.write([everything()], tmp_path)
    assert {path.stem for path in tmp_path.iterdir()} == set(TABLES)
    section = DOCS.read_text(encoding="utf-8").partition("\n### csv\n")[2].partition("\n### ")[0]
    for name, columns in TABLES.items():
        raw = (tmp_path / f"{name}.csv").read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        assert raw.endswith(b"\r\n")
        assert tuple(table(tmp_path, name)[0]) == columns
        assert f"| `{name}.csv` | {', '.join(f'`{column}`' for column in columns)} |" in section


def test_the_tables_hold_everything(tmp_path: Path) -> None:
    format_.write([everything()], tmp_path)
    assert [row["annotator"] for row in table(tmp_path, "annotations")] == ["amy", "bob"]
    spans = {row["id"]: row for row in table(tmp_path, "spans")}
    assert spans["n2"]["ranges"] == "1-3;17-23"
    assert spans["n2"]["words"] == "Re Aleppo"
    assert (spans["n1"]["suggested_by"], spans["n1"]["outcome"]) == ("model@1", "relabelled")
    assert (spans["t1"]["kind"], spans["t1"]["event"]) == ("trigger", "v1")
    assert [row["id"] for row in table(tmp_path, "events")] == ["v1", "v2"]
    assert [
        (row["event"], row["role"], row["target"], row["target_kind"], row["label"], row["words"])
        for row in table(tmp_path, "arguments")
    ] == [
        ("v1", "Agent", "n1", "entity", "PER", "Rebels"),
        ("v2", "What", "v1", "event", "Attack", "attacked"),
    ]
    assert table(tmp_path, "attributes")[0]["value"] == "yes"
    assert table(tmp_path, "relations")[0]["target_words"] == "attacked"
    assert [(r["suggestion"], r["source"]) for r in table(tmp_path, "decisions")] == [
        ("n1", "model@1"),
        ("gone", ""),
    ]


def test_no_cell_is_run_by_a_spreadsheet_and_each_that_would_be_is_told(tmp_path: Path) -> None:
    losses = format_.write([everything()], tmp_path)
    assert {loss.detail for loss in losses} == {
        "text in documents.csv", "comment in comments.csv",
    }  # fmt: skip
    assert table(tmp_path, "documents")[0]["text"].startswith("'=Rebels")
    assert table(tmp_path, "comments")[0]["comment"] == "'+1"
    for name in TABLES:
        for row in table(tmp_path, name):
            assert not [cell for cell in row.values() if cell[:1] in set("=+-@\t\r") - {""}]


@given(
    st.text() | st.builds(str.__add__, st.sampled_from(["=", "'=", "''-", "@", "\t"]), st.text())
)
def test_a_defused_cell_is_restored(cell: str) -> None:
    assert restored(defused(cell)) == cell
    assert defused(cell)[:1] not in ("=", "+", "-", "@", "\t", "\r")


def test_our_other_tables_are_no_documents(tmp_path: Path) -> None:
    format_.write([everything()], tmp_path)
    assert registry.files(tmp_path) == [(tmp_path / "documents.csv", "csv")]


def test_tables_need_a_folder() -> None:
    with pytest.raises(FormatError, match="folder"):
        format_.write([], io.BytesIO())


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared corpora are not here")
def test_causal_news_is_read() -> None:
    path = SHARED / "corpora/causal_news_dev/data/V2/dev_subtask2_grouped.csv"
    assert registry.detect(path) == "csv"
    found = list(registry.read(path, "csv"))
    assert len(found) == 340
    assert all(isinstance(item, Annotated) for item in found)
