"""The team's own group: a link makes it known; nothing there is about one person."""

from __future__ import annotations

from functools import partial

from telegram import ChatMember, Update

from bot.group import group_notices
from bot.handlers import codes
from bot.house import House
from bot.incoming import Note
from bot.render import Screen
from bot.wording import planning_texts, texts
from storage.admission import admit


async def start(house: House, note: Note) -> None:
    """/start CODE in a group: this is the team's group from now on."""
    if not note.argument:
        await explain(house, note)
        return
    await codes.unhurried(house, note.chat, partial(_try_code, house, note.chat, note.argument))


async def _try_code(house: House, chat: int, code: str) -> None:
    admitted = admit(house.store, code, chat, house.today(), None, group=True)
    if admitted is not None and admitted.person is None:
        name = house.store.teams.require(admitted.team).name
        await house.sender.send(chat, Screen(texts.GROUP_WELCOME.format(team=name)))
        return
    found = codes.look(house, chat, code)
    await house.sender.send(chat, Screen(found if isinstance(found, str) else texts.PERSONAL_CODE))


async def explain(house: House, note: Note) -> None:
    """Any other command in a group."""
    await house.sender.send(note.chat, Screen(texts.GROUP_HELP))


async def membership(house: House, update: Update) -> None:
    """Blocked by a person, or thrown out of a group: stop at once."""
    change = update.my_chat_member
    if change is None:
        return
    gone = change.new_chat_member.status in (ChatMember.LEFT, ChatMember.BANNED)
    if gone:
        lost(house, change.chat.id)
    elif ChatMember.ADMINISTRATOR == change.new_chat_member.status != change.old_chat_member.status:
        await house.sender.send(change.chat.id, Screen(planning_texts.NO_ADMIN_NEEDED))


async def moved(house: House, update: Update) -> None:
    """A group became a supergroup."""
    message = update.effective_message
    if message is not None and message.migrate_to_chat_id is not None:
        house.store.groups.moved(message.chat.id, message.migrate_to_chat_id)


def lost(house: House, chat: int) -> None:
    """Nothing more goes to a chat that can't be reached. What was planned for a group waits."""
    for person in house.people(chat):
        house.store.contacts.set(person.id, "state", "blocked")
        house.plan_nothing(person)
    team = house.store.groups.team_of(chat)
    house.store.groups.forget(chat)
    if team is not None and house.store.plans.of_team(team):
        group_notices.tell_coordinators(house, team, group_notices.NO_GROUP)
