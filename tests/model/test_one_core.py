"""One core: numpy is held to it inside, and has back what it had afterwards."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from onrecord.model import one_core as module
from onrecord.model.one_core import one_core

found = module._threads()
pytestmark = pytest.mark.skipif(found is None, reason="numpy is not built on OpenBLAS")


@pytest.fixture
def two() -> Iterator[None]:
    assert found is not None
    get, put = found
    before = get()
    put(2)
    yield
    put(before)


def count() -> int:
    assert found is not None
    return found[0]()


@pytest.mark.usefixtures("two")
def test_is_held_inside_and_given_back() -> None:
    before = count()
    with one_core():
        with one_core():
            assert count() == 1
        assert count() == 1
    assert count() == before


@pytest.mark.usefixtures("two")
def test_is_given_back_after_an_error() -> None:
    before = count()
    with pytest.raises(KeyError), one_core():
        raise KeyError
    assert count() == before


@pytest.mark.usefixtures("two")
def test_the_last_thread_to_leave_gives_it_back() -> None:
    before = count()
    entered, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with one_core():
            entered.set()
            leave.wait(10)

    other = threading.Thread(target=hold)
    with one_core():
        other.start()
        entered.wait(10)
    assert count() == 1
    leave.set()
    other.join()
    assert count() == before
