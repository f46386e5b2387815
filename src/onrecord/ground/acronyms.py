"""Acronyms: whom one stands for in this report. "PSC" is another body in each country that has one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from onrecord.lexicon.actor_names import fold, is_acronym
from onrecord.lexicon.actors import ActorTables, Entity
from onrecord.model import Parse, Place

_WORD = re.compile(r"\w[\w’'&-]*")
_WORDS = frozenset({"CAR", "WHO", "AID", "MEND", "PAN", "CAN", "ICE", "ACT", "ARM"})
"""Acronyms that are words too, which a line in capitals does not tell apart ("CAR BOMB HITS MARKET")."""
_SMALL = frozenset("of the and for in on to a an de du des la le del y et".split())


class Acronyms:
    """The acronyms of one report, and what the report says of each.

    An acronym means an actor of the registry where the report also gives the actor's whole name, or where no country
    need be known (``acronyms.csv``, and bodies of no one country), or where the report speaks of the actor's country;
    never where the report spells it out as something else.
    """

    def __init__(
        self,
        parse: Parse,
        toponyms: Sequence[Place],
        matches: Sequence[tuple[int, int, tuple[str, ...]]],
        tables: ActorTables,
    ) -> None:
        """*matches* are token ranges that names of the registry cover, with the ids so named."""
        self._parse, self._tables = parse, tables
        self._toponyms, self._matches = toponyms, matches

    def meant(self, ids: tuple[str, ...], first: int, last: int) -> tuple[str, ...]:
        """Those of *ids*, named by tokens [first, last], that the words may mean; all where they are no acronym."""
        if first != last or not is_acronym(self._parse.tokens[first].text):
            return ids
        word = self._parse.tokens[first].text
        if word in _WORDS and self._shouted(first):
            return ()
        return tuple(i for i in ids if (entity := self._tables.entity(i)) is None or self._may_mean(entity, word))

    def _shouted(self, index: int) -> bool:
        """Whether the words beside token *index* are in capitals too."""
        tokens = self._parse.tokens
        beside = [tokens[i] for i in (index - 1, index + 1) if 0 <= i < len(tokens)]
        beside = [t for t in beside if t.sentence == tokens[index].sentence and len(t.text) > 1 and t.text.isalpha()]
        return bool(beside) and all(t.text.isupper() for t in beside)

    def _may_mean(self, entity: Entity, word: str) -> bool:
        if entity.kind in {"state", "government"}:
            return True
        names = [name for name in (entity.name, *entity.aliases) if not is_acronym(name)]
        if any(f" {fold(name)} " in self._folded for name in names):
            return True
        if self._spelled_otherwise(word, names):
            return False
        country = entity.country
        return country not in self._tables.states or entity.id in self._tables.abroad or country in self._countries

    @cached_property
    def _folded(self) -> str:
        return f" {' '.join(fold(word) for word in _WORD.findall(self._parse.text))} "

    @cached_property
    def _countries(self) -> frozenset[str]:
        """Countries that the report speaks of, by their places or by somebody who is named in full."""
        named = {place.country for place in self._toponyms if place.country}
        for first, last, ids in self._matches:
            entity = self._tables.entity(ids[0]) if len(ids) == 1 else None
            if entity is not None and not (first == last and is_acronym(self._parse.tokens[first].text)):
                named.add(entity.country or "")
        return frozenset(named)

    @cached_property
    def _runs(self) -> tuple[tuple[str, ...], ...]:
        """Runs of words in capitals, small words between them left out: the long names of the report."""
        found: list[list[str]] = [[]]
        for token in self._parse.tokens:
            if token.text[0].isupper() and not is_acronym(token.text):
                found[-1].append(fold(token.text))
            elif token.lower not in _SMALL and found[-1]:
                found.append([])
        return tuple(tuple(run) for run in found if len(run) >= 2)

    def _spelled_otherwise(self, word: str, names: Sequence[str]) -> bool:
        """Whether the report has a name with these initials that has hardly a word in common with any of *names*."""
        letters = "".join(c for c in word if c.isalpha()).casefold()
        own = {part for name in names for part in fold(name).split()}
        for run in self._runs:
            initials = "".join(part[:1] for part in run)
            for at in range(len(initials) - len(letters) + 1):
                if initials[at : at + len(letters)] != letters:
                    continue
                spelled = run[at : at + len(letters)]
                if sum(part in own for part in spelled) * 2 < len(spelled):
                    return True
        return False
