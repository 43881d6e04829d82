"""kill -9 at any moment: what was told as saved is there, and the file is sound."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

from annotator.model.document import Document
from annotator.store import documents, entries
from annotator.store.database import connect
from annotator.store.verify import verify

ROOT = Path(__file__).parents[2]
KILLS = 30
ROWS, STEPS = 20, 100_000
"""Before a kill come up to so many acknowledged rows, then up to so many steps of nothing."""
APPEND = """
import sys
from pathlib import Path
from annotator.model.change import Change
from annotator.store import history
from annotator.store.database import connect
database = connect(Path(sys.argv[1]))
seq = history.revision(database, "ann", "a")
while True:
    name = f"c{seq}"
    changes = tuple(
        Change("comment", part, None, {"id": part, "target": "", "text": "hm"})
        for part in (f"{name}-1", f"{name}-2", f"{name}-3")
    )
    row = history.append(database, history.NewHistoryRow("a", "ann", "s", {"n": seq}, changes), seq)
    seq = row.seq
    print(row.uuid, flush=True)
"""


def test_every_acknowledged_row_outlives_kill_9(tmp_path):
    path = tmp_path / "annotator.db"
    with connect(path, create=True) as database:
        documents.add(database, [Document("a", "Text.")])
    acknowledged: list[str] = []
    chance = random.Random(20)
    for kill in range(1, KILLS + 1):
        child = subprocess.Popen(
            [sys.executable, "-c", APPEND, str(path)], stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        assert child.stdout is not None
        told = [child.stdout.readline() for _ in range(chance.randint(1, ROWS))]
        assert all(told)
        for _ in range(chance.randrange(STEPS)):
            pass
        child.send_signal(signal.SIGKILL)
        told += child.stdout.readlines()  # of the same buffer, where more may lie already
        child.stdout.close()
        child.wait()
        acknowledged += [line.strip() for line in told if len(line) == 37]
        with connect(path) as database:
            saved = database.value("SELECT count(*) FROM history")
            assert len(acknowledged) <= saved <= len(acknowledged) + kill
            assert len(entries.load(database, "ann", "a")) == 3 * saved
    with connect(path) as database:
        saved_uuids = {row[0] for row in database.rows("SELECT uuid FROM history")}
        assert len(set(acknowledged)) == len(acknowledged) > KILLS
        assert set(acknowledged) <= saved_uuids
        assert len(saved_uuids) <= len(acknowledged) + KILLS
        assert verify(database) == ()
