"""Rights in the chat: everything is shown, withdrawn, erased; and stop means stop."""

from __future__ import annotations

from pathlib import Path

from bench import bench
from test_answering import checked_in, kept

from bot.wording import rights_texts, texts


async def test_gegevens_shows_what_is_kept(tmp_path: Path) -> None:
    """/gegevens shows each answer of this period and each choice, and nothing is only in the database."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, asked = await checked_in(b, team)
        await b.press(anna, asked, "Wisselend")
        shown = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "/gegevens"))
        for piece in ("De Linde", "naaste", "elke week op woensdag", "Hoe gaat het met jullie?", "Wisselend"):
            assert piece in shown.text
        assert "maandag 7 september" in shown.text
        stranger = b.sandbox.world.user("Bert")
        none = await b.after(stranger, lambda: b.sandbox.world.start(stranger, "fout"))
        none = await b.after(stranger, lambda: b.sandbox.world.say(stranger, stranger, "/gegevens"))
        told = {"number": 1, "day": "maandag 7 september"}
        assert none.text == rights_texts.DATA_TRIES.format(**told)


async def test_stop_stops_at_once(tmp_path: Path) -> None:
    """After /stop no question comes, before anything else is asked; answers count on unless withdrawn."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, asked = await checked_in(b, team)
        await b.press(anna, asked, "Goed")
        menu = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "/stop"))
        b.forward(days=2, hours=6)
        assert b.run("ask", team, "wat-lukte").returncode == 0
        await b.sandbox.world.settled(quiet=1.3)
        assert b.sandbox.world.chat(anna).messages[-1] is menu
        assert list(kept(b, team).values()) == ["goed"]
        assert await b.alert(anna, asked, texts.CHANGE) == texts.OVER
        await b.sandbox.world.tap(anna, menu, rights_texts.STOP_WITHDRAW).answered()
        await b.sandbox.world.until(anna, lambda: menu.text == rights_texts.WITHDRAWN)
        assert kept(b, team) == {}


async def test_stop_has_a_gentle_way(tmp_path: Path) -> None:
    """Whoever stops because something changed is asked nothing more."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, _ = await checked_in(b, team)
        menu = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "/stop"))
        await b.sandbox.world.tap(anna, menu, rights_texts.STOP_CHANGED).answered()
        await b.sandbox.world.until(anna, lambda: "Je hoeft niets uit te leggen" in menu.text)
        assert not menu.labels
        assert "088 0767 000" in menu.text


async def test_in_two_teams_each_is_chosen_by_name(tmp_path: Path) -> None:
    """Each team has its own consent: leaving one leaves the other as it is."""
    async with bench(tmp_path) as b:
        linde, eiland = await b.team(), await b.team("Het Eiland")
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, linde, "naaste")
        await b.join(anna, eiland, "professional")
        which = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "/stop"))
        assert which.labels == ["De Linde", "Het Eiland"]
        await b.press(anna, which, "Het Eiland")
        states = {person.team: person.state for person in b.store.contacts.of_chat(anna.id)}
        assert states == {linde: "active", eiland: "stopped"}


async def test_settings_change_in_two_taps(tmp_path: Path) -> None:
    """Rhythm, day, part of the day, a break and each consent can be changed, and are shown as they are."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna, _ = await checked_in(b, team)
        for entry, label, field in (
            (texts.SET_EVERY, "Elke vier weken", "elke vier weken"),
            (texts.SET_DAY, "Maandag", "op maandag"),
            (texts.SET_PART, "Avond", "avond"),
        ):
            menu = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "/settings"))
            assert len(menu.labels) == 5
            await b.sandbox.world.tap(anna, menu, entry).answered()
            await b.sandbox.world.until(anna, lambda menu=menu, label=label: label in menu.labels)
            said = await b.press(anna, menu, label)
            assert field in said.text
        menu = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "/pauze"))
        await b.sandbox.world.tap(anna, menu, "Twee weken").answered()
        await b.sandbox.world.until(anna, lambda: "maandag 21 september" in menu.text)
        menu = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "/settings"))
        await b.sandbox.world.tap(anna, menu, texts.SET_CONSENTS).answered()
        await b.sandbox.world.until(anna, lambda: "Terugkoppeling" in menu.labels)
        await b.sandbox.world.tap(anna, menu, "Terugkoppeling").answered()
        await b.sandbox.world.until(anna, lambda: "Terugkoppeling: uit" in menu.text)
        (person,) = b.store.contacts.of_chat(anna.id)
        assert (person.consent_rhythm, person.consent_moment, person.consent_feedback) == (True, True, False)
