"""What goes wrong around a team's group costs nobody a message, and no other team anything."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from bench import START
from test_planning import THURSDAY, stage

from bot.network.send import Sender
from bot.render import Screen
from bot.sandbox.model import Message, User
from bot.wording import planning_texts as texts
from bot.wording import texts as other_texts
from dialogues.calendar import Recurrence
from dialogues.typed import NO_WORDS
from storage.batch import NotStoredError
from storage.groups import Groups
from storage.plans import Plan

COFFEE = "Tijd voor koffie"


async def test_a_file_in_trouble_costs_the_group_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What can't be said yet because something is not stored is said soon after: a reminder, and a join."""
    send, failed = Sender.send, list[str]()

    async def fails_first(self: Sender, chat: int, screen: Screen, **how: Any) -> None:
        if chat < 0 and screen.text not in failed:
            failed.append(screen.text)
            raise NotStoredError
        await send(self, chat, screen, **how)

    told, stuck = Groups.told, list[int]()

    def locked_first(self: Groups, team: str, count: int) -> None:
        if count < 0 and not stuck:
            stuck.append(count)
            raise sqlite3.OperationalError("database is locked")
        told(self, team, count)

    monkeypatch.setattr(Groups, "told", locked_first)
    async with stage(tmp_path) as s:
        plan = Plan(b"", s.team, 0, Recurrence("weekly", THURSDAY.date(), time(11)), START, text=COFFEE)
        s.b.store.plans.add(plan, s.group.id, 1)
        monkeypatch.setattr("bot.schedule.postings.TRY_AGAIN", 0)
        monkeypatch.setattr("bot.schedule.joins.TRY_AGAIN", 0)
        monkeypatch.setattr(Sender, "send", fails_first)
        s.b.set_clock(THURSDAY.replace(hour=11))
        await s.b.join(s.b.sandbox.world.user("Anna"), s.team, "naaste")
        async with asyncio.timeout(20):
            while stuck != [-1] or not {m.text for m in s.posted()} >= {COFFEE, other_texts.JOIN_ANNOUNCED}:
                await s.b.ticked()
        await s.b.ticked()
        assert sorted(failed) == sorted([COFFEE, other_texts.JOIN_ANNOUNCED])
        said = [m.text for m in s.posted()]
        assert [said.count(text) for text in failed] == [1, 1]


@pytest.mark.parametrize("day", ["00010131", "99991231"])
async def test_no_forged_day_keeps_the_bot_busy_or_ends_it(tmp_path: Path, day: str) -> None:
    """A day of two thousand years ago, or the last that a calendar knows, is in no button of ours."""
    async with stage(tmp_path) as s:
        world = s.b.sandbox.world
        message = await s.say(s.carla, "/plan")
        what = message.button("Even bellen").data.split(".")[3]
        forged = [f"plan.k.0.{what}.{every}.{day}.1030" for every in ("once", "month")]
        for data in [*forged, f"vrij.k.{day}.{day}", f"eval.k.1.{day}.1030"]:
            await world.forge(s.carla, message, data).answered()
        await world.settled()
        assert s.b.store.plans.of_team(s.team) == []
        assert s.b.store.free_days.of(s.team).own == ()
        await s.at(THURSDAY)
        assert texts.LIST_EMPTY in (await s.say(s.piet, "/plan")).text


async def test_an_old_button_is_never_about_another_plan(tmp_path: Path) -> None:
    """A reminder was stopped, and a new one has its number: what lies in the chat of the old one is over."""
    weekly = ("Even bellen", "Elke week", "Donderdag", "11:00", texts.RIGHT)
    of_it = (texts.ADJUST, "1. Even bellen")
    async with stage(tmp_path) as s:
        await s.plan(s.piet, *weekly)
        moving = await s.plan(s.carla, *of_it, texts.MOVE, "Vrijdag", "16:00")
        old = [await s.plan(s.carla, *of_it), await s.plan(s.carla, *of_it, texts.STOP)]
        await s.plan(s.carla, *of_it, texts.STOP, texts.STOP_SURE)
        await s.plan(s.piet, *weekly)
        plans = s.b.store.plans.of_team(s.team)
        assert [plan.number for plan in plans] == [1]
        for message in (*old, moving):
            for label in message.labels:
                assert await s.tap(s.carla, message, label) in (texts.OVER, ""), label
                assert s.b.store.plans.of_team(s.team) == plans, label


async def test_a_team_without_an_open_day_keeps_no_other_from_its_reminders(tmp_path: Path) -> None:
    """Free days without end are that team's trouble alone."""
    async with stage(tmp_path) as s:
        other, today = await s.b.team("Het Eiland"), START.date()
        for stretch in range(5):
            first = today + stretch * timedelta(days=92)
            s.b.store.free_days.add(other, first, first + timedelta(days=92))
        for team, every in ((other, "once"), (s.team, "weekly")):
            plan = Plan(b"", team, 0, Recurrence(every, THURSDAY.date(), time(11)), START, text=COFFEE)
            s.b.store.plans.add(plan, s.group.id, 1)
        await s.b.restart()
        assert [m.text for m in await s.at(THURSDAY.replace(hour=11))] == [COFFEE]


async def test_that_the_maker_is_not_known_says_nothing_about_taking_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram need not tell a bot that is no administrator who somebody is; nobody has left then."""

    async def nobody(*_: object) -> None:
        return None

    monkeypatch.setattr(Sender, "first_name", nobody)
    async with stage(tmp_path) as s:
        await s.plan(s.piet, "Even bellen", "Elke week", "Donderdag", "11:00", texts.RIGHT)
        message = await s.plan(s.carla, texts.ADJUST, "1. Even bellen")
        assert texts.PLAN_MAKER.format(name="dat weet ik niet meer") in message.text


async def test_typed_words_are_taken_only_of_who_may_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stranger's, a naaste's and a channel's bring nothing; in /evaluatie and /vrij a professional's neither."""
    monkeypatch.setattr("bot.network.calm.BURST", 10_000)
    async with stage(tmp_path) as s:
        world = s.b.sandbox.world

        async def prompted(user: User, command: str, *labels: str) -> Message:
            message = await s.say(user, command)
            for label in labels:
                await s.tap(user, message, label)
            return await world.next_message(s.group, after=message.id)

        async def silent(prompt: Message, *users: User, words: str = "morgen") -> None:
            for user in users:
                world.say(user, s.group, words, prompt)
                world.send(user, s.group, "sticker", reply_to=prompt)
            await world.settled()
            assert [m.text for m in s.posted(prompt.id)] == []

        prompt = await prompted(s.piet, "/plan", texts.OWN_TEXT)
        channel = {"sender_chat": {"id": -100123, "type": "channel", "title": "Krant"}, "text": COFFEE}
        of = {"date": int(START.timestamp()), "chat": s.group.json(), "from": s.piet.json(), "message_id": 9000}
        world.inject({"message": {**of, **channel, "reply_to_message": prompt.json(nested=True)}})
        await silent(prompt, s.eve, s.noor, words="Ik wil niet meer leven")
        for command, *labels in (("/evaluatie", texts.SET_MOMENT, texts.OTHER_DAY), ("/vrij", texts.ADD_FREE)):
            await silent(await prompted(s.carla, command, *labels), s.eve, s.noor, s.piet)


async def test_what_is_no_text_is_asked_for_as_text(tmp_path: Path) -> None:
    """A sticker, a picture with words below it, or only spaces: typed it can be used, and nothing is too long."""
    async with stage(tmp_path) as s:
        world = s.b.sandbox.world
        await s.plan(s.piet, texts.OWN_TEXT)
        for kind, below in (("sticker", ""), ("photo", COFFEE)):
            sent = world.send(s.piet, s.group, kind, below, reply_to=s.group.last)
            prompt = await world.next_message(s.group, after=sent.id)
            assert texts.MISREAD[NO_WORDS] in prompt.text.split("\n")
        assert texts.MISREAD[NO_WORDS] in (await s.say(s.piet, " \n ", prompt)).text
        message = await s.say(s.piet, COFFEE, s.group.last)
        assert message.text.endswith(COFFEE)


async def test_no_screen_of_plan_has_more_than_five_buttons(tmp_path: Path) -> None:
    """With nothing planned, with one and with all that can be; each plan is found behind *Aanpassen*."""
    async with stage(tmp_path) as s:
        message = await s.say(s.piet, "/plan")
        assert message.labels == ["Hoe gaat het met…", "Even bellen", texts.MORE, texts.OWN_TEXT, texts.CALENDAR]
        for number in range(8):
            rule = Recurrence("weekly", THURSDAY.date(), time(11, number))
            s.b.store.plans.add(Plan(b"", s.team, 0, rule, START, text=COFFEE), s.group.id, number)
        message = await s.say(s.piet, "/plan")
        assert message.labels[-2:] == [texts.OWN_TEXT, texts.ADJUST]
        assert len(message.labels) == 5
        await s.tap(s.piet, message, texts.ADJUST)
        seen = list[str]()
        while True:
            assert len(message.labels) <= 5
            seen += [label[0] for label in message.labels if label[0].isdecimal()]
            if texts.MORE_PLANS not in message.labels:
                break
            await s.tap(s.piet, message, texts.MORE_PLANS)
        assert seen == list("12345678")


async def test_what_comes_once_names_its_day_once_and_stands_still_no_more_when_it_was(tmp_path: Path) -> None:
    """No day is said twice; what is over is not paused."""
    async with stage(tmp_path) as s:
        message = await s.plan(s.piet, "Even bellen", "Eén keer", "Morgen", "09:00", texts.RIGHT)
        assert message.text.count("8 september") == 1
        message = await s.plan(s.piet, texts.ADJUST, "1. Even bellen")
        assert message.text.count("8 september") == 1
        assert texts.PAUSE in message.labels
        await s.at(THURSDAY)
        message = await s.plan(s.piet, texts.ADJUST, "1. Even bellen")
        assert texts.LIST_OVER in message.text
        assert message.labels == [texts.MOVE, texts.STOP, texts.BACK]
