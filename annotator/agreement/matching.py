"""One-to-one matching in a bipartite graph: as many pairs as possible, then the heaviest ones.

The assignment problem, solved by shortest augmenting paths with potentials (Kuhn 1955; Tomizawa
1971; Edmonds and Karp 1972). Left nodes are brought in one by one; each search stays in the
connected component of its node, so long lists of small components cost little more than their
length.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush


def best_matching(weights: Sequence[Mapping[int, int]]) -> dict[int, int]:
    """The matching of left to right nodes that has most pairs and, of those, most weight.

    `weights[left][right]` is the weight, at least 0, of every edge there is. Which of several best
    matchings comes out is settled by the numbering of the nodes; the number of pairs and the total
    weight are the same for all of them.
    """
    heaviest = max((w for edges in weights for w in edges.values()), default=0)
    search = _Assignment(weights, heaviest, (heaviest + 1) * (len(weights) + 1))
    for left in range(len(weights)):
        search.place(left)
    return {left: right for right, left in search.owner.items() if right >= 0}


@dataclass(slots=True)
class _Assignment:
    """A cheapest assignment of the left nodes placed so far.

    Every left node also has an empty seat of its own, the negative node `-1 - left`, which costs
    more than all edges together: to sit there is to stay without a partner.
    """

    weights: Sequence[Mapping[int, int]]
    heaviest: int
    empty_seat: int
    owner: dict[int, int] = field(default_factory=dict[int, int])
    left_price: dict[int, int] = field(default_factory=dict[int, int])
    right_price: dict[int, int] = field(default_factory=dict[int, int])

    def place(self, source: int) -> None:
        """Bring in one left node, moving others along the cheapest path to a free seat."""
        settled: dict[int, int] = {}
        came_from: dict[int, int] = {}
        waiting: list[tuple[int, bool, int, int]] = []
        left, reached = source, 0
        while True:
            for right, cost in self._edges(left):
                # Of equal paths the one to a free seat: a chain of spans is not walked to its end.
                if right not in settled:
                    heappush(waiting, (reached + cost, right in self.owner, right, left))
            reached, _, right, left = heappop(waiting)
            while right in settled:
                reached, _, right, left = heappop(waiting)
            settled[right], came_from[right] = reached, left
            if right not in self.owner:
                break
            left = self.owner[right]
        self._reprice(source, settled, reached)
        self._move(source, right, came_from)

    def _edges(self, left: int) -> Iterator[tuple[int, int]]:
        """The seats that `left` could take, each with its reduced cost."""
        paid = self.left_price.get(left, 0)
        for right, weight in self.weights[left].items():
            yield right, self.heaviest - weight - paid - self.right_price.get(right, 0)
        seat = -1 - left
        yield seat, self.empty_seat - paid - self.right_price.get(seat, 0)

    def _reprice(self, source: int, settled: Mapping[int, int], reached: int) -> None:
        """Keep every reduced cost at least 0 and that of every pair at 0."""
        for right, distance in settled.items():
            if right in self.owner:
                left = self.owner[right]
                self.left_price[left] = self.left_price.get(left, 0) + reached - distance
                self.right_price[right] = self.right_price.get(right, 0) - reached + distance
        self.left_price[source] = self.left_price.get(source, 0) + reached

    def _move(self, source: int, right: int, came_from: Mapping[int, int]) -> None:
        seats = {self.owner[seat]: seat for seat in came_from if seat in self.owner}
        while True:
            left = came_from[right]
            self.owner[right] = left
            if left == source:
                return
            right = seats[left]
