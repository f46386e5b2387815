"""Rows: how keys in words become rows of numbers, inside a transaction that is open."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from onrecord.case.folding import fold
from onrecord.case.keys import TYPE_LISTS, ActorKey, ClaimKeys, PlaceKey, QuoteKeys, SlotKey
from onrecord.case.naming import NameKey

_NUMBERS = {"outlets": "outlet", "actors": "actor", "places": "place", "names": "named"}
# How the columns of claims that hold numbers of words are called in lists of words.
WORD_LISTS = {
    "kind": "kind",
    "status": "status",
    "polarity": "polarity",
    "certainty": "certainty",
    "mood": "mood",
    "tense": "tense",
    "granularity": "granularity",
    "precision": "precision",
}


def insert(connection: sqlite3.Connection, table: str, **values: object) -> int:
    """Adds a row to *table*, gives back its number."""
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    done = connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values()))
    return int(done.lastrowid or 0)


class Rows:
    """Writes rows through *connection*, remembering the numbers of words, outlets, actors and places.

    Call ``forget`` when a transaction is rolled back: what was remembered from it is no longer there.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._words: dict[tuple[str, str], int] = {}
        self._named: dict[tuple[str, str], int] = {}
        self._keyed: dict[ActorKey | NameKey | PlaceKey, int] = {}

    def forget(self) -> None:
        """Drops what is remembered."""
        self._words.clear()
        self._named.clear()
        self._keyed.clear()

    def word(self, of: str, word: str | None) -> int | None:
        """The number of *word* of the list *of*, a new one where it is new; None for None."""
        if word is None:
            return None
        found = self._words.get((of, word))
        if found is None:
            row = self.connection.execute("SELECT code FROM words WHERE list = ? AND word = ?", (of, word)).fetchone()
            found = row[0] if row else insert(self.connection, "words", list=of, word=word)
            self._words[of, word] = found
        return found

    def _once(self, table: str, column: str, identity: str, **more: object) -> int:
        found = self._named.get((table, identity))
        if found is None:
            key = _NUMBERS[table]
            sql = f"SELECT {key} FROM {table} WHERE {column} = ?"
            row = self.connection.execute(sql, (identity,)).fetchone()
            found = row[0] if row else insert(self.connection, table, **{column: identity}, **more)
            # Lookups of a long run would grow without end; the tables themselves are indexed.
            if len(self._named) > 50_000:
                self._named.clear()
            self._named[table, identity] = found
        return found

    def outlet(self, name: str | None) -> int | None:
        """The number of the outlet *name*."""
        return None if name is None else self._once("outlets", "name", name, folded=fold(name))

    def actor(self, key: ActorKey | None) -> int | None:
        """The number of the actor *key*."""
        if key is None:
            return None
        known = self._keyed.get(key)
        if known is not None:
            return known
        named = {"actor_id": key.actor_id, "name": key.name, "country": key.country, "sectors": key.sectors}
        more = {"group_id": key.group_id, "words": key.words, "folded": key.folded}
        before = self.connection.total_changes
        number = self._once("actors", "identity", key.identity, **named, **more)
        if self.connection.total_changes != before:
            self.connection.execute("INSERT INTO actors_fts (rowid, folded) VALUES (?, ?)", (number, more["folded"]))
        return self._keep(key, number)

    def _keep(self, key: ActorKey | NameKey | PlaceKey, number: int) -> int:
        # Lookups of a long run would grow without end; the tables themselves are indexed.
        if len(self._keyed) > 50_000:
            self._keyed.clear()
        self._keyed[key] = number
        return number

    def named(self, key: NameKey | None) -> int | None:
        """The number of the name *key*."""
        if key is None:
            return None
        known = self._keyed.get(key)
        if known is not None:
            return known
        more = {"name": key.name, "country": key.country, "key": key.key, "folded": fold(key.name)}
        return self._keep(key, self._once("names", "identity", key.identity, **more))

    def place(self, key: PlaceKey | None) -> int | None:
        """The number of the place *key*; a new one with coordinates can be found by them."""
        if key is None:
            return None
        known = self._keyed.get(key)
        if known is not None:
            return known
        names = {n: getattr(key, n) for n in ("place_id", "name", "admin1", "admin2", "country", "feature_class")}
        more = {"lat": key.lat, "lon": key.lon, "words": key.words, "folded": key.folded}
        before = self.connection.total_changes
        number = self._once("places", "identity", key.identity, **names, **more)
        if self.connection.total_changes != before and key.lat is not None and key.lon is not None:
            box = (number, key.lat, key.lat, key.lon, key.lon)
            self.connection.execute("INSERT INTO places_at VALUES (?, ?, ?, ?, ?)", box)
        return self._keep(key, number)

    def claim(
        self,
        keys: ClaimKeys,
        body: bytes,
        *,
        claim_id: str,
        coding: int,
        number: int,
        entry: int,
        words: str,
        root: int | None = None,
        review: str | None = None,
        claim: int | None = None,
    ) -> int:
        """Adds a claim with its slots, codes, figures and words for search; gives back its number."""
        coded = {column: self.word(of, getattr(keys, column)) for column, of in WORD_LISTS.items()}
        plain = ("factuality", "outlet_factuality", "confidence", "background", "attributed", "field")
        spans = ("start", "end", "first_day", "last_day", "radius_m", "clause")
        claim = insert(
            self.connection,
            "claims",
            claim=claim,
            claim_id=claim_id,
            coding=coding,
            ord=number,
            root=root,
            entry=entry,
            review=review,
            type=self.word(TYPE_LISTS[keys.kind], keys.type),
            place=self.place(keys.place),
            body=body,
            **coded,
            **{column: getattr(keys, column) for column in plain + spans},
        )
        self._claim_parts(claim, keys)
        self.connection.execute("INSERT INTO claims_fts (rowid, words) VALUES (?, ?)", (claim, words))
        return claim

    def _claim_parts(self, claim: int, keys: ClaimKeys) -> None:
        many = self.connection.executemany
        slots = [(claim, self.word("slot", key.slot), key.ord, *self._where(key)) for key in keys.slots]
        many("INSERT INTO slots VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", slots)
        codes = [(claim, self.word(of, word)) for of, word in sorted(keys.codes)]
        many("INSERT INTO claim_codes VALUES (?, ?)", codes)
        figures = [
            (
                claim,
                i,
                self.word("measure", f.measure),
                f.low,
                f.best,
                f.high,
                self.word("bound", f.bound),
                f.start,
                f.end,
            )
            for i, f in enumerate(keys.figures)
        ]
        many("INSERT INTO figures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", figures)

    def _where(self, key: SlotKey) -> Sequence[object]:
        return (
            key.start,
            key.end,
            key.field,
            self.word("basis", key.basis),
            self.actor(key.actor),
            key.words,
            self.named(key.named),
        )

    def quotes(self, coding: int, found: Iterable[tuple[QuoteKeys, str]]) -> None:
        """Adds the attributions of a coding (keys, and words for search)."""
        for keys, words in found:
            quote = insert(
                self.connection,
                "quotes",
                coding=coding,
                form=self.word("form", keys.form),
                naming=self.word("naming", keys.naming),
                cue=self.word("cue_class", keys.cue),
                channel=self.word("channel_class", keys.channel),
                **{
                    c: getattr(keys, c)
                    for c in ("ord", "parent", "cue_start", "cue_end", "continued", "start", "end", "excerpt")
                },
            )
            for i, key in enumerate(keys.sources):
                start, end, _, basis, actor, own, named = self._where(key)
                row = (quote, i, actor, start, end, basis, own, named)
                self.connection.execute("INSERT INTO quote_sources VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
            self.connection.execute("INSERT INTO quotes_fts (rowid, words) VALUES (?, ?)", (quote, words))
