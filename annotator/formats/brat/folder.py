"""Which files below a folder make up a brat document, and whose annotations they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from filecmp import cmp
from pathlib import Path

from annotator.formats import text
from annotator.formats.files.streams import shown

ANN = ".ann"
TXT = ".txt"


@dataclass(frozen=True, slots=True)
class Pair:
    """A text and its annotations; one of the two may be missing."""

    txt: Path | None
    ann: Path | None

    @property
    def path(self) -> Path:
        """The file that there is."""
        path = self.txt or self.ann
        if path is None:
            raise ValueError("a pair has at least one file")
        return path


@dataclass(frozen=True, slots=True)
class Files:
    """The files of one document: a pair for each annotator, who has no name where there is one."""

    id: str
    pairs: tuple[tuple[str, Pair], ...]


def files(folder: Path) -> frozenset[Path]:
    """The texts and annotations below `folder`, in folders that have annotations at all."""
    annotated = {path.parent for path in text.files(folder, (ANN,))}
    found = text.files(folder, (ANN, TXT)) if annotated else ()
    return frozenset(path for path in found if path.parent in annotated)


def beside(path: Path) -> Pair:
    """The pair that a file belongs to."""
    suffixes = (TXT, ANN, TXT.upper(), ANN.upper())
    return _pair([path, *(p for s in suffixes if (p := path.with_suffix(s)).is_file())])


def documents(folder: Path) -> Iterator[Files]:
    """The documents below `folder`, in order of their names.

    Files of one name and one text in several folders are one document, annotated by whom each
    folder is named after. Files of one name with other texts are documents of their own, which have
    their places for ids.
    """
    pairs = _pairs(folder)
    by_stem: dict[str, list[Pair]] = {}
    for pair in pairs:
        by_stem.setdefault(pair.path.stem, []).append(pair)
    several = {stem: _same_text(found) for stem, found in by_stem.items() if len(found) > 1}
    of_annotators = {
        pair.path.parent for stem, same in several.items() if same for pair in by_stem[stem]
    }
    names = _names(folder, of_annotators)
    for stem, found in by_stem.items():
        if several.get(stem, True):
            named = ((names.get(pair.path.parent, ""), pair) for pair in found)
            yield Files(shown(Path(stem)), tuple(named))
            continue
        for pair in found:
            place = pair.path.relative_to(folder).with_suffix("").as_posix()
            yield Files(shown(Path(place)), ((names.get(pair.path.parent, ""), pair),))


def _pairs(folder: Path) -> list[Pair]:
    by_place: dict[tuple[Path, str], list[Path]] = {}
    for path in sorted(files(folder)):
        by_place.setdefault((path.parent, path.stem), []).append(path)
    return [_pair(found) for found in by_place.values()]


def _pair(found: Iterable[Path]) -> Pair:
    """The first text and the first annotations; a suffix may be in capitals."""
    by_suffix: dict[str, Path] = {}
    for path in found:
        by_suffix.setdefault(path.suffix.lower(), path)
    return Pair(by_suffix.get(TXT), by_suffix.get(ANN))


def _same_text(found: list[Pair]) -> bool:
    texts = [pair.txt for pair in found]
    first = texts[0]
    return first is not None and all(t is not None and cmp(first, t, shallow=False) for t in texts)


def _names(folder: Path, folders: Iterable[Path]) -> dict[Path, str]:
    """Each folder's own name, or its place below `folder` where two have one name."""
    found = [place for place in sorted(folders) if place != folder]
    own = [place.name for place in found]
    return {
        place: shown(Path(place.name if own.count(place.name) == 1 else place.relative_to(folder)))
        for place in found
    }
