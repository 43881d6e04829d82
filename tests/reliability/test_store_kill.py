"""kill -9 at any moment: what was told as saved is there, and the file is sound."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from annotator.model.document import Document
from annotator.store import documents, entries
from annotator.store.database import connect
from annotator.store.verify import verify

ROOT = Path(__file__).parents[2]
KILLS = 30
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
    row = history.append(database, history.NewRow("a", "ann", "s", {"n": seq}, changes), seq)
    seq = row.seq
    print(row.uuid, flush=True)
"""


def test_every_acknowledged_row_outlives_kill_9(tmp_path):
    path = tmp_path / "annotator.db"
    with connect(path, create=True) as database:
        documents.add(database, [Document("a", "Text.")])
    acknowledged: list[str] = []
    chance = random.Random(20)
    for _ in range(KILLS):
        child = subprocess.Popen(
            [sys.executable, "-c", APPEND, str(path)], stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        assert child.stdout is not None
        acknowledged.append(child.stdout.readline().strip())
        time.sleep(chance.uniform(0, 0.04))
        child.send_signal(signal.SIGKILL)
        out, _ = child.communicate(timeout=30)
        acknowledged += [line for line in out.split("\n") if len(line) == 36]
        with connect(path) as database:
            saved = database.value("SELECT count(*) FROM history")
            assert len(acknowledged) <= saved
            assert len(entries.load(database, "ann", "a")) == 3 * saved
    with connect(path) as database:
        saved_uuids = {row[0] for row in database.rows("SELECT uuid FROM history")}
        assert len(set(acknowledged)) == len(acknowledged) > KILLS
        assert set(acknowledged) <= saved_uuids
        assert len(saved_uuids) <= len(acknowledged) + KILLS
        assert verify(database) == ()
