"""/settings, /ritme and /pauze: how often, when, a break, and the three consents."""

from __future__ import annotations

from datetime import date, timedelta

from bot.handlers import choices
from bot.house import House
from bot.incoming import Press
from bot.render import Button, Screen
from bot.wording import silence_texts, texts
from dialogues.rhythm import MOMENT
from storage.participant import SWITCHES, Participant
from storage.teams import Team

UNTIL_I_SAY = date.max
"""A break without an end."""


async def settings(house: House, person: Participant) -> None:
    """/settings: what is chosen now, and what can be changed."""
    await house.sender.send(person.chat, overview(house, person))


async def rhythm(house: House, person: Participant) -> None:
    """/ritme: straight to how often."""
    team = house.team(person)
    await house.sender.send(person.chat, choices.ask_every(team, "i", team.name))


async def take_a_break(house: House, person: Participant) -> None:
    """/pauze: for how long, or begin again."""
    await house.sender.send(person.chat, _ask_pause(house, person))


async def menu(house: House, press: Press) -> None:
    """One of the buttons under /settings."""
    person = await member(house, press)
    if person is None:
        return
    team = house.team(person)
    screens = {
        "e": choices.ask_every(team, "i", team.name),
        "d": choices.ask_day(team, "i"),
        "p": choices.ask_part(team, "i"),
        "b": _ask_pause(house, person),
        "c": _ask_consents(team, person),
        "k": Screen(silence_texts.LEFT_AS_IT_IS),
    }
    await house.sender.edit(press.chat, press.message, screens.get(press.part(1), overview(house, person)))


async def choose(house: House, press: Press) -> None:
    """A choice of rhythm, day or part of the day, in the settings: two taps and done."""
    choice = await choices.take(house, press)
    if choice is not None:
        text = texts.CHANGED.format(summary=summary(choice.person))
        await house.sender.send(press.chat, Screen(text))


async def pause(house: House, press: Press) -> None:
    """How long a break takes, or that it is over."""
    person = await member(house, press)
    if person is None:
        return
    weeks = press.part(1)
    if weeks == "x":
        house.store.contacts.set(person.id, "paused_until", None)
        await house.sender.edit(press.chat, press.message, Screen(texts.RESUMED))
    elif weeks in texts.PAUSES:
        until = house.today() + timedelta(weeks=int(weeks)) if weeks != "0" else UNTIL_I_SAY
        house.store.contacts.set(person.id, "paused_until", until.isoformat())
        text = texts.PAUSED_OPEN if weeks == "0" else texts.PAUSED.format(until=house.day_in_words(until))
        await house.sender.edit(press.chat, press.message, Screen(text))


async def consent(house: House, press: Press) -> None:
    """Switch one of the three consents, or reminders, on or off."""
    person = await member(house, press)
    kind = press.part(1)
    if person is None or kind not in SWITCHES:
        return
    person = house.store.contacts.set(person.id, kind, int(press.part(2) == "1"))
    await house.sender.edit(press.chat, press.message, _ask_consents(house.team(person), person))


async def member(house: House, press: Press, text: str | None = None) -> Participant | None:
    """Who tapped, when they answer in the team of this button; the tap is answered either way, or with `text`."""
    person = house.person(press.chat, press.part(0))
    here = person is not None and person.active and person.role is not None
    await house.sender.answer(press.callback, text if here else texts.NOT_MEMBER)
    return person if here else None


def overview(house: House, person: Participant) -> Screen:
    """All that is chosen, in a few lines, with a button for each."""
    team = house.team(person)
    text = texts.SETTINGS.format(
        team=team.name,
        summary=summary(person),
        consents=consent_lines(person),
        pause=_pause_line(house, person) + (silence_texts.SILENT_LINE if person.silent else ""),
    )
    entries = (
        (texts.SET_EVERY, "e"),
        (texts.SET_DAY, "d"),
        (texts.SET_PART, "p"),
        (texts.SET_PAUSE, "b"),
        (texts.SET_CONSENTS, "c"),
    )
    return Screen(text, tuple(Button(label, f"m.{team.code}.{key}") for label, key in entries))


def consent_lines(person: Participant) -> str:
    """The three consents and reminders, each with on or off."""
    return "\n".join(
        texts.CONSENT_LINE.format(name=texts.CONSENT_NAMES[kind], state=texts.ON if given else texts.OFF)
        for kind, given in _switches(person).items()
    )


def _switches(person: Participant) -> dict[str, bool]:
    consents = (person.consent_rhythm, person.consent_moment, person.consent_feedback)
    return dict(zip(SWITCHES, (*consents, person.reminders), strict=True))


def _ask_consents(team: Team, person: Participant) -> Screen:
    buttons = tuple(
        Button(texts.CONSENT_NAMES[kind], f"c.{team.code}.{kind}.{int(not given)}")
        for kind, given in _switches(person).items()
    )
    return Screen(texts.ASK_CONSENTS.format(lines=consent_lines(person)), buttons)


def _ask_pause(house: House, person: Participant) -> Screen:
    team = house.team(person)
    if person.paused(house.today()):
        text = f"{team.name}{_pause_line(house, person)}"
        return Screen(text, (Button(texts.RESUME, f"p.{team.code}.x"),))
    buttons = tuple(Button(label, f"p.{team.code}.{weeks}") for weeks, label in texts.PAUSES.items())
    return Screen(f"{team.name}\n\n{texts.ASK_PAUSE}", buttons)


def _pause_line(house: House, person: Participant) -> str:
    if person.paused_until is None or not person.paused(house.today()):
        return ""
    until = "" if person.paused_until == UNTIL_I_SAY else f" tot {house.day_in_words(person.paused_until)}"
    return texts.PAUSE_LINE.format(until=until)


def summary(person: Participant) -> str:
    """How often, on which day and when, in one sentence without its beginning."""
    rhythm_chosen = person.rhythm
    day = "" if rhythm_chosen.every == MOMENT else f" op {texts.DAYS[rhythm_chosen.weekday].lower()}"
    part = texts.PARTS[rhythm_chosen.daypart].lower()
    return f"{texts.EVERY_LONG[rhythm_chosen.every]}{day}, {part}"
