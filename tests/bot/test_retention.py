"""What goes by itself: people who do not react, invitations that are over; and neither sooner than was told."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest
from bench import Bench, bench
from test_answering import checked_in
from test_erasing import found_in, traces
from test_time import said, ticked

from bot.agreement import PRIVACY_1
from bot.sandbox.model import User
from bot.wording import rights_texts, texts
from storage import closing, retention
from storage.participant import MAX_UNANSWERED, Participant

GOODBYE = rights_texts.GOODBYE.format(team="De Linde")


def of(b: Bench, user: User) -> Participant:
    """What is kept of somebody in one team."""
    (person,) = b.store.contacts.of_chat(user.id)
    return person


async def let_go_by(b: Bench, user: User, number: int = MAX_UNANSWERED) -> None:
    """So many prompts went by without a tap; what this person did before was dealt with."""
    await b.sandbox.world.settled()
    for _ in range(number):
        b.store.contacts.add_unanswered(of(b, user).id)


async def close(b: Bench, team: str, **later: float) -> None:
    """The period closes eight weeks later, and some time; the bot has looked at the clock since."""
    b.forward(weeks=8, hours=1)
    b.forward(**later)
    period = b.store.answers.open_period(team)
    assert period is not None
    closing.release_period(b.store, period, (), b.now(), random.Random(1))
    closing.finish(b.store, period)
    await ticked(b)


async def test_whoever_lets_everything_go_by_is_let_go(tmp_path: Path) -> None:
    """Four prompts in a row, in two periods: one kind message, at a decent hour, and no byte is left."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        await let_go_by(b, anna)
        await close(b, team)
        person = of(b, anna)
        assert (person.idle_closings, person.unanswered, person.state) == (1, 4, "active")
        await close(b, team, hours=12)
        assert of(b, anna).state == "leaving"
        assert GOODBYE not in said(b, anna)
        rows = traces(b, team, anna)
        b.forward(hours=11)
        await b.sandbox.world.until(anna, lambda: GOODBYE in said(b, anna))
        await ticked(b)
        assert said(b, anna).count(GOODBYE) == 1
        assert b.store.contacts.of_chat(anna.id) == []
        assert found_in(b.data, *rows) == []
        shown = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "/gegevens"))
        assert shown.text == rights_texts.DATA_NONE


async def test_any_reaction_starts_the_count_again(tmp_path: Path) -> None:
    """Whoever does anything at all is not idle: a command, a message, a tap, also on an old button."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, asked = await checked_in(b, team)
        reactions = ("/help", "zomaar iets", "/gegevens")
        others = [b.sandbox.world.user(reaction) for reaction in reactions]
        for user in others:
            await b.join(user, team, "naaste", "Rond evaluatie")
        for user in (anna, *others):
            await let_go_by(b, user)
        await close(b, team)
        assert [of(b, user).idle_closings for user in (anna, *others)] == [1] * 4
        assert await b.alert(anna, asked, "Goed")
        for user in others:
            await b.after(user, lambda user=user: b.sandbox.world.say(user, user, user.first_name))
        await b.sandbox.world.settled()
        assert [of(b, user).idle_closings for user in (anna, *others)] == [0] * 4
        for user in (anna, *others):
            await let_go_by(b, user)
        await close(b, team)
        assert [of(b, user).state for user in (anna, *others)] == ["active"] * 4


async def test_only_those_who_let_four_go_by_are_counted(tmp_path: Path) -> None:
    """Three are no reason to go, nor is a break; four count at each closing, as the pause goes on."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, bert, carl = (b.sandbox.world.user(name) for name in ("Anna", "Bert", "Carl"))
        for user in (anna, bert, carl):
            await b.join(user, team, "naaste", "Rond evaluatie")
        await let_go_by(b, anna)
        await let_go_by(b, bert, 3)
        b.store.contacts.set(of(b, carl).id, "paused_until", "2030-01-01")
        for number in (1, 2):
            await close(b, team, hours=6 * number)
            seen = [(of(b, user).idle_closings, of(b, user).unanswered) for user in (anna, bert, carl)]
            assert seen == [(number, 4), (0, 3), (0, 0)]
        assert [of(b, user).state for user in (anna, bert, carl)] == ["leaving", "active", "active"]


async def test_a_change_of_mind_before_the_goodbye(tmp_path: Path) -> None:
    """Somebody who comes back in the night stays, and hears no goodbye."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        await let_go_by(b, anna)
        await close(b, team)
        await let_go_by(b, anna)
        await close(b, team, hours=12)
        offer = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "/checkin"))
        await b.press(anna, offer, texts.CONSENT)
        assert (of(b, anna).state, of(b, anna).idle_closings) == ("active", 0)
        b.forward(hours=11)
        await ticked(b)
        assert GOODBYE not in said(b, anna)


async def test_coordinators_keep_their_right(tmp_path: Path) -> None:
    """Whoever only coordinates is asked nothing and never idle; whoever does both keeps the right alone."""
    async with bench(tmp_path) as b:
        team = await b.team()
        carla, both = b.sandbox.world.user("Carla"), b.sandbox.world.user("Beide")
        await b.join(carla, team, "coordinator")
        await b.join(both, team, "professional")
        await b.join(both, team, "coordinator")
        for _ in range(2):
            await let_go_by(b, both)
            await let_go_by(b, carla)
            await close(b, team)
        await b.sandbox.world.until(
            both, lambda: rights_texts.GOODBYE_COORDINATOR.format(team="De Linde") in said(b, both)
        )
        await ticked(b)
        person = of(b, both)
        assert (person.role, person.coordinator, person.state) == (None, True, "active")
        assert (person.consent_version, person.consented_on, person.consent_rhythm) == (None, None, False)
        assert (of(b, carla).coordinator, of(b, carla).state) == (True, "active")
        assert GOODBYE not in said(b, carla)
        closed = texts.CLOSED_NOTICE.format(team="De Linde")
        await b.sandbox.world.until(both, lambda: said(b, both).count(closed) == 2)


async def test_whoever_can_not_be_told_goes_all_the_same(tmp_path: Path) -> None:
    """An account that Telegram no longer knows is no reason to keep anything."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        await let_go_by(b, anna)
        await close(b, team)
        await let_go_by(b, anna)
        await close(b, team, hours=12)
        assert of(b, anna).state == "leaving"
        await b.stop()
        b.sandbox.world.chat(anna).status = "kicked"
        b.forward(hours=11)
        await b.start()
        await ticked(b)
        assert b.store.contacts.of_chat(anna.id) == []


async def test_a_new_text_that_nobody_reacts_to_counts_too(tmp_path: Path) -> None:
    """Before a yes to a new text no prompt may come: whoever does not react to that is idle as well."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        await b.sandbox.world.settled()
        b.store.contacts.asked_again(of(b, anna).id, 2)
        for _ in range(2):
            await close(b, team)
        await b.sandbox.world.until(anna, lambda: GOODBYE in said(b, anna))
        await ticked(b)
        assert b.store.contacts.of_chat(anna.id) == []


@pytest.mark.parametrize("way", ["/stop", "block"])
async def test_whoever_stopped_goes_when_the_period_closes(tmp_path: Path, way: str) -> None:
    """A stop and a block keep the answers of the period, and no longer: nothing of the person is left after it."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, asked = await checked_in(b, team)
        await b.press(anna, asked, "Goed")
        if way == "block":
            b.sandbox.world.block(anna)
        else:
            await b.after(anna, lambda: b.sandbox.world.say(anna, anna, way))
        await b.sandbox.world.settled()
        rows = traces(b, team, anna)
        assert all(found_in(b.data, row) for row in rows)
        await close(b, team)
        assert b.store.contacts.of_chat(anna.id) == []
        assert found_in(b.data, *rows) == []


async def test_invitations_go_a_week_after_they_are_over(tmp_path: Path) -> None:
    """A used or expired invitation says so for a week, also to its owner who taps it again; then it is gone."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, bert = b.sandbox.world.user("Anna"), b.sandbox.world.user("Bert")
        used, poster = b.code(team, "naaste"), b.code(team, "naaste", uses=2)
        for code in (used, poster):
            told = await b.after(anna, lambda code=code: b.sandbox.world.start(anna, code))
            if told.labels:
                await b.press(anna, told, texts.CONSENT)
        b.forward(days=7)
        await ticked(b)
        said_to_bert = await b.after(bert, lambda: b.sandbox.world.start(bert, used))
        assert said_to_bert.text == texts.USED_CODE
        said_to_anna = await b.after(anna, lambda: b.sandbox.world.start(anna, used))
        assert said_to_anna.text == texts.ALREADY_IN.format(team="De Linde")
        b.forward(days=1)
        await ticked(b)
        assert b.store.invitations.look(used, b.now().date()) is None
        await b.after(anna, lambda: b.sandbox.world.start(anna, used))
        await b.sandbox.world.settled()
        assert said(b, anna)[-2:] == [texts.WRONG_CODE, texts.HELLO_AGAIN.format(teams="De Linde")]
        found = b.store.invitations.look(poster, b.now().date())
        assert found is not None
        assert not found.refusal
        b.forward(days=30)
        await ticked(b)
        assert b.store.contacts.db.execute("SELECT count(*) FROM invitations").fetchone()[0] == 0


def test_the_times_are_those_that_people_were_told() -> None:
    """The figures in the code are the ones in the text that people agree to."""
    assert "Liet je vier vragen achter elkaar liggen?" in PRIVACY_1
    assert "Sluiten er zo twee periodes, dan zeg ik je gedag" in PRIVACY_1
    assert (retention.IDLE_CLOSINGS, MAX_UNANSWERED) == (2, 4)
    assert "een week nadat die is gebruikt of verlopen" in PRIVACY_1
    assert timedelta(weeks=1) == retention.INVITATION_KEPT
