"""Quotes side by side: the same words in several outlets and how each cut them, one speaker over time, context."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal

from onrecord.case.codec import Json
from onrecord.case.query import Asked, AsOf

if TYPE_CHECKING:
    from onrecord.case.store import CaseStore

Op = Literal["kept", "dropped", "changed", "added"]
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_GRAM = 4  # words in a row by which two quotes are first found to be alike
_COMMON = 40  # quotes that may share such words before they count as a set phrase
_SHARED = 0.6  # share of the shorter quote's words that the longer must hold in the same order
_ALL = 100_000  # most that a ranked question gives
_OWN_WORDS = 10  # words in common from which two names for the speaker do not matter


@dataclass(frozen=True, slots=True)
class _Said:
    """One quote with its words in lower case and where each stands in its text."""

    row: Json
    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]


def same_quotes(rows: Iterable[Json], *, least_words: int = 6, least_outlets: int = 2) -> list[Json]:
    """Utterances that several outlets carry, those of most outlets first, from rows as ``quotes`` gives them.

    Each has ``quote_id``, ``speaker``, ``speaker_id`` and ``text`` of its longest version, ``outlets`` (how many), and
    ``versions``: the longest first, then by day. A version has ``report_id``, ``outlet``, ``published``,
    ``attributions`` (quote ids), ``text``, ``spans`` (into its report's text), ``form`` and ``cut``: pieces
    ``[op, start, end, words]`` in order. ``kept`` and ``dropped`` give a piece of the longest version, ``changed`` one
    for which the outlet has other ``words``, ``added`` (start = end) words that the longest has not. Offsets are
    half-open code points into the longest version's text.
    """
    said = [s for s in map(_said, rows) if len(s.words) >= least_words]
    found = []
    for group in _groups(said):
        versions = _versions(group)
        if len({v["outlet"] or v["report_id"] for v in versions}) >= least_outlets:
            found.append(_utterance(versions))
    found.sort(key=lambda u: (-u["outlets"], u["versions"][0]["published"] or "~", u["quote_id"]))
    return found


def _said(row: Json) -> _Said:
    text = row["text"] or ""
    spans = [m.span() for m in _WORD.finditer(text)]
    return _Said(row, tuple(_plain(text[a:b]) for a, b in spans), tuple(spans))


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")


def _groups(said: Sequence[_Said]) -> list[list[_Said]]:
    """Quotes that are versions of one another, directly or through a longer one; groups of two reports or more."""
    above = list(range(len(said)))

    def top(i: int) -> int:
        while above[i] != i:
            above[i] = above[above[i]]
            i = above[i]
        return i

    for i, j in _alike(said):
        if top(i) != top(j) and _is_same(said[i], said[j]):
            above[top(j)] = top(i)
    groups: dict[int, list[_Said]] = defaultdict(list)
    for i, one in enumerate(said):
        groups[top(i)].append(one)
    return [g for g in groups.values() if len({s.row["report_id"] for s in g}) > 1]


def _alike(said: Sequence[_Said]) -> Iterator[tuple[int, int]]:
    """Pairs from different reports that share words in a row which few others have."""
    having: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for i, one in enumerate(said):
        for k in range(len(one.words) - _GRAM + 1):
            having[one.words[k : k + _GRAM]].add(i)
    seen = set[tuple[int, int]]()
    for numbers in having.values():
        if 1 < len(numbers) <= _COMMON:
            seen.update((i, j) for i, j in combinations(sorted(numbers), 2))
    yield from ((i, j) for i, j in sorted(seen) if said[i].row["report_id"] != said[j].row["report_id"])


def _is_same(one: _Said, other: _Said) -> bool:
    """Whether the longer holds most words of the shorter in the same order, and the speakers may be one."""
    blocks = SequenceMatcher(None, one.words, other.words, autojunk=False).get_matching_blocks()
    shared = sum(b.size for b in blocks if b.size > 1)
    if shared < _SHARED * min(len(one.words), len(other.words)):
        return False
    names = one.row["speaker_id"], other.row["speaker_id"]
    return None in names or names[0] == names[1] or shared >= _OWN_WORDS


def _versions(group: Sequence[_Said]) -> list[Json]:
    """One version a report, the longest first, then by day of publication."""
    by_report: dict[str, list[Json]] = defaultdict(list)
    for one in group:
        by_report[one.row["report_id"]].append(one.row)
    found = []
    for report_id, rows in by_report.items():
        rows.sort(key=lambda r: r["spans"])
        first = rows[0]
        found.append(
            {
                "report_id": report_id,
                "outlet": first["outlet"],
                "published": first["published"],
                "title": first["title"],
                "url": first["url"],
                "speaker": first["speaker"],
                "speaker_id": next((r["speaker_id"] for r in rows if r["speaker_id"]), None),
                "cue": first["cue"],
                "cue_class": first["cue_class"],
                "form": first["form"] if len({r["form"] for r in rows}) == 1 else "mixed",
                "attributions": [r["quote_id"] for r in rows],
                "text": " … ".join(r["text"] for r in rows),
                "spans": [s for r in rows for s in r["spans"]],
            }
        )
    found.sort(key=lambda v: (-len(_WORD.findall(v["text"])), v["published"] or "~", v["report_id"]))
    return found[:1] + sorted(found[1:], key=lambda v: (v["published"] or "~", v["report_id"]))


def _utterance(versions: list[Json]) -> Json:
    longest = versions[0]
    names = Counter(v["speaker"] for v in versions if v["speaker_id"]) or Counter(v["speaker"] for v in versions)
    known = [v["speaker_id"] for v in versions if v["speaker_id"]]
    return {
        "quote_id": longest["attributions"][0],
        "speaker": names.most_common(1)[0][0],
        "speaker_id": Counter(known).most_common(1)[0][0] if known else None,
        "text": longest["text"],
        "outlets": len({v["outlet"] or v["report_id"] for v in versions}),
        "versions": [v | {"cut": cut(longest["text"], v["text"])} for v in versions],
    }


def cut(longest: str, version: str) -> list[list[str | int]]:
    """What *version* keeps, drops, changes and adds, as pieces [op, start, end, words] over *longest*."""
    spans = [m.span() for m in _WORD.finditer(longest)]
    others = [m.span() for m in _WORD.finditer(version)]
    words = [_plain(longest[a:b]) for a, b in spans], [_plain(version[a:b]) for a, b in others]
    names: dict[str, Op] = {"equal": "kept", "delete": "dropped", "replace": "changed", "insert": "added"}
    found: list[list[str | int]] = []
    for op, a, b, c, d in SequenceMatcher(None, *words, autojunk=False).get_opcodes():
        start = spans[a][0] if a < len(spans) else len(longest)
        end = spans[b - 1][1] if b > a else start
        told = version[others[c][0] : others[d - 1][1]] if op in ("replace", "insert") else longest[start:end]
        found.append([names[op], start, end, told])
    return found


def over_time(rows: Iterable[Mapping[str, Any]]) -> list[Json]:
    """What was said a day, oldest first: ``day`` (or None), ``quotes``, ``outlets``, ``cues`` by class, ``rows``."""
    by_day: dict[str | None, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        by_day[str(row["published"])[:10] if row["published"] else None].append(row)
    return [
        {
            "day": day,
            "quotes": len(said),
            "outlets": sorted({r["outlet"] for r in said if r["outlet"]}),
            "cues": dict(sorted(Counter(r["cue_class"] or "none" for r in said).items())),
            "rows": said,
        }
        for day, said in sorted(by_day.items(), key=lambda d: (d[0] is None, d[0]))
    ]


def ranked(store: CaseStore, asked: Asked, as_of: AsOf, limit: int | None) -> list[Json]:
    """Quotes that hold the words of *asked*, best first (BM25), each with ``score`` and ``snippet``."""
    best = store.search(asked, within="quotes", as_of=as_of, limit=limit or _ALL)
    rows = {(r["report_id"], int(r["quote_id"].rpartition(".")[2])): r for r in store.all_quotes(asked, as_of=as_of)}
    return [
        rows[key] | {"score": round(b["score"], 3), "snippet": b["snippet"]}
        for b in best
        if (key := (b["report_id"], b["ord"])) in rows
    ]


def with_context(store: CaseStore, rows: Iterable[Mapping[str, Any]], as_of: AsOf) -> Iterator[Json]:
    """*rows* with ``context``, the sentences around each; None where the text of the report is gone."""

    @lru_cache(maxsize=8)
    def read(report_id: str, run_id: str) -> tuple[str | None, Sequence[Sequence[int]]]:
        text = store.report(report_id, as_of=as_of)["text"]
        return text, store.layers(report_id, run=run_id, as_of=as_of).get("sentences", ())

    for row in rows:
        text, sentences = read(row["report_id"], row["run_id"])
        yield {**row, "context": sentence_around(row, text, sentences) if text else None}


def sentence_around(row: Mapping[str, Any], text: str, sentences: Sequence[Sequence[int]]) -> Json:
    """The sentences of *text* that hold a quote's words, cue and source: ``text``, ``span``, and ``marks`` within.

    ``marks`` are the spans of ``content``, ``cue`` and ``source`` relative to the start of the sentences.
    """
    attribution = row["attribution"]
    pieces = [("content", s) for s in attribution["content"]]
    for name in ("cue", "source"):
        value = attribution[name]
        if value and value.get("span") and not attribution["continued"]:
            pieces.append((name, value["span"]))
    start, end = min(s[0] for _, s in pieces), max(s[1] for _, s in pieces)
    touched = [s for s in sentences if s[0] < end and start < s[1]]
    start, end = min([start, *(s[0] for s in touched)]), max([end, *(s[1] for s in touched)])
    marks = [[name, s[0] - start, s[1] - start] for name, s in sorted(pieces, key=lambda p: p[1])]
    return {"text": text[start:end], "span": [start, end], "marks": marks}
