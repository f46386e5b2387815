"""Who held an office: of a state or of its bodies, by title and day, in office, acting, or formerly.

Offices are those of ``data/actors/terms.csv``. Every answer is one person or None: where two fit and
nothing in the words tells them apart, nobody is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

from onrecord.lexicon.actors import ActorTables, Entity, SectorWord, Term, fold
from onrecord.lexicon.whose import whose

# The office behind each template of data/actors/institutions.csv that stands for one person.
OF_TEMPLATE: Mapping[str, str] = MappingProxyType(
    {
        "head": "head_of_state",
        "pm": "head_of_government",
        "vp": "vice_president",
        "fm": "foreign_minister",
        "dm": "defence_minister",
        "im": "interior_minister",
        "finm": "finance_minister",
        "jm": "justice_minister",
        "chief": "chief_of_staff",
        "spk": "speaker",
    }
)
# Offices of terms.csv that are not the state's executive, with the sector of who holds them.
SECTOR_OF: Mapping[str, str] = MappingProxyType(
    {
        "speaker": "LEG",
        "legislator": "LEG",
        "chief_of_staff": "MIL",
        "military_commander": "MIL",
        "commander": "MIL",
        "judge": "JUD",
        "prosecutor": "JUD",
        "intelligence_chief": "SPY",
        "opposition_leader": "OPP",
        "religious_leader": "REL",
    }
)
# Offices whose holders stay known as former holders once they have left.
_ELITE = frozenset(
    "head_of_state head_of_government vice_president foreign_minister defence_minister interior_minister "
    "finance_minister justice_minister minister speaker governor military_commander chief_of_staff "
    "deputy_head_of_government intelligence_chief heir secretary_general mayor legislator envoy ambassador "
    "security_adviser head_of_agency first_lady".split()
)
_ALSO: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "crown_prince": ("heir",),
        "chief_of_staff": ("chief_of_staff", "military_commander"),
        "commander": ("military_commander",),
        "secretary_of_state": ("foreign_minister",),
    }
)
_ACTING = ("acting", "interim", "caretaker", "transitional", "provisional")
FORMER = frozenset({"former", "ex", "one-time", "onetime", "erstwhile"})
OUSTED = frozenset({"ousted", "deposed", "toppled", "overthrown", "fallen"})
_PARTICLES = frozenset("al bin ibn abu de del da di do dos das la le van von der den el ben bint ould".split())
_LOCAL = frozenset({"governor", "mayor", "head_of_government", "minister"})


class Offices:
    """Answers about offices from the terms of the registry; holds indexes only."""

    def __init__(self, tables: ActorTables) -> None:
        self.tables = tables

    @cached_property
    def _of_state(self) -> Mapping[tuple[str, str], tuple[Term, ...]]:
        """Terms by state and office; those at a body of the state count as the state's."""
        found: dict[tuple[str, str], list[Term]] = {}
        for term in self.tables.terms:
            state = self._state(term.country)
            if state is not None:
                found.setdefault((state, term.office), []).append(term)
        return {key: tuple(terms) for key, terms in found.items()}

    def _state(self, whole: str) -> str | None:
        if whole in self.tables.states:
            return whole
        state = whole.partition(".")[0]
        return state if state in self.tables.states and "." in whole else None

    @cached_property
    def _by_surname(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for entity in self.tables.entities.values():
            words = fold(entity.name).split() if entity.kind == "person" else []
            for first in range(1, len(words)):
                if words[first - 1] in _PARTICLES:
                    continue  # "dos Santos" is no Santos
                found.setdefault(" ".join(words[first:]), {})[entity.id] = None
        return {key: tuple(ids) for key, ids in found.items()}

    def holder(
        self, state: str, office: str, day: str | None, title: str = "", acting: bool | None = None, at: str = ""
    ) -> Entity | None:
        """Who held *office* of *state* on *day* (without a day: who holds it); None unless exactly one did.

        *title* prefers terms whose title has its words ("army chief"); *acting* those that are, or are
        not, acting; *at* names a part of the state ("Quebec") whose office it must be.
        """
        names = _ALSO.get(office, (office,))
        terms = [t for name in names for t in self._of_state.get((state, name), ())]
        if at:
            terms = [t for t in self._local(state) if fold(at) in fold(t.title)]
        elif office == "head_of_state":
            terms = [t for t in terms if _may_be_called(t, title)]
        sure = [t for t in terms if (t.covers(day) if day is not None else t.end is None and not t.open)]
        open_ = [t for t in terms if day is not None and t.covers(day) is None]
        for fits in (sure, open_):
            person = self._only(self._narrowed(fits, title, acting))
            if person is not None:
                return person
            if fits:
                return None
        if office.endswith("_minister") and "minister" not in names:
            plain = [t for t in self._of_state.get((state, "minister"), ()) if fold(t.title).startswith(fold(title))]
            return self._only([t for t in plain if t.covers(day)]) if day and title else None
        return None

    def _local(self, state: str) -> list[Term]:
        return [t for office in sorted(_LOCAL) for t in self._of_state.get((state, office), ())]

    @staticmethod
    def _narrowed(terms: Sequence[Term], title: str, acting: bool | None) -> Sequence[Term]:
        people = {t.person for t in terms}
        if len(people) > 1 and acting is not None:
            chosen = [t for t in terms if _is_acting(t) == acting]
            terms, people = (chosen, {t.person for t in chosen}) if chosen else (terms, people)
        if len(people) > 1 and title:
            words = set(fold(title).split()) - {"chief", "of", "the", "staff", "commander"}
            chosen = [t for t in terms if words & set(fold(t.title).split())]
            terms = chosen or terms
        if len({t.person for t in terms}) > 1:
            # A handover: the one who came last holds it.
            latest = max(t.start or "" for t in terms)
            dated = all(t.start and t.end and len(t.start) >= 7 for t in terms)
            terms = [t for t in terms if t.start == latest] if dated else terms
        return terms

    def former(self, state: str, office: str, day: str | None, text: str, ousted: bool = False) -> Entity | None:
        """The former holder that "the former president" may mean: the only one, or the only one that *text* names.

        With *ousted*, the one who left last before *day*.
        """
        terms = [t for name in _ALSO.get(office, (office,)) for t in self._of_state.get((state, name), ())]
        gone = [t for t in terms if t.end and (day is None or t.end < day)]
        gone = [t for t in gone if not self._holds(t.person, state, office, day)]
        if ousted and day is not None and gone:
            last = max(gone, key=lambda t: t.end or "")
            return self.tables.entity(last.person)
        people = dict.fromkeys(t.person for t in gone)
        if len(people) > 1:
            entities = [e for i in people if (e := self.tables.entity(i)) is not None]
            people = {e.id: None for e in entities if any(n in text for n in (e.name, *e.aliases) if len(n) > 3)}
        return self.tables.entity(next(iter(people))) if len(people) == 1 else None

    def _holds(self, person: str, state: str, office: str, day: str | None) -> bool:
        names = _ALSO.get(office, (office,))
        mine = [t for t in self.tables.terms_of(person) if t.office in names and self._state(t.country) == state]
        return any((t.covers(day) if day else t.end is None) for t in mine)

    def titled(self, surname: str, office: str, day: str | None) -> Entity | None:
        """The one person of that surname who holds *office* anywhere on *day*: "President Santos"."""
        if day is None:
            return None
        names = _ALSO.get(office, (office,))
        people: dict[str, None] = {}
        for person in self._by_surname.get(fold(surname), ()):
            terms = self.tables.terms_of(person)
            if any(t.office in names and t.covers(day) and self._state(t.country) for t in terms):
                people[person] = None
        return self.tables.entity(next(iter(people))) if len(people) == 1 else None

    def has_left(self, person: Entity, day: str | None) -> bool:
        """Whether *person* held a high office of a state and holds none on *day*, nor leads or serves a group."""
        if day is None:
            return False
        terms = [t for t in self.tables.terms_of(person.id) if t.office != "candidate" and (t.start or "") <= day]
        high = [t for t in terms if t.office in _ELITE and self._state(t.country)]
        return bool(high) and all(t.end is not None and t.covers(day) is False for t in terms)

    def _only(self, terms: Iterable[Term]) -> Entity | None:
        people = dict.fromkeys(t.person for t in terms)
        return self.tables.entity(next(iter(people))) if len(people) == 1 else None


def _is_acting(term: Term) -> bool:
    return any(word in term.title.lower() for word in _ACTING)


def _may_be_called(term: Term, title: str) -> bool:
    """Whether a head of state can be called by *title*: no republic has a king, and no kingdom a president."""
    crowns = whose("crown")
    words = set(fold(title).split())
    crowned = bool(crowns & set(fold(term.title).split()))
    return crowned if crowns & words else not (crowned and "president" in words)


def office_of(word: SectorWord, country: str | None) -> str | None:
    """The office that *word* names in *country*; the chief executive of Hong Kong and Macau governs it."""
    if word.lemma == "chief executive" and country in {"HKG", "MAC"}:
        return "governor"
    return word.office
