"""Syndication: reports that carry one text are one voice, however many outlets print it.

Candidates come from MinHash signatures of word shingles (Broder 1997; the package ``datasketch``) and from shared
sentences, which find short cuts; every candidate is then compared exactly. Numbers are masked in shingles, so that
a changed toll does not hide a copy: it makes it a version.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations

from datasketch import MinHash, MinHashLSH

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
_PERMUTATIONS, _BANDS = 128, (64, 2)
_CONTAINED, _CREDITED, _SHARED = 0.5, 0.25, 12
_WHOLE = 0.92


@dataclass(frozen=True, slots=True)
class _Text:
    """One report's shingles, and its long sentences: masked words to the numbers in them."""

    report: Report
    shingles: frozenset[str]
    sentences: Mapping[str, tuple[str, ...]]


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
    texts = {r.report_id: _read(r) for r in sorted(reports, key=lambda r: r.report_id)}
    parent = {report_id: report_id for report_id in texts}
    for first, second in sorted(_candidates(texts)):
        if _is_copy(texts[first], texts[second], agencies):
            _unite(parent, first, second)
    for first, second in _replacements(texts):
        _unite(parent, first, second)
    groups: dict[str, list[Report]] = defaultdict(list)
    for report_id, text in texts.items():
        groups[_root(parent, report_id)].append(text.report)
    voices = [_voice(sorted(group, key=published_moment), texts, agencies) for group in groups.values()]
    return tuple(sorted(voices, key=lambda v: published_moment(texts[v.origin].report)))


def _read(report: Report) -> _Text:
    masked = [_mask(word) for word in _WORD.findall(report.text)]
    shingles = frozenset(" ".join(masked[i : i + _SHINGLE]) for i in range(max(1, len(masked) - _SHINGLE + 1)))
    sentences: dict[str, tuple[str, ...]] = {}
    for sentence in _SENTENCE.split(report.text):
        words = _WORD.findall(sentence)
        if len(words) >= _LEAST_WORDS:
            key = " ".join(map(_mask, words))
            sentences[key] = tuple(w.casefold() for w in words if _mask(w) == "#")
    return _Text(report, shingles, sentences)


def _mask(word: str) -> str:
    word = word.casefold()
    return "#" if word in _NUMBERS or word[0].isdigit() else word


def _candidates(texts: Mapping[str, _Text]) -> set[tuple[str, str]]:
    """Pairs worth an exact comparison, each with its smaller id first."""
    index = MinHashLSH(num_perm=_PERMUTATIONS, params=_BANDS)
    found: set[tuple[str, str]] = set()
    by_sentence: dict[str, list[str]] = defaultdict(list)
    blank = MinHash(num_perm=_PERMUTATIONS, seed=1)
    for report_id, text in texts.items():
        signature = blank.copy()
        signature.update_batch([s.encode() for s in text.shingles])
        for other in index.query(signature):
            found.add((min(report_id, other), max(report_id, other)))
        index.insert(report_id, signature)
        for sentence in text.sentences:
            by_sentence[sentence].append(report_id)
    shared: Counter[tuple[str, str]] = Counter()
    for ids in by_sentence.values():
        # What stands in very many reports is a house's footer, not a story.
        if len(ids) <= _COMMON:
            shared.update(combinations(ids, 2))
    return found | {pair for pair, n in shared.items() if n >= 2}


def _is_copy(first: _Text, second: _Text, agencies: Mapping[str, str]) -> bool:
    common = len(first.shingles & second.shingles)
    contained = common / min(len(first.shingles), len(second.shingles))
    least = _CREDITED if _credited(first.report, second.report, agencies) else _CONTAINED
    return contained >= least and (common >= _SHARED or first.shingles == second.shingles)


def _credited(first: Report, second: Report, agencies: Mapping[str, str]) -> bool:
    """Whether both credit one agency, or one credits the other's outlet."""
    names = [{fold(n) for n in (agencies.get(r.report_id),) if n} for r in (first, second)]
    outlets = [{fold(r.outlet)} if r.outlet else set() for r in (first, second)]
    return bool(names[0] & names[1] or names[0] & outlets[1] or names[1] & outlets[0])


def _replacements(texts: Mapping[str, _Text]) -> list[tuple[str, str]]:
    """(report, the one that it replaces), by report id, supplied id or URL."""
    names: dict[str, list[str]] = defaultdict(list)
    for report_id, text in texts.items():
        for name in {report_id, text.report.supplied_id, text.report.url} - {None}:
            names[str(name)].append(report_id)
    found = []
    for report_id, text in texts.items():
        others = [o for o in names.get(text.report.replaces or "", ()) if o != report_id]
        found += [(report_id, other) for other in others]
    return found


def replaced_by(reports: Iterable[Report]) -> dict[str, str]:
    """The report that each correcting report replaces, where it is among *reports*, by report id."""
    texts = {r.report_id: _Text(r, frozenset(), {}) for r in sorted(reports, key=lambda r: r.report_id)}
    return {
        report_id: other
        for report_id, other in _replacements(texts)
        if published_moment(texts[other].report) < published_moment(texts[report_id].report)
    }


def _voice(group: Sequence[Report], texts: Mapping[str, _Text], agencies: Mapping[str, str]) -> Voice:
    origin = texts[group[0].report_id]
    members = tuple((r.report_id, _kind(origin, texts[r.report_id])) for r in group[1:])
    named = [agencies[r.report_id] for r in group if r.report_id in agencies]
    return Voice(origin=origin.report.report_id, members=members, agency=named[0] if named else None)


def _kind(origin: _Text, other: _Text) -> Copying:
    """``version`` where a shared sentence has other numbers or the report replaces one, else ``copy`` or ``cut``."""
    changed = any(
        numbers != other.sentences[key] for key, numbers in origin.sentences.items() if key in other.sentences
    )
    if changed or other.report.replaces:
        return "version"
    common = len(origin.shingles & other.shingles)
    whole = common >= _WHOLE * max(len(origin.shingles), len(other.shingles))
    return "copy" if whole else "cut"


def _root(parent: dict[str, str], name: str) -> str:
    while parent[name] != name:
        parent[name] = parent[parent[name]]
        name = parent[name]
    return name


def _unite(parent: dict[str, str], first: str, second: str) -> None:
    low, high = sorted((_root(parent, first), _root(parent, second)))
    parent[high] = low
