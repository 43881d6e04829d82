"""`project.yml`: checking, training and evaluating as commands of a spaCy project."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any, cast

from annotator.text.safe_text import pictured
from annotator.training.recipe import LABELS, Component
from annotator.training.split import Part

PROJECT = "project.yml"
LOCK = "project.lock"
"""Where `spacy project run` remembers what it has run."""
SCORES = "scores.json"


def workflow(
    title: str, model: str, components: Collection[Component], parts: Collection[Part]
) -> str:
    """The text of `project.yml`; `model` is the folder for the trained pipeline.

    The model lies outside, so that the data set stays what was exported.
    """
    evaluated = Part.TEST if Part.TEST in parts else Part.DEV
    labels = [f"{LABELS}/{name}.json" for name in components]
    data = ["config.cfg", f"{Part.TRAIN}.spacy", f"{Part.DEV}.spacy", *labels]
    best = "${vars.model}/model-best"
    commands = [
        _command("debug", "Check the config and the data", [
            "python -m spacy debug config config.cfg",
            "python -m spacy debug data config.cfg --ignore-warnings --verbose",
        ], data),
        _command("train", "Train a pipeline", [
            'python -m spacy train config.cfg --output "${vars.model}" --gpu-id ${vars.gpu}',
        ], data, [best]),
        _command("evaluate", "Score the best pipeline", [
            f'python -m spacy evaluate "{best}" {evaluated}.spacy'
            f' --output "${{vars.model}}/{SCORES}" --gpu-id ${{vars.gpu}}',
        ], [f"{evaluated}.spacy", best], [f"${{vars.model}}/{SCORES}"]),
    ]  # fmt: skip
    project = {
        "title": pictured(title),
        "vars": {"model": model, "gpu": -1},
        "workflows": {"all": ["train", "evaluate"]},
        "commands": commands,
    }
    return "\n".join(_yaml(project)) + "\n"


def _command(
    name: str, help_: str, script: list[str], deps: list[str], outputs: Sequence[str] = ()
) -> Mapping[str, Any]:
    made = {"name": name, "help": help_, "script": script, "deps": deps}
    return {**made, "outputs": list(outputs)} if outputs else made


def _yaml(value: Mapping[str, Any], indent: str = "") -> list[str]:
    """A mapping as YAML, of which JSON strings are a part."""
    lines: list[str] = []
    for key, inner in value.items():
        if isinstance(inner, dict):
            lines += [f"{indent}{key}:", *_yaml(cast("dict[str, Any]", inner), indent + "  ")]
        elif isinstance(inner, list):
            lines.append(f"{indent}{key}:")
            lines += [line for each in cast("list[Any]", inner) for line in _item(each, indent)]
        else:
            lines.append(f"{indent}{key}: {_scalar(inner)}")
    return lines


def _item(value: Any, indent: str) -> list[str]:  # noqa: ANN401 - JSON
    if not isinstance(value, dict):
        return [f"{indent}  - {_scalar(value)}"]
    first, *rest = _yaml(cast("dict[str, Any]", value), indent + "    ")
    return [f"{indent}  - {first.strip()}", *rest]


def _scalar(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
