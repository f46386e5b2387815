"""The same words as several outlets carried them, and how each cut them; found among few quotes, not among all."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import orjson

from onrecord.case.quotes import same_quotes
from onrecord.serve import teller
from onrecord.serve.decode import quote_number, quote_rows
from onrecord.serve.desk import Ask
from onrecord.serve.telling import LEAST_WORDS, Same, same_told

_WORD = re.compile(r"[^\W_]+")
_GRAM, _GRAMS, _MOST = LEAST_WORDS, 40, 400
# More quotes than this are not looked through for what is the same: the latest are.
MANY = 3000


def same(ask: Ask, quote_id: str) -> dict[str, Any]:
    """One quote and its versions in other reports, the longest first; none where nobody else carries it."""
    number = quote_number(ask, quote_id)
    quote = orjson.loads(quote_rows(ask.desk, [number], ask.snapshot.erasures)[0])
    numbers = sorted({number, *_alike(ask, quote["text"] or "")})
    # Quotes never change: which of the same ones are alike need not be found again.
    key = ("same", tuple(numbers), ask.snapshot.erasures)
    found: list[Same] = ask.desk.once(key, lambda: _found(ask, numbers), kind="same quotes", limit=300)
    for one in found:
        if quote_id in one.ids:
            return {"quote": quote, "text": one.text, "same": orjson.Fragment(one.versions), **ask.head()}
    return {"quote": quote, "text": quote["text"], "same": [], **ask.head()}


def _found(ask: Ask, numbers: list[int]) -> list[Same]:
    """What is the same among some quotes."""
    if len(numbers) < 2:
        return []
    desk = ask.desk
    found = desk.teller.same(numbers) if len(numbers) > teller.MANY and desk.is_large() else None
    return same_told(quote_rows(desk, numbers, ask.snapshot.erasures)) if found is None else found


def _alike(ask: Ask, text: str) -> list[int]:
    """Rows of quotes that share four words in a row with *text*."""
    words = _WORD.findall(text)
    starts = range(0, max(len(words) - _GRAM + 1, 0))
    step = max(len(starts) // _GRAMS, 1)
    grams = [" ".join(words[i : i + _GRAM]) for i in starts[::step]]
    if not grams:
        return []
    match = " OR ".join(f'"{gram}"' for gram in grams)
    with ask.desk.file.snapshot() as connection:
        sql = "SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH ? ORDER BY rank LIMIT ?"
        found = [row[0] for row in connection.execute(sql, (match, _MOST)).fetchall()]
    shown = ask.quotes("")
    return [number for number in found if number < len(shown) and shown[number]]


def utterances(ask: Ask, q: str) -> dict[str, Any]:
    """Utterances that several outlets carry, those of most outlets first, among the quotes that *q* means."""
    s = ask.snapshot
    numbers = np.flatnonzero(ask.quotes(q))
    days = s.reports["day"][s.codings["report"][s.quotes["coding"][numbers]]]
    latest = numbers[np.argsort(-days, kind="stable")[:MANY]].tolist()
    rows = [orjson.loads(row) for i in range(0, len(latest), 500)
            for row in quote_rows(ask.desk, latest[i : i + 500], s.erasures)]  # fmt: skip
    found = same_quotes(rows)
    return {"items": found[:200], "total": len(found), "looked_through": len(rows), "quotes": len(numbers),
            **ask.head()}  # fmt: skip
