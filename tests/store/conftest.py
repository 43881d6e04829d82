from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.model.document import Document
from annotator.store import documents
from annotator.store.database import Database, connect


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "annotator.db"


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    """A new file with the documents `a` and `b`."""
    with connect(path, create=True) as database:
        documents.add(
            database,
            [
                Document("a", "\U0001f600 Paris fell, says the mayor of Paris."),
                Document("b", "Rain."),
            ],
        )
        yield database
