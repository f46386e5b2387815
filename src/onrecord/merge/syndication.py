"""Syndication: reports that carry one text are one voice, however many outlets print it.

Candidates come from MinHash signatures of word shingles (Broder 1997; the package ``datasketch``) and from shared
sentences, which find short cuts; every candidate is then compared exactly. Numbers are masked in shingles, so that
a changed toll does not hide a copy: it makes it a version.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import combinations

import numpy as np
from datasketch import MinHash
from numpy.typing import NDArray

from onrecord.model import Copying, Report, Voice
from onrecord.text.folding import fold

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")
_SENTENCE = re.compile(r"(?<=[.!?”\"])\s+|\n+")
_NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million dozens scores "
    "hundreds thousands millions".split()
)
_SHINGLE, _LEAST_WORDS, _COMMON = 4, 8, 40
PERMUTATIONS = 128
# Rows a band: two texts that share a fraction s of their shingles meet with 1 - (1 - s^rows)^(128 / rows).
_ROWS, _ROWS_CREDITED = 3, 2
# Share of equal rows below which two texts are surely too little alike; what is short within long shares sentences.
_ALIKE = 0.08
_AT_ONCE = 20_000
_CONTAINED, _CREDITED, _SHARED = 0.5, 0.25, 12
_WHOLE = 0.92
_NONE: NDArray[np.int64] = np.array([], dtype=np.int64)
Pair = tuple[str, str]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ReportText:
    """One report's shingles as sorted numbers, and its long sentences: a number each, to the numbers told in it."""

    report: Report
    shingles: NDArray[np.uint32]
    sentences: Mapping[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What candidates are found by: the MinHash signature (128 numbers) and a number for each long sentence."""

    signature: NDArray[np.uint32]
    sentences: NDArray[np.int64]


def published_moment(report: Report) -> tuple[datetime, str]:
    """Time of publication in UTC (the end of time when unknown) and the report's id, to sort by."""
    far = datetime.max.replace(tzinfo=UTC)
    if not report.published:
        return far, report.report_id
    try:
        moment = datetime.fromisoformat(report.published)
    except ValueError:
        return far, report.report_id
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC), report.report_id


def find_voices(reports: Iterable[Report], agencies: Mapping[str, str] | None = None) -> tuple[Voice, ...]:
    """Every report of *reports* in exactly one voice, sorted by origin's publication and id.

    *agencies* gives the agency that a report credits, by report id: credited texts count as one voice with less
    in common. A report that ``replaces`` another is a version of it. The order of *reports* does not matter.
    """
    agencies = agencies or {}
    texts = {r.report_id: read_text(r) for r in sorted(reports, key=lambda r: r.report_id)}
    prints = {report_id: fingerprint(text) for report_id, text in texts.items()}
    outlets = {report_id: text.report.outlet for report_id, text in texts.items()}
    found = candidates(prints, prints, credited_among(outlets, agencies))
    edges = copies_among(found, texts.__getitem__, agencies)
    groups = joined(texts, [*edges, *_replacements([t.report for t in texts.values()])])
    voices = [make_voice([texts[r] for r in group], agencies) for group in groups]
    return tuple(sorted(voices, key=lambda v: published_moment(texts[v.origin].report)))


def read_text(report: Report) -> ReportText:
    """Shingles and sentences of *report*."""
    masked = [_mask(word) for word in _WORD.findall(report.text)]
    grams = (" ".join(masked[i : i + _SHINGLE]) for i in range(max(1, len(masked) - _SHINGLE + 1)))
    sentences: dict[int, tuple[str, ...]] = {}
    for sentence in _SENTENCE.split(report.text):
        words = _WORD.findall(sentence)
        if len(words) >= _LEAST_WORDS:
            key = " ".join(map(_mask, words)).encode()
            sentences[zlib.crc32(key) << 20 ^ zlib.adler32(key)] = tuple(w.casefold() for w in words if _mask(w) == "#")
    shingles = np.unique(np.array([zlib.crc32(g.encode()) for g in grams], dtype=np.uint32))
    return ReportText(report, shingles, sentences)


def fingerprint(text: ReportText) -> Fingerprint:
    """The fingerprint of a report; the same on every machine."""
    signature = _blank().copy()
    signature.update_batch(text.shingles.tolist())
    return Fingerprint(signature.hashvalues.astype(np.uint32), np.array(sorted(text.sentences), dtype=np.int64))


@cache
def _blank() -> MinHash:
    # Drawing the permutations costs more than using them.
    return MinHash(num_perm=PERMUTATIONS, seed=1, hashfunc=int)


def credited_among(outlets: Mapping[str, str | None], agencies: Mapping[str, str]) -> set[str]:
    """The reports that credit an agency, or whose outlet is credited as one."""
    names = {fold(name) for name in set(agencies.values())}
    known = {outlet for outlet in set(outlets.values()) if outlet and fold(outlet) in names}
    return {i for i, outlet in outlets.items() if i in agencies or outlet in known}


def candidates(prints: Mapping[str, Fingerprint], wanted: Collection[str], credited: Collection[str]) -> set[Pair]:
    """Pairs of *prints* with one of *wanted* in them that are worth an exact comparison, the smaller id first.

    Among *credited* reports less in common is enough.
    """
    ids = list(prints)
    if len(ids) < 2 or not wanted:
        return set()
    signatures = np.stack([prints[i].signature for i in ids])
    asked = np.array([i in wanted for i in ids]) if len(wanted) < len(ids) else np.ones(len(ids), dtype=bool)
    found = _by_bands(signatures, asked, _ROWS) | _by_sentences([prints[i].sentences for i in ids], asked)
    few = np.flatnonzero([i in credited for i in ids])
    if len(few) > 1:
        pairs = _by_bands(signatures[few], asked[few], _ROWS_CREDITED)
        found |= {(int(few[a]), int(few[b])) for a, b in pairs}
    return {(min(ids[a], ids[b]), max(ids[a], ids[b])) for a, b in found}


def _by_bands(signatures: NDArray[np.uint32], asked: NDArray[np.bool_], rows: int) -> set[tuple[int, int]]:
    """Rows that agree in a whole band, of so many *rows*, of their signatures, and not in that by chance alone."""
    found: set[tuple[int, int]] = set()
    for start in range(0, PERMUTATIONS - rows + 1, rows):
        band = np.ascontiguousarray(signatures[:, start : start + rows])
        for first, second in _asked_pairs(band, asked) if not asked.all() else _all_pairs(band):
            alike = (signatures[first] == signatures[second]).sum(axis=1) >= _ALIKE * PERMUTATIONS
            low, high = np.minimum(first, second)[alike], np.maximum(first, second)[alike]
            found.update(zip(low.tolist(), high.tolist(), strict=True))
    return found


def _asked_pairs(band: NDArray[np.uint32], asked: NDArray[np.bool_]) -> Iterator[tuple[Rows, Rows]]:
    for row in np.flatnonzero(asked):
        same = np.flatnonzero((band == band[row]).all(axis=1))
        same = same[same != row]
        yield np.full(len(same), row), same


def _all_pairs(band: NDArray[np.uint32]) -> Iterator[tuple[Rows, Rows]]:
    whole = band.view([("", np.uint32)] * band.shape[1]).ravel()
    order = np.argsort(whole, kind="stable")
    ends = np.flatnonzero(np.r_[whole[order][1:] != whole[order][:-1], True]) + 1
    starts = np.r_[0, ends[:-1]]
    # Each row with those before it in its group.
    rank = np.arange(len(order)) - np.repeat(starts, ends - starts)
    for at in range(0, len(order), _AT_ONCE):
        some = np.arange(at, min(at + _AT_ONCE, len(order)))
        counts = rank[some]
        offset = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        yield order[np.repeat(some, counts)], order[np.repeat(some - counts, counts) + offset]


def _by_sentences(sentences: Sequence[NDArray[np.int64]], asked: NDArray[np.bool_]) -> set[tuple[int, int]]:
    """Rows that share two sentences; what stands in very many reports is a house's footer, not a story."""
    row = np.repeat(np.arange(len(sentences)), [len(s) for s in sentences])
    said = np.concatenate([_NONE, *sentences])
    order = np.argsort(said, kind="stable")
    row, said = row[order], said[order]
    if not len(said):
        return set()
    ends = np.flatnonzero(np.r_[said[1:] != said[:-1], True]) + 1
    starts = np.r_[0, ends[:-1]]
    wanted = (ends - starts > 1) & (ends - starts <= _COMMON) & np.logical_or.reduceat(asked[row], starts)
    shared: Counter[tuple[int, int]] = Counter()
    for first, last in zip(starts[wanted], ends[wanted], strict=True):
        shared.update(combinations(sorted(map(int, row[first:last])), 2))
    return {pair for pair, n in shared.items() if n >= 2 and (asked[pair[0]] or asked[pair[1]])}


def crossing(prints: Mapping[str, Fingerprint], added: Collection[str], removed: Iterable[Fingerprint]) -> set[str]:
    """Those of *prints* with a sentence that stands in too many reports since *added* came and *removed* went.

    Or no longer does: candidates by that sentence are other ones than before.
    """
    gone = list(removed)
    moved = np.concatenate([*(prints[i].sentences for i in added), *(p.sentences for p in gone)] or [_NONE])
    if not len(moved):
        return set()
    touched = np.unique(moved)
    now = _counts(touched, prints.values())
    before = now - _counts(touched, [prints[i] for i in added]) + _counts(touched, gone)
    across = touched[(now > _COMMON) != (before > _COMMON)]
    return {i for i, p in prints.items() if np.isin(across, p.sentences).any()} if len(across) else set()


def _counts(wanted: NDArray[np.int64], prints: Iterable[Fingerprint]) -> NDArray[np.int64]:
    """In how many of *prints* each of the sorted sentences *wanted* stands."""
    said = np.concatenate([_NONE, *(p.sentences for p in prints)])
    said = said[np.isin(said, wanted)]
    return np.bincount(np.searchsorted(wanted, said), minlength=len(wanted))


def copies_among(
    pairs: Iterable[Pair], text_of: Callable[[str], ReportText], agencies: Mapping[str, str]
) -> list[Pair]:
    """Those of *pairs* that carry one text."""
    return [pair for pair in sorted(pairs) if _is_copy(text_of(pair[0]), text_of(pair[1]), agencies)]


def joined(ids: Iterable[str], edges: Iterable[Pair]) -> list[list[str]]:
    """*ids* in the groups that *edges* join."""
    parent = {i: i for i in ids}
    for first, second in edges:
        low, high = sorted((_root(parent, first), _root(parent, second)))
        parent[high] = low
    groups: dict[str, list[str]] = defaultdict(list)
    for i in parent:
        groups[_root(parent, i)].append(i)
    return list(groups.values())


def make_voice(group: Sequence[ReportText], agencies: Mapping[str, str]) -> Voice:
    """The voice of reports that carry one text."""
    ordered = sorted(group, key=lambda t: published_moment(t.report))
    origin = ordered[0]
    members = tuple((t.report.report_id, _kind(origin, t)) for t in ordered[1:])
    named = [agencies[t.report.report_id] for t in ordered if t.report.report_id in agencies]
    return Voice(origin=origin.report.report_id, members=members, agency=named[0] if named else None)


def replaced_by(reports: Iterable[Report]) -> dict[str, str]:
    """The report that each correcting report replaces, where it is among *reports*, by report id."""
    known = {r.report_id: r for r in sorted(reports, key=lambda r: r.report_id)}
    return {
        report_id: other
        for report_id, other in _replacements(list(known.values()))
        if published_moment(known[other]) < published_moment(known[report_id])
    }


def _replacements(reports: Sequence[Report]) -> list[Pair]:
    """(report, the one that it replaces), by report id, supplied id or URL."""
    names: dict[str, list[str]] = defaultdict(list)
    for report in reports:
        for name in {report.report_id, report.supplied_id, report.url} - {None}:
            names[str(name)].append(report.report_id)
    return [
        (report.report_id, other)
        for report in reports
        for other in names.get(report.replaces or "", ())
        if other != report.report_id
    ]


def _mask(word: str) -> str:
    word = word.casefold()
    return "#" if word in _NUMBERS or word[0].isdigit() else word


def _is_copy(first: ReportText, second: ReportText, agencies: Mapping[str, str]) -> bool:
    common = _common(first, second)
    contained = common / min(len(first.shingles), len(second.shingles))
    least = _CREDITED if _credited(first.report, second.report, agencies) else _CONTAINED
    return contained >= least and (common >= _SHARED or np.array_equal(first.shingles, second.shingles))


def _credited(first: Report, second: Report, agencies: Mapping[str, str]) -> bool:
    """Whether both credit one agency, or one credits the other's outlet."""
    names = [{fold(n) for n in (agencies.get(r.report_id),) if n} for r in (first, second)]
    outlets = [{fold(r.outlet)} if r.outlet else set() for r in (first, second)]
    return bool(names[0] & names[1] or names[0] & outlets[1] or names[1] & outlets[0])


def _kind(origin: ReportText, other: ReportText) -> Copying:
    """``version`` where a shared sentence has other numbers or the report replaces one, else ``copy`` or ``cut``."""
    changed = any(
        numbers != other.sentences[key] for key, numbers in origin.sentences.items() if key in other.sentences
    )
    if changed or other.report.replaces:
        return "version"
    common = _common(origin, other)
    whole = common >= _WHOLE * max(len(origin.shingles), len(other.shingles))
    return "copy" if whole else "cut"


def _common(first: ReportText, second: ReportText) -> int:
    return len(np.intersect1d(first.shingles, second.shingles, assume_unique=True))


def _root(parent: dict[str, str], name: str) -> str:
    while parent[name] != name:
        parent[name] = parent[parent[name]]
        name = parent[name]
    return name
