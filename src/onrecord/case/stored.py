"""The columns of claims and attributions as they lie in the case, put back into words to be compared."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from onrecord.case.keys import TYPE_LISTS, ClaimKeys, QuoteKeys, SlotKey
from onrecord.case.rows import WORD_LISTS

_PLAIN = (
    *("factuality", "outlet_factuality", "confidence", "background", "attributed", "field", "start", "end"),
    *("first_day", "last_day", "radius_m", "clause"),
)
_COLUMNS = (*WORD_LISTS, *_PLAIN, "type", "place")


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One row of claims: its own columns, and those that its body must agree with."""

    claim: int
    claim_id: str
    ord: int
    root: int | None
    entry: int
    review: str | None
    body: bytes
    columns: dict[str, Any]


class Stored:
    """Reads rows of claims and attributions in words."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        rows = connection.execute("SELECT code, list, word FROM words")
        self._words = {code: (of, word) for code, of, word in rows}
        self.revisions: dict[int, list[tuple[str, str, str]]] = {}

    def claims(self, coding: int) -> Iterator[ClaimRow]:
        """The claims of a coding in order, revisions after what was coded."""
        columns = ", ".join(f'"{c}"' for c in _COLUMNS)
        sql = f"SELECT claim, claim_id, ord, root, entry, review, body, {columns} FROM claims WHERE coding = ? "
        rows = self._connection.execute(sql + "ORDER BY root IS NOT NULL, ord, claim", (coding,)).fetchall()
        for claim, claim_id, number, root, entry, review, body, *found in rows:
            values = dict(zip(_COLUMNS, found, strict=True))
            yield ClaimRow(claim, claim_id, number, root, entry, review, body, values)

    def revised(self, row: ClaimRow, stored: str) -> None:
        """Notes the compact JSON of a revision under its entry."""
        if row.root is not None:
            self.revisions.setdefault(row.entry, []).append((row.claim_id, row.review or "", stored))

    def differences(self, row: ClaimRow, expected: ClaimKeys) -> Iterator[tuple[str, object, object]]:
        """Column, what the body says, what the column says, wherever the two differ."""
        there = dict(row.columns)
        for column, of in {**WORD_LISTS, "type": TYPE_LISTS[expected.kind]}.items():
            there[column] = self._word(of, there[column])
        place = there["place"]
        if place is not None:
            found = self._connection.execute("SELECT identity FROM places WHERE place = ?", (place,)).fetchone()
            there["place"] = found and found[0]
        said: dict[str, Any] = {f.name: getattr(expected, f.name) for f in fields(expected)}
        said["place"] = expected.place.identity if expected.place else None
        there |= {
            "slots": self._slots(row.claim),
            "codes": self._codes(row.claim),
            "figures": self._figures(row.claim),
        }
        said["slots"] = {_plain(key) for key in expected.slots}
        said["figures"] = [tuple(getattr(f, field.name) for field in fields(f)) for f in expected.figures]
        for column, value in said.items():
            if there[column] != value:
                yield column, value, there[column]

    def _word(self, of: str, code: int | None) -> str | None:
        if code is None:
            return None
        of_code, word = self._words.get(code, ("", ""))
        return word if of_code == of else f"{of_code}:{word}"

    def _slots(self, claim: int) -> set[tuple[object, ...]]:
        rows = self._connection.execute(
            'SELECT slot, ord, start, "end", field, basis, a.identity, s.words, n.identity FROM slots s '
            "LEFT JOIN actors a USING (actor) LEFT JOIN names n USING (named) WHERE claim = ?",
            (claim,),
        )
        return {
            (self._word("slot", slot), number, start, end, field, self._word("basis", basis), who, words, named)
            for slot, number, start, end, field, basis, who, words, named in rows
        }

    def _codes(self, claim: int) -> frozenset[tuple[str, str]]:
        rows = self._connection.execute("SELECT code FROM claim_codes WHERE claim = ?", (claim,))
        return frozenset(self._words.get(code, ("", "")) for (code,) in rows)

    def _figures(self, claim: int) -> list[tuple[object, ...]]:
        rows = self._connection.execute(
            'SELECT measure, low, best, high, bound, start, "end" FROM figures WHERE claim = ? ORDER BY ord',
            (claim,),
        )
        return [
            (self._word("measure", measure), low, best, high, self._word("bound", bound), start, end)
            for measure, low, best, high, bound, start, end in rows
        ]

    def quote_differences(self, coding: int, expected: dict[int, QuoteKeys]) -> Iterator[str]:
        """What is wrong with the attributions of a coding, in words."""
        words = {"form": "form", "naming": "naming", "cue": "cue_class", "channel": "channel_class"}
        plain = ("ord", "parent", "cue_start", "cue_end", "continued", "start", "end")
        columns = ", ".join(f'"{c}"' for c in (*words, *plain))
        rows = self._connection.execute(f"SELECT quote, {columns} FROM quotes WHERE coding = ?", (coding,)).fetchall()
        found = {row[5]: row for row in rows}
        for number in expected.keys() - found.keys():
            yield f"attribution {number} is no longer there"
        for number, row in found.items():
            keys = expected.get(number)
            if keys is None:
                yield f"attribution {number} was never written"
                continue
            there = dict(zip((*words, *plain), row[1:], strict=True))
            there |= {column: self._word(of, there[column]) for column, of in words.items()}
            for column, value in there.items():
                if value != getattr(keys, column):
                    said = getattr(keys, column)
                    yield f"attribution {number}: column {column} says {value!r}, not {said!r}"
            if self._sources(row[0]) != {_plain(key)[1:4] + _plain(key)[5:] for key in keys.sources}:
                yield f"attribution {number}: its sources are not those that were found"

    def _sources(self, quote: int) -> set[tuple[object, ...]]:
        rows = self._connection.execute(
            'SELECT ord, start, "end", basis, a.identity, s.words, n.identity FROM quote_sources s '
            "JOIN actors a USING (actor) LEFT JOIN names n USING (named) WHERE quote = ?",
            (quote,),
        )
        return {
            (number, start, end, self._word("basis", basis), who, words, named)
            for number, start, end, basis, who, words, named in rows
        }


def _plain(key: SlotKey) -> tuple[object, ...]:
    who = key.actor.identity if key.actor else None
    named = key.named.identity if key.named else None
    return (key.slot, key.ord, key.start, key.end, key.field, key.basis, who, key.words, named)
