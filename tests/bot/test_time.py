"""Time: the right question at a decent hour, once; asks outside the rhythm; and what is missed stays missed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bench import AMSTERDAM, START, Bench, bench
from test_answering import kept

from bot.sandbox.model import Chat, User

QUESTION = "De Linde\n\nHoe gaat het met jullie?"


def said(b: Bench, place: User | Chat) -> list[str]:
    """Everything the bot ever said to this person, first lines of questions included."""
    return [m.text for m in b.sandbox.world.chat(place).messages if m.sender == b.sandbox.world.bot]


async def ticked(b: Bench) -> None:
    """The ticker has looked at the clock at least once since, and sent what it found."""
    await b.ticked()


async def test_the_rhythm_asks_once_on_its_day(tmp_path: Path) -> None:
    """Not on the day of joining, not before the part of the day, once on the day, also across restarts."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste", "Elke week", "Woensdag")
        wednesday = datetime(2026, 9, 9, tzinfo=AMSTERDAM)
        await ticked(b)
        b.set_clock(wednesday.replace(hour=14, minute=55))
        await ticked(b)
        assert QUESTION not in said(b, anna)
        b.set_clock(wednesday.replace(hour=15, minute=1))
        await ticked(b)
        assert said(b, anna).count(QUESTION) == 1
        await b.restart()
        b.set_clock(wednesday.replace(hour=17))
        await ticked(b)
        assert said(b, anna).count(QUESTION) == 1
        b.set_clock(wednesday + timedelta(days=7, hours=15))
        await ticked(b)
        asked = [text for text in said(b, anna) if text.startswith("De Linde\n\n") and text != QUESTION]
        assert said(b, anna).count(QUESTION) == 1
        assert len(asked) == 1


async def test_a_moment_at_the_end_of_time_stops_nothing(tmp_path: Path) -> None:
    """One that was set before there was a last one: two weeks after it is no date, and the bot goes on."""
    async with bench(tmp_path) as b:
        team = await b.team()
        b.store.agenda.set_moment(team, 1, datetime(9999, 12, 31, 12, tzinfo=UTC))
        b.forward(weeks=26, hours=1)
        await ticked(b)
        later = b.store.answers.open_period(team)
        assert later is not None
        assert later.number == 2
        await ticked(b)
        assert b._task is not None
        assert not b._task.done()


async def test_a_late_start_asks_in_the_evening_and_drops_the_day_after(tmp_path: Path) -> None:
    """What could not be sent comes later within its day, never at night, and never the next day."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, bert = b.sandbox.world.user("Anna"), b.sandbox.world.user("Bert")
        await b.join(anna, team, "naaste")
        await b.join(bert, team, "naaste")
        await b.stop()
        b.set_clock(datetime(2026, 9, 9, 21, 30, tzinfo=AMSTERDAM))
        await b.start()
        await ticked(b)
        b.set_clock(datetime(2026, 9, 10, 9, 0, tzinfo=AMSTERDAM))
        await ticked(b)
        assert QUESTION not in said(b, anna)
        b.set_clock(datetime(2026, 9, 16, 20, 0, tzinfo=AMSTERDAM))
        await ticked(b)
        assert said(b, anna).count(QUESTION) == said(b, bert).count(QUESTION) == 1


async def test_an_ask_reaches_its_audience_within_five_seconds(tmp_path: Path) -> None:
    """`naastbot ask` reaches those who agreed and only them, once a week at most."""
    async with bench(tmp_path) as b:
        team = await b.team()
        names = ("naaste", "alleen rond het moment", "gestopt met ritme", "met rust", "professional")
        people = {name: b.sandbox.world.user(name) for name in names}
        for name, user in people.items():
            every = "Rond evaluatie" if name == "alleen rond het moment" else "Elke vier weken"
            await b.join(user, team, "professional" if name == "professional" else "naaste", every)
        for name, field, value in (
            ("gestopt met ritme", "rhythm", 0),
            ("met rust", "paused_until", "2026-12-01"),
        ):
            (person,) = b.store.contacts.of_chat(people[name].id)
            b.store.contacts.set(person.id, field, value)
        before = {name: len(said(b, user)) for name, user in people.items()}
        assert b.run("ask", team, "hoe-gaat-het-met-jullie").returncode == 0
        await b.sandbox.world.next_message(people["naaste"], after=0, within=5)
        await ticked(b)
        grown = {name for name, user in people.items() if len(said(b, user)) > before[name]}
        assert grown == {"naaste"}
        b.forward(days=3)
        assert b.run("ask", team, "hoe-gaat-het-met-jullie").returncode == 0
        await ticked(b)
        assert said(b, people["naaste"]).count(QUESTION) == 1
        b.forward(days=4)
        assert b.run("ask", team, "hoe-gaat-het-met-jullie").returncode == 0
        await ticked(b)
        assert said(b, people["naaste"]).count(QUESTION) == 2


async def test_an_ask_at_night_waits_for_the_morning(tmp_path: Path) -> None:
    """Quiet hours hold for asks too: what is asked at night comes after eight."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste", "Elke vier weken")
        b.set_clock(START.replace(hour=22))
        asked = b.run("ask", team, "hoe-gaat-het-met-jullie")
        assert "dinsdag 8 september om 08:00" in asked.stdout
        await ticked(b)
        assert QUESTION not in said(b, anna)
        b.set_clock(START.replace(day=8, hour=8, minute=1))
        await ticked(b)
        assert said(b, anna).count(QUESTION) == 1


async def test_an_ask_late_in_the_evening_says_that_it_may_not_reach_all(tmp_path: Path) -> None:
    """What the night cuts off is dropped, and whoever asks knows that beforehand."""
    async with bench(tmp_path) as b:
        team = await b.team()
        b.set_clock(START.replace(hour=20, minute=15))
        assert "aan de beurt" not in b.run("ask", team, "hoe-gaat-het-met-jullie").stdout
        b.set_clock(START.replace(hour=20, minute=55))
        assert "niet aan de beurt" in b.run("ask", team, "hoe-gaat-het-met-jullie").stdout


async def test_a_team_that_is_not_ready_asks_nothing(tmp_path: Path) -> None:
    """Without a coordinator or a contact line nobody is asked anything: nobody would hear it."""
    async with bench(tmp_path) as b:
        team = b.run("team", "add", "Zonder").stdout.splitlines()[-1]
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        refused = b.run("ask", team, "hoe-gaat-het-met-jullie")
        assert (refused.returncode, "team set" in refused.stderr) == (1, True)
        b.set_clock(datetime(2026, 9, 9, 16, 0, tzinfo=AMSTERDAM))
        await ticked(b)
        assert not any("Hoe gaat het" in text for text in said(b, anna))


async def test_around_the_moment_people_are_asked_and_the_period_closes_by_itself(tmp_path: Path) -> None:
    """Two weeks before the moment everybody who agreed is asked; a day before it the tick closes the period."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste", "Rond evaluatie")
        moment = START + timedelta(weeks=9)
        assert "in de avond of de nacht" in b.run("moment", team, moment.strftime("%Y-%m-%dT03:00")).stdout
        assert "de nacht" not in b.run("moment", team, moment.strftime("%Y-%m-%dT14:00")).stdout
        b.set_clock(moment - timedelta(days=14) + timedelta(hours=6))
        await ticked(b)
        asked = [text for text in said(b, anna) if "evaluatiemoment" in text and text.startswith("De Linde\n\n")]
        assert len(asked) == 1
        coordinator = next(p for p in b.store.contacts.of_team(team) if p.coordinator)
        b.set_clock(moment - timedelta(hours=25))
        await ticked(b)
        assert b.store.answers.release(team) is None
        b.set_clock(moment - timedelta(hours=19))
        await ticked(b)
        assert b.store.answers.release(team) is not None
        period = b.store.answers.open_period(team)
        assert period is not None
        assert period.number == 2
        await ticked(b)
        chat = b.sandbox.world.chat(coordinator.chat)
        assert any("De periode van De Linde is gesloten" in m.text for m in chat.messages)
        assert any(m.document for m in chat.messages)
        b.set_clock(moment + timedelta(days=14, hours=6))
        await ticked(b)
        assert kept(b, team) == {}
        asked = [text for text in said(b, anna) if text.startswith("De Linde\n\nWat hoorde je terug")]
        assert len(asked) == 1


async def test_free_days_put_off_what_would_be_asked(tmp_path: Path) -> None:
    """On a free day nobody is asked anything; people and operators are told the day on which it will really come,
    and then it is one question, whatever was put off."""
    async with bench(tmp_path) as b:
        team = await b.team()
        wednesday = datetime(2026, 9, 9, 16, tzinfo=AMSTERDAM)
        b.store.free_days.add(team, wednesday.date(), wednesday.date() + timedelta(days=1))
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        assert "vrijdag 11 september" in said(b, anna)[-1]
        b.set_clock(wednesday)
        asked = b.run("ask", team, "hoe-gaat-het-met-jullie")
        assert "vrijdag 11 september om 08:00" in asked.stdout
        await ticked(b)
        assert QUESTION not in said(b, anna)
        b.set_clock(wednesday + timedelta(days=2))
        await ticked(b)
        await ticked(b)
        assert [text for text in said(b, anna) if text.startswith("De Linde\n\n")] == [QUESTION]


async def test_a_moment_that_is_set_late_is_asked_about_on_the_next_open_day(tmp_path: Path) -> None:
    """With less than two weeks left people are still asked, once, before it closes; whoever came too late to
    count is not."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, late = b.sandbox.world.user("Anna"), b.sandbox.world.user("Later")
        await b.join(anna, team, "naaste", "Rond evaluatie")
        moment = START + timedelta(weeks=9)
        b.set_clock(moment - timedelta(days=9))
        await b.join(late, team, "naaste", "Rond evaluatie")
        friday = moment - timedelta(days=10) + timedelta(hours=6)
        b.store.free_days.add(team, friday.date(), friday.date() + timedelta(days=2))
        b.set_clock(friday)
        assert b.run("moment", team, moment.strftime("%Y-%m-%dT14:00")).returncode == 0
        for day in range(5):
            b.set_clock(friday + timedelta(days=day))
            await ticked(b)
            asked = [
                text for text in said(b, anna) if "evaluatiemoment" in text and text.startswith("De Linde\n\n")
            ]
            assert len(asked) == (0 if day < 3 else 1)
        assert not any("evaluatiemoment" in text for text in said(b, late) if text.startswith("De Linde\n\n"))


async def test_a_prompt_nobody_taps_expires_and_is_counted_once(tmp_path: Path) -> None:
    """The one counter there is says how many prompts went by, and any tap resets it."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        b.set_clock(datetime(2026, 9, 9, 16, 0, tzinfo=AMSTERDAM))
        await ticked(b)
        b.set_clock(datetime(2026, 9, 16, 16, 0, tzinfo=AMSTERDAM))
        await ticked(b)
        (person,) = b.store.contacts.of_chat(anna.id)
        assert person.unanswered == 1
        assert [*b.diary(team).open_prompts(person.id).values()] == [date(2026, 9, 23)]
        prompt = b.sandbox.world.chat(anna).messages[-1]
        await b.press(anna, prompt, "Sla over")
        (person,) = b.store.contacts.of_chat(anna.id)
        assert person.unanswered == 0
        assert b.diary(team).open_prompts(person.id) == {}


async def test_a_question_of_ones_own_is_no_silence(tmp_path: Path) -> None:
    """Whoever types /checkin and then leaves the question be is not counted as letting questions go by."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste", "Elke vier weken")
        await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "/checkin"))
        b.set_clock(START + timedelta(days=8, hours=8))
        await ticked(b)
        (person,) = b.store.contacts.of_chat(anna.id)
        assert b.diary(team).open_prompts(person.id) == {}
        assert person.unanswered == 0
