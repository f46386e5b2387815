"""Names of actors: one key for spellings of one name, and the patterns of institutions.

Letter case, diacritics, apostrophes, points, hyphens and a leading "the" do not matter, save in
acronyms: "US" is not "us", "IS" is not "is". A name of one word needs its capital: "the Guardian" is
a newspaper, "a guardian" is not.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from onrecord.lexicon.actor_rows import State, Template

_LETTERS = str.maketrans(
    {
        **dict.fromkeys("'’‘`´ʻʼʿʾ.\"“”", ""),
        **dict.fromkeys("-‐‑–—/_", " "),
        **dict(zip("ıøłđðə", "ioldda", strict=True)),
        **{"þ": "th", "æ": "ae", "œ": "oe", "&": " and "},
    }
)


@lru_cache(maxsize=16_384)  # the words of a report come up again and again
def fold(name: str) -> str:
    """The key of *name*: lower case, plain letters, single spaces, no leading "the"."""
    plain = name.casefold().translate(_LETTERS)
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    words = plain.split()
    if len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join(words)


@lru_cache(maxsize=16_384)
def is_acronym(name: str) -> bool:
    """Whether *name* must be matched letter by letter ("US", "D.R.C.", "JaN"), not in any letter case."""
    if " " in name or len(name) > 12:
        return False
    capitals = sum(c.isupper() for c in name)
    letters = sum(c.isalpha() for c in name)
    return capitals >= 2 and capitals * 2 >= letters and (letters == capitals or letters <= 5)


class NameIndex:
    """Ids by name. Built once, then only read."""

    __slots__ = ("_acronyms", "_names", "_small")

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """*names* are pairs of name and id; several ids keep the order in which they came."""
        table: dict[str, dict[str, None]] = {}
        acronyms: dict[str, dict[str, None]] = {}
        small: set[str] = set()
        for name, entity in names:
            if is_acronym(name):
                acronyms.setdefault(name, {})[entity] = None
                continue
            table.setdefault(fold(name), {})[entity] = None
            if name.islower():
                small.add(name)
        self._small = frozenset(small)
        self._names = {name: tuple(ids) for name, ids in table.items()}
        self._acronyms = {name: tuple(ids) for name, ids in acronyms.items()}

    def __len__(self) -> int:
        return len(self._names) + len(self._acronyms)

    @property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        """Ids by folded name; acronyms are not among them."""
        return self._names

    @property
    def acronyms(self) -> Mapping[str, tuple[str, ...]]:
        """Ids by acronym, as it is written."""
        return self._acronyms

    def find(self, text: str) -> tuple[str, ...]:
        """The ids of those so named; () when nobody is."""
        bare = text[4:] if text[:4].casefold() == "the " else text
        bare = bare.strip()
        acronym = self._acronyms.get(bare, ())
        if bare.islower() and " " not in bare and bare not in self._small:
            return acronym
        named = self._names.get(fold(text), ())
        return tuple(dict.fromkeys((*acronym, *named))) if acronym and named else acronym or named


@dataclass(frozen=True, slots=True)
class _Use:
    """A template in one of its patterns: the slot's kind, and whether its filling is possessive."""

    slot: str
    possessive: bool
    key: str


class PatternIndex:
    """Institutions of states by name, without writing all the names out."""

    __slots__ = ("_fillings", "_longest", "_uses")

    def __init__(self, templates: Iterable[Template], states: Iterable[State]) -> None:
        uses: dict[tuple[str, str], list[_Use]] = {}
        for template in templates:
            for pattern in template.names:
                before, slot, possessive, after = _cut(pattern)
                uses.setdefault((before, after), []).append(_Use(slot, possessive, template.key))
        self._uses = {ends: tuple(found) for ends, found in uses.items()}
        self._fillings: dict[str, dict[str, tuple[str, ...]]] = {
            slot: {} for slot in ("adj", "name", "people", "capital")
        }
        # States that still exist come first among the ids of one word.
        for state in sorted(states, key=lambda s: s.end is not None):
            for slot, words in fillings(state).items():
                table = self._fillings[slot]
                for word in words:
                    key = " ".join(_bare(word))
                    table[key] = tuple(dict.fromkeys((*table.get(key, ()), state.id)))
        self._longest = max((w.count(" ") + 1 for t in self._fillings.values() for w in t), default=0)

    def find(self, text: str) -> tuple[str, ...]:
        """Ids such as ``SYR.mil`` for "the Syrian army"; () when no pattern fits."""
        words = _bare(text)
        found: dict[str, None] = {}
        for first in range(len(words)):
            before = " ".join(words[:first])
            for last in range(first + 1, min(first + self._longest, len(words)) + 1):
                uses = self._uses.get((before, " ".join(words[last:])))
                if uses:
                    filling = " ".join(words[first:last])
                    for use in uses:
                        for state in self._states(use, filling):
                            found[f"{state}.{use.key}"] = None
        return tuple(found)

    def _states(self, use: _Use, filling: str) -> tuple[str, ...]:
        table = self._fillings[use.slot]
        if not use.possessive:
            return table.get(filling, ())
        # The apostrophe is folded away: "Syria's" is "syrias", "Cyprus'" is "cyprus".
        whole = table.get(filling, ()) if filling.endswith("s") else ()
        return table.get(filling[:-1], ()) or whole if filling.endswith("s") else ()


def fillings(state: State) -> dict[str, tuple[str, ...]]:
    """The words of *state* for each slot of a pattern."""
    return {"adj": state.adjectives, "name": state.names, "people": state.people, "capital": state.capitals}


def expand(templates: Iterable[Template], state: State) -> Iterator[tuple[str, str]]:
    """Names of the institutions of *state* written out, each with the institution's id."""
    words = fillings(state)
    for template in templates:
        for pattern in template.names:
            slot = pattern[pattern.index("{") + 1 : pattern.index("}")]
            for word in words[slot]:
                yield pattern.replace(f"{{{slot}}}", word), f"{state.id}.{template.key}"


def _cut(pattern: str) -> tuple[str, str, bool, str]:
    """The folded words before the slot, the slot, whether it is possessive, the words after."""
    before, _, rest = pattern.partition("{")
    slot, _, after = rest.partition("}")
    possessive = after.startswith(("'s", "’s"))
    return " ".join(_bare(before)), slot, possessive, " ".join(_bare(after[2:] if possessive else after))


def _bare(text: str) -> list[str]:
    """The folded words of *text* without articles ("the army of the Netherlands")."""
    return [word for word in fold(text).split() if word != "the"]
