"""A folder that Hugging Face `datasets` loads: `data/train.jsonl`, or Parquet, and a card."""

from annotator.formats.huggingface.format import (
    CARRIES,
    LOSES,
    NAME,
    SUFFIXES,
    write,
)

__all__ = [
    "CARRIES",
    "LOSES",
    "NAME",
    "SUFFIXES",
    "write",
]
