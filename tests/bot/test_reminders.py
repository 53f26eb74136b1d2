"""A reminder: one at most per question, two days later, kind, and off for good after one tap."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from bench import AMSTERDAM, Bench, bench
from test_answering import kept
from test_retention import of
from test_silence import WEDNESDAY, questions
from test_time import ticked

from bot.house import House
from bot.sandbox.model import Message, User
from bot.schedule.due import due
from bot.wording import silence_texts, texts
from storage.errands import Errand

FRIDAY = WEDNESDAY + timedelta(days=2)
LINE = silence_texts.REMINDER


def reminders(b: Bench, user: User) -> list[Message]:
    """Every reminder in this chat."""
    chat = b.sandbox.world.chat(user)
    return [m for m in chat.messages if m.sender == b.sandbox.world.bot and LINE in m.text]


async def at(b: Bench, moment: datetime) -> None:
    """Let it be that moment, and the bot look at the clock."""
    b.set_clock(moment)
    await ticked(b)


async def asked(b: Bench, every: str = "Elke week") -> tuple[str, User, Message]:
    """Anna, who was asked a question on Wednesday afternoon."""
    team = await b.team()
    anna = b.sandbox.world.user("Anna")
    await b.join(anna, team, "naaste", every)
    await at(b, WEDNESDAY)
    (question,) = questions(b, anna)
    return team, anna, question


async def test_a_question_is_repeated_once_after_two_days(tmp_path: Path) -> None:
    """Not before the part of the day, once across restarts, with the same buttons; and it is no second prompt."""
    async with bench(tmp_path) as b:
        team, anna, question = await asked(b)
        await at(b, FRIDAY.replace(hour=14, minute=59))
        assert not reminders(b, anna)
        await at(b, FRIDAY)
        (reminder,) = reminders(b, anna)
        assert reminder.text == question.text.replace("De Linde", f"De Linde\n\n{LINE}")
        assert reminder.labels == [*question.labels, silence_texts.NO_REMINDERS]
        await b.restart()
        for days in range(5):
            await at(b, FRIDAY + timedelta(days=days, hours=2))
        assert len(reminders(b, anna)) == 1
        assert b.diary(team).open_prompts(of(b, anna).id) == {"hoe-gaat-het-met-jullie": date(2026, 9, 16)}
        await at(b, WEDNESDAY + timedelta(days=7))
        assert of(b, anna).unanswered == 1
        assert len(questions(b, anna)) == 3
        await b.press(anna, reminder, "Goed")
        assert kept(b, team) == {"hoe": "goed"}
        assert (of(b, anna).unanswered, LINE in reminder.text) == (0, False)


REASONS: dict[str, Callable[[Bench, User, Message], object]] = {
    "answered": lambda b, anna, asked: b.sandbox.world.tap(anna, asked, "Goed"),
    "skipped": lambda b, anna, asked: b.sandbox.world.tap(anna, asked, texts.SKIP),
    "help": lambda b, anna, asked: b.sandbox.world.tap(anna, asked, texts.HELP),
    "asked for it": lambda b, anna, _: b.sandbox.world.say(anna, anna, "/checkin"),
    "stopped": lambda b, anna, _: b.sandbox.world.say(anna, anna, "/stop"),
    "blocked": lambda b, anna, _: b.sandbox.world.block(anna),
    "a break": lambda b, anna, _: b.store.contacts.set(of(b, anna).id, "paused_until", "2026-12-01"),
    "switched off": lambda b, anna, _: b.store.contacts.set(of(b, anna).id, "reminders", 0),
    "no check-ins": lambda b, anna, _: b.store.contacts.set(of(b, anna).id, "rhythm", 0),
    "only the moment": lambda b, anna, _: b.store.contacts.set(of(b, anna).id, "every", "moment"),
}


async def test_nobody_is_reminded_who_reacted_or_wants_no_question(tmp_path: Path) -> None:
    """A tap of any kind, a stop, a break, a consent that is gone: no reminder; whoever did nothing gets one."""
    async with bench(tmp_path) as b:
        team = await b.team()
        people = {reason: b.sandbox.world.user(reason) for reason in (*REASONS, "nothing")}
        for user in people.values():
            await b.join(user, team, "naaste")
        await at(b, WEDNESDAY)
        for reason, act in REASONS.items():
            (question,) = questions(b, people[reason])
            act(b, people[reason], question)
        await ticked(b)
        for days in range(4):
            await at(b, FRIDAY + timedelta(days=days))
        assert {reason for reason, user in people.items() if reminders(b, user)} == {"nothing"}


async def test_a_team_that_is_not_ready_reminds_nobody(tmp_path: Path) -> None:
    """What a team may not ask it may not repeat either."""
    async with bench(tmp_path) as b:
        team, anna, _ = await asked(b)
        b.store.teams.set_contact(team, "")
        await at(b, FRIDAY)
        assert not reminders(b, anna)


async def test_a_new_question_takes_the_place_of_a_reminder(tmp_path: Path) -> None:
    """On a day that brings another question nobody is reminded, and of the older one never again."""
    async with bench(tmp_path) as b:
        team, anna, _ = await asked(b)
        await at(b, FRIDAY.replace(hour=9))
        assert b.run("ask", team, "wat-lukte").returncode == 0
        await at(b, FRIDAY)
        assert len(questions(b, anna)) == 2
        await at(b, FRIDAY + timedelta(days=1))
        assert not reminders(b, anna)
        await at(b, FRIDAY + timedelta(days=2))
        (reminder,) = reminders(b, anna)
        assert reminder.text.endswith(questions(b, anna)[1].text.removeprefix("De Linde\n\n"))


async def test_a_part_of_the_day_that_begins_in_between_brings_its_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it turns three o'clock between looking for questions and for reminders, the question goes first."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        await at(b, WEDNESDAY - timedelta(days=2))
        assert b.run("ask", team, "wat-lukte").returncode == 0
        await ticked(b)
        assert len(questions(b, anna)) == 1

        def slowly(house: House) -> Iterator[list[Errand]]:
            yield from due(house)
            if house.local(house.now()).strftime("%H:%M") == "14:59":
                b.set_clock(WEDNESDAY)

        monkeypatch.setattr("bot.schedule.tick.due", slowly)
        await at(b, WEDNESDAY - timedelta(minutes=2))
        await ticked(b)
        assert not reminders(b, anna)
        assert len(questions(b, anna)) == 2


async def test_a_late_start_reminds_once_and_not_at_night(tmp_path: Path) -> None:
    """A bot that was off on the second day reminds on the next ones, up to the fourth; never in quiet hours."""
    async with bench(tmp_path) as b:
        _, anna, _ = await asked(b)
        await b.stop()
        b.set_clock(FRIDAY.replace(hour=21, minute=30))
        await b.start()
        await ticked(b)
        assert not reminders(b, anna)
        await at(b, FRIDAY + timedelta(days=1))
        assert len(reminders(b, anna)) == 1


async def test_no_reminder_on_a_free_day(tmp_path: Path) -> None:
    """The second day is Christmas, the third one too: it comes on the fourth."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        seen = []
        for day in range(23, 28):
            await at(b, datetime(2026, 12, day, 15, 1, tzinfo=AMSTERDAM))
            seen.append((len(questions(b, anna)), len(reminders(b, anna))))
        assert seen == [(1, 0), (1, 0), (1, 0), (1, 0), (2, 1)]


async def test_one_tap_ends_all_reminders(tmp_path: Path) -> None:
    """The button under a reminder leaves the question as it was asked, and no other reminder comes."""
    async with bench(tmp_path) as b:
        _, anna, question = await asked(b)
        await at(b, FRIDAY)
        (reminder,) = reminders(b, anna)
        assert await b.alert(anna, reminder, silence_texts.NO_REMINDERS) == silence_texts.REMINDERS_OFF
        await b.sandbox.world.until(anna, lambda: reminder.text == question.text)
        assert reminder.labels == question.labels
        assert (of(b, anna).reminders, of(b, anna).unanswered) == (False, 0)
        await at(b, WEDNESDAY + timedelta(days=7))
        await at(b, FRIDAY + timedelta(days=7))
        assert len(questions(b, anna)) == 3
        assert not reminders(b, anna)


async def test_reminders_are_a_line_in_the_settings(tmp_path: Path) -> None:
    """What was switched off is switched on again beside the consents."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        menu = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "/settings"))
        assert "Herinnering: aan." in menu.text
        await b.sandbox.world.tap(anna, menu, texts.SET_CONSENTS).answered()
        await b.sandbox.world.until(anna, lambda: "Herinnering" in menu.labels)
        for state in ("uit", "aan"):
            await b.sandbox.world.tap(anna, menu, "Herinnering").answered()
            await b.sandbox.world.until(anna, lambda state=state: f"Herinnering: {state}." in menu.text)


async def test_around_the_moment_too(tmp_path: Path) -> None:
    """Whoever hears around the evaluation moment only is reminded of that question, once."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste", "Rond evaluatie")
        moment = datetime(2026, 11, 12, 14, tzinfo=AMSTERDAM)
        b.store.agenda.set_moment(team, 1, moment)
        for days in range(6):
            await at(b, moment - timedelta(days=14 - days) + timedelta(hours=2))
        assert len(reminders(b, anna)) == 1
        assert len(questions(b, anna)) == 2
