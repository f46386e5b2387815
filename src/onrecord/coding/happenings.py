"""One event per happening: which drafts are content of another, and which tell of the same thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.coding.arguments import Arguments
from onrecord.coding.candidates import Draft
from onrecord.coding.drafts import Drafter
from onrecord.coding.parties import distinct, without
from onrecord.lexicon.no_act import load_no_act
from onrecord.model import Actor

SPEECH = frozenset({"THREATEN", "REQUEST", "AGREE", "ACCUSE", "REJECT", "CONCEDE", "PROTEST", "ASSAULT"})
SPEAKS_OF = frozenset({"THREATEN", "REQUEST", "AGREE", "ACCUSE"})
"""Types whose content may become a claim of its own (threatened, demanded, promised, alleged)."""

FORWARD = frozenset({"THREATEN", "REQUEST", "AGREE", "REJECT", "CONCEDE"})
"""Types whose object is yet to happen, or never will."""

_UNKIND = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
DONE_TO = _UNKIND | {"RETREAT", "AID"}
"""Types whose recipient is whom it is done to, who neither is asked for it nor answers for it."""

_WITHIN = frozenset({"in", "by", "during", "from", "with", "through", "after", "of", "at", "following", "amid"})
_TOLL = frozenset(
    {
        "killed",
        "injured",
        "casualties",
        "arrested",
        "abducted",
        "missing",
        "displaced",
        "detained",
        "buildings",
        "vehicles",
        "homes",
    }
)


def close_contents(drafts: Sequence[Draft], arguments: Arguments, drafter: Drafter) -> list[Draft]:
    """*drafts* with those marked that only complete another word ("agreed to meet", "called for a truce").

    The content of a threat, demand, promise or charge is kept with ``closed_by``; other content, and words
    that merely open a clause which is the event, get a reason and are not coded.
    """
    heads = {d.head: n for n, d in enumerate(drafts)}
    closed: dict[int, int] = {}
    opened: set[int] = set()
    for draft in drafts:
        use = draft.match.trigger.complement
        content = governed(draft, arguments)
        if use == "closes":
            inner = content | set(drafter.theme_tokens(draft.match))
        elif use == "opens":
            if any(_told_in(d, content) for d in drafts if d is not draft):
                opened.add(draft.head)
            continue
        elif draft.event_type in FORWARD:
            inner = set(drafter.theme_tokens(draft.match)) - {draft.head}
            inner |= {c for i in tuple(inner) for c in arguments.complements(i)}
        else:
            continue  # what is condemned or praised has happened on its own account
        for other in drafts:
            if other is not draft and _told_in(other, inner) and not _cycle(closed, draft.head, other.head):
                closed.setdefault(other.head, draft.head)
    unkind = {closed[d.head] for d in drafts if d.head in closed and d.event_type in _UNKIND}
    closed = {
        inner: outer for inner, outer in closed.items() if not _plain_plan(outer, unkind, heads, drafts, arguments)
    }
    marked = [_marked(d, drafts, heads, closed, opened) for d in drafts]
    return [_without_plan(d, unkind, arguments) for d in marked]


def _plain_plan(
    head: int, unkind: set[int], heads: dict[int, int], drafts: Sequence[Draft], arguments: Arguments
) -> bool:
    """Whether a word of planning opens what is no cooperation: "plans to sue" is the suit, planned."""
    outer = drafts[heads[head]]
    return head in unkind and outer.event_type == "AGREE" and arguments.token(head).lemma in load_no_act().planning


def _without_plan(draft: Draft, unkind: set[int], arguments: Arguments) -> Draft:
    plan = draft.event_type == "AGREE" and arguments.token(draft.head).lemma in load_no_act().planning
    if draft.head in unkind and plan and draft.reason is None:
        return replace(draft, reason="what is planned is no cooperation")
    if (
        draft.head in unkind
        and draft.event_type == "RETREAT"
        and arguments.token(draft.head).lemma in load_no_act().stopping
    ):
        return replace(draft, reason=draft.reason or "what is to stop is the event")
    return draft


def _cycle(closed: dict[int, int], outer: int, inner: int) -> bool:
    at: int | None = outer
    while at is not None:
        if at == inner:
            return True
        at = closed.get(at)
    return False


def _told_in(draft: Draft, tokens: set[int]) -> bool:
    return draft.head in tokens or draft.match.carrier in tokens


def _marked(
    draft: Draft, drafts: Sequence[Draft], heads: dict[int, int], closed: dict[int, int], opened: set[int]
) -> Draft:
    if draft.head in opened:
        return replace(draft, reason=draft.reason or "only opens the clause that is the event")
    if draft.head not in closed:
        return draft
    outer = drafts[heads[closed[draft.head]]]
    if outer.reason is not None:
        return draft
    again = draft.event_type == outer.event_type and (outer.head in closed or draft.event_type == "AGREE")
    if outer.event_type in SPEAKS_OF and not again:
        return replace(draft, closed_by=outer.head)
    reason = draft.reason or f"completes {outer.event_type} of the same clause"
    return replace(draft, reason=reason, told_by=outer.head)


def governed(draft: Draft, arguments: Arguments) -> set[int]:
    """Heads of the clauses that a draft's trigger governs as its content, nested infinitives included."""
    found: set[int] = set()
    pending = list(arguments.complements(draft.head))
    if draft.match.carrier is not None:
        pending.extend(c for c in arguments.complements(draft.match.carrier) if arguments.token(c).dep != "advcl")
    while pending:
        clause = pending.pop()
        if clause in found:
            continue
        found.add(clause)
        pending.extend(c for c in arguments.children(clause, ("xcomp", "conj", "ccomp")) if c not in found)
        found |= {i for i in arguments.objects(clause) if arguments.token(i).head == clause and i > clause}
    return found


def without_parties(drafts: Sequence[Draft], arguments: Arguments) -> list[Draft]:
    """*drafts* without nouns that another draft has as actor or recipient ("ambushed an army patrol")."""
    heads: set[int] = set()
    for draft in drafts:
        for actor in draft.parties:
            if actor.span is not None and not actor.spans and draft.reason is None:
                covered = arguments.parse.tokens_in(actor.span)
                heads |= {i for i in covered if arguments.token(i).head not in covered and i not in draft.heads}
    return [d for d in drafts if not (d.match.nominal and d.match.carrier is None and d.head in heads)]


def tie_purposes(drafts: Sequence[Draft], arguments: Arguments) -> list[Draft]:
    """*drafts* with what is only aimed at ("visited Arda to discuss trade") tied to the act that aims at it."""
    heads = {d.match.clause_head: d.head for d in drafts if d.reason is None}
    tied: list[Draft] = []
    for draft in drafts:
        clause = draft.match.clause_head
        token = arguments.token(clause)
        aimed = token.dep in {"advcl", "xcomp", "acl", "relcl"} and token.tag == "VB"
        outer = heads.get(token.head) if aimed else None
        if outer is None and aimed:
            outer = next((d.head for d in drafts if token.head in d.heads and d.reason is None), None)
        if outer is not None and outer != draft.head and draft.closed_by is None and draft.reason is None:
            draft = replace(draft, closed_by=outer)
        if outer is not None and draft.reason is None and _means(outer, draft, drafts):
            draft = replace(draft, reason="the same act as its means", told_by=outer, closed_by=None)
        met = next((d for d in drafts if d.head == outer), None)
        if met is not None and met.event_type == draft.event_type == "CONSULT" and draft.reason is None:
            draft = replace(draft, reason="the same meeting as its purpose", told_by=outer, closed_by=None)
        protest = _protest_for(draft, drafts, arguments)
        if protest is not None and draft.reason is None:
            reason = "what a protest asks for is no second event"
            draft = replace(draft, reason=reason, told_by=protest, closed_by=None)
        tied.append(draft)
    return tied


def _means(outer: int, draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether *draft* only says what force was used for ("used tear gas to disperse the crowd")."""
    force = next((d for d in drafts if d.head == outer), None)
    if force is None or force.event_type != "ASSAULT":
        return False
    return "crowd-control" in force.modes and draft.event_type == "COERCE" and "restrict" in draft.modes


def _protest_for(draft: Draft, drafts: Sequence[Draft], arguments: Arguments) -> int | None:
    """Head of the protest whose demand or charge *draft* is ("marched, calling for", "rally to demand")."""
    if draft.event_type not in {"REQUEST", "ACCUSE", "REJECT"}:
        return None
    clause = arguments.token(draft.match.clause_head)
    if clause.dep not in {"advcl", "acl", "xcomp", "relcl"}:
        return None
    for other in drafts:
        if other.event_type == "PROTEST" and other.reason is None:
            verb = clause.head
            while verb not in other.heads and arguments.token(verb).dep == "conj":
                verb = arguments.token(verb).head
            if verb in other.heads or verb == other.match.carrier:
                return other.head
    return None


def _blamed(draft: Draft, drafts: Sequence[Draft], arguments: Arguments) -> Draft:
    """*draft* with the actor that only the charge around it names ("condemned Arda over the shelling")."""
    owed = draft.event_type == "REJECT" and all(_ones_own(a) and not a.sectors for a in draft.actor)
    if draft.actor and not owed:
        return draft  # "took the police to task for their inaction": theirs
    if not draft.match.nominal or draft.event_type not in {"ASSAULT", "COERCE", "REJECT"}:
        return draft
    for other in drafts:
        if other.event_type != "ACCUSE" or not other.recipient or other.match.nominal:
            continue
        anchors = (other.head, *arguments.objects(other.head))
        if any(draft.head in arguments.obliques(i).get(word, ()) for i in anchors for word in ("over", "for", "of")):
            return replace(draft, actor=without(other.recipient, draft.recipient))
    return draft


def lend_parties(drafts: Sequence[Draft], arguments: Arguments) -> list[Draft]:
    """*drafts* with speech acts given the recipient that only their content names.

    Who is asked is who would act; who is promised, refused or threatened is to whom it would be done.
    """
    lent: list[Draft] = []
    drafts = [_blamed(d, drafts, arguments) for d in drafts]
    for draft in drafts:
        if draft.recipient or draft.event_type not in SPEECH or draft.match.trigger.reciprocal:
            lent.append(draft)
            continue
        inner = [d for d in drafts if d.head != draft.head and draft.head in {d.closed_by, d.told_by}]
        found: tuple[Actor, ...] = ()
        for content in inner:
            if draft.event_type == "REQUEST":
                found = without(content.actor, draft.actor)
            if draft.event_type not in {"REQUEST", "ACCUSE"} or content.event_type not in DONE_TO:
                found = found or without(content.recipient, draft.actor)  # who is to be banned or freed is not asked
            if draft.event_type in {"AGREE", "REJECT", "CONCEDE", "PROTEST"}:
                found = found or without((a for a in content.actor if not _ones_own(a)), draft.actor)
            found = tuple(a for a in found if a.span is not None)
            if found:
                break
        lent.append(replace(draft, recipient=found) if found else draft)
    return lent


def _ones_own(actor: Actor) -> bool:
    """Whether words say that somebody belongs to whoever speaks ("agreed that their countries should …")."""
    return (actor.text or "").lower().partition(" ")[0] in {"their", "its", "his", "her", "our", "my"}


def one_each(drafts: Sequence[Draft], arguments: Arguments) -> list[Draft]:
    """*drafts* with those joined that tell of one happening, in text order of what is left.

    A verb and the event noun that is its subject, agent or setting ("an air strike killed five", "killed in
    clashes"), coordinated and participial tolls ("killing five and wounding 20"), an apposed noun.
    """
    live = [d for d in drafts if d.reason is None]
    rest = [d for d in drafts if d.reason is not None]
    merged = True
    while merged:
        merged = False
        for i, one in enumerate(live):
            for j in range(i + 1, len(live)):
                other = live[j]
                if same_happening(one, other, arguments):
                    live[i] = join(one, other, arguments)
                    del live[j]
                    merged = True
                    break
            if merged:
                break
    return sorted([*live, *rest], key=lambda d: d.head)


def same_happening(one: Draft, other: Draft, arguments: Arguments) -> bool:
    """Whether two drafts of a sentence tell of the same thing."""
    if arguments.token(one.head).sentence != arguments.token(other.head).sentence:
        return False
    if one.closed_by != other.closed_by:
        return False
    return any(
        _tied(a, b, one, other, arguments) or _tied(b, a, other, one, arguments)
        for a in _anchors(one)
        for b in _anchors(other)
    )


def _anchors(draft: Draft) -> tuple[int, ...]:
    """The tokens of a draft that others may hang on: its triggers, and the verb that carries it."""
    return draft.heads if draft.match.carrier is None else (*draft.heads, draft.match.carrier)


def _tied(a: int, b: int, one: Draft, other: Draft, arguments: Arguments) -> bool:
    """Whether token *b* of *other* hangs on token *a* of *one* as its cognate, setting, toll or twin."""
    if other.match.carrier == a and other.head == b:
        return one.event_type == other.event_type
    if one.event_type != other.event_type and not _toll_of(a, b, one, arguments):
        return False
    verb, thing = arguments.token(a), arguments.token(b)
    if verb.lemma == "protest" and b in arguments.obliques(a).get("at", ()):
        return False  # "protested at the senator's rally": somebody else's
    if verb.pos == "VERB" and thing.pos in {"NOUN", "PROPN"}:
        if b in arguments.subjects(a) or b in arguments.objects(a):
            return True
        if one.event_type == "ASSAULT" or one.modes == other.modes:
            return any(b in held for word, held in arguments.obliques(a).items() if word in _WITHIN)
        return False
    if verb.pos in {"NOUN", "PROPN"} and thing.pos in {"NOUN", "PROPN"}:
        if thing.dep == "appos" and thing.head == a:
            return True
        return one.event_type == "ASSAULT" and any(
            b in held for word, held in arguments.obliques(a).items() if word in _WITHIN
        )
    return _clauses_tied(a, b, one, other, arguments)


def _toll_of(a: int, b: int, one: Draft, arguments: Arguments) -> bool:
    """Whether verb *a* only gives the toll of what noun *b* names ("the protests left two dead")."""
    counted = any(head == a and measure in _TOLL for head, measure in one.measures)
    return counted and not one.actor and arguments.token(b).pos == "NOUN" and b in arguments.subjects(a)


def _clauses_tied(a: int, b: int, one: Draft, other: Draft, arguments: Arguments) -> bool:
    """Two verbs: a toll told with the act, in a coordinate, participial or when-clause."""
    verb, thing = arguments.token(a), arguments.token(b)
    if verb.pos != "VERB" or thing.pos != "VERB":
        return False
    if thing.dep in {"acl", "relcl"} and thing.head in arguments.surface_subjects(a) and not one.actor:
        return one.event_type == "ASSAULT" and bool(
            one.instrument or other.instrument
        )  # "a bomb planted by X killed six"
    if thing.head != a:
        return False
    tolls = {m for h, m in (*one.measures, *other.measures) if h in {a, b}} & _TOLL
    if not tolls:
        return False
    if thing.dep == "conj":
        apart = one.match.trigger.toll or other.match.trigger.toll  # "one died and nine were hurt": of what?
        return not arguments.own_subjects(b) or (arguments.passive(b) and not apart)
    if thing.dep in {"advcl", "ccomp", "acl"}:
        marks = {arguments.token(c).lower for c in arguments.children(b, ("mark", "advmod"))}
        if not marks & {"when", "as", "after"}:
            return thing.tag == "VBG" and not marks
        return one.event_type == "ASSAULT" and not (one.actor and other.actor and without(one.actor, other.actor))
    return False


def join(one: Draft, other: Draft, arguments: Arguments) -> Draft:
    """One draft of two; the verb leads, and of two verbs or nouns the first."""
    first, second = (one, other) if _leads(one, other, arguments) else (other, one)
    actor = first.actor or second.actor
    if first.actor and second.actor and _vague(first) and not _vague(second):
        actor = second.actor
    recipient = distinct((*without(first.recipient, actor), *without(second.recipient, actor)))
    if first.match.trigger.reciprocal and len(first.actor) > 1:
        recipient = ()
    modes = tuple(dict.fromkeys((*first.modes, *second.modes)))
    note = f"tells of the same: {arguments.token(second.head).text}"
    return replace(
        first,
        modes=modes,
        actor=actor,
        recipient=recipient,
        object=first.object or second.object,
        instrument=first.instrument or second.instrument,
        heads=(*first.heads, *(h for h in second.heads if h not in first.heads)),
        acted=(*first.acted, *second.acted),
        measures=(*first.measures, *second.measures),
        notes=(*first.notes, *second.notes, note),
    )


def _vague(draft: Draft) -> bool:
    return all(a.country is None and not a.sectors for a in draft.actor)


def _leads(one: Draft, other: Draft, arguments: Arguments) -> bool:
    if one.event_type != other.event_type:
        return not any(measure in _TOLL for _, measure in one.measures)
    verbs = [arguments.token(d.head).pos == "VERB" for d in (one, other)]
    if verbs[0] != verbs[1]:
        return verbs[0]
    return one.head < other.head
