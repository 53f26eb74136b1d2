"""The evaluation moment from the team's group: set, moved, refused with reasons; and what then comes by itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from bench import AMSTERDAM, START
from icalendar import Calendar
from test_planning import Stage, stage

from bot.sandbox.model import Message, User
from bot.wording import planning_texts as texts


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever taps a lot is not told to slow down."""
    monkeypatch.setattr("bot.network.calm.BURST", 10_000)


async def set_moment(s: Stage, user: User, day: str, at: str) -> Message:
    """/evaluatie, a typed day and a typed time, up to the summary or what is wrong."""
    message = await s.say(user, "/evaluatie")
    await s.tap(user, message, message.labels[0])
    await s.tap(user, message, texts.OTHER_DAY)
    message = await s.say(user, day, s.group.last)
    if texts.ASK_TIME not in message.text:
        return message
    await s.tap(user, message, texts.OTHER_TIME)
    return await s.say(user, at, s.group.last)


async def prompted(s: Stage, message: Message, label: str) -> Message:
    """The message to answer that comes after this tap."""
    await s.tap(s.carla, message, label)
    return await s.b.sandbox.world.next_message(s.group, after=message.id)


async def test_a_coordinator_sets_the_moment_and_all_follows_by_itself(tmp_path: Path) -> None:
    """A question two weeks before, a message in the group then and once there is feedback, and a new period."""
    async with stage(tmp_path) as s:
        world = s.b.sandbox.world
        bea = world.user("Bea")
        await s.b.join(bea, s.team, "coordinator")
        message = await set_moment(s, s.carla, "donderdag 19 november", "14:00")
        moment = "donderdag 19 november om 14:00"
        closes = "woensdag 18 november om 14:00"
        assert texts.MOMENT_SUMMARY.format(moment=moment, closes=closes) in message.text
        assert s.b.store.agenda.moment(s.team, 1) is None
        await s.tap(s.carla, message, texts.RIGHT)
        assert texts.MOMENT_KEPT.format(moment=moment) in message.text
        await s.b.ticked()
        told = [m.text for m in world.chat(bea).messages]
        assert texts.MOMENT_SET_NOTICE.format(team="De Linde", moment=moment) in told
        assert texts.MOMENT_SET_NOTICE.format(team="De Linde", moment=moment) not in [
            m.text for m in world.chat(s.carla).messages
        ]
        shown = await s.say(s.noor, "/evaluatie")
        assert texts.BY_ITSELF_BEFORE.format(day="Donderdag 5 november") in shown.text
        assert await s.at(datetime(2026, 11, 4, 16, tzinfo=AMSTERDAM)) == []
        asked = len(world.chat(s.piet).messages)
        (before,) = await s.at(datetime(2026, 11, 5, 16, tzinfo=AMSTERDAM))
        assert before.text == texts.BEFORE_MOMENT.format(moment=moment)
        assert len(world.chat(s.piet).messages) == asked + 1
        assert await s.at(datetime(2026, 11, 6, 16, tzinfo=AMSTERDAM)) == []
        (after,) = await s.at(datetime(2026, 11, 18, 14, 5, tzinfo=AMSTERDAM))
        assert after.text == texts.FEEDBACK_IS_THERE.format(day=texts.TOMORROW, time="14:00")
        period = s.b.store.answers.open_period(s.team)
        assert period is not None
        assert period.number == 2


async def test_a_moment_that_moves_after_its_question_promises_no_second_one(tmp_path: Path) -> None:
    """Nobody is asked twice; so the group hears the new moment, and that there is no question again."""
    async with stage(tmp_path) as s:
        await s.tap(s.carla, await set_moment(s, s.carla, "19 november", "14:00"), texts.RIGHT)
        (before,) = await s.at(datetime(2026, 11, 5, 16, tzinfo=AMSTERDAM))
        assert texts.BEFORE_MOMENT[-30:] in before.text
        asked = len(s.b.sandbox.world.chat(s.piet).messages)
        await s.tap(s.carla, await set_moment(s, s.carla, "4 januari", "14:00"), texts.RIGHT)
        shown = await s.say(s.noor, "/evaluatie")
        assert texts.BY_ITSELF_ASKED in shown.text
        # Longer than what was posted was remembered: the promise does not come back.
        assert await s.at(datetime(2026, 12, 20, 16, tzinfo=AMSTERDAM)) == []
        (again,) = await s.at(datetime(2026, 12, 21, 16, tzinfo=AMSTERDAM))
        assert again.text == texts.BEFORE_MOVED_MOMENT.format(moment="maandag 4 januari 2027 om 14:00")
        heard = [m.text for m in s.b.sandbox.world.chat(s.piet).messages[asked:]]
        assert not any("op tafel" in text for text in heard)


DAYS_TYPED = {
    "31 november": "November heeft 30 dagen. Kies een andere dag.",
    "4 september 2026": "4 september 2026 is al voorbij. Kies een dag die nog komt.",
    "straks": "Die dag ken ik niet. Typ bijvoorbeeld: 3 december, 3-12-2027 of vrijdag.",
}
AT_ONCE = {
    "2 november": texts.MOMENT_TOO_EARLY.format(first="dinsdag 3 november om 09:15"),
    "1 september 2028": texts.MOMENT_TOO_LATE.format(last="maandag 6 september 2027 om 10:00"),
    "1-1-2029": texts.MOMENT_TOO_LATE.format(last="maandag 6 september 2027 om 10:00"),
}
REFUSED = {
    ("3 november", "09:00"): texts.MOMENT_TOO_EARLY.format(first="dinsdag 3 november om 09:15"),
    ("19 november", "3:00"): "Dat is te laat of te vroeg op de dag. Kies een tijd tussen 8:00 en 21:00.",
    ("6 september 2027", "20:00"): texts.MOMENT_TOO_LATE.format(last="maandag 6 september 2027 om 10:00"),
}


async def test_a_moment_that_cannot_be_is_refused_with_the_reason(tmp_path: Path) -> None:
    """No such day, the past, the night, too early and too far: the exact words, and nothing is changed."""
    async with stage(tmp_path) as s:
        message = await s.say(s.carla, "/evaluatie")
        await s.tap(s.carla, message, texts.SET_MOMENT)
        await s.tap(s.carla, message, texts.OTHER_DAY)
        for typed, said in DAYS_TYPED.items():
            assert said in (await s.say(s.carla, typed, s.group.last)).text.split("\n"), typed
        for (day, at), said in REFUSED.items():
            message = await s.say(s.carla, day, s.group.last)
            await prompted(s, message, texts.OTHER_TIME)
            message = await s.say(s.carla, at, s.group.last)
            assert said in message.text.split("\n"), day
            if not message.labels:
                message = await s.say(s.carla, "10:00", message)
                await s.tap(s.carla, message, texts.ADJUST)
            await prompted(s, message, texts.OTHER_DAY)
        assert s.b.store.agenda.moment(s.team, 1) is None


async def test_a_day_on_which_no_moment_can_be_is_refused_before_the_time_is_asked(tmp_path: Path) -> None:
    """Too early, or too far: the bound is named, also where that is nearer than two years."""
    async with stage(tmp_path) as s:
        message = await s.say(s.carla, "/evaluatie")
        await s.tap(s.carla, message, texts.SET_MOMENT)
        prompt = await prompted(s, message, texts.OTHER_DAY)
        for typed, said in AT_ONCE.items():
            message = await s.say(s.carla, typed, prompt)
            assert said in message.text.split("\n"), typed
            assert texts.ASK_TIME not in message.text


async def test_a_second_moment_replaces_the_first_and_says_so(tmp_path: Path) -> None:
    """Moved, on a holiday only after saying so; and not within a day of the closing."""
    async with stage(tmp_path) as s:
        await s.tap(s.carla, await set_moment(s, s.carla, "19 november", "14:00"), texts.RIGHT)
        message = await set_moment(s, s.carla, "25 december", "11:00")
        assert texts.MOMENT_INSTEAD.format(moment="donderdag 19 november om 14:00") in message.text
        assert texts.MOMENT_FREE.format(why="Eerste kerstdag") in message.text
        assert s.b.store.agenda.moment(s.team, 1) == datetime(2026, 11, 19, 14, tzinfo=AMSTERDAM)
        await s.tap(s.carla, message, texts.RIGHT)
        assert s.b.store.agenda.moment(s.team, 1) == datetime(2026, 12, 25, 11, tzinfo=AMSTERDAM)
        await s.at(datetime(2026, 12, 23, 15, tzinfo=AMSTERDAM))
        message = await s.say(s.carla, "/evaluatie")
        closing = texts.MOMENT_CLOSING.format(closes="donderdag 24 december om 11:00")
        assert await s.tap(s.carla, message, texts.MOVE_MOMENT) == closing
        await s.at(datetime(2026, 12, 24, 15, tzinfo=AMSTERDAM))
        message = await s.say(s.carla, "/evaluatie")
        await s.tap(s.carla, message, texts.MOVE_PAST_MOMENT)
        await s.tap(s.carla, message, texts.OTHER_DAY)
        message = await s.say(s.carla, "7 januari", s.group.last)
        await s.tap(s.carla, message, "10:00")
        await s.tap(s.carla, message, texts.RIGHT)
        assert s.b.store.agenda.moment(s.team, 1) == datetime(2027, 1, 7, 10, tzinfo=AMSTERDAM)


async def test_the_calendar_file_holds_what_will_come(tmp_path: Path) -> None:
    """Read back: each time by itself, holidays and skips right, no names, and the same ids the next time."""
    async with stage(tmp_path) as s:
        await s.plan(s.piet, "Even bellen", "Elke week", "Vrijdag", "11:00", texts.RIGHT)
        await s.tap(s.carla, await set_moment(s, s.carla, "19 november", "14:00"), texts.RIGHT)
        message = await s.plan(s.piet, texts.ADJUST, "1. Even bellen", texts.SKIP_NEXT)
        files = []
        for _ in range(2):
            message = await s.say(s.noor, "/plan")
            last = max(s.group.by_id)
            await s.tap(s.carla, message, texts.ADJUST)
            await s.tap(s.carla, message, texts.CALENDAR)
            (sent,) = s.posted(last)
            assert sent.document is not None
            files.append(Calendar.from_ical(sent.document.content))
        events = {str(event["uid"]): event for event in files[0].walk("VEVENT")}
        assert {*events} == {str(event["uid"]) for event in files[1].walk("VEVENT")}
        days = {event.decoded("dtstart") for event in events.values() if "bellen" in event["summary"]}
        assert datetime(2026, 9, 11, 11, tzinfo=AMSTERDAM) not in days
        assert datetime(2026, 9, 18, 11, tzinfo=AMSTERDAM) in days
        assert datetime(2026, 12, 27, 11, tzinfo=AMSTERDAM) in days
        assert date(2026, 12, 25) not in {day.date() for day in days}
        assert max(days) <= START + timedelta(days=366)
        others = {str(event["summary"]): event.decoded("dtstart") for event in events.values()}
        assert others[texts.FILE_MOMENT] == datetime(2026, 11, 19, 14, tzinfo=AMSTERDAM)
        assert others[texts.FILE_CLOSES] == datetime(2026, 11, 18, 14, tzinfo=AMSTERDAM)
        assert not any(name in sent.document.content.decode() for name in ("Piet", "Carla", "Kartrekker"))
        assert "TZID=Europe/Amsterdam" in sent.document.content.decode()
