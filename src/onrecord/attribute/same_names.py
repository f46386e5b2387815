"""Names that can only mean the same one: full and short forms, initials, registry."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.attribute.mentions import Mention, core
from onrecord.attribute.reading import One, Reading


def join_names(reading: Reading, names: Sequence[Mention]) -> None:
    """Puts names that can only mean the same one together, the fullest first."""
    order = sorted(names, key=lambda m: (-len(core(m.name)), m.head))
    for mention in order:
        fits = [one for one in reading.ones if _same_name(one, mention)]
        if len(fits) > 1:
            fits = _told_apart(fits, mention)
        if len(fits) == 1:
            one = fits[0]
        else:
            one = One()
            reading.ones.append(one)
        one.add(mention)
        reading.of[mention.head] = one
    for one in reading.ones:
        one.mentions.sort(key=lambda m: m.head)
    _join_acronyms(reading)


def _same_name(one: One, mention: Mention) -> bool:
    if mention.actor_id is not None and one.actor_id is not None:
        return mention.actor_id == one.actor_id
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
                return mention.sort == one.sort or mention.sort is None or one.sort is None
        elif 1 < len(short) < len(full) and _within(short, full):
            return True
    return False


def _within(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    rest = iter(full)
    return all(part in rest for part in short)


def _told_apart(fits: list[One], mention: Mention) -> list[One]:
    """Of several who share a name, the one whose form or gender is this one's; none when that leaves a doubt."""
    if mention.gender is not None:
        same = [one for one in fits if one.gender == mention.gender]
        if len(same) == 1:
            return same
    exact = [one for one in fits if any(core(m.name) == core(mention.name) for m in one.mentions)]
    if len(exact) == 1:
        return exact
    held = [one for one in fits if one.offices & mention.offices]
    return held if len(held) == 1 else []


def _join_acronyms(reading: Reading) -> None:
    """Joins "Free Idlib Army (FIA)" with "FIA", and a short form in brackets with the name before it."""
    tokens = reading.parse.tokens
    for one in list(reading.ones):
        first = one.mentions[0]
        parts = core(first.name)
        if len(parts) != 1 or not tokens[first.last].text.isupper():
            continue
        for other in reading.ones:
            if other is one or other.gender or len(core(other.fullest.name)) < 2:
                continue
            full = other.fullest
            bracketed = first.first >= 2 and tokens[first.first - 1].text == "(" and full.last == first.first - 2
            letters = "".join(p[0] for p in full.name), "".join(p[0] for p in core(full.name))
            if bracketed or (len(parts[0]) > 2 and parts[0] in letters):
                for mention in one.mentions:
                    other.add(mention)
                    reading.of[mention.head] = other
                other.sort = "body"
                other.mentions.sort(key=lambda m: m.head)
                reading.ones.remove(one)
                break
