"""The one place where a tokenizer is built: spaCy's blank pipeline of a language.

spaCy takes most of a second to import, so it is imported when the first tokenizer is built.
"""

from __future__ import annotations

import hashlib
import threading
from typing import TYPE_CHECKING, Any

from annotator.errors import ProjectError
from annotator.model.span import Range

if TYPE_CHECKING:
    from spacy.language import Language


_loading = threading.Lock()
_pipelines: dict[str, Language] = {}


def blank_pipeline(language: str) -> Language:
    """spaCy's blank pipeline of `language`; raises ProjectError where spaCy has none.

    May be called from several threads: one builds it, the others wait for it.
    """
    with _loading:
        if language not in _pipelines:
            _pipelines[language] = _built(language)
        return _pipelines[language]


def is_ready(language: str) -> bool:
    """Whether the pipeline of `language` is there already, so that nobody has to wait for it."""
    return language in _pipelines


def _built(language: str) -> Language:
    import spacy

    try:
        pipeline = spacy.blank(language)
    except (ImportError, ValueError) as error:
        raise ProjectError(
            f"spaCy cannot tokenize the language {language!r}: {_first_line(error)}",
            "Set `language` in the scheme to one that spaCy knows, such as en, or xx for any.",
        ) from error
    pipeline.max_length = 100_000_000  # only a parser or tagger needs the limit
    return pipeline


def tokens(text: str, language: str) -> tuple[Range, ...]:
    """The tokens of `text` as half-open code point ranges, white space tokens left out."""
    doc = blank_pipeline(language).make_doc(text)
    return tuple((token.idx, token.idx + len(token)) for token in doc if not token.is_space)


def fingerprint(language: str) -> str:
    """Who tokenizes: language, class and a hash of the rules, the same across runs.

    Two equal fingerprints cut any text into the same tokens. The vocabulary is left out because
    it grows with every text that was read.
    """
    tokenizer: Any = blank_pipeline(language).tokenizer  # spaCy types it as any callable
    rules: bytes = tokenizer.to_bytes(exclude=["vocab"])
    digest = hashlib.sha256(rules).hexdigest()[:16]
    return f"{language}:{type(tokenizer).__name__}:{digest}"


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
