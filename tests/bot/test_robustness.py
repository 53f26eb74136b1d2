"""What goes wrong with one message, one chat, one team or one tree ends nothing else, and repeats nothing."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from bench import AMSTERDAM, bench
from test_answering import checked_in, kept
from test_shelf import write
from test_time import QUESTION, said, ticked

from bot.sandbox.errors import ApiError
from bot.sandbox.methods import METHODS
from bot.wording import texts
from storage.diary import Diary

WEDNESDAY = datetime(2026, 9, 9, 15, 1, tzinfo=AMSTERDAM)


def failing(monkeypatch: pytest.MonkeyPatch, times: int, code: int = 502) -> list[int]:
    """The next so many sends fail at the server; the list counts every call."""
    real, calls = METHODS["sendmessage"], list[int]()

    def send(state: Any, params: Any) -> Any:
        calls.append(len(calls))
        if len(calls) <= times:
            raise ApiError(code, "Bad Gateway")
        return real(state, params)

    methods: Any = METHODS
    monkeypatch.setitem(methods, "sendmessage", send)
    return calls


async def test_one_failing_send_repeats_nobody_elses_prompt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody gets the same prompt twice because the server stumbled over somebody else's."""
    async with bench(tmp_path) as b:
        team = await b.team()
        users = [b.sandbox.world.user(f"Persoon {number}") for number in range(30)]
        await asyncio.gather(*(b.join(user, team, "naaste") for user in users))
        failing(monkeypatch, 3)
        b.set_clock(WEDNESDAY)
        await ticked(b)
        await asyncio.sleep(1.5)
        await ticked(b)
        assert [said(b, user).count(QUESTION) for user in users] == [1] * 30


async def test_a_message_telegram_will_not_take_is_not_tried_all_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refusal that trying again won't change ends the errand, and nothing else."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        calls = failing(monkeypatch, 99, code=400)
        b.set_clock(WEDNESDAY)
        await ticked(b)
        await ticked(b)
        assert len(calls) == 1


async def test_a_stop_reaches_a_prompt_that_waits_for_its_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether a prompt is still wanted is asked when it leaves, not when it was planned."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        (person,) = b.store.contacts.of_chat(anna.id)
        claim = Diary.claim

        def claim_then_stop(self: Diary, errand: Any) -> bool:
            claimed = claim(self, errand)
            b.store.contacts.set(person.id, "state", "stopped")
            return claimed

        monkeypatch.setattr(Diary, "claim", claim_then_stop)
        b.set_clock(WEDNESDAY)
        await ticked(b)
        assert QUESTION not in said(b, anna)
        assert b.diary(team).open_prompts(person.id) == {}


async def test_a_new_version_with_another_role_stops_nothing(tmp_path: Path) -> None:
    """A tree that changes its roles takes effect with the next period; until then the old version is asked."""
    own = tmp_path / "eigen"
    write(own)
    async with bench(tmp_path, NAASTBOT_DIALOGUES=str(own)) as b:
        team = await b.team()
        anna, bert = b.sandbox.world.user("Anna"), b.sandbox.world.user("Bert")
        await b.join(anna, team, "naaste")
        await b.join(bert, team, "professional")
        assert b.run("ask", team, "eigen").returncode == 0
        await ticked(b)
        path = own / "eigen.yaml"
        path.write_text(
            path.read_text().replace("version: 1", "version: 2").replace("[naaste]", "[naaste, professional]")
        )
        b.forward(days=8)
        assert b.run("ask", team, "eigen").returncode == 0
        await ticked(b)
        assert said(b, anna).count("De Linde\n\nHoe?") == 2
        assert said(b, bert).count("De Linde\n\nHoe?") == 0


async def test_a_tree_that_was_taken_away_is_not_asked_any_more(tmp_path: Path) -> None:
    """Removing a file withdraws its dialogue; what was asked before can still be answered."""
    own = tmp_path / "eigen"
    write(own)
    async with bench(tmp_path, NAASTBOT_DIALOGUES=str(own)) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        b.run("ask", team, "eigen")
        asked = await b.sandbox.world.next_message(anna, after=b.sandbox.world.chat(anna).messages[-1])
        (own / "eigen.yaml").unlink()
        await b.restart()
        assert b.run("ask", team, "eigen").returncode == 2
        await b.press(anna, asked, "Ja")
        assert kept(b, team) == {"een": "ja"}


@pytest.mark.parametrize(
    "update",
    [
        {"message": {"message_id": 1, "date": 1e20, "chat": {"id": 5, "type": "private"}, "text": "x"}},
        {"message": {"message_id": 1, "date": 1, "chat": {"id": [], "type": "private"}, "text": "x"}},
        {"message": []},
        {"callback_query": {"id": "1"}},
        {"my_chat_member": 5},
        {"update_id": "tekst"},
        {"update_id": 2**70},
        {"something_new": {"of": "next year"}},
        {},
    ],
)
async def test_no_update_ends_the_bot(tmp_path: Path, update: dict[str, Any]) -> None:
    """Whatever Telegram sends, the next person is answered."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, asked = await checked_in(b, team)
        b.sandbox.world.inject(update)
        await b.press(anna, asked, "Goed")
        await b.sandbox.world.settled()
        assert kept(b, team) == {"hoe": "goed"}


async def test_a_button_in_a_group_is_nobodys(tmp_path: Path) -> None:
    """A group can't become a participant, and no answer is taken there."""
    async with bench(tmp_path) as b:
        team = await b.team()
        world = b.sandbox.world
        owner = world.user("Eigenaar")
        group = world.group("Team", [owner])
        world.add_bot(group, b.code(team, "group"))
        welcome = await world.next_message(group, after=0)
        answer = await world.forge(owner, welcome, f"j.{b.code(team, 'naaste')}").answered()
        assert answer.text == texts.GROUP_HELP
        assert b.store.contacts.of_chat(group.id) == []


async def test_opening_ones_own_link_again_is_welcome(tmp_path: Path) -> None:
    """Whoever taps their own used link hears that they are in, and it is no wrong try; a coordinator likewise."""
    async with bench(tmp_path) as b:
        team = await b.team()
        carla, anna = b.sandbox.world.user("Carla"), b.sandbox.world.user("Anna")
        codes = {"coordinator": b.code(team, "coordinator"), "naaste": b.code(team, "naaste")}
        for user, role in ((carla, "coordinator"), (anna, "naaste")):
            first = await b.after(user, lambda user=user, role=role: b.sandbox.world.start(user, codes[role]))
            if first.labels:
                await b.press(user, first, texts.CONSENT)
            again = await b.after(user, lambda user=user, role=role: b.sandbox.world.start(user, codes[role]))
            assert again.text == texts.ALREADY_IN.format(team="De Linde")
            assert b.store.invitations.failed_tries(user.id) == 0


async def test_after_a_skip_checkin_goes_on(tmp_path: Path) -> None:
    """/checkin does not ask again at once what was just skipped, while there is something else to ask."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, asked = await checked_in(b, team)
        await b.press(anna, asked, texts.SKIP)
        other = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "/checkin"))
        assert other.text != asked.text
        assert other.text.startswith("De Linde\n\n")
        assert QUESTION not in other.text


async def test_danger_in_a_caption_or_a_changed_message_brings_the_help_card(tmp_path: Path) -> None:
    """Whoever is in danger sees whom to call, wherever they write it."""
    async with bench(tmp_path) as b:
        await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.after(anna, lambda: b.sandbox.world.start(anna))
        card = await b.after(anna, lambda: b.sandbox.world.send_photo(anna, anna, "ik wil niet meer leven"))
        assert "113" in card.text
        note = b.sandbox.world.say(anna, anna, "hallo")
        await b.sandbox.world.settled()
        card = await b.after(anna, lambda: b.sandbox.world.edit(anna, note, "ik ga mezelf wat aandoen"))
        assert "113" in card.text


async def test_the_group_hears_of_joins_at_a_decent_hour(tmp_path: Path) -> None:
    """What happens at night is told in the morning, once, as one number."""
    async with bench(tmp_path) as b:
        team = await b.team()
        world = b.sandbox.world
        group = world.group("Team", [world.user("Eigenaar")])
        world.add_bot(group, b.code(team, "group"))
        await world.next_message(group, after=0)
        b.set_clock(WEDNESDAY.replace(hour=23))
        for name in ("Anna", "Bert"):
            await b.join(world.user(name), team, "naaste")
        await ticked(b)
        assert len(said(b, group)) == 1
        b.set_clock(WEDNESDAY + timedelta(days=1))
        await ticked(b)
        assert said(b, group)[1:] == [texts.JOINS_ANNOUNCED.format(count=2)]


async def test_feedback_waits_for_a_decent_hour_and_comes_whole_and_once(tmp_path: Path) -> None:
    """A coordinator gets the text and the page, also when the period closed at night or Telegram was away."""
    async with bench(tmp_path) as b:
        team = await b.team()
        coordinator = next(p for p in b.store.contacts.of_team(team) if p.coordinator)
        b.set_clock(datetime(2026, 12, 28, 10, 30, tzinfo=AMSTERDAM) - timedelta(hours=8))
        await ticked(b)
        b.set_clock(datetime(2026, 12, 29, 2, 30, tzinfo=AMSTERDAM))
        await ticked(b)
        assert b.store.answers.release(team) is not None
        chat = b.sandbox.world.chat(coordinator.chat)
        assert not any("terugkoppeling" in m.text.lower() for m in chat.messages if m.document)
        b.set_clock(datetime(2026, 12, 30, 9, 0, tzinfo=AMSTERDAM))
        await ticked(b)
        await b.restart()
        await ticked(b)
        assert len([m for m in chat.messages if m.document]) == 1


async def test_the_same_trouble_is_not_logged_every_second(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A key that is missing is said once, with its path, however often the ticker meets it."""
    async with bench(tmp_path) as b:
        team = await b.team()
        (b.data / "keys" / f"{team}.1.key").unlink()
        for _ in range(3):
            await ticked(b)
        b.forward(weeks=26)
        for _ in range(3):
            await ticked(b)
    told = [line for line in capsys.readouterr().err.splitlines() if "WARNING" in line]
    assert sum("a team could not be planned for" in line for line in told) == 1
    assert sum(f"keys/{team}.1.key is missing" in line for line in told) == 1


@pytest.mark.parametrize("table", ["open_prompts", "outbox"])
async def test_a_row_that_cannot_be_read_silences_no_other_team(tmp_path: Path, table: str) -> None:
    """A disk that forgets costs one team its questions until it is mended; all others are asked as ever."""
    async with bench(tmp_path) as b:
        one, two = await b.team(), await b.team("Het Eiland")
        anna, bert = b.sandbox.world.user("Anna"), b.sandbox.world.user("Bert")
        await b.join(anna, one, "naaste")
        await b.join(bert, two, "naaste")
        b.set_clock(WEDNESDAY)
        await ticked(b)
        b.store.contacts.db.execute(f"UPDATE {table} SET sealed = zeroblob(length(sealed)) WHERE team = ?", (one,))
        before = len(said(b, bert))
        b.forward(days=7)
        await ticked(b)
        assert len(said(b, bert)) > before
