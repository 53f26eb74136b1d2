"""How many messages of one chat are answered: a burst, then a few, and none of a flood."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.network.calm import BURST, PER_SECOND, RESTED, Calm

CHAT = 5


def answers(calm: Calm, clock: list[float], pauses: list[float]) -> list[float]:
    """What `take` gives for messages after such pauses."""
    found = []
    for pause in pauses:
        clock[0] += pause
        found.append(calm.take(CHAT))
    return found


def test_somebody_who_types_at_a_human_pace_is_always_answered() -> None:
    """A message every few seconds, for an hour, never becomes too much."""
    clock = [0.0]
    assert min(answers(Calm(lambda: clock[0]), clock, [1 / PER_SECOND] * 1000)) >= 1


def test_a_chat_hears_once_that_it_is_too_much() -> None:
    """Beyond the burst it is told once, and then nothing, as long as the flood goes on."""
    clock = [0.0]
    found = answers(Calm(lambda: clock[0]), clock, [0.01] * 5000)
    assert [left >= 1 for left in found[:BURST]] == [True] * BURST
    assert sum(0 <= left < 1 for left in found) == 1
    assert sum(left >= 1 for left in found) == BURST


def test_a_chat_whose_messages_wait_for_each_other_runs_out_too() -> None:
    """By webhook the next message comes when the last was answered, a second later; the rest is let go fast."""
    clock = [0.0]
    calm = Calm(lambda: clock[0])
    for _ in range(5000):
        clock[0] += 1.0 if calm.take(CHAT) >= 0 else 0.005
    assert clock[0] < 60


@given(st.lists(st.floats(0, 20), max_size=60))
def test_a_chat_that_rested_is_answered_again(pauses: list[float]) -> None:
    """Whatever a chat sent, after a rest it is answered as before."""
    clock = [0.0]
    calm = Calm(lambda: clock[0])
    answers(calm, clock, pauses)
    clock[0] += (RESTED + 1) / PER_SECOND
    assert calm.take(CHAT) >= 1
