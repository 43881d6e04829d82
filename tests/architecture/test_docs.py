"""The pages say what the code does: generated ones are fresh, others name all there is."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from annotator import __version__, config
from annotator.actions import ACTIONS
from annotator.cli.commands import app
from annotator.config import Config
from annotator.formats import registry
from annotator.formats.record import Annotated

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(
    path
    for path in (*ROOT.glob("*.md"), *DOCS.glob("*.md"), ROOT / "exports" / "README.md")
    if path.is_file()
)
PYTEST = re.compile(r"python -m pytest[^\n`]*")
COMMANDS = sorted(info.name or "" for info in app.registered_commands)


def page(name: str) -> str:
    """The text of a page."""
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_generated_pages_are_what_the_code_says() -> None:
    result = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr + "\nRun `python docs/generate.py`."


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme_and_has_a_section(name: str) -> None:
    assert f"`{name}`" in page("README.md")
    assert f"\n## {name}\n" in page("docs/commands.md")


def test_every_action_is_on_the_page_of_keys() -> None:
    text = page("docs/keys.md")
    assert [action.id for action in ACTIONS if f"| `{action.id}` |" not in text] == []


def test_every_format_is_in_the_table_and_has_a_section() -> None:
    text = page("docs/formats.md")
    names = [found.name for found in registry.formats()]
    assert names
    assert [name for name in names if f"| `{name}` |" not in text] == []
    assert [name for name in names if f"\n### {name}\n" not in text] == []


@pytest.mark.parametrize("field", sorted(each.name for each in fields(Config)))
def test_every_setting_is_in_the_guide(field: str) -> None:
    section = page("docs/guide.md").partition("\n## Settings\n")[2].partition("\n## ")[0]
    assert f"`{field}`" in section or f"`[{field}]`" in section


def test_the_settings_shown_in_the_guide_are_settings(tmp_path: Path) -> None:
    path = tmp_path / "annotator.toml"
    path.write_text(block("docs/guide.md", "toml"), encoding="utf-8")
    assert config.read(path).keymap["finish"] == ("f10",)


def test_the_document_shown_on_the_page_of_formats_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "one.jsonl"
    path.write_text(block("docs/formats.md", "json").replace("\n", "") + "\n", encoding="utf-8")
    (item,) = registry.read(path, "jsonl")
    assert isinstance(item, Annotated)
    (event,) = item.annotations[0].events.values()
    assert event.trigger.surface(item.document.text) == "spoke"


def test_readme_and_ci_run_the_same_tests() -> None:
    in_readme = PYTEST.findall(page("README.md"))
    in_ci = PYTEST.findall(page(".ci/run"))
    assert in_ci == in_readme[:1]
    assert {command.strip() for command in in_readme} == {in_ci[0]}


def test_readme_and_ci_install_the_same() -> None:
    install = "pip install -e '.[dev]'"
    assert install in page("README.md")
    assert install in page(".ci/run").replace("--quiet ", "")


def test_the_changelog_has_this_version() -> None:
    assert re.search(rf"^## \[{re.escape(__version__)}\]", page("CHANGELOG.md"), re.MULTILINE)


def test_what_readme_says_of_python_is_what_the_project_requires() -> None:
    project = tomllib.loads(page("pyproject.toml"))["project"]
    lowest, highest = re.findall(r"3\.(\d+)", project["requires-python"])
    assert f"Python 3.{lowest} to 3.{int(highest) - 1}" in page("README.md")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_within_the_project_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", without_code(path.read_text(encoding="utf-8"))):
        name, _, anchor = target.partition("#")
        linked = (path.parent / name).resolve() if name else path
        assert linked.exists(), target
        if anchor and linked.suffix == ".md":
            assert anchor in anchors(linked), target


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_lines_of_prose_are_at_most_100_wide(path: Path) -> None:
    lines = without_code(path.read_text(encoding="utf-8")).split("\n")
    assert [line for line in lines if len(line) > 100 and not line.startswith("|")] == []


def block(name: str, language: str) -> str:
    """The first block of code of a page that is in `language`."""
    return page(name).partition(f"\n```{language}\n")[2].partition("\n```\n")[0]


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings."""
    headings = re.findall(
        r"^#+ (.+)$", without_code(path.read_text(encoding="utf-8")), re.MULTILINE
    )
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def without_code(text: str) -> str:
    """A page without its blocks of code."""
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
