"""Keys that a label scheme and an action both claim: a project with such a key is not opened."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.actions import Mode, key_of, keymap, shown_key
from annotator.config import Config, key_line
from annotator.errors import ConfigError
from annotator.model.scheme import Scheme
from annotator.paths import Layout


def check_keys(layout: Layout, config: Config, scheme: Scheme) -> None:
    """Raise ConfigError where a key of a label or attribute is that of an action, too."""
    for name, key, action_id in clashes(scheme, config.keymap):
        line = key_line(layout.config, action_id) if action_id in config.keys else 0
        where = f"{layout.config.name}:{line}" if line else layout.config.name
        raise ConfigError(
            f"{where}: {shown_key(key)!r} would mean both {action_id} and the scheme's {name}.",
            f"Give {action_id} another key under [keys], or {name} one in the scheme's file.",
        )


def clashes(scheme: Scheme, changes: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str, str]]:
    """Each label or attribute whose key an action has, with that key and the action's id."""
    labels = [(key_of(character), name) for character, name in scheme.label_keys.items()]
    attributes = [(key_of(a.key), a.name) for a in scheme.attributes if a.key]
    for mode, claims in ((Mode.NORMAL, [*labels, *attributes]), (Mode.SELECT, labels)):
        mapped = keymap(mode, changes)
        for key, name in claims:
            if key in mapped:
                yield name, key, mapped[key]
