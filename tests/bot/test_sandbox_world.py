"""The people in the sandbox, with python-telegram-bot on the other end of the wire."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken

from bot.sandbox.attachments import KINDS
from bot.sandbox.server import Sandbox
from bot.sandbox.world import NotPossibleError


class Listener:
    """A bot that confirms what it reads."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self.offset = 0

    async def hear(self) -> list[Update]:
        """What is new since the last time."""
        updates = list(await self.bot.get_updates(offset=self.offset, timeout=0, allowed_updates=Update.ALL_TYPES))
        self.offset = updates[-1].update_id + 1 if updates else self.offset
        return updates


def connect(sandbox: Sandbox, token: str = "") -> Bot:
    """python-telegram-bot, pointed at this machine."""
    return Bot(token or sandbox.token, base_url=f"{sandbox.url}/bot", base_file_url=f"{sandbox.url}/file/bot")


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A Telegram without limits."""
    async with Sandbox(limits=False) as sandbox:
        yield sandbox


@pytest.fixture
async def listener(sandbox: Sandbox) -> AsyncIterator[Listener]:
    """A bot that is connected to it."""
    async with connect(sandbox) as bot:
        yield Listener(bot)


def texts(updates: list[Update]) -> list[str | None]:
    """The words of the messages among these updates."""
    return [update.effective_message.text for update in updates if update.effective_message]


async def test_ptb_knows_its_bot(sandbox, listener):
    """python-telegram-bot starts up against the sandbox, and not with a wrong token."""
    assert listener.bot.username == "naastbot"
    assert listener.bot.can_join_groups
    assert not listener.bot.can_read_all_group_messages
    with pytest.raises(InvalidToken):
        await connect(sandbox, "123:" + "a" * 35).initialize()
    assert (await listener.bot.get_webhook_info()).url == ""
    assert await listener.bot.delete_webhook()
    assert await listener.bot.set_my_description("Kleine vragen, af en toe.")
    assert await listener.bot.set_my_short_description("Kleine vragen.")


async def test_deep_links(sandbox, listener):
    """A link with a code becomes /start with that code; other links are none of this bot's."""
    world = sandbox.world
    anna = world.user("Anna")
    world.follow(anna, "https://t.me/naastbot?start=CODE")
    world.follow(anna, "t.me/NaastBot")
    assert texts(await listener.hear()) == ["/start CODE", "/start"]
    with pytest.raises(NotPossibleError):
        world.follow(anna, "https://t.me/anderebot?start=CODE")


async def test_people_need_a_started_chat(sandbox):
    """Nobody can say anything before start, while blocking, or in a group of others."""
    world = sandbox.world
    anna, bas = world.user("Anna"), world.user("Bas")
    group = world.group("Team", [bas])
    for chat in (anna, group):
        with pytest.raises(NotPossibleError):
            world.say(anna, chat, "hoi")
    world.start(anna)
    world.block(anna)
    with pytest.raises(NotPossibleError):
        world.say(anna, anna, "hoi")
    world.start(anna)
    world.say(anna, anna, "hoi")


async def test_blocking_is_told_once(sandbox, listener):
    """Block and unblock each give one my_chat_member, and the bot's messages fail in between."""
    world = sandbox.world
    anna = world.user("Anna")
    world.start(anna)
    world.block(anna)
    world.block(anna)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await listener.bot.send_message(anna.id, "hoi")
    world.unblock(anna)
    await listener.bot.send_message(anna.id, "hoi")
    changes = [update.my_chat_member for update in await listener.hear() if update.my_chat_member]
    assert [(change.old_chat_member.status, change.new_chat_member.status) for change in changes] == [
        ("member", "kicked"),
        ("kicked", "member"),
    ]


async def test_privacy_mode(sandbox, listener):
    """In a group the bot hears commands that are its own or nobody's, replies to itself, and service messages."""
    world = sandbox.world
    anna, bas = world.user("Anna"), world.user("Bas")
    group = world.group("Team", [anna, bas])
    world.say(anna, group, "voor de bot erbij is: /start")
    world.add_bot(group, "CODE")
    await listener.hear()
    own = await listener.bot.send_message(group.id, "Hallo team")
    hello = world.chat(group).by_id[own.message_id]
    said = world.say(anna, group, "Wat is dit?")
    world.say(bas, group, "Een antwoord aan Anna", reply_to=said)
    world.say(bas, group, "Dag bot", reply_to=hello)
    for text in ("/hulp", "/hulp@NaastBot nu", "/hulp@anderebot", "zeg /hulp", "@naastbot hoi"):
        world.say(anna, group, text)
    world.edit(anna, said, "Wat is dit nou?")
    world.leave(bas, group)
    heard = await listener.hear()
    assert texts(heard) == ["Dag bot", "/hulp", "/hulp@NaastBot nu", None]
    assert heard[0].message.reply_to_message.message_id == own.message_id
    assert heard[-1].message.left_chat_member.id == bas.id


async def test_startgroup_and_migration(sandbox, listener):
    """Being added comes before the code; an upgrade tells both ids, and the old id points to the new."""
    world = sandbox.world
    anna = world.user("Anna")
    group = world.group("Team", [anna])
    world.add_bot(group, "CODE")
    added, service, start = await listener.hear()
    assert added.my_chat_member.new_chat_member.status == "member"
    assert service.message.new_chat_members[0].id == listener.bot.id
    assert start.message.text == "/start@naastbot CODE"
    new = world.upgrade(group)
    before, after = await listener.hear()
    assert (before.message.chat.id, before.message.migrate_to_chat_id) == (group.id, new.id)
    assert (after.message.chat.id, after.message.migrate_from_chat_id) == (new.id, group.id)
    with pytest.raises(ChatMigrated) as moved:
        await listener.bot.send_message(group.id, "hoi")
    assert moved.value.new_chat_id == new.id
    assert (await listener.bot.get_chat(new.id)).type == "supergroup"
    assert (await listener.bot.get_chat_member(new.id, anna.id)).status == "creator"


async def test_everything_people_send(sandbox, listener):
    """Photos, voice, stickers, locations, contacts and edits parse as what they are."""
    world = sandbox.world
    anna = world.user("Anna")
    world.start(anna)
    said = world.say(anna, anna, "hoi")
    world.edit(anna, said, "dag")
    for kind in KINDS:
        world.send(anna, anna, kind)
    world.send_photo(anna, anna, "bij het water")
    updates = await listener.hear()
    assert updates[2].edited_message.text == "dag"
    assert [bool(getattr(update.message, kind)) for update, kind in zip(updates[3:], KINDS, strict=False)] == [
        True
    ] * 5
    assert updates[-1].message.caption == "bij het water"
    photo = await (await updates[-1].message.photo[-1].get_file()).download_as_bytearray()
    assert photo


async def test_conversation_by_tapping(sandbox, listener):
    """A person sees the bot's words and buttons, taps, and sees answer, edit and reply."""
    world = sandbox.world
    anna = world.user("Anna")
    asked = world.start(anna)
    await listener.hear()
    rows = [[InlineKeyboardButton("Ja", callback_data="j")], [InlineKeyboardButton("Site", url="https://x.nl")]]
    await listener.bot.send_message(
        anna.id, "Doe je mee?", reply_markup=InlineKeyboardMarkup(rows), reply_to_message_id=asked.id
    )
    message = await world.next_message(anna, after=asked)
    assert (message.text, message.buttons, message.reply_to) == ("Doe je mee?", [["Ja"], ["Site"]], asked)
    with pytest.raises(LookupError):
        world.tap(anna, message, "Nee")
    with pytest.raises(NotPossibleError):
        world.tap(anna, message, "Site")
    tap = world.tap(anna, message, "Ja")
    (update,) = await listener.hear()
    await update.callback_query.answer("Dank je wel", show_alert=True)
    await update.callback_query.edit_message_text("Je doet mee.")
    assert (await tap.answered()).text == "Dank je wel"
    await world.until(anna, lambda: message.text == "Je doet mee.")
    assert message.buttons == []
    await listener.hear()
    await world.settled()
    with pytest.raises(BadRequest, match="not modified"):
        await update.callback_query.edit_message_text("Je doet mee.")


async def test_waiting_ends(sandbox):
    """Whoever waits in vain is told so."""
    world = sandbox.world
    anna = world.user("Anna")
    world.start(anna)
    with pytest.raises(TimeoutError):
        await world.next_message(anna, within=0.05)
    with pytest.raises(TimeoutError):
        await world.settled(quiet=0.01, within=0.05)
    with pytest.raises(TimeoutError):
        await world.forge(anna, world.chat(anna).last, "x").answered(within=0.05)
