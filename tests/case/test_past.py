"""Nothing is lost: whatever is done to a case, every earlier state can be asked for and is as it was."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_case import Clock, coding

from onrecord.case.store import CaseStore
from onrecord.case.writer import Run

slow = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
RUNS = tuple(Run(run_id=f"run{n}", version=f"0.{n}.0") for n in range(1, 4))
steps = st.lists(
    st.tuples(
        st.sampled_from(["code", "code", "accept", "correct", "reject", "undo", "comment"]),
        st.integers(0, 2),
        st.integers(0, 9),
    ),
    min_size=1,
    max_size=12,
)


def do(store, step: str, which: int, number: int) -> None:
    """One step of work; those that fit nothing do nothing."""
    if step == "code":
        run, made = RUNS[which], coding(f"r{number % 3}", RUNS[which])
        with store.writer(run) as writer:
            writer.add(replace(made, claims=made.claims[number % 2 :]))
        return
    hand, claims = store.reviewer("Ines"), store.claims("status:coded,rejected").items
    reviews = [r for r in store.reviews() if r["holds"] and r["action"] != "undo"]
    if step == "undo" and reviews:
        hand.undo(reviews[number % len(reviews)]["review_id"])
    elif claims and step != "undo":
        claim_id = claims[number % len(claims)]["claim_id"]
        says = {
            "accept": lambda: hand.accept(claim_id),
            "reject": lambda: hand.reject(claim_id, "no"),
            "comment": lambda: hand.comment(claim_id, "hm"),
            "correct": lambda: hand.correct(claim_id, "modality.mood", ("asserted", "denied", "planned")[which]),
        }
        says[step]()


def shown(store, as_of=None):
    """All that can be asked of a case."""
    return (
        list(store.all_claims("status:coded,rejected", as_of=as_of)),
        list(store.all_quotes(as_of=as_of)),
        store.reports(as_of=as_of),
        store.reviews(as_of=as_of),
        store.count("mood:denied", as_of=as_of),
    )


@slow
@given(steps)
def test_every_earlier_state_is_as_it_was_and_everything_verifies(tmp_path_factory, work):
    clock = Clock()
    with CaseStore.open(tmp_path_factory.mktemp("past") / "a.case", create=True, clock=clock) as store:
        states = []
        for step in work:
            do(store, *step)
            states.append((clock.moment, shown(store)))
        for moment, state in states:
            assert shown(store, as_of=moment) == state
        assert shown(store) == states[-1][1]
        assert store.verify().problems == []
        assert [str(change) for change in store.diff(states[-1][0])] == []
