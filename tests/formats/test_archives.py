"""gz and zip files: what they hold comes out, and nothing else happens to the machine."""

from __future__ import annotations

import gzip
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import FormatError
from annotator.formats.files import archives
from annotator.formats.files.archives import unpacked
from annotator.formats.files.inputs import File, InputFiles
from annotator.formats.files.progress import gauged
from annotator.formats.record import Annotated, Rejected

ROW = '{"id": "%s", "text": "Rain fell on %s."}\n'


def zipped(path: Path, members: dict[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


def taken(intake: InputFiles) -> list[tuple[File, list[Annotated | Rejected]]]:
    return [(file, list(file.items)) for file in intake]


def rejected(path: Path) -> str:
    [(_, [item])] = taken(InputFiles([path]))
    assert isinstance(item, Rejected)
    return str(item)


def test_a_gz_file_is_read_as_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "rain.jsonl.gz"
    path.write_bytes(gzip.compress((ROW % ("a", "Oslo") + ROW % ("b", "Rome")).encode()))
    [(file, items)] = taken(InputFiles([path]))
    assert [item.document.id for item in items if isinstance(item, Annotated)] == ["a", "b"]
    assert file.annotator == ""


def test_a_gz_file_without_a_suffix_has_the_name_that_was_packed(tmp_path: Path) -> None:
    path = tmp_path / "export.gz"
    with path.open("wb") as raw, gzip.GzipFile("rain.jsonl", "wb", fileobj=raw) as file:
        file.write((ROW % ("a", "Oslo")).encode())
    [(file, items)] = taken(InputFiles([path]))
    assert len(items) == 1
    assert file.name == f"{path}/rain.jsonl"


def test_a_gz_file_that_was_cut_off_gives_what_comes_before(tmp_path: Path) -> None:
    lines = "".join(ROW % (number, hash(number)) for number in range(5000))
    path = tmp_path / "rain.jsonl.gz"
    path.write_bytes(gzip.compress(lines.encode())[:-2000])
    [(_, [damage]), (_, items)] = taken(InputFiles([path]))
    assert isinstance(damage, Rejected)
    assert "damaged" in damage.reason
    assert sum(isinstance(item, Annotated) for item in items) > 1000


def test_a_zip_is_read_as_the_folder_that_it_holds(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "all.zip",
        {"a.txt": "Words.", "deep/b.jsonl": ROW % ("b", "Rome"), "README.md": "-", ".h.txt": "x"},
    )
    found = taken(InputFiles([path]))
    ids = [item.document.id for _, items in found for item in items if isinstance(item, Annotated)]
    assert sorted(ids) == ["a", "b"]
    assert {file.name for file, _ in found} == {f"{path}/a.txt", f"{path}/deep/b.jsonl"}


def test_a_zip_with_brat_files_is_read_as_brat(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"c/a.txt": "Oslo.", "c/a.ann": "T1\tLOC 0 4\tOslo\n"})
    [(_, [item])] = taken(InputFiles([path]))
    assert isinstance(item, Annotated)
    assert [span.label for span in item.annotations[0].entities.values()] == ["LOC"]


def test_in_a_zip_of_doccanos_a_file_is_its_members(tmp_path: Path) -> None:
    row = '{"id": 1, "text": "Rain.", "label": [[0, 4, "WEATHER"]]}\n'
    path = zipped(tmp_path / "x.zip", {"mia.jsonl": row, "all.jsonl": row, "unknown.jsonl": row})
    assert {Path(file.name).name: file.annotator for file, _ in taken(InputFiles([path]))} == {
        "mia.jsonl": "mia",
        "all.jsonl": "",
        "unknown.jsonl": "",
    }


def test_a_bad_line_in_an_archive_is_told_with_its_place_in_it(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"deep/a.jsonl": '{"text": "x"}\n{"text": 3}\n'})
    [(_, [_, bad])] = taken(InputFiles([path]))
    assert str(bad).startswith(f"{path}/deep/a.jsonl:2: ")


@pytest.mark.parametrize(
    "name", ["../evil.txt", "/evil.txt", "..\\evil.txt", "a/../../../evil.txt", "....//evil.txt"]
)
def test_no_members_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    path = zipped(tmp_path / "x.zip", {name: "Words."})
    with unpacked(path) as found:
        files = [file for file in found.place.rglob("*") if file.is_file()]
        assert [file.name for file in files] == ["evil.txt"]
        assert files[0].resolve().is_relative_to(found.place.resolve())
    assert not list(tmp_path.parent.glob("evil.txt"))
    assert not found.place.exists()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(names=st.lists(st.text(max_size=12).map(lambda n: f"{n}.txt"), min_size=1, unique=True))
def test_whatever_members_are_called_each_is_unpacked_or_told(
    tmp_path: Path, names: list[str]
) -> None:
    names = [name for name in names if name.isprintable() and name.encode("utf-8", "ignore")]
    path = zipped(tmp_path / "x.zip", dict.fromkeys(names, "Words."))
    with unpacked(path) as found:
        kept = [file for file in found.place.rglob("*") if file.is_file()]
        assert len(kept) + len(found.left_out) == len(names)


def test_links_and_encrypted_members_are_left_out_and_told(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(link, "/etc/passwd")
        file.writestr("secret.txt", "Words.")
    raw = bytearray(path.read_bytes())
    raw[raw.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    with unpacked(path) as found:
        reasons = [item.reason for item in found.left_out]
        assert list(found.place.iterdir()) == []
    assert reasons == ["it is a link", "it is encrypted"]


def test_a_bomb_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "FREE_BYTES", 1_000_000)
    zeros = bytes(4_000_000)
    bomb = tmp_path / "bomb.txt.gz"
    bomb.write_bytes(gzip.compress(zeros))
    assert "unpacks to more than 1,000,000 bytes" in rejected(bomb)
    path = zipped(tmp_path / "bomb.zip", {f"{n}.txt": zeros[:400_000] for n in range(9)})
    assert "unpacks to more than" in rejected(path)


def test_the_size_that_a_zip_claims_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "FREE_BYTES", 1_000_000)
    path = zipped(tmp_path / "x.zip", {"a.txt": bytes(4_000_000)})
    raw = path.read_bytes()
    path.write_bytes(raw.replace(struct.pack("<L", 4_000_000), struct.pack("<L", 10)))
    [(_, [item])] = taken(InputFiles([path]))
    assert isinstance(item, Rejected)


def test_a_damaged_member_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"a.txt": "Words of the first.", "b.txt": "Others."})
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"a.txt") + 7] ^= 0xFF
    path.write_bytes(raw)
    (_, [damage]), (_, [item]) = taken(InputFiles([path]))
    assert str(damage).startswith(f"{path}/a.txt: it is damaged")
    assert isinstance(item, Annotated)
    assert item.document.id == "b"


@pytest.mark.parametrize("suffix", [".gz", ".zip", ".txt.gz"])
@given(raw=st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_bytes_are_an_archive_or_told_to_be_none(
    tmp_path: Path, suffix: str, raw: bytes
) -> None:
    path = tmp_path / f"x{suffix}"
    path.write_bytes(raw)
    for file, items in taken(InputFiles([path])):
        assert file.name.startswith(str(path))
        assert items


def test_an_archive_in_a_folder_is_read_too_unless_it_holds_nothing_known(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(b"Others."))
    zipped(tmp_path / "pictures.zip", {"x.png": b"\x89PNG"})
    ids = [
        item.document.id
        for _, [item] in taken(InputFiles([tmp_path]))
        if isinstance(item, Annotated)
    ]
    assert ids == ["a", "b"]
    assert "holds nothing that can be read" in rejected(tmp_path / "pictures.zip")


def test_what_is_not_there_is_told_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    with pytest.raises(FormatError, match="not there"):
        InputFiles([tmp_path / "a.txt", tmp_path / "missing.zip"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(FormatError, match="nothing to import"):
        InputFiles([tmp_path / "empty"])


def test_the_gauge_counts_to_the_total(tmp_path: Path) -> None:
    plain = tmp_path / "a.jsonl"
    plain.write_text("".join(ROW % (number, "Oslo") for number in range(2000)))
    packed = tmp_path / "b.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    intake = InputFiles([plain, packed])
    seen: list[int] = []
    with gauged() as gauge:
        for file in intake:
            seen += [gauge.read for _ in file.items]
    assert seen == sorted(seen)
    assert seen[0] < plain.stat().st_size < intake.total <= gauge.read
