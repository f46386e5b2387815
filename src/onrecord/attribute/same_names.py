"""Names that can only mean the same one: full and short forms, initials, registry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.attribute.headings import capitals_end
from onrecord.attribute.mention import Mention, core
from onrecord.attribute.reading import One, Reading


def join_names(reading: Reading, names: Sequence[Mention]) -> None:
    """Puts names that can only mean the same one together, the fullest first."""
    order = sorted(names, key=lambda m: (-len(core(m.name)), m.head))
    known: dict[str, list[One]] = {}
    for mention in order:
        keys = {*core(mention.name), *((mention.actor_id,) if mention.actor_id else ())}
        near = {id(one): one for key in sorted(keys) for one in known.get(key, ())}
        fits = [one for one in near.values() if _same_name(one, mention)]
        if len(fits) > 1:
            fits = _told_apart(fits, mention)
        if len(fits) == 1:
            one = fits[0]
            mention = _without_namesake(one, mention)
        else:
            one = One()
            reading.ones.append(one)
        reading.file(mention, one)
        for key in keys:
            if one not in known.setdefault(key, []):
                known[key].append(one)
        for part in mention.name:
            reading.name_parts.setdefault(part, set()).add(one.sort)
    for one in reading.ones:
        one.mentions.sort(key=lambda m: m.head)
        if one.sort == "place" and one.actor_id is None and any(m.sort == "body" for m in one.mentions):
            speaks = any(m.head in reading.telling for m in one.mentions)
            one.sort = "body" if speaks else one.sort  # "Northern Light said": no place
    _join_acronyms(reading)
    heading = capitals_end(reading.parse)
    reading.named = [one for one in reading.ones if not _is_of_heading(one, heading)]
    reading.persons = [one for one in reading.named if one.sort != "place" and not one.plural]


def _is_of_heading(one: One, heading: int) -> bool:
    """Whether a name stands in a heading alone and nobody knows it: "Top Climate Group", "Offensive Things"."""
    return bool(heading) and one.actor_id is None and all(m.head < heading for m in one.mentions)


def _without_namesake(one: One, mention: Mention) -> Mention:
    """A bare surname without the namesake of the registry, where the report has named another person in full."""
    full = core(one.mentions[0].name)
    known = core(tuple((mention.actor.name or "").lower().split())) if mention.actor_id and mention.actor else ()
    if one.actor_id is not None and mention.actor_id not in (None, one.actor_id):
        return replace(mention, actor=one.actor, gender=mention.gender if mention.sure else None)
    if one.actor_id is not None or one.sort != "person" or len(core(mention.name)) > 1:
        return mention
    if len(full) < 2 or len(known) < 2 or known[-1] != full[-1] or known[0][:1] == full[0][:1]:
        return mention
    return replace(mention, actor=None, gender=None, sure=False)


def _same_name(one: One, mention: Mention) -> bool:
    if one.plural != mention.plural and "group" in (one.sort, mention.sort):
        return False  # Democrats are not their party
    if one.plural and mention.plural and _narrower(one, mention):
        return False  # Muslims are not the Ardan Muslims
    if mention.actor_id is not None and mention.actor_id == one.actor_id:
        return True
    if mention.actor_id is not None and _may_be_namesake(one, mention):
        return True
    if mention.actor_id is not None and one.actor_id is not None:
        return False
    if one.gender and mention.gender and one.gender != mention.gender:
        return False
    short = core(mention.name)
    sorts = {one.sort, mention.sort} - {None}
    if len(sorts) > 1 and "person" in sorts and len(short) > 1:
        return False
    for known in one.mentions:
        full = core(known.name)
        if full == short:
            return True
        if len(short) == 1 and len(full) > 1:
            if short[0] == full[-1]:
                return mention.sort != "place" or one.sort in ("person", "place")
            if short[0] == full[0]:
                return mention.sort == one.sort
        elif 1 < len(short) < len(full) and _within(short, full):
            return True
    return False


def _narrower(one: One, mention: Mention) -> bool:
    """Whether of two names of people one has words before it that narrow it, and they are of different entities."""
    if mention.actor_id == one.actor_id and mention.actor_id is not None:
        return False
    lengths = {len(core(m.name)) for m in (*one.mentions, mention)}
    return len(lengths) > 1


def _may_be_namesake(one: One, mention: Mention) -> bool:
    """Whether a bare surname that the registry ties to its best known bearer may be another whom the report names."""
    short = core(mention.name)
    if len(short) != 1 or mention.sort != "person" or one.sort != "person":
        return False
    if mention.sure and mention.gender and one.gender and mention.gender != one.gender:
        return False  # "Mr. Clinton"
    return any(len(core(m.name)) > 1 and core(m.name)[-1] == short[0] for m in one.mentions)


def _within(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    rest = iter(full)
    return all(part in rest for part in short)


def _told_apart(fits: list[One], mention: Mention) -> list[One]:
    """Of several who share a name, the one whose form or gender is this one's; none when that leaves a doubt."""
    if len(core(mention.name)) == 1 and mention.sort == "person":
        before = _introduced([one for one in fits if one.sort == "person"], mention)
        if before:
            return before
    if mention.actor_id is not None:
        same = [one for one in fits if one.actor_id == mention.actor_id]
        if same:
            return [max(same, key=lambda one: len(one.mentions))]
    if mention.gender is not None:
        same = [one for one in fits if one.gender == mention.gender]
        if len(same) == 1:
            return same
    exact = [one for one in fits if any(core(m.name) == core(mention.name) for m in one.mentions)]
    if len(exact) == 1:
        return exact
    held = [one for one in fits if one.offices & mention.offices]
    if len(held) == 1:
        return held
    persons = sorted((one for one in fits if one.sort == "person"), key=lambda one: -len(one.mentions))
    if persons and (len(persons) == 1 or len(persons[0].mentions) > 2 * len(persons[1].mentions)):
        return persons[:1]
    return _introduced(persons, mention)


def _introduced(persons: list[One], mention: Mention) -> list[One]:
    """The only one of several of a name whom the report has named in full before it gives the bare surname."""
    if len(core(mention.name)) > 1 or mention.kind != "name":
        return []
    before = [one for one in persons if any(m.head < mention.head and len(core(m.name)) > 1 for m in one.mentions)]
    return before if len(before) == 1 else []


def _join_acronyms(reading: Reading) -> None:
    """Joins "Free Hills Army (FHA)" with "FHA": by the brackets first, else by its initials."""
    for bracketed in (True, False):
        for one in list(reading.ones):
            parts = core(one.mentions[0].name)
            if len(parts) != 1 or not reading.parse.tokens[one.mentions[0].last].text.isupper():
                continue
            fits = [o for o in reading.ones if o is not one and _spelled_out(reading, o, one, bracketed)]
            if fits:
                _take_over(reading, fits[0], one)


def _spelled_out(reading: Reading, full: One, short: One, bracketed: bool) -> bool:
    """Whether *full* is the long form of the capitals that *short* is."""
    name, first = full.fullest, short.mentions[0]
    if full.gender or len(core(name.name)) < 2:
        return False
    if bracketed:
        tokens = reading.parse.tokens
        return any(
            m.first >= 2 and tokens[m.first - 1].text == "(" and any(k.last == m.first - 2 for k in full.mentions)
            for m in short.mentions
        )
    letters = "".join(p[0] for p in name.name), "".join(p[0] for p in core(name.name))
    return len(core(first.name)[0]) > 2 and core(first.name)[0] in letters


def _take_over(reading: Reading, full: One, short: One) -> None:
    for mention in short.mentions:
        reading.file(mention, full)
    full.sort = "body"
    full.mentions.sort(key=lambda m: m.head)
    reading.ones.remove(short)
