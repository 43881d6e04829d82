"""Keys that a label and an action would have: the project says so, and is not opened."""

from __future__ import annotations

import pytest

from annotator.actions import PRESETS
from annotator.errors import ConfigError
from annotator.paths import Layout, shipped
from annotator.project.keys import clashes
from annotator.project.project import Project, scheme_files
from annotator.schemes import toml as scheme_toml

OWN = """\
name = "own"
[entities.CAT]
key = "{label}"
[entities.DOG]
[events.Bark]
[attributes.loud]
values = ["yes"]
key = "{attribute}"
"""


@pytest.fixture
def project(tmp_path):
    Project.create(tmp_path / "project").close()
    return tmp_path / "project"


def opened(project, *, settings="", label="1", attribute="-"):
    scheme = OWN.format(label=label, attribute=attribute)
    (project / "labels" / "own.toml").write_text(scheme, encoding="utf-8")
    (project / "annotator.toml").write_text('scheme = "own"\n' + settings, encoding="utf-8")
    with Project.open(project) as found:
        return found.config.keymap


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("name", [path.stem for path in scheme_files(Layout(shipped("labels")))])
def test_no_shipped_scheme_has_a_key_of_an_action(name, preset):
    scheme = scheme_toml.read(shipped("labels") / f"{name}.toml")
    assert list(clashes(scheme, PRESETS[preset])) == []


def test_a_label_cannot_have_the_key_of_an_action(project):
    with pytest.raises(ConfigError) as caught:
        opened(project, label="a")
    assert caught.value.message == (
        "annotator.toml: 'a' would mean both accept and the scheme's CAT."
    )
    assert "Give accept another key under [keys]" in caught.value.hint


def test_a_label_may_have_a_key_that_its_action_gave_up(project):
    keymap = opened(project, label="P", settings='[keys]\naccept-paragraph = ["f5"]\n')
    assert keymap == {"accept-paragraph": ("f5",)}


def test_an_action_cannot_take_the_key_of_a_label_or_attribute(project):
    with pytest.raises(ConfigError, match=r"annotator.toml:4: '-' would mean both undo and .*loud"):
        opened(project, settings='\n[keys]\nundo = ["minus"]\n')
    with pytest.raises(ConfigError, match=r"annotator.toml:3: 'y' would mean both redo and .*CAT"):
        opened(project, label="y", settings='[keys]\nredo = ["y"]\n')


def test_a_project_with_the_usual_keys_is_opened(project):
    assert opened(project) == {}
