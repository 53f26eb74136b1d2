"""What teams plan, over weeks: on its own day, once, or not at all, whatever bot and clock went through."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from pathlib import Path

from bench import AMSTERDAM
from hypothesis import given, settings
from hypothesis import strategies as st
from year.installation import Clock, Installation

from dialogues.calendar import EVERY, FreeDays, Recurrence
from storage.plans import Plan

GROUP, WEEKS = -1001234567890, 6
EXAMPLES = 150 if os.environ.get("TEST_PROFILE") == "proof" else 8
STARTS = (date(2026, 10, 12), date(2026, 12, 7), date(2027, 3, 15), date(2028, 2, 14))
"""Mondays before the end of summer time, Christmas, Easter and the beginning of summer time, a leap day."""


@dataclass(frozen=True)
class Life:
    """From when on, what is planned, what is free; and when the bot looked, was restarted or in no group."""

    start: datetime
    rules: list[Recurrence]
    free: FreeDays
    looks: list[datetime]
    restarts: set[int]
    out: set[int]


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """Six weeks of a team, with a bot that may be away for a minute or for weeks."""
    first = draw(st.sampled_from(STARTS))
    start = datetime.combine(first, time(10), AMSTERDAM)
    days = st.integers(-40, WEEKS * 7).map(lambda ahead: first + timedelta(days=ahead))
    clocks = st.times(time(8), time(20, 59)).map(lambda clock: clock.replace(second=0, microsecond=0))
    rules = draw(st.lists(st.builds(Recurrence, st.sampled_from(EVERY), days, clocks), min_size=1, max_size=3))
    closed = draw(st.none() | st.tuples(days, st.integers(0, 9)))
    free = FreeDays(((closed[0], closed[0] + timedelta(days=closed[1])),) if closed else ())
    minutes = draw(st.sets(st.integers(1, WEEKS * 7 * 24 * 60), max_size=30))
    near = {m for rule in rules for m in _around(rule, start, free, draw(st.integers(-1, 1)))}
    looks = [_later(start, minute) for minute in sorted(minutes | near)]
    numbers = st.sets(st.integers(0, max(0, len(looks) - 1)))
    return Life(start, rules, free, looks, draw(numbers), draw(numbers))


def _around(rule: Recurrence, start: datetime, free: FreeDays, late: int) -> set[int]:
    """Minutes since the start about each time that this comes: just before, just then, or just after."""
    end = start + timedelta(weeks=WEEKS)
    comes = takewhile(lambda moment: moment < end, rule.after(start, AMSTERDAM, free))
    return {max(1, int((at.astimezone(UTC) - start.astimezone(UTC)).total_seconds()) // 60 + late) for at in comes}


def _later(start: datetime, minutes: int) -> datetime:
    """So many minutes later in truth, on the clock of the wall."""
    return (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(AMSTERDAM)


def expected(life: Life) -> Counter[tuple[str, date]]:
    """Each plan once on each of its days on which the bot looked, in a group, in time and before the night."""
    seen = Counter[tuple[str, date]]()
    for number, rule in enumerate(life.rules):
        comes = takewhile(lambda day: day <= life.looks[-1].date(), rule.days(life.free)) if life.looks else ()
        for day in comes:
            at = datetime.combine(day, rule.at, AMSTERDAM)
            looked = [
                look
                for index, look in enumerate(life.looks)
                if look.date() == day and look >= at and 8 <= look.hour < 21 and index not in life.out
            ]
            if at > life.start and looked:
                seen[f"Plan {number}", day] = 1
    return seen


async def lived(life: Life, data: Path) -> Counter[tuple[str, date]]:
    """What the group got."""
    clock, got = Clock(life.start), Counter[tuple[str, date]]()
    place = Installation(data, clock)
    place.start()
    team = place.store.teams.add("De Linde").id
    for first, last in life.free.own:
        place.store.free_days.add(team, first, last)
    for number, rule in enumerate(life.rules):
        plan = Plan(b"", team, 0, rule, life.start, text=f"Plan {number}")
        place.store.plans.add(plan, GROUP, number)
    for index, look in enumerate(life.looks):
        if index in life.out:
            place.store.groups.forget(GROUP)
        else:
            place.store.groups.set(team, GROUP)
        clock.now = look
        got.update((letter.screen.text, letter.at.date()) for letter in await place.tick() if letter.chat == GROUP)
        if index in life.restarts:
            await place.kill()
            place.start()
    await place.kill()
    return got


@settings(max_examples=EXAMPLES, deadline=None)
@given(lives())
def test_everything_comes_once_on_its_own_day_or_not_at_all(life: Life) -> None:
    """Nothing twice, nothing late, no burst after weeks away; nothing is lost that could be said in its day."""
    with tempfile.TemporaryDirectory() as directory:
        assert asyncio.run(lived(life, Path(directory) / "data")) == expected(life)
