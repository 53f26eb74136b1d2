"""A new text to agree to: shown once, at a decent hour, and nothing else before a yes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from bench import AMSTERDAM, START, Bench, bench
from test_answering import checked_in, kept
from test_time import QUESTION, said, ticked

from bot import agreement
from bot.agreement import AGREEMENTS, INVITATION_1, PRIVACY_1, Agreement
from bot.sandbox.model import Message, User
from bot.wording import rights_texts, texts
from storage.errands import Errand

SECOND = Agreement(2, date(2026, 9, 1), "Ik bewaar voortaan ook je lievelingskleur.", INVITATION_1, PRIVACY_1)
THIRD = Agreement(3, date(2026, 9, 2), "En je schoenmaat.", INVITATION_1, PRIVACY_1)
WEDNESDAY = datetime(2026, 9, 9, 15, 1, tzinfo=AMSTERDAM)


@pytest.fixture
def new_text(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Call it, and what people agreed to is no longer the newest."""

    def publish(*added: Agreement) -> None:
        all_of_them = {**AGREEMENTS, **{one.version: one for one in added or (SECOND,)}}
        monkeypatch.setattr(agreement, "AGREEMENTS", all_of_them)

    return publish


def shown(b: Bench, user: User) -> list[Message]:
    """The messages that ask to agree again."""
    return [m for m in b.sandbox.world.chat(user).messages if SECOND.changed in m.text]


async def test_nothing_is_sent_before_a_yes_to_the_new_text(tmp_path: Path, new_text: Callable[..., None]) -> None:
    """Not at night, once only, and no rhythm, ask or moment question until the yes; then all as it was chosen."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        moment = START + timedelta(weeks=9)
        assert b.run("moment", team, moment.strftime("%Y-%m-%dT14:00")).returncode == 0
        before = len(said(b, anna))
        b.set_clock(WEDNESDAY.replace(day=8, hour=23))
        new_text()
        await ticked(b)
        assert len(said(b, anna)) == before
        b.set_clock(WEDNESDAY.replace(hour=8))
        await b.sandbox.world.until(anna, lambda: bool(shown(b, anna)))
        (asking,) = shown(b, anna)
        assert asking.labels == [texts.CONSENT, rights_texts.NO_STOP]
        for at in (WEDNESDAY, WEDNESDAY + timedelta(days=7), moment - timedelta(days=14) + timedelta(hours=6)):
            b.set_clock(at)
            assert b.run("ask", team, "hoe-gaat-het-met-jullie").returncode == 0
            await ticked(b)
            await b.restart()
        assert len(said(b, anna)) == before + 1
        await b.sandbox.world.tap(anna, asking, texts.CONSENT).answered()
        await b.sandbox.world.until(anna, lambda: rights_texts.AGREED_AGAIN in asking.text)
        (person,) = b.store.contacts.of_chat(anna.id)
        assert (person.consent_version, person.consented_on) == (2, b.now().date())
        await b.sandbox.world.until(anna, lambda: len(said(b, anna)) > before + 1)


async def test_one_that_waited_for_the_morning_is_not_said_twice(
    tmp_path: Path, new_text: Callable[..., None]
) -> None:
    """What was planned too late in the evening goes in the morning, and no second one is planned then."""
    async with bench(tmp_path) as b:
        team = await b.team()
        people = [b.sandbox.world.user(f"Persoon {number}") for number in range(5)]
        for user in people:
            await b.join(user, team, "naaste")
        b.set_clock(WEDNESDAY.replace(day=8, hour=22))
        await ticked(b)
        new_text()
        for user in people:
            (person,) = b.store.contacts.of_chat(user.id)
            b.diary(team).add([Errand(person.id, "new-text:2:2026-09-08", team, 1, 0, None, date(2026, 9, 8))])
        b.set_clock(WEDNESDAY.replace(hour=8))
        await ticked(b)
        await ticked(b)
        assert [len(shown(b, user)) for user in people] == [1] * 5


async def test_it_is_shown_once_also_after_closing(tmp_path: Path, new_text: Callable[..., None]) -> None:
    """Whoever does not react is not asked again in the next period either."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        new_text()
        await b.sandbox.world.until(anna, lambda: bool(shown(b, anna)))
        b.forward(weeks=8, hours=1)
        assert b.run("close", team).returncode == 0
        await ticked(b)
        b.forward(days=1)
        await ticked(b)
        assert len(shown(b, anna)) == 1


async def test_what_people_do_themselves_goes_on(tmp_path: Path, new_text: Callable[..., None]) -> None:
    """Seeing, withdrawing and stopping need no new yes; answering does, and the new text comes up first."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, asked = await checked_in(b, team)
        await b.press(anna, asked, "Goed")
        new_text()
        await b.sandbox.world.until(anna, lambda: bool(shown(b, anna)))
        world = b.sandbox.world
        told = await b.after(anna, lambda: world.say(anna, anna, "/gegevens"))
        assert "Goed" in told.text
        instead = await b.after(anna, lambda: world.say(anna, anna, "/checkin"))
        assert SECOND.changed in instead.text
        following = next(m for m in world.chat(anna).messages if m.id > asked.id and texts.SKIP in m.labels)
        for message, label in ((asked, texts.CHANGE), (following, following.labels[0])):
            before = message.text
            instead = await b.press(anna, message, label)
            assert SECOND.changed in instead.text
            assert message.text == before
        assert kept(b, team) == {"hoe": "goed"}
        menu = await b.after(anna, lambda: world.say(anna, anna, "/wis"))
        await world.tap(anna, menu, rights_texts.WIS_ANSWERS).answered()
        await world.until(anna, lambda: menu.text == rights_texts.WITHDRAWN)
        assert kept(b, team) == {}
        stopped = await b.after(anna, lambda: world.say(anna, anna, "/stop"))
        assert rights_texts.STOP_ERASE in stopped.labels


async def test_words_wait_for_the_yes_too(tmp_path: Path, own_trees: str, new_text: Callable[..., None]) -> None:
    """What is typed in answer to an old question is not looked at before the yes, and leaves the chat."""
    async with bench(tmp_path, NAASTBOT_DIALOGUES=own_trees) as b:
        team = await b.team()
        anna, asked = await checked_in(b, team)
        await b.press(anna, asked, "Goed")
        own = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "/checkin"))
        await b.press(anna, own, "Ja")
        new_text()
        await b.sandbox.world.until(anna, lambda: bool(shown(b, anna)))
        typed = b.sandbox.world.say(anna, anna, "het gaat wel")
        instead = await b.sandbox.world.next_message(anna, after=typed)
        assert SECOND.changed in instead.text
        await b.sandbox.world.settled()
        assert typed.deleted
        await b.sandbox.world.tap(anna, instead, texts.CONSENT).answered()
        proposal = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "het gaat wel"))
        assert texts.KEEP in proposal.labels


async def test_a_no_is_a_stop(tmp_path: Path, new_text: Callable[..., None]) -> None:
    """Whoever does not agree is stopped at once, and asked what should happen to their answers."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        new_text()
        await b.sandbox.world.until(anna, lambda: bool(shown(b, anna)))
        (asking,) = shown(b, anna)
        menu = await b.press(anna, asking, rights_texts.NO_STOP)
        assert rights_texts.STOP_ERASE in menu.labels
        (person,) = b.store.contacts.of_chat(anna.id)
        assert (person.state, person.consent_version) == ("stopped", 1)
        # Coming back is to the new text too.
        await b.sandbox.world.tap(anna, menu, rights_texts.STOP_UNDO).answered()
        await b.sandbox.world.until(anna, lambda: SECOND.changed in menu.text)
        await b.sandbox.world.tap(anna, menu, texts.CONSENT).answered()
        await b.sandbox.world.until(anna, lambda: rights_texts.AGREED_AGAIN in menu.text)
        (person,) = b.store.contacts.of_chat(anna.id)
        assert (person.state, person.consent_version) == ("active", 2)


async def test_coming_back_is_to_the_text_of_now(tmp_path: Path, new_text: Callable[..., None]) -> None:
    """Somebody who stopped under an old text is shown the new one before they take part again."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "/stop"))
        new_text()
        await ticked(b)
        assert not shown(b, anna)
        offer = await b.after(anna, lambda: b.sandbox.world.start(anna))
        await b.sandbox.world.tap(anna, offer, texts.CONSENT).answered()
        await b.sandbox.world.until(anna, lambda: SECOND.changed in offer.text)
        assert not b.store.contacts.of_chat(anna.id)[0].active
        await b.sandbox.world.tap(anna, offer, texts.CONSENT).answered()
        await b.sandbox.world.until(anna, lambda: rights_texts.AGREED_AGAIN in offer.text)
        assert b.store.contacts.of_chat(anna.id)[0].active


async def test_a_yes_counts_for_the_text_it_was_given_to(tmp_path: Path, new_text: Callable[..., None]) -> None:
    """A button under a text that was replaced meanwhile brings up the newest, and agrees to nothing."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        new_text()
        await b.sandbox.world.until(anna, lambda: bool(shown(b, anna)))
        (asking,) = shown(b, anna)
        new_text(SECOND, THIRD)
        await b.sandbox.world.tap(anna, asking, texts.CONSENT).answered()
        await b.sandbox.world.until(anna, lambda: THIRD.changed in asking.text)
        assert b.store.contacts.of_chat(anna.id)[0].consent_version == 1
        await b.sandbox.world.tap(anna, asking, texts.CONSENT).answered()
        await b.sandbox.world.until(anna, lambda: rights_texts.AGREED_AGAIN in asking.text)
        assert b.store.contacts.of_chat(anna.id)[0].consent_version == 3


async def test_whoever_agreed_to_nothing_or_takes_a_break_is_left_alone(
    tmp_path: Path, new_text: Callable[..., None]
) -> None:
    """Coordinators who are asked nothing, people on a break and people who switched all off hear nothing of it."""
    async with bench(tmp_path) as b:
        team = await b.team()
        carla, rust, uit = (b.sandbox.world.user(name) for name in ("Carla", "Rust", "Uit"))
        await b.join(carla, team, "coordinator")
        for user in (rust, uit):
            await b.join(user, team, "naaste")
        (person,) = b.store.contacts.of_chat(rust.id)
        b.store.contacts.set(person.id, "paused_until", "2026-09-09")
        (person,) = b.store.contacts.of_chat(uit.id)
        for kind in ("rhythm", "moment", "feedback"):
            b.store.contacts.set(person.id, kind, 0)
        new_text()
        await ticked(b)
        assert not [user for user in (carla, rust, uit) if shown(b, user)]
        b.set_clock(WEDNESDAY.replace(hour=9))
        await ticked(b)
        assert [user.first_name for user in (carla, rust, uit) if shown(b, user)] == ["Rust"]
        assert QUESTION not in said(b, rust)


async def test_an_old_invitation_brings_up_the_text_of_now(tmp_path: Path, new_text: Callable[..., None]) -> None:
    """A yes below an invitation that was replaced joins nobody: the text of now comes in its place."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        told = await b.after(anna, lambda: b.sandbox.world.start(anna, b.code(team, "naaste")))
        new_text(Agreement(2, SECOND.since, SECOND.changed, f"{INVITATION_1}\n\nNieuw!", PRIVACY_1))
        await b.sandbox.world.tap(anna, told, texts.CONSENT).answered()
        await b.sandbox.world.until(anna, lambda: told.text.endswith("Nieuw!"))
        assert not b.store.contacts.of_chat(anna.id)
        await b.press(anna, told, texts.CONSENT)
        assert b.store.contacts.of_chat(anna.id)[0].consent_version == 2


async def test_whoever_missed_a_version_hears_of_it_too(tmp_path: Path, new_text: Callable[..., None]) -> None:
    """From version 1 to 3, what changed in 2 is told too."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        new_text(SECOND, THIRD)
        await b.sandbox.world.until(anna, lambda: bool(shown(b, anna)))
        assert THIRD.changed in shown(b, anna)[0].text
