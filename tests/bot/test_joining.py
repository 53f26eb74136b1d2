"""Joining through the chat: what people are told, what they choose, and codes that do not work."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

from bench import Bench, bench

from bot.network.patience import FREE_TRIES
from bot.wording import texts
from storage import closing


def kept(b: Bench, team: str) -> list[str]:
    """The values of everything that is stored for the open period of a team."""
    period = b.store.answers.open_period(team)
    assert period is not None
    return [row.value for row in b.store.answers.of_period(team, period.number)]


async def test_join_then_checkin_then_answer(tmp_path: Path) -> None:
    """The path that everything else stands on: invitation, consent, rhythm, question, answer, next question."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        told = await b.after(anna, lambda: b.sandbox.world.start(anna, b.code(team, "naaste")))
        assert told.labels[0] == "Ja, ik doe mee"
        assert not b.store.contacts.of_chat(anna.id)
        often = await b.press(anna, told, "Ja, ik doe mee")
        day = await b.press(anna, often, "Elke week")
        part = await b.press(anna, day, "Woensdag")
        done = await b.press(anna, part, "Middag")
        assert not done.labels
        assert "woensdag 9 september" in done.text
        asked = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "/checkin"))
        assert asked.text == "De Linde\n\nHoe gaat het met jullie?"
        following = await b.press(anna, asked, "Goed")
        assert following.id > asked.id
        assert asked.text.endswith("✓ Goed")
        assert asked.labels == [texts.CHANGE]
        assert kept(b, team) == ["goed"]


async def test_people_are_told_before_they_say_yes(tmp_path: Path) -> None:
    """Nobody consents to something they were not told: each point of the promise is in the message."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        told = await b.after(anna, lambda: b.sandbox.world.start(anna, b.code(team, "naaste")))
        points = (
            *("De Linde", "bel 020 123 45 67", "hoe vaak", "zonder je naam", "kleine groepen", "Telegram kan"),
            *("niet helemaal versleuteld", "telefoon", "beheerder", "hoe je schrijft", "leest live mee", "/stop"),
        )
        assert [point for point in points if point not in told.text.replace("Van kleine", "van kleine")] == []


async def test_people_know_whom_to_ask_before_they_say_yes(tmp_path: Path) -> None:
    """Which team, and how to reach it; where it wrote nothing yet, whoever gave the link, and no question."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, bert = b.sandbox.world.user("Anna"), b.sandbox.world.user("Bert")
        told = await b.after(anna, lambda: b.sandbox.world.start(anna, b.code(team, "naaste")))
        assert "Wie zit hierachter: De Linde. Bereikbaar via: bel 020 123 45 67" in told.text
        bare = b.store.teams.add("Het Eiland")
        closing.ensure_periods(b.store, b.now())
        told = await b.after(bert, lambda: b.sandbox.world.start(bert, b.code(bare.id, "naaste")))
        assert f"Wie zit hierachter: Het Eiland. Bereikbaar via: {texts.ASK_WHO_INVITED}" in told.text
        await b.join(bert, bare.id, "naaste")
        asked = await b.after(bert, lambda: b.sandbox.world.say(bert, bert, "/checkin"))
        assert asked.text == texts.NOT_READY.format(team="Het Eiland")


async def test_saying_no_keeps_nothing(tmp_path: Path) -> None:
    """Declining leaves no account, and the code stays usable for a change of mind."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        code = b.code(team, "naaste")
        told = await b.after(anna, lambda: b.sandbox.world.start(anna, code))
        await b.sandbox.world.tap(anna, told, texts.NO_CONSENT).answered()
        await b.sandbox.world.until(anna, lambda: told.text == texts.DECLINED)
        assert not b.store.contacts.of_chat(anna.id)
        again = await b.after(anna, lambda: b.sandbox.world.start(anna, code))
        assert again.labels[0] == texts.CONSENT


async def test_codes_that_do_not_work(tmp_path: Path) -> None:
    """Wrong, used-up and expired codes get a kind sentence each, and nobody gets an account by them."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, bert = b.sandbox.world.user("Anna"), b.sandbox.world.user("Bert")
        used, old = b.code(team, "naaste"), b.code(team, "naaste")
        told = await b.after(anna, lambda: b.sandbox.world.start(anna, used))
        await b.press(anna, told, texts.CONSENT)
        for code, text in (("nergensvoor", texts.WRONG_CODE), (used, texts.USED_CODE)):
            said = await b.after(bert, lambda code=code: b.sandbox.world.start(bert, code))
            assert said.text == text
        offered = await b.after(bert, lambda: b.sandbox.world.start(bert, old))
        b.forward(days=31)
        said = await b.after(bert, lambda: b.sandbox.world.start(bert, old))
        assert said.text == texts.EXPIRED_CODE
        await b.sandbox.world.tap(bert, offered, texts.CONSENT).answered()
        await b.sandbox.world.until(bert, lambda: offered.text == texts.EXPIRED_CODE)
        assert not b.store.contacts.of_chat(bert.id)


async def test_answers_get_slower_after_five_wrong_codes(tmp_path: Path) -> None:
    """Guessing is slowed down per chat, survives a restart, and keeps nobody else waiting."""
    async with bench(tmp_path) as b:
        await b.team()
        anna, bert = b.sandbox.world.user("Anna"), b.sandbox.world.user("Bert")
        for number in range(FREE_TRIES):
            await b.after(anna, lambda number=number: b.sandbox.world.start(anna, f"gok{number}"))
        await b.restart()
        begin = time.monotonic()
        last = b.sandbox.world.chat(anna).messages[-1].id
        b.sandbox.world.start(anna, "gok6")
        other = await b.after(bert, lambda: b.sandbox.world.start(bert, "gok"))
        assert other.text == texts.WRONG_CODE
        assert time.monotonic() - begin < 1
        said = await b.sandbox.world.next_message(anna, after=last + 1)
        assert said.text == texts.WRONG_CODE
        assert time.monotonic() - begin > 1.5


async def test_a_double_tap_on_yes_joins_once(tmp_path: Path) -> None:
    """Two quick taps, and the same tap delivered again after a crash, are one yes."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        told = await b.after(anna, lambda: b.sandbox.world.start(anna, b.code(team, "naaste")))
        data = told.button(texts.CONSENT).data
        first = b.sandbox.world.tap(anna, told, texts.CONSENT)
        second = b.sandbox.world.forge(anna, told, data)
        await first.answered()
        await second.answered()
        await b.sandbox.world.settled()
        assert len([m for m in b.sandbox.world.chat(anna).messages if "Hoe vaak" in m.text]) == 1
        await b.restart()
        b.sandbox.world.forge(anna, told, data)
        await b.sandbox.world.settled()
        assert told.text.endswith("✓ Ja, ik doe mee")
        assert len(b.store.contacts.of_chat(anna.id)) == 1


async def test_a_coordinator_gets_no_questions(tmp_path: Path) -> None:
    """A coordinator's code gives a right and no answering role, in one message without buttons."""
    async with bench(tmp_path) as b:
        team = await b.team()
        carla = b.sandbox.world.user("Carla")
        said = await b.after(carla, lambda: b.sandbox.world.start(carla, b.code(team, "coordinator")))
        assert not said.labels
        assert "coördinator van De Linde" in said.text
        assert [person.role for person in b.store.contacts.of_chat(carla.id)] == [None]
        said = await b.after(carla, lambda: b.sandbox.world.say(carla, carla, "/checkin"))
        assert said.text == texts.NO_ROLE.format(team="De Linde")


async def test_a_role_change_counts_from_the_next_period(tmp_path: Path) -> None:
    """Nobody answers in two roles within one period: that would count one person twice."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        told = await b.after(anna, lambda: b.sandbox.world.start(anna, b.code(team, "professional")))
        await b.press(anna, told, texts.CONSENT)
        (person,) = b.store.contacts.of_chat(anna.id)
        assert (person.role, person.next_role) == ("naaste", "professional")
        b.forward(days=8 * 7)
        assert b.run("close", team).returncode == 0
        (person,) = b.store.contacts.of_chat(anna.id)
        assert (person.role, person.next_role) == ("professional", None)


async def test_the_group_hears_of_a_join_without_name_or_role(tmp_path: Path) -> None:
    """False members are noticed, while nobody is named."""
    async with bench(tmp_path) as b:
        team = await b.team()
        world = b.sandbox.world
        owner, anna = world.user("Eigenaar"), world.user("Anna")
        group = world.group("Team De Linde", [owner])
        world.add_bot(group, b.code(team, "group"))
        welcome = await world.next_message(group, after=0)
        assert welcome.text == texts.GROUP_WELCOME.format(team="De Linde")
        await b.join(anna, team, "naaste")
        heard = await world.next_message(group, after=welcome)
        assert heard.text == texts.JOIN_ANNOUNCED
        moved = world.upgrade(group)
        await world.settled()
        assert b.store.groups.chat_of(team) == moved.id
        world.remove_bot(moved)
        await world.settled()
        assert b.store.groups.chat_of(team) is None


async def test_a_blocked_bot_stops_at_once_and_can_come_back(tmp_path: Path) -> None:
    """Nobody gets a message after they blocked the bot; with /start they choose for themselves."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        b.sandbox.world.block(anna)
        await b.sandbox.world.settled()
        assert b.store.contacts.of_chat(anna.id)[0].state == "blocked"
        b.sandbox.world.start(anna)
        offer = await b.sandbox.world.next_message(anna, after=b.sandbox.world.chat(anna).messages[-1].id)
        assert offer.labels == [texts.CONSENT]
        await b.press(anna, offer, texts.CONSENT)
        assert b.store.contacts.of_chat(anna.id)[0].active


async def test_invitations_by_the_command_line_work_in_the_chat(tmp_path: Path) -> None:
    """The code on the last line of `invite` is the one that lets someone in, while the bot runs."""
    async with bench(tmp_path) as b:
        made = b.run("team", "add", "Het Eiland")
        team = made.stdout.splitlines()[-1]
        assert (made.returncode, team) == (0, "het-eiland")
        invited = b.run("invite", team, "professional", "--days", "3", "--qr", str(tmp_path / "code.svg"))
        code = invited.stdout.splitlines()[-1]
        assert f"https://t.me/naastbot?start={code}" in invited.stdout
        assert (tmp_path / "code.svg").stat().st_size > 500
        anna = b.sandbox.world.user("Anna")
        told = await b.after(anna, lambda: b.sandbox.world.start(anna, code))
        assert "Het Eiland nodigt je uit als professional" in told.text
        await b.press(anna, told, texts.CONSENT)
        (person,) = b.store.contacts.of_chat(anna.id)
        assert person.role == "professional"
        assert person.joined_on == b.now().date() or person.joined_on - b.now().date() <= timedelta(days=1)
