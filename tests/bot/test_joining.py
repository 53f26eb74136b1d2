"""Joining through the chat: what people are told, what they choose, and codes that do not work."""

from __future__ import annotations

from pathlib import Path

from bench import bench

from bot import texts


async def test_join_then_checkin_then_answer(tmp_path: Path) -> None:
    """The path that everything else stands on: invitation, consent, rhythm, question, answer, next question."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        told = await b.after(anna, lambda: b.sandbox.world.start(anna, b.code(team, "naaste")))
        assert "Telegram kan deze chat lezen" in told.text
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
        period = b.store.answers.open_period(team)
        assert period
        assert [kept.value for kept in b.store.answers.of_period(team, period.number)] == ["goed"]
