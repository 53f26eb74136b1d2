"""What is posted in a group survives crashes and odd states: never lost within its day, never said twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from bench import AMSTERDAM, START, bench
from test_planning import THURSDAY, Stage, stage

from bot.sandbox.pulse import ANYTHING
from bot.wording import planning_texts as texts
from dialogues.calendar import Recurrence
from storage import erasure
from storage.plans import MOST, Plan, TooManyPlansError

TEAMS = 12


def weekly(s: Stage, at: time = time(11), text: str = "Tijd voor koffie") -> Plan:
    """Words of the team's own, each Thursday, made by Piet."""
    (piet,) = s.b.store.contacts.of_chat(s.piet.id)
    plan = Plan(b"", s.team, 0, Recurrence("weekly", THURSDAY.date(), at), START, text=text, maker=piet.id)
    return s.b.store.plans.add(plan, s.group.id, at.hour * 100 + at.minute)


async def test_what_was_under_way_at_a_crash_is_posted_after_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It may come twice then, and the log says so without saying where; what was said does not come again."""
    async with stage(tmp_path) as s:
        plans = [weekly(s, time(11)), weekly(s, time(12), "Tijd voor soep")]
        await s.b.stop()
        s.b.set_clock(THURSDAY.replace(hour=13))
        await s.b.start()
        await s.b.ticked()
        assert sorted(m.text for m in s.posted())[-2:] == ["Tijd voor koffie", "Tijd voor soep"]
        occasion = f"plan:{plans[0].id.hex()}:{THURSDAY.date().isoformat()}"
        s.b.store.posted.put_back(s.team, occasion)
        assert s.b.store.posted.claim(s.team, occasion, THURSDAY.date())
        last = max(s.group.by_id)
        await s.b.restart()
        await s.b.ticked()
        assert [m.text for m in s.posted(last)] == ["Tijd voor koffie"]
        logged = capsys.readouterr().err
        assert "at most 1 messages may come twice" in logged
        assert s.team not in logged


async def test_at_night_and_on_free_days_nothing_is_posted(tmp_path: Path) -> None:
    """A clock that jumps past the last minute of the day drops it; the next one comes as planned."""
    async with stage(tmp_path) as s:
        weekly(s, time(20, 59))
        assert await s.at(THURSDAY.replace(hour=21)) == []
        assert await s.at(THURSDAY.replace(hour=23)) == []
        assert await s.at(THURSDAY + timedelta(days=1)) == []
        assert len(await s.at(THURSDAY.replace(hour=20, minute=59) + timedelta(days=7))) == 1


async def test_the_clock_may_change_in_between(tmp_path: Path) -> None:
    """Eleven o'clock stays eleven o'clock over the end of summer time."""
    async with stage(tmp_path) as s:
        weekly(s)
        for day in (datetime(2026, 10, 22, tzinfo=AMSTERDAM), datetime(2026, 10, 29, tzinfo=AMSTERDAM)):
            assert await s.at(day.replace(hour=10, minute=58)) == []
            assert len(await s.at(day.replace(hour=11, minute=0))) == 1


async def test_whoever_is_erased_leaves_their_plans_and_not_themselves(tmp_path: Path) -> None:
    """The reminder goes on; who made it is nobody's business any more."""
    async with stage(tmp_path) as s:
        weekly(s)
        (piet,) = s.b.store.contacts.of_chat(s.piet.id)
        erasure.erase(s.b.store, piet)
        (plan,) = s.b.store.plans.of_team(s.team)
        assert plan.maker is None
        message = await s.plan(s.carla, texts.ADJUST, "1. Tijd voor koffie")
        assert texts.PLAN_MAKER.format(name=texts.GONE_MAKER) in message.text


async def test_a_plan_too_many_is_refused(tmp_path: Path) -> None:
    """A clear sentence, and the others are unharmed; a once-only plan that has been is not counted for long."""
    async with stage(tmp_path) as s:
        for minute in range(MOST):
            weekly(s, time(11, minute))
        with pytest.raises(TooManyPlansError):
            weekly(s, time(15))
        message = await s.say(s.piet, "/plan")
        assert texts.LIST_FULL.format(count=MOST) in message.text
        assert texts.OWN_TEXT not in message.labels
        (first, *_) = s.b.store.plans.of_team(s.team)
        once = replace(first, recurrence=Recurrence("once", START.date() + timedelta(days=1), time(9)))
        s.b.store.plans.save(once)
        await s.at(START + timedelta(days=8))
        assert len(s.b.store.plans.of_team(s.team)) == MOST
        await s.at(START + timedelta(days=9))
        assert len(s.b.store.plans.of_team(s.team)) == MOST - 1


async def test_an_administrator_it_need_not_be(tmp_path: Path) -> None:
    """Made an administrator, the bot says once that it would rather not be, and leaves talk for what it is."""
    async with stage(tmp_path) as s:
        world, last = s.b.sandbox.world, max(s.group.by_id)
        member = {"user": world.bot.json(), "status": "member"}
        rights = dict.fromkeys(
            (
                *(
                    "can_be_edited",
                    "is_anonymous",
                    "can_manage_chat",
                    "can_delete_messages",
                    "can_promote_members",
                ),
                *("can_manage_video_chats", "can_restrict_members", "can_change_info", "can_invite_users"),
                *("can_post_stories", "can_edit_stories", "can_delete_stories"),
            ),
            False,
        )
        world.inject(
            {
                "my_chat_member": {
                    "chat": s.group.json(),
                    "from": s.carla.json(),
                    "date": int(START.timestamp()),
                    "old_chat_member": member,
                    "new_chat_member": {**member, "status": "administrator", **rights},
                }
            }
        )
        talk = {
            "date": int(START.timestamp()),
            "chat": s.group.json(),
            "from": s.carla.json(),
            "text": "Tot straks",
        }
        for number in range(40):
            world.inject({"message": {**talk, "message_id": 9000 + number}})
        await world.settled()
        assert [m.text for m in s.posted(last)] == [texts.NO_ADMIN_NEEDED]


async def test_a_bot_that_ends_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    """Many groups at once, and an end at a random moment: every group has its message, and few have it twice."""
    async with bench(tmp_path) as b:
        world, groups = b.sandbox.world, []
        for number in range(TEAMS):
            team = b.store.teams.add(f"Team {number}")
            group = world.group(team.name, [world.user(f"Owner {number}")])
            world.add_bot(group, b.code(team.id, "group"))
            await world.next_message(group, after=0)
            words = Recurrence("weekly", THURSDAY.date(), time(11))
            b.store.plans.add(Plan(b"", team.id, 0, words, START, text="Tijd voor koffie"), group.id, 1)
            groups.append(group)

        def posted() -> list[int]:
            return [sum(m.text == "Tijd voor koffie" for m in group.messages) for group in groups]

        b.set_clock(THURSDAY.replace(hour=12))
        for enough in (1, TEAMS // 3, TEAMS // 2):
            await world.state.pulse.until(ANYTHING, lambda enough=enough: sum(posted()) >= enough, 10)
            await b.restart()
        await b.ticked()
        assert min(posted()) == 1
        assert max(posted()) <= 2
