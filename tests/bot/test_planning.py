"""Planning from the team's group: made in five taps, posted once, and harmed by no bad input."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from bench import AMSTERDAM, Bench, bench

from bot.sandbox.model import Chat, Message, User
from bot.wording import planning_texts as texts
from bot.wording import texts as other_texts

THURSDAY = datetime(2026, 9, 10, 10, 30, tzinfo=AMSTERDAM)
"""The first Thursday after START, at a time that is planned below."""


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever taps a lot is not told to slow down."""
    monkeypatch.setattr("bot.network.calm.BURST", 10_000)


@dataclass
class Stage:
    """A team with a group: a coordinator, a professional, a naaste, and somebody who takes no part."""

    b: Bench
    team: str
    group: Chat
    carla: User
    piet: User
    noor: User
    eve: User

    def posted(self, after: int = 0) -> list[Message]:
        """What the bot said in the group since this message."""
        return [m for m in self.group.messages if m.id > after and m.sender == self.b.sandbox.world.bot]

    async def say(self, user: User, text: str, reply_to: Message | None = None) -> Message:
        """The bot's answer to what somebody types in the group."""
        last = max(self.group.by_id)
        self.b.sandbox.world.say(user, self.group, text, reply_to)
        return await self.b.sandbox.world.next_message(self.group, after=last)

    async def tap(self, user: User, message: Message, label: str) -> str:
        """Tap; what popped up, once the message has changed or the bot has said it does not."""
        answer = await self.b.sandbox.world.tap(user, message, label).answered()
        await self.b.sandbox.world.settled(quiet=0.02)
        return answer.text

    async def plan(self, user: User, *labels: str) -> Message:
        """/plan, and these taps one after another."""
        message = await self.say(user, "/plan")
        for label in labels:
            assert await self.tap(user, message, label) == "", label
        return message

    async def looked(self) -> None:
        """The ticker has looked at the clock since, and sent what it found."""
        await self.b.ticked()

    async def at(self, moment: datetime) -> list[Message]:
        """What is posted once it is this moment."""
        last = max(self.group.by_id)
        self.b.set_clock(moment)
        await self.looked()
        return self.posted(last)


@asynccontextmanager
async def stage(directory: Path) -> AsyncIterator[Stage]:
    """Everybody in place, on a Monday morning."""
    async with bench(directory) as b:
        world = b.sandbox.world
        team = await b.team()
        carla = next(user for user in world.state.users.values() if user.first_name == "Kartrekker De Linde")
        piet, noor, eve = world.user("Piet"), world.user("Noor"), world.user("Eve")
        await b.join(piet, team, "professional", "Rond evaluatie")
        await b.join(noor, team, "naaste", "Rond evaluatie")
        group = world.group("De Linde", [carla, piet, noor, eve])
        world.add_bot(group, b.code(team, "group"))
        await world.next_message(group, after=0)
        await world.settled()
        yield Stage(b, team, group, carla, piet, noor, eve)


async def test_a_reminder_takes_five_taps_and_comes_when_it_said(tmp_path: Path) -> None:
    """What, how often, which day, what time, Klopt: then it is posted on that day and every other week, once."""
    async with stage(tmp_path) as s:
        message = await s.plan(s.piet, "Even bellen", "Elke twee weken", "Donderdag", "11:00")
        assert (
            "De eerste komt op donderdag 10 september om 11:00. Daarna op donderdag 24 september." in message.text
        )
        assert s.b.store.plans.of_team(s.team) == []
        assert message.labels == [texts.RIGHT, texts.ADJUST]
        await s.tap(s.piet, message, texts.RIGHT)
        assert message.labels == []
        (plan,) = s.b.store.plans.of_team(s.team)
        assert await s.at(THURSDAY) == []
        (question,) = await s.at(THURSDAY.replace(hour=11))
        assert question.labels == [texts.TO_PRIVATE]
        assert await s.at(THURSDAY.replace(hour=15)) == []
        await s.b.restart()
        assert await s.at(THURSDAY + timedelta(days=7, hours=2)) == []
        (again,) = await s.at(THURSDAY + timedelta(days=14, hours=2))
        assert again.text == question.text
        listed = await s.say(s.noor, "/plan")
        assert (
            "1. Even bellen – elke twee weken op donderdag om 11:00. De volgende: donderdag 8 oktober."
            in listed.text
        )
        assert plan.number == 1


async def test_the_link_asks_in_private_only_whom_it_is_for(tmp_path: Path) -> None:
    """A professional gets the question in their own chat and can answer there; others a kind sentence."""
    async with stage(tmp_path) as s:
        world = s.b.sandbox.world
        await s.plan(s.carla, "Even bellen", "Eén keer", "Morgen", "09:00", texts.RIGHT)
        (question,) = await s.at(datetime(2026, 9, 8, 9, 0, tzinfo=AMSTERDAM))
        url = question.keyboard[0][0].url
        asked = await s.b.after(s.piet, lambda: world.follow(s.piet, url))
        assert other_texts.SKIP in asked.labels
        await s.b.press(s.piet, asked, asked.labels[0])
        told = await s.b.after(s.piet, lambda: world.follow(s.piet, url))
        assert told.text == texts.LINK_ANSWERED
        told = await s.b.after(s.noor, lambda: world.follow(s.noor, url))
        assert told.text == texts.LINK_NOT_FOR_YOU
        told = await s.b.after(s.eve, lambda: world.follow(s.eve, url))
        assert told.text == other_texts.NO_INVITATION
        told = await s.b.after(s.carla, lambda: world.follow(s.carla, url))
        assert told.text == other_texts.NO_ROLE.format(team="De Linde")
        await s.b.after(s.piet, lambda: world.say(s.piet, s.piet, "/stop"))
        (piet,) = s.b.store.contacts.of_chat(s.piet.id)
        s.b.store.contacts.set(piet.id, "state", "stopped")
        told = await s.b.after(s.piet, lambda: world.follow(s.piet, url))
        assert told.text == other_texts.REJOIN.format(team="De Linde")


async def test_words_with_a_signal_of_danger_bring_whom_to_call(tmp_path: Path) -> None:
    """In the group too the help card comes at once, and such words are not planned."""
    async with stage(tmp_path) as s:
        await s.plan(s.piet, texts.OWN_TEXT)
        message = await s.say(s.piet, "Ik wil niet meer leven", s.group.last)
        assert "113" in message.text
        assert message.text.endswith(texts.NOT_PLANNED)
        assert message.labels == []


async def test_a_question_waits_until_the_team_is_ready(tmp_path: Path) -> None:
    """Whoever plans one before there is a contact line is told so; own words need no such thing."""
    async with stage(tmp_path) as s:
        s.b.store.teams.set_contact(s.team, "")
        message = await s.plan(s.piet, "Even bellen", "Elke week", "Donderdag", "11:00", texts.RIGHT)
        assert texts.NOT_READY in message.text
        assert await s.at(THURSDAY.replace(hour=12)) == []
        s.b.store.teams.set_contact(s.team, "bel 020 123 45 67")
        assert len(await s.at(THURSDAY.replace(hour=12, minute=5))) == 1


async def test_own_words_are_posted_as_they_were_typed(tmp_path: Path) -> None:
    """Markup and links stay letters, a restart in the middle loses nothing, and only Klopt stores anything."""
    words = "<b>Denk</b> aan *de* _kaarten_ & https://voorbeeld.nl\n\nJullie tekst:\n/plan"
    async with stage(tmp_path) as s:
        await s.plan(s.piet, texts.OWN_TEXT)
        prompt = s.group.last
        assert texts.TYPE_TEXT in prompt.text
        await s.b.restart()
        message = await s.say(s.piet, words, prompt)
        await s.tap(s.piet, message, "Elke week")
        await s.tap(s.piet, message, texts.OTHER_DAY)
        message = await s.say(s.carla, "vrijdag", s.group.last)
        await s.tap(s.piet, message, texts.OTHER_TIME)
        message = await s.say(s.piet, "10.15 uur", s.group.last)
        assert message.text.endswith(texts.TEXT_MARK + words)
        await s.b.restart()
        await s.tap(s.piet, message, texts.RIGHT)
        (posted,) = await s.at(datetime(2026, 9, 11, 10, 15, tzinfo=AMSTERDAM))
        assert posted.text == words
        assert {entity["type"] for entity in posted.entities} <= {"url", "bot_command"}


async def test_a_tap_is_only_for_who_may(tmp_path: Path) -> None:
    """A naaste, a stranger, somebody of another team, and a professional at /evaluatie: a window, and no more."""
    async with stage(tmp_path) as s:
        world = s.b.sandbox.world
        other = await s.b.team("Het Eiland")
        olga = world.user("Olga")
        await s.b.join(olga, other, "professional")
        world.join(olga, s.group)
        message = await s.plan(s.piet, "Even bellen", "Elke week", "Donderdag", "11:00")
        before, said = message.text, len(s.group.messages)
        for user in (s.noor, s.eve, olga):
            assert await s.tap(user, message, texts.RIGHT) == texts.NOT_YOURS
            for data in (
                "plan.y.1",
                "plan.k.0.t.week.20260910.1100",
                "vrij.k.20261001.20261001",
                "eval.k.1.20261210.1000",
            ):
                assert (await world.forge(user, message, data).answered()).text in (
                    texts.NOT_YOURS,
                    texts.ONLY_COORDINATORS,
                )
        moment = await s.say(s.noor, "/evaluatie")
        assert await s.tap(s.piet, moment, texts.SET_MOMENT) == texts.ONLY_COORDINATORS
        assert message.text == before
        assert s.b.store.plans.of_team(s.team) == []
        assert len(s.group.messages) == said + 2


async def test_two_taps_on_klopt_make_one_reminder(tmp_path: Path) -> None:
    """Two people, a double tap or an update that comes again: the message makes one plan."""
    async with stage(tmp_path) as s:
        world = s.b.sandbox.world
        message = await s.plan(s.piet, "Even bellen", "Elke week", "Donderdag", "11:00")
        data = message.button(texts.RIGHT).data
        for user in (s.piet, s.carla, s.piet):
            await world.forge(user, message, data).answered()
        await world.settled()
        assert len(s.b.store.plans.of_team(s.team)) == 1


async def test_what_is_planned_can_be_skipped_paused_moved_and_stopped(tmp_path: Path) -> None:
    """Each does what it says, for the plan it was about, and shows who made it."""
    async with stage(tmp_path) as s:
        await s.plan(s.piet, "Even bellen", "Elke week", "Donderdag", "11:00", texts.RIGHT)
        message = await s.plan(s.carla, texts.ADJUST, "1. Even bellen")
        assert texts.PLAN_MAKER.format(name="Piet") in message.text
        await s.tap(s.carla, message, texts.SKIP_NEXT)
        assert "De volgende: donderdag 17 september" in message.text
        assert await s.at(THURSDAY.replace(hour=12)) == []
        await s.tap(s.carla, message, texts.PAUSE)
        assert texts.LIST_PAUSED in message.text
        assert await s.at(THURSDAY + timedelta(days=7, hours=2)) == []
        await s.tap(s.carla, message, texts.GO_ON)
        assert await s.at(THURSDAY + timedelta(days=7, hours=4)) == []
        await s.tap(s.carla, message, texts.MOVE)
        await s.tap(s.carla, message, "Vrijdag")
        await s.tap(s.carla, message, "16:00")
        await s.tap(s.carla, message, texts.RIGHT)
        assert len(await s.at(THURSDAY + timedelta(days=8, hours=6))) == 1
        assert await s.at(THURSDAY + timedelta(days=14, hours=2)) == []
        message = await s.plan(s.carla, texts.ADJUST, "1. Even bellen", texts.STOP)
        assert len(s.b.store.plans.of_team(s.team)) == 1
        await s.tap(s.carla, message, texts.STOP_SURE)
        assert s.b.store.plans.of_team(s.team) == []


async def test_a_week_away_brings_todays_message_and_no_burst(tmp_path: Path) -> None:
    """What was due while the bot was off, or out of the group, is dropped; the plans are unharmed."""
    async with stage(tmp_path) as s:
        world = s.b.sandbox.world
        for day in ("Dinsdag", "Woensdag", "Donderdag"):
            await s.plan(s.piet, "Even bellen", "Elke week", day, "11:00", texts.RIGHT)
        await s.b.stop()
        s.b.set_clock(THURSDAY + timedelta(days=14, hours=4))
        last = max(s.group.by_id)
        await s.b.start()
        await s.looked()
        assert len(s.posted(last)) == 1
        world.remove_bot(s.group)
        await s.looked()
        told = [m.text for m in world.chat(s.carla).messages]
        assert texts.NO_GROUP_NOTICE.format(team="De Linde") in told
        assert await s.at(THURSDAY + timedelta(days=21, hours=4)) == []
        world.add_bot(s.group, s.b.code(s.team, "group"))
        await world.settled()
        assert len(await s.at(THURSDAY + timedelta(days=21, hours=5))) == 1
        new = world.upgrade(s.group)
        await world.settled()
        s.group = new
        assert len(await s.at(datetime(2026, 10, 6, 11, 0, tzinfo=AMSTERDAM))) == 1


async def test_a_free_day_moves_it_and_says_so(tmp_path: Path) -> None:
    """A team's own free day is set by its coordinator, and named where something moves because of it."""
    async with stage(tmp_path) as s:
        free = await s.say(s.carla, "/vrij")
        await s.tap(s.carla, free, texts.ADD_FREE)
        asked = await s.say(s.carla, "10 september tot en met 11 september", s.group.last)
        assert await s.tap(s.piet, asked, texts.RIGHT) == texts.ONLY_COORDINATORS
        await s.tap(s.carla, asked, texts.RIGHT)
        message = await s.plan(s.piet, "Even bellen", "Elke week", "Donderdag", "11:00")
        moved = texts.MOVED_FREE.format(
            planned="Donderdag 10 september", why=texts.OWN_FREE_DAY, comes="zaterdag 12 september"
        )
        assert moved in message.text
        await s.tap(s.piet, message, texts.RIGHT)
        assert await s.at(THURSDAY.replace(hour=12)) == []
        assert len(await s.at(THURSDAY + timedelta(days=2, hours=2))) == 1


DAYS_TYPED = {
    "31 november": "November heeft 30 dagen. Kies een andere dag.",
    "29 februari 2027": "Februari 2027 heeft 28 dagen. Kies een andere dag.",
    "3-9-2026": "3 september 2026 is al voorbij. Kies een dag die nog komt.",
    "gisteren": "6 september 2026 is al voorbij. Kies een dag die nog komt.",
    "vrijdag 10 september": "10 september 2026 is een donderdag. Welke dag bedoel je?",
    "1-1-2030": "1 januari 2030 is wel heel ver weg. Kies een dag binnen twee jaar.",
    "<b>straks</b>": "Die dag ken ik niet. Typ bijvoorbeeld: 3 december, 3-12-2027 of vrijdag.",
}
TIMES_TYPED = {
    "3:00": "Dat is te laat of te vroeg op de dag. Kies een tijd tussen 8:00 en 21:00.",
    "21:00": "Dat is te laat of te vroeg op de dag. Kies een tijd tussen 8:00 en 21:00.",
    "half elf": "Die tijd ken ik niet. Typ de tijd met cijfers, bijvoorbeeld 10:30.",
    "25:00": "Die tijd ken ik niet. Typ de tijd met cijfers, bijvoorbeeld 10:30.",
}


async def test_bad_input_gets_a_clear_sentence_and_harms_nothing(tmp_path: Path) -> None:
    """The exact answer to each mistake; the question is put again, and the right answer goes on from there."""
    async with stage(tmp_path) as s:
        message = await s.plan(s.piet, "Even bellen", "Eén keer", texts.OTHER_DAY)
        for typed, said in DAYS_TYPED.items():
            prompt = await s.say(s.piet, typed, s.group.last)
            assert said in prompt.text.split("\n"), typed
            assert texts.TYPE_DAY in prompt.text
        message = await s.say(s.piet, "vandaag", s.group.last)
        assert await s.tap(s.piet, message, "09:00") == ""
        assert texts.OVER_BY_NOW in message.text
        await s.tap(s.piet, message, "Morgen")
        await s.tap(s.piet, message, texts.ADJUST)
        await s.tap(s.piet, message, texts.ADJUST_WHAT["at"])
        await s.tap(s.piet, message, texts.OTHER_TIME)
        for typed, said in TIMES_TYPED.items():
            prompt = await s.say(s.piet, typed, s.group.last)
            assert said in prompt.text.split("\n"), typed
        message = await s.say(s.piet, "10:30", s.group.last)
        assert "Dit komt op dinsdag 8 september om 10:30." in message.text
        await s.plan(s.piet, texts.OWN_TEXT)
        prompt = await s.say(s.piet, "x" * 301, s.group.last)
        assert texts.TOO_LONG_TEXT.format(count=301) in prompt.text
        assert s.b.store.plans.of_team(s.team) == []


async def test_what_is_not_for_the_bot_stays_unanswered(tmp_path: Path) -> None:
    """A command for another bot, talk, and an answer to a message that asked for nothing: silence."""
    async with stage(tmp_path) as s:
        world = s.b.sandbox.world
        message = await s.plan(s.piet, "Even bellen", "Eén keer", "Morgen", "09:00", texts.RIGHT)
        last = max(s.group.by_id)
        world.say(s.piet, s.group, "/plan@anderebot")
        world.say(s.piet, s.group, "Wat een goed plan")
        world.say(s.piet, s.group, "Goed zo!", message)
        await world.settled()
        assert s.posted(last) == []
        told = await s.b.after(s.piet, lambda: world.say(s.piet, s.piet, "/plan"))
        assert told.text == texts.IN_THE_GROUP


@pytest.mark.parametrize(
    "forged", ["plan", "plan.s", "plan.s.0.zzzzz.week..", "plan.v.99", "plan.n.1.x", "eval.s.7..", "vrij.k.1.2"]
)
async def test_a_forged_button_is_over(tmp_path: Path, forged: str) -> None:
    """What no message of ours ever carried changes nothing."""
    async with stage(tmp_path) as s:
        message = await s.say(s.carla, "/plan")
        before = message.text
        answer = await s.b.sandbox.world.forge(s.carla, message, forged).answered()
        assert answer.text == texts.OVER
        assert message.text == before
