"""The cue lexicon: words that attribute, media, set phrases about the outlet's knowledge, offices, agencies.

Files under ``data/``: ``cues.csv``, ``channels.csv``, ``caveats.csv``, ``roles.csv``, ``agencies.csv``; classes
are those of ``vocabulary.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeVar, cast

from onrecord.lexicon.tables import Row, data_folder, read_rows, read_toml

CuePos = Literal["verb", "noun", "adjective", "phrase"]
Frame = Literal["quote", "clause", "to", "object", "as", "hearer", "prep", "possessive", "middle", "adverb"]

_FRAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "verb": ("quote", "clause", "to", "object", "as", "hearer"),
        "noun": ("clause", "to"),
        "adjective": ("clause", "to"),
        "phrase": ("prep", "possessive", "middle", "adverb"),
    }
)
_KINDS = ("person", "group", "body")


@dataclass(frozen=True, slots=True, kw_only=True)
class CueEntry:
    """One word or phrase that attributes.

    ``words`` are lemmas (surface words in phrases, "*" for the place of the source); a verb's further words
    are its particle or object ("point out", "take issue"). ``frames`` say what its content looks like,
    ``prepositions`` which prepositional phrases are content.
    """

    words: tuple[str, ...]
    pos: CuePos
    kind: str
    frames: frozenset[str]
    prepositions: frozenset[str]
    strong: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelEntry:
    """One medium; ``preps`` are the prepositions it may stand behind, ``needs`` is "", "name" or "verb"."""

    words: tuple[str, ...]
    kind: str
    preps: frozenset[str]
    needs: str


@dataclass(frozen=True, slots=True)
class CaveatPattern:
    """Words in order: each item is a set of choices, None stands for up to eight words."""

    items: tuple[frozenset[str] | None, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Role:
    """An office: what it is given out as, and whether a person, a group or a body holds it."""

    office: str
    kind: Literal["person", "group", "body"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CueLexicon:
    """All tables; ``verbs``, ``nouns`` and ``adjectives`` by the lemma of the first word, longest first."""

    verbs: Mapping[str, tuple[CueEntry, ...]]
    nouns: Mapping[str, tuple[CueEntry, ...]]
    adjectives: Mapping[str, tuple[CueEntry, ...]]
    phrases: Mapping[str, tuple[CueEntry, ...]]
    channels: Mapping[str, tuple[ChannelEntry, ...]]
    caveats: Mapping[str, tuple[CaveatPattern, ...]]
    roles: Mapping[str, Role]
    agencies: Mapping[str, str]

    def kind_of(self, lemma: str) -> str | None:
        """The class of a cue with this lemma, whatever its part of speech; None when it is not listed."""
        for table in (self.verbs, self.nouns, self.adjectives):
            for entry in table.get(lemma, ()):
                if len(entry.words) == 1:
                    return entry.kind
        return None


E_ = TypeVar("E_", CueEntry, ChannelEntry)


def _by_word(entries: Iterable[E_], last: bool = False) -> Mapping[str, tuple[E_, ...]]:
    """*entries* by their first (or *last*) word, those of most words first."""
    table: dict[str, list[E_]] = {}
    for entry in entries:
        table.setdefault(entry.words[-1 if last else 0], []).append(entry)
    ordered = {word: tuple(sorted(found, key=lambda e: -len(e.words))) for word, found in table.items()}
    return MappingProxyType(ordered)


def _cue(row: Row, classes: Iterable[str]) -> CueEntry:
    pos = row.one_of("pos", _FRAMES)
    frames = frozenset(row.items("frames"))
    wrong = frames - set(_FRAMES[pos])
    if wrong:
        raise row.wrong(f"frames {', '.join(sorted(wrong))} do not fit a {pos}", f"Use: {', '.join(_FRAMES[pos])}")
    words = tuple(row["lemma"].lower().split())
    if not words:
        raise row.wrong("lemma is empty", "Write the word that attributes")
    if not frames and not row["prepositions"]:
        raise row.wrong(f"{row['lemma']!r} has neither frames nor prepositions", "Say what its content looks like")
    return CueEntry(
        words=words,
        pos=cast(CuePos, pos),
        kind=row.one_of("class", classes),
        frames=frames,
        prepositions=frozenset(row.items("prepositions")),
        strong=row.one_of("strength", ("strong", "weak")) == "strong",
    )


def _unique(entries: Iterable[tuple[Row, CueEntry]]) -> Iterator[CueEntry]:
    seen: set[tuple[tuple[str, ...], str]] = set()
    for row, entry in entries:
        key = (entry.words, entry.pos)
        if key in seen:
            raise row.wrong(f"{row['lemma']!r} stands there twice as a {entry.pos}", "Keep one of the rows")
        seen.add(key)
        yield entry


def _channels(folder: Path, classes: Iterable[str]) -> Iterator[ChannelEntry]:
    allowed = tuple(classes)
    for row in read_rows(folder / "channels.csv", ("words", "class", "preps", "needs")):
        yield ChannelEntry(
            words=tuple(row["words"].lower().split()),
            kind=row.one_of("class", allowed),
            preps=frozenset(row.items("preps")),
            needs=row.one_of("needs", ("", "name", "verb")),
        )


def _caveats(folder: Path, classes: Iterable[str]) -> Mapping[str, tuple[CaveatPattern, ...]]:
    """Patterns by each of the choices for their first word."""
    allowed = tuple(classes)
    table: dict[str, list[CaveatPattern]] = {}
    for row in read_rows(folder / "caveats.csv", ("pattern", "class")):
        items = tuple(None if w == "*" else frozenset(w.split("|")) for w in row["pattern"].lower().split())
        if not items or items[0] is None or items[-1] is None:
            raise row.wrong(f"pattern {row['pattern']!r} starts or ends with *", "Start and end it with a word")
        pattern = CaveatPattern(items, row.one_of("class", allowed))
        for word in items[0]:
            table.setdefault(word, []).append(pattern)
    return MappingProxyType({word: tuple(found) for word, found in table.items()})


def _roles(folder: Path) -> Mapping[str, Role]:
    table: dict[str, Role] = {}
    for row in read_rows(folder / "roles.csv", ("words", "office", "kind")):
        kind = row.one_of("kind", _KINDS)
        table[row["words"].lower()] = Role(row["office"], cast(Literal["person", "group", "body"], kind))
    return MappingProxyType(table)


@cache
def load_agencies(folder: Path | None = None) -> Mapping[str, str]:
    """Names of the news agencies by the signs that they use in datelines, as written there."""
    table: dict[str, str] = {}
    for row in read_rows((folder or data_folder()) / "agencies.csv", ("name", "signs")):
        for sign in row.items("signs"):
            table[sign] = row["name"]
    return MappingProxyType(table)


@cache
def load_given_names(folder: Path | None = None) -> Mapping[str, str]:
    """ "f" or "m" by given name in lower case, of names that tell a person from other names."""
    return MappingProxyType(dict(_names_of((folder or data_folder()) / "given_names.csv")))


@cache
def load_name_genders(folder: Path | None = None) -> Mapping[str, str]:
    """ "f" or "m" by given name in lower case, for agreement of somebody known to be a person with "she" and "he"."""
    folder = folder or data_folder()
    return MappingProxyType({**dict(_names_of(folder / "given_names_census.csv")), **load_given_names(folder)})


def _names_of(path: Path) -> Iterator[tuple[str, str]]:
    for row in read_rows(path, ("gender", "names")):
        gender = row.one_of("gender", ("f", "m"))
        yield from ((name.lower(), gender) for name in row.items("names"))


@cache
def load_cues(folder: Path | None = None) -> CueLexicon:
    """The cue lexicon from *folder* (the package's own ``data/`` by default).

    Raises DataError that names file and line when a row is wrong.
    """
    folder = folder or data_folder()
    closed = read_toml(folder / "vocabulary.toml")
    required = ("lemma", "pos", "class", "frames", "prepositions", "strength")
    rows = ((row, _cue(row, closed["cue_class"])) for row in read_rows(folder / "cues.csv", required))
    entries = list(_unique(rows))
    return CueLexicon(
        verbs=_with_slips(_by_word(e for e in entries if e.pos == "verb"), folder),
        nouns=_by_word(e for e in entries if e.pos == "noun"),
        adjectives=_by_word(e for e in entries if e.pos == "adjective"),
        phrases=_by_word(e for e in entries if e.pos == "phrase"),
        channels=_by_word(_channels(folder, closed["channel_class"]), last=True),
        caveats=_caveats(folder, closed["caveat"]),
        roles=_roles(folder),
        agencies=load_agencies(folder),
    )


def _with_slips(verbs: Mapping[str, tuple[CueEntry, ...]], folder: Path) -> Mapping[str, tuple[CueEntry, ...]]:
    """*verbs*, found by the wrong lemmas that parsers give their forms too ("hoped": hop)."""
    path = folder / "lemma_slips.csv"
    found = dict(verbs)
    for row in read_rows(path, ("slip", "lemma", "origin")) if path.exists() else ():
        if row["lemma"] in verbs:
            found.setdefault(row["slip"], verbs[row["lemma"]])
    return MappingProxyType(found)
