"""Small markets and evidence, written so that a test reads as what happened."""

from __future__ import annotations

import numpy as np

from clearspan.engines.demand import NOTHING_KNOWN, Accounts, Evidence, Market

Row = tuple[int, int, int, int, int | None, int]  # account, occasion, day, prompted, opportunity, answer


def evidence(rows: list[Row], opportunities: int = 1) -> Evidence:
    columns = np.array([[NOTHING_KNOWN if cell is None else cell for cell in row] for row in rows], dtype=np.int64)
    account, occasion, day, prompted, opportunity, answer = columns.reshape(-1, 6).T
    names = tuple(f"need {j}" for j in range(opportunities))
    return Evidence(account, occasion, day, prompted, opportunity, answer, names)


def accounts(segment: list[int]) -> Accounts:
    return Accounts(tuple(f"account {a}" for a in range(len(segment))), np.array(segment, dtype=np.int64))


def market(*sizes: float, value: float = 1.0) -> Market:
    names = tuple("ABCDEFGH"[: len(sizes)])
    return Market(names, np.array(sizes), np.full(len(sizes), value))


def company(
    asking: list[list[int]], heard: list[int], *, occasions: int = 8, mentions: int = 2
) -> tuple[Evidence, Accounts]:
    """`heard[g]` accounts of segment g with so many occasions each; of them `asking[j][g]` ask for need j."""
    segment = [g for g, size in enumerate(heard) for _ in range(size)]
    first = np.cumsum([0, *heard])
    said: dict[tuple[int, int], list[int]] = {}
    for j, counts in enumerate(asking):
        for g, count in enumerate(counts):
            for a in range(count):
                account = int(first[g]) + (a * 7 + j) % heard[g]
                for time in range(mentions):
                    said.setdefault((account, (j + 3 * time) % occasions), []).append(j)
    rows: list[Row] = []
    for account in range(len(segment)):
        for time in range(occasions):
            occasion = account * occasions + time
            rows += [(account, occasion, occasion, 0, need, 1) for need in said.get((account, time), [])] or [
                (account, occasion, occasion, 0, None, 1)
            ]
    return evidence(rows, len(asking)), accounts(segment)
