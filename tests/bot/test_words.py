"""Words that people type: masked, approved by their author, and nothing kept before that."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from bench import Bench, bench
from test_answering import checked_in, kept
from test_robustness import WEDNESDAY, failing

from bot.masker import Masker
from bot.sandbox.model import Message, User
from bot.sandbox.state import UPDATES
from bot.wording import texts
from dialogues.help import help_card


async def at_the_words(b: Bench, team: str, name: str = "Anna") -> tuple[User, Message]:
    """Someone who has come to the question that takes words."""
    user, asked = await checked_in(b, team, name)
    await b.press(user, asked, "Goed")
    own = await b.after(user, lambda: b.sandbox.world.say(user, user, "/checkin"))
    return user, await b.press(user, own, "Ja")


async def test_words_are_kept_only_after_a_yes(tmp_path: Path, own_trees: str) -> None:
    """The author sees what would be kept; only then is it stored, and the original leaves the chat."""
    async with bench(tmp_path, NAASTBOT_DIALOGUES=own_trees) as b:
        team = await b.team()
        anna, _ = await at_the_words(b, team)
        before = kept(b, team)
        proposal = await b.after(
            anna, lambda: b.sandbox.world.say(anna, anna, "Ik ben blij met Annelies van de groep")
        )
        assert proposal.text.startswith(texts.KEEP_BEFORE)
        assert "Annelies" not in proposal.text
        assert proposal.labels == ["Zo is het goed", "Anders zeggen", "Toch niet"]
        assert kept(b, team) == before
        await b.restart()
        original = proposal.reply_to
        assert original is not None
        await b.press(anna, proposal, "Zo is het goed")
        (words,) = [value for question, value in kept(b, team).items() if question not in before]
        assert words.startswith("Ik ben blij met […]")
        await b.sandbox.world.settled()
        assert original.deleted
        assert "Ik ben blij" not in proposal.text


async def test_words_that_are_kept_stay_kept_when_the_yes_comes_again(
    tmp_path: Path, own_trees: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crash between storing and noting that: the tap comes again, and its author is told the same."""
    async with bench(tmp_path, NAASTBOT_DIALOGUES=own_trees) as b:
        team = await b.team()
        anna, _ = await at_the_words(b, team)
        proposal = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "het gaat wel"))
        yes = b.sandbox.world.state.queue.inject({}) + 1
        await b.press(anna, proposal, "Zo is het goed")
        await b.sandbox.world.settled()
        told, words = proposal.text, kept(b, team)
        b.store.ledger.db.execute("DELETE FROM seen_updates WHERE id = ?", (yes,))
        monkeypatch.setattr(Masker, "made_safe", too_late)
        await b.restart()
        await b.after(anna, lambda: b.sandbox.world.redeliver(yes))
        await b.sandbox.world.settled()
        assert proposal.text == told
        assert kept(b, team) == words


async def too_late(masker: Masker, text: str, *, share: bool) -> str | None:
    """A masker that is not ready in time."""
    return None


async def test_saying_it_otherwise_and_not_at_all(tmp_path: Path, own_trees: str) -> None:
    """*Anders zeggen* and *Toch niet* store nothing, and take the original out of the chat."""
    async with bench(tmp_path, NAASTBOT_DIALOGUES=own_trees) as b:
        team = await b.team()
        anna, _ = await at_the_words(b, team)
        before = kept(b, team)
        first = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "het is zwaar"))
        await b.sandbox.world.tap(anna, first, "Anders zeggen").answered()
        await b.sandbox.world.until(anna, lambda: first.text == texts.SAY_AGAIN)
        assert first.reply_to is not None
        assert first.reply_to.deleted
        second = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "het gaat wel"))
        await b.press(anna, second, "Toch niet")
        assert kept(b, team) == before
        third = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "nog iets"))
        assert third.text.startswith("Ik lees hier niet mee")


async def test_words_with_a_signal_of_danger_get_help_at_once(tmp_path: Path, own_trees: str) -> None:
    """Whoever is in danger sees whom to call, and what they typed is not stored or offered for storing."""
    async with bench(tmp_path, NAASTBOT_DIALOGUES=own_trees) as b:
        team = await b.team()
        anna, _ = await at_the_words(b, team)
        before = kept(b, team)
        card = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "ik wil niet meer leven"))
        assert card.text == f"{help_card(None)}\n\n{texts.NOT_STORED}"
        assert not card.labels
        assert kept(b, team) == before


async def test_words_that_are_too_long_or_empty_of_meaning(tmp_path: Path, own_trees: str) -> None:
    """Four thousand characters, nothing but a name, or words nobody waits for: a kind sentence, nothing kept."""
    async with bench(tmp_path, NAASTBOT_DIALOGUES=own_trees) as b:
        team = await b.team()
        anna, _ = await at_the_words(b, team)
        before = kept(b, team)
        for typed, said in (
            ("woord " * 682, texts.TOO_LONG),
            ("Annelies", texts.MASK_FAILED),
            ("\u202egoed\u202c", texts.MASK_FAILED),
        ):
            message = await b.after(anna, lambda typed=typed: b.sandbox.world.say(anna, anna, typed))
            assert message.text == said
        b.forward(hours=25)
        message = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "het gaat wel"))
        assert message.text.startswith("Ik lees hier niet mee")
        assert kept(b, team) == before


async def test_a_proposal_that_was_tampered_with_is_not_stored(tmp_path: Path, own_trees: str) -> None:
    """Only what masking made can be approved: the gate is asked again before storing."""
    async with bench(tmp_path, NAASTBOT_DIALOGUES=own_trees) as b:
        team = await b.team()
        anna, _ = await at_the_words(b, team)
        before = kept(b, team)
        proposal = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "het gaat wel"))
        proposal.text = f"{texts.KEEP_BEFORE}het gaat wel met Annelies{texts.KEEP_AFTER}"
        await b.sandbox.world.tap(anna, proposal, "Zo is het goed").answered()
        await b.sandbox.world.until(anna, lambda: proposal.text == texts.MASK_FAILED)
        assert kept(b, team) == before
        again = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "het gaat wel"))
        again.text = "iets heel anders"
        await b.sandbox.world.tap(anna, again, "Zo is het goed").answered()
        await b.sandbox.world.until(anna, lambda: again.text == texts.PROPOSAL_GONE)
        assert kept(b, team) == before


async def at_what_is_shared(b: Bench, user: User) -> Message:
    """Before the first question whose words go to the team as they are typed."""
    message = await b.after(user, lambda: b.sandbox.world.say(user, user, "/checkin"))
    for _ in range(30):
        if texts.SHARE_TITLE in message.text:
            break
        if not message.labels:
            message = await b.after(user, lambda: b.sandbox.world.say(user, user, "/checkin"))
            continue
        core = message.text.startswith("De Linde")
        message = await b.press(user, message, message.labels[0] if core else texts.SKIP)
    return message


async def test_what_is_shared_with_the_team_is_kept_as_typed(tmp_path: Path) -> None:
    """*Deel met het team* is the author's own choice, after being told that colleagues may recognise it."""
    async with bench(tmp_path) as b:
        team = await b.team()
        bert = b.sandbox.world.user("Bert")
        await b.join(bert, team, "professional")
        message = await at_what_is_shared(b, bert)
        assert "herkennen" in message.text
        words = "Annelies en ik hebben samen gezongen"
        proposal = await b.after(bert, lambda: b.sandbox.world.say(bert, bert, words))
        assert proposal.text == f"{texts.SHARE_BEFORE}{words}{texts.SHARE_AFTER}"
        await b.press(bert, proposal, "Zo is het goed")
        assert words in kept(b, team).values()


FATES = {
    "kept": ("het gaat wel", texts.KEEP),
    "said otherwise": ("het gaat wel", texts.REPHRASE),
    "not at all": ("het gaat wel", texts.DISCARD),
    "danger": ("ik wil niet meer leven", None),
    "too long": ("woord " * 100, None),
    "not safe": ("Annelies", None),
}


@pytest.mark.parametrize("fate", FATES)
@pytest.mark.parametrize("hours", [1, 49])
async def test_what_was_typed_leaves_the_chat_whatever_becomes_of_it(
    tmp_path: Path, own_trees: str, fate: str, hours: int
) -> None:
    """No answer in words stays in the chat; where Telegram no longer lets us (48 hours), its author is told so."""
    async with bench(tmp_path, NAASTBOT_DIALOGUES=own_trees) as b:
        team = await b.team()
        anna, _ = await at_the_words(b, team)
        world, (words, button) = b.sandbox.world, FATES[fate]
        typed = world.say(anna, anna, words)
        typed.date -= timedelta(hours=hours)
        reply = await world.next_message(anna, after=typed)
        if button is not None:
            await world.tap(anna, reply, button).answered()
        await world.settled()
        said_so = [m for m in world.chat(anna).messages if texts.STILL_THERE in m.text]
        assert typed.deleted == (hours == 1)
        assert bool(said_so) == (hours == 49)


async def test_a_proposal_that_telegram_no_longer_shows_is_asked_again(tmp_path: Path, own_trees: str) -> None:
    """Of a message that can't be read back nothing is kept; its author hears that the words are still there."""
    async with bench(tmp_path, NAASTBOT_DIALOGUES=own_trees) as b:
        team = await b.team()
        anna, _ = await at_the_words(b, team)
        before = kept(b, team)
        world = b.sandbox.world
        proposal = await b.after(anna, lambda: world.say(anna, anna, "het gaat wel"))
        gone = {"chat": proposal.chat.json(), "message_id": proposal.id, "date": 0}
        data = proposal.button(texts.KEEP).data
        world.inject(
            {
                "callback_query": {
                    "id": "1",
                    "from": anna.json(),
                    "message": gone,
                    "chat_instance": "1",
                    "data": data,
                }
            }
        )
        await world.until(anna, lambda: proposal.text == f"{texts.PROPOSAL_GONE}\n\n{texts.STILL_THERE}")
        assert kept(b, team) == before
        proposal = await b.after(anna, lambda: world.say(anna, anna, "het gaat wel"))
        await b.press(anna, proposal, texts.KEEP)
        assert len(kept(b, team)) == len(before) + 1


async def test_a_shared_text_leaves_the_chat_too(tmp_path: Path) -> None:
    """What goes to the team as it was typed is removed from the chat just like masked words."""
    async with bench(tmp_path) as b:
        team = await b.team()
        bert = b.sandbox.world.user("Bert")
        await b.join(bert, team, "professional")
        message = await at_what_is_shared(b, bert)
        assert "herkennen" in message.text
        proposal = await b.after(bert, lambda: b.sandbox.world.say(bert, bert, "We zongen samen"))
        original = proposal.reply_to
        await b.press(bert, proposal, texts.KEEP)
        await b.sandbox.world.settled()
        assert original is not None
        assert original.deleted


async def test_a_question_that_cannot_be_sent_takes_nobodys_words(
    tmp_path: Path, own_trees: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is about to type, while Telegram is away and their next question waits, is still listened to."""
    async with bench(tmp_path, NAASTBOT_DIALOGUES=own_trees) as b:
        team = await b.team()
        b.set_clock(WEDNESDAY - timedelta(minutes=5))
        anna, _ = await at_the_words(b, team)
        monkeypatch.setattr("bot.network.send.RETRIES", 1)
        monkeypatch.setattr("bot.schedule.outbox.TRY_AGAIN", 0)
        with monkeypatch.context() as away:
            calls = failing(away, 10_000)
            assert b.run("ask", team, "wat-lukte").returncode == 0
            await b.sandbox.world.state.pulse.until(UPDATES, lambda: len(calls) > 2, 20)
        proposal = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "het gaat wel"))
        while texts.KEEP_BEFORE not in proposal.text:
            proposal = await b.sandbox.world.next_message(anna, after=proposal.id)
