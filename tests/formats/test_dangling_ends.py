"""In every format an argument or relation without its end is left out, told, and no more is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

from annotator.formats import registry
from annotator.formats.record import Annotated, Rejected
from annotator.model.dangling import dangling

TEXT = "Rebels attacked Aleppo."
_REGION = {
    "id": "a1", "from_name": "entity", "to_name": "text", "type": "labels",
    "value": {"start": 0, "end": 6, "text": "Rebels", "labels": ["ACTOR"]},
}  # fmt: skip
_TRIGGER = {
    **_REGION,
    "id": "v1",
    "from_name": "event",
    "value": {"start": 7, "end": 15, "text": "attacked", "labels": ["Attack"]},
}
_LINK = {"type": "relation", "from_id": "v1", "to_id": "gone", "labels": ["Target"]}
_BACK = {"type": "relation", "from_id": "gone", "to_id": "a1", "labels": ["Target"]}
_SET = {"entities": [{"id": "a1", "label": "ACTOR", "ranges": [[0, 6]]}], "annotator": "mia"}
_EVENT = {
    "id": "v1", "type": "Attack", "trigger": {"id": "t1", "ranges": [[7, 15]]},
    "arguments": [{"role": "Target", "target": "gone"}], "attributes": {},
}  # fmt: skip
_SPANS = [{"start": 0, "end": 6, "label": "ACTOR", "token_start": 0, "token_end": 0}]


def lines(*rows: Any) -> str:
    return "".join(orjson.dumps(row).decode() + "\n" for row in rows)


def tasks(*rows: dict[str, Any], key: str = "annotations") -> str:
    return lines({"data": {"text": TEXT}, key: [{"result": [*rows]}]})


def ours(**more: Any) -> str:
    head = {"format": "annotator", "version": 1, "id": "d", "text": TEXT}
    return lines({**head, "annotations": [{**_SET, **more}]})


FILES = {
    "jsonl-argument": ("jsonl", "a.jsonl", ours(events=[_EVENT])),
    "jsonl-relation": (
        "jsonl",
        "a.jsonl",
        ours(relations=[{"id": "r", "label": "x", "source": "gone", "target": "a1"}]),
    ),
    "doccano": (
        "doccano",
        "a.jsonl",
        lines({
            "text": TEXT,
            "entities": [{"id": 1, "label": "ACTOR", "start_offset": 0, "end_offset": 6}],
            "relations": [{"id": 1, "from_id": 1, "to_id": 9, "type": "x"}],
        }),
    ),
    "label-studio-argument": ("label-studio", "a.jsonl", tasks(_REGION, _TRIGGER, _LINK)),
    "label-studio-relation": ("label-studio", "a.jsonl", tasks(_REGION, _BACK)),
    "label-studio-prediction": (
        "label-studio", "a.jsonl", tasks(_REGION, _TRIGGER, _LINK, key="predictions"),
    ),
    "prodigy": (
        "prodigy",
        "a.jsonl",
        lines({
            "text": TEXT, "spans": _SPANS, "answer": "accept", "_view_id": "relations",
            "relations": [{"head": 0, "child": 7, "label": "x"}],
        }),
    ),
    "brat": (
        "brat", "a.ann", "T1\tACTOR 0 6\tRebels\nT2\tAttack 7 15\tattacked\n"
        "E1\tAttack:T2 Target:T9\nR1\tx Arg1:T1 Arg2:T8\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_the_document_is_taken_and_what_points_to_nothing_is_told(
    tmp_path: Path, name: str
) -> None:
    format_name, file, content = FILES[name]
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / file).write_text(content, encoding="utf-8")
    found = list(registry.read(tmp_path / file, format_name))
    [item] = [each for each in found if isinstance(each, Annotated)]
    told = [*item.left_out, *(each for each in found if isinstance(each, Rejected))]
    assert told
    assert all(part.line for part in told)
    marked = [span.label for one in item.annotations for span in one.spans()]
    marked += [suggestion.label for suggestion in item.suggestions]
    assert "ACTOR" in marked
    assert not any(list(dangling(one)) for one in item.annotations)
    for suggestion in item.suggestions:
        assert not getattr(suggestion.item, "arguments", ())
