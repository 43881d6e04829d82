"""Kill -9 while somebody annotates: what the screen showed as saved is there."""

from __future__ import annotations

import random
import re
import shutil
import sys
from pathlib import Path

import pytest

from annotator.project.importing import import_paths
from annotator.project.project import Project
from annotator.project.suggesting import suggest
from annotator.store import history
from annotator.store.database import connect
from annotator.store.verify import verify

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")

KEYS = "aaaaaxjk1273sdfgvl2eapx"
"""No undo: one that is saved and not shown yet leaves a larger depth on the screen."""
RUNS = 50
STEPS = 500_000
"""Up to so many steps before the kill: as many as a few keys take, on a machine of any speed."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("killed")
    with Project.create(root, sample=True) as made:
        import_paths(made, [made.layout.corpus])
        suggest(made)
    return root


def saved_depth(screen: str) -> int:
    found = re.search(r"✓(?: saved)?(?: ↶(\d+))?", screen)
    return int(found[1] or 0) if found else 0


@pytest.mark.parametrize("seed", range(RUNS))
def test_nothing_that_the_screen_showed_as_saved_is_missing(
    seed: int, project: Path, tmp_path: Path
) -> None:
    from terminal import Terminal

    chance = random.Random(seed)
    root = tmp_path / "project"
    shutil.copytree(project, root)
    terminal = Terminal(
        [sys.executable, "-m", "answering", "--project", str(root), "annotate",
         "--annotator", "mia"], tmp_path,
    )  # fmt: skip
    terminal.wait_for(lambda screen: "saved" in screen, "the annotate screen")
    terminal.press("a")
    assert saved_depth(terminal.text) == 1
    for key in chance.choices(KEYS, k=chance.randrange(3, 35)):
        terminal.press(key)
    for key in chance.choices(KEYS, k=chance.randrange(6)):  # perhaps at work when it is killed
        terminal.send(key)
    for _ in range(chance.randrange(STEPS)):
        pass
    terminal.kill()
    shown = saved_depth(terminal.text)
    with connect(root / "annotator.db") as database:
        assert len(history.stacks(database, "mia").undo) >= shown
        assert verify(database) == ()
