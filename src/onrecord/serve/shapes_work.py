"""Shapes of what people do: sessions, reviews, rounds, views, decisions, users."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from onrecord.serve.shapes import Claim, Page, Row, Shape

Role = Literal["reader", "coder", "editor", "admin"]
ROLES: tuple[Role, ...] = ("reader", "coder", "editor", "admin")
Words = Annotated[str, Field(max_length=4000)]
Name = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$")]
Id = Annotated[str, Field(min_length=1, max_length=120)]


class Asked(BaseModel):
    """A body that somebody sends: unknown keys are an error."""

    model_config = ConfigDict(extra="forbid")


class Person(Shape):
    """Who is signed in."""

    name: str
    role: Role


class Session(Shape):
    """The state of this browser: who is signed in (null: nobody), and the token that every write must carry."""

    person: Person | None
    mode: Literal["local", "team"]
    csrf: str | None
    last_visit: str | None = Field(description="when this person was here before this session (UTC)")
    case: dict[str, Any]
    version: str
    may: list[str] = Field(description="what this person may do: read, review, decide, manage")


class SignIn(Asked):
    """A one-time token (alone on a machine) or name and password (team)."""

    token: str | None = Field(None, max_length=200)
    name: str | None = Field(None, max_length=80)
    password: str | None = Field(None, max_length=1000)


class Rename(Asked):
    """Under which name reviews are kept; only where one person works alone."""

    name: Name


class Review(Row):
    """One review as the ledger keeps it."""

    review_id: str
    claim_id: str | None
    report_id: str
    reviewer: str
    action: str
    path: str | None
    value: Any
    why: str | None
    undoes: str | None
    recorded_at: str
    holds: bool


class Reviews(Page):
    """A page of reviews, latest first."""

    items: list[Review]


class QueueItem(Claim):
    """A claim that waits, with why it stands where it does."""

    assigned_to: str | None


class Queue(Page):
    """A page of claims that wait for a review."""

    items: list[QueueItem]
    order: str


class NewReview(Asked):
    """A review: ``path`` and ``value`` for correct (``{"span": [a, b]}`` takes the words), ``to`` for assign."""

    claim_id: Id
    action: Literal["accept", "correct", "reject", "comment", "assign"]
    path: str | None = Field(None, max_length=200)
    value: Any = None
    to: str | None = Field(None, max_length=80)
    why: Words | None = None


class Done(Shape):
    """What was recorded, and the claim as it stands now."""

    review_id: str
    claim: Claim | None
    entry: int


class Undo(Asked):
    """Why something is taken back."""

    why: Words | None = None


class Round(Shape):
    """A round of blind double coding."""

    name: str
    coders: list[str]
    claims: int
    judged: dict[str, int] = Field(description="claims with a judgement, by coder")
    started_at: str | None
    started_by: str | None


class Rounds(Shape):
    """All rounds."""

    items: list[Round]
    entry: int


class NewRound(Asked):
    """Draws ``size`` claims of those that ``q`` means for all ``coders``; the seed makes the draw repeatable."""

    name: Name
    coders: list[Name] = Field(min_length=2, max_length=20)
    size: int = Field(ge=1, le=2000)
    seed: int = Field(1, ge=0, le=2**31)
    q: str = Field("", max_length=2000)


class Task(Row):
    """A claim to judge: words and place alone, and one's own judgements so far."""

    claim_id: str
    report_id: str
    kind: str
    text: str | None
    span: list[int] | None
    field: str
    judged: dict[str, Any]


class Tasks(Shape):
    """What the person signed in has to judge in a round."""

    round: str
    coder: str
    items: list[Task]
    paths: dict[str, list[str]] = Field(description="what may be judged, by kind of claim")
    entry: int


class Judgement(Asked):
    """One blind judgement of one value."""

    claim_id: Id
    path: str = Field(min_length=1, max_length=200)
    value: Any = None


class Adjudication(Judgement):
    """What holds, and why."""

    why: Annotated[str, Field(min_length=1, max_length=4000)]


class FieldAgreement(Row):
    """Agreement on one value."""

    path: str
    claims: int
    coders: list[str]
    percent: float | None
    nominal: float | None
    interval: float | None
    with_machine: float | None
    disputed: list[str]


class Agreement(Shape):
    """Agreement in a round, with each coder's judgement of what is disputed."""

    round: str
    fields: list[FieldAgreement]
    disputes: list[dict[str, Any]] = Field(description="claim_id, path, judged {coder: value}, machine, text, settled")
    entry: int


class EventDecision(Asked):
    """Events (or claims) to be joined, or claims of an event to be set apart."""

    members: list[Id] = Field(min_length=1, max_length=500)
    why: Words | None = None


class Correction(Asked):
    """What is decided of an actor or a place; ``why`` is always wanted.

    merge: ``members`` are the same. split: in ``reports``, or under ``names``, another actor is meant; ``members`` are
    another one than the rest of the ids that were merged. rename: ``name``. locate (places): ``lat`` and ``lon``, with
    ``name``, ``country``, ``admin1``, ``admin2``. confirm: the same, and ``sectors`` and ``group`` of an actor.
    """

    why: Words = Field(min_length=1)
    members: list[Id] = Field(default_factory=list, max_length=200)
    reports: list[Id] = Field(default_factory=list, max_length=500)
    names: list[Name] = Field(default_factory=list, max_length=200)
    name: Name | None = None
    country: str | None = Field(None, pattern=r"^[A-Z]{3}$")
    sectors: list[Annotated[str, Field(pattern=r"^[A-Z]{3}$")]] | None = Field(None, max_length=10)
    group: Id | None = None
    admin1: Name | None = None
    admin2: Name | None = None
    lat: float | None = Field(None, ge=-90, le=90)
    lon: float | None = Field(None, ge=-180, le=180)


class Corrections(Shape):
    """Decisions on actors and places, the latest first."""

    items: list[dict[str, Any]]
    entry: int


class Decided(Shape):
    """The id of the decision, and what it touched."""

    decision_id: str
    touched: list[str]
    entry: int


class SavedView(Shape):
    """A named filter, with the page it belongs to."""

    view_id: str
    name: str
    page: str
    q: str
    state: dict[str, Any]
    owner: str
    shared: bool
    created_at: str
    changed_at: str
    version: int


class SavedViews(Shape):
    """One's own views and those that others share."""

    items: list[SavedView]


class NewView(Asked):
    """A view to be kept; ``state`` is the rest of the page's address."""

    name: Name
    page: str = Field(max_length=40, pattern=r"^[a-z-]+$")
    q: str = Field("", max_length=4000)
    state: dict[str, Any] = Field(default_factory=dict)
    shared: bool = False


class User(Shape):
    """An account."""

    name: str
    role: Role
    active: bool
    locked_until: str | None
    created_at: str
    last_seen: str | None


class Users(Shape):
    """All accounts."""

    items: list[User]


class NewUser(Asked):
    """An account to be made."""

    name: Name
    password: str = Field(min_length=10, max_length=1000)
    role: Role


class UserChange(Asked):
    """What to change of an account."""

    password: str | None = Field(None, min_length=10, max_length=1000)
    role: Role | None = None
    active: bool | None = None


class AuditLine(Shape):
    """One thing that somebody did with the server."""

    at: str
    who: str | None
    what: str
    about: str | None
    address: str | None
    ok: bool


class Audit(Shape):
    """A page of the audit, latest first."""

    items: list[AuditLine]
    next: str | None


class Vocabulary(Shape):
    """Closed lists, the ontology and the keys of the filter language, for menus."""

    lists: dict[str, list[str]]
    types: dict[str, list[str]]
    contexts: list[str]
    keys: dict[str, str]
    limits: dict[str, int]


class Health(Shape):
    """Whether the server and its case answer."""

    status: Literal["ok"]
    version: str
