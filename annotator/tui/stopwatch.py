"""How long the annotator has been on each document since the start."""

from __future__ import annotations

import time
from collections.abc import Callable


class Stopwatch:
    """Adds up the time on each document; `clock` gives seconds that never go back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._before: dict[str, float] = {}
        self._document = ""
        self._since = clock()

    def enter(self, document_id: str) -> None:
        """Go on counting for another document."""
        now = self._clock()
        if self._document:
            self._before[self._document] = self._seconds(now)
        self._document, self._since = document_id, now

    @property
    def minutes(self) -> int:
        """Whole minutes on the present document."""
        return int(self._seconds(self._clock()) // 60)

    def _seconds(self, now: float) -> float:
        return self._before.get(self._document, 0.0) + now - self._since
