"""Messages that are no question: which kinds there are, who gets them and when, and what they say."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot import agreement, render
from bot.feedback.page import as_page
from bot.feedback.text import as_text
from bot.group import group_notices
from bot.house import House
from bot.network.pace import Turn
from bot.render import Screen
from bot.schedule import asking_less
from bot.schedule.look import Look
from bot.wording import rights_texts, texts
from dialogues import periods
from storage import erasure
from storage.answers import Period
from storage.errands import OFFER, PAUSE, Errand
from storage.participant import Participant
from storage.release import PublishableFeedback
from storage.revoking import REVOKED

TELL_AHEAD = timedelta(weeks=5)
"""How long before a planned closing the coordinator hears that no moment is set."""

CLOSED, NO_MOMENT, RESTORED, NEW_TEXT, GOODBYE = "closed", "no-moment", "restored", "new-text", "goodbye"
FEWER, SILENT = OFFER.rstrip(":"), PAUSE.rstrip(":")
"""The first word of an occasion says which kind of notice it is."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One kind: on which occasions a person gets it now, whether it still holds for them, and how it is said."""

    occasions: Callable[[Look, Participant], Iterable[str]]
    wanted: Callable[[House, Participant], bool]
    say: Callable[[House, Errand, Participant, Period, Turn], Awaitable[None]]
    after: Callable[[House, Participant], None] = lambda *_: None
    """What follows once it was said or can't be; done before that is written down, and so again after a crash."""
    waits: bool = True
    """Whether it waits while a team has a free day."""
    concerns: Callable[[Look], bool] = lambda _: True
    """Whether anybody in this team may get it now: asked once, before everybody is looked at."""


def due(look: Look, people: Iterable[Participant]) -> Iterator[Errand]:
    """Every notice to these people of one team that belongs to this moment and was not planned before."""
    free = look.today in look.free
    kinds = [kind for kind in NOTICES.values() if kind.concerns(look) and not (free and kind.waits)]
    for person in people:
        for notice in kinds:
            if not notice.wanted(look.house, person):
                continue
            for occasion in notice.occasions(look, person):
                if look.new(person, occasion):
                    yield look.errand(person, occasion, None)


def wanted(house: House, errand: Errand, person: Participant) -> bool:
    """Whether this person should still get this notice, now that its turn has come."""
    return _kind(errand).wanted(house, person)


async def say(house: House, errand: Errand, person: Participant, period: Period, turn: Turn) -> None:
    """Send it, in its turn. Raises what `Sender.send` raises."""
    await _kind(errand).say(house, errand, person, period, turn)


def waits(errand: Errand) -> bool:
    """Whether this is for a day that is not free; else it comes on any day, outside the quiet hours."""
    return errand.dialogue is not None or _kind(errand).waits


def after(house: House, errand: Errand) -> None:
    """What follows from this errand, now that nothing more will be tried. Does nothing for one who is gone."""
    person = house.store.contacts.get(errand.participant)
    if person is not None and errand.dialogue is None and _kind(errand).wanted(house, person):
        _kind(errand).after(house, person)


def _kind(errand: Errand) -> Notice:
    return NOTICES[errand.occasion.partition(":")[0]]


def _coordinates(_: House, person: Participant) -> bool:
    return person.coordinator and person.active


def _no_moment(look: Look, _: Participant) -> Iterator[str]:
    period = look.period
    ahead = look.now + TELL_AHEAD >= period.opened + periods.PLANNED
    if ahead and look.house.store.agenda.moment(period.team, period.number) is None:
        yield f"{NO_MOMENT}:{period.number}"


async def _say_no_moment(house: House, _: Errand, person: Participant, period: Period, turn: Turn) -> None:
    text = texts.MOMENT_MISSING.format(team=house.team(person).name, closes=house.closes_in_words(period))
    await house.sender.send(person.chat, Screen(text), turn=turn)


def _closed(look: Look, person: Participant) -> Iterator[str]:
    """The page comes last; once it is planned, the feedback is not made again."""
    number = look.period.number
    if look.restored is not None and look.restored.period == number:
        # They had it before, in all likelihood; what was sent is not in a copy.
        return
    if number > 1 and look.new(person, f"{CLOSED}:{number}:page"):
        for part in feedback_parts(look.house, look.period):
            yield f"{CLOSED}:{number}:{part}"


async def _say_closed(house: House, errand: Errand, person: Participant, period: Period, turn: Turn) -> None:
    team, part = house.team(person), errand.occasion.rpartition(":")[2]
    content = feedback_parts(house, period)[part]
    if part == "page":
        name = f"terugkoppeling-{team.id}-{period.number - 1}.html"
        caption = texts.CLOSED_NOTICE.format(team=team.name)
        await house.sender.send_page(person.chat, name, content, caption, turn=turn)
    else:
        await house.sender.send(person.chat, Screen(content), turn=turn)


def feedback_parts(house: House, period: Period) -> Mapping[str, str]:
    """What a coordinator gets of the last period's feedback: pieces of text by number, then `page`; by name."""
    stored = house.store.answers.release(period.team, period.number - 1)
    if stored is None:
        return {}
    feedback = PublishableFeedback.from_stored(stored)
    pieces = render.chunks(as_text(feedback))
    return {**{f"{number:02}": piece for number, piece in enumerate(pieces)}, "page": as_page(feedback)}


def _takes_part(house: House, person: Participant) -> bool:
    return person.active and not person.paused(house.today())


def _restored(look: Look, person: Participant) -> Iterator[str]:
    """Not for whoever joined since."""
    if look.restored is not None and look.restored.concerns(person):
        yield f"{RESTORED}:{look.restored.copied_on.isoformat()}"


async def _say_restored(house: House, errand: Errand, person: Participant, _: Period, turn: Turn) -> None:
    day = house.day_in_words(date.fromisoformat(errand.occasion.rpartition(":")[2]))
    text = texts.RESTORED_COORDINATOR if person.coordinator else texts.RESTORED
    await house.sender.send(person.chat, Screen(text.format(team=house.team(person).name, day=day)), turn=turn)


def _was_restored(look: Look) -> bool:
    return look.restored is not None


def _never_by_itself(_: Look, __: Participant) -> tuple[str, ...]:
    """Planned elsewhere: by `naastbot team revoke`, or as a prompt ends."""
    return ()


def _nobody(_: Look) -> bool:
    return False


def _lost_the_right(_: House, person: Participant) -> bool:
    return person.active and not person.coordinator


async def _say_revoked(house: House, _: Errand, person: Participant, __: Period, turn: Turn) -> None:
    """Whoever has no part in the team any more is told that too, and then forgotten."""
    goes_on = person.role or person.next_role
    text = texts.REVOKED.format(team=house.team(person).name) + (
        texts.REVOKED_ROLE if goes_on else texts.REVOKED_GONE
    )
    await house.sender.send(person.chat, Screen(text), turn=turn)


def _forget_if_gone(house: House, person: Participant) -> None:
    if not (person.role or person.next_role):
        erasure.erase(house.store, person)


def _is_to_agree(house: House, person: Participant) -> bool:
    """Agreed to an older text, was not asked to agree to the new one yet, and nothing keeps us from asking."""
    if agreement.agreed(person) or person.asked_version == agreement.current().version:
        return False
    wants_something = person.consent_rhythm or person.consent_moment or person.consent_feedback
    here = person.active and not person.left_alone(house.today())
    return wants_something and here and house.ready(house.team(person))


def _new_text(look: Look, person: Participant) -> Iterator[str]:
    """By day, so that one which a break came before is planned again; but never a second one while one waits."""
    waiting = [errand for errand, state in look.diary.history(person.id) if state in ("pending", "sending")]
    if not any(errand.occasion.startswith(NEW_TEXT) for errand in waiting):
        yield f"{NEW_TEXT}:{agreement.current().version}:{look.today.isoformat()}"


async def _say_new_text(house: House, _: Errand, person: Participant, __: Period, turn: Turn) -> None:
    await house.sender.send(person.chat, agreement.ask_again(house.team(person), person), turn=turn)


def _was_asked_to_agree(house: House, person: Participant) -> None:
    house.store.contacts.asked_again(person.id, agreement.current().version)


def _leaves(_: House, person: Participant) -> bool:
    return person.state == "leaving"


def _goodbye(_: Look, __: Participant) -> Iterator[str]:
    yield GOODBYE


async def _say_goodbye(house: House, _: Errand, person: Participant, __: Period, turn: Turn) -> None:
    text = rights_texts.GOODBYE_COORDINATOR if person.coordinator else rights_texts.GOODBYE
    await house.sender.send(person.chat, Screen(text.format(team=house.team(person).name)), turn=turn)


def _let_go(house: House, person: Participant) -> None:
    erasure.let_go(house.store, person)


NOTICES: Mapping[str, Notice] = {
    NO_MOMENT: Notice(_no_moment, _coordinates, _say_no_moment),
    CLOSED: Notice(_closed, _coordinates, _say_closed, waits=False),
    RESTORED: Notice(_restored, _takes_part, _say_restored, waits=False, concerns=_was_restored),
    REVOKED: Notice(_never_by_itself, _lost_the_right, _say_revoked, _forget_if_gone, concerns=_nobody),
    NEW_TEXT: Notice(_new_text, _is_to_agree, _say_new_text, _was_asked_to_agree),
    FEWER: Notice(_never_by_itself, asking_less.may_get_offer, asking_less.say_offer, concerns=_nobody),
    SILENT: Notice(_never_by_itself, asking_less.is_paused, asking_less.say_pause, concerns=_nobody),
    group_notices.MOMENT_SET: Notice(
        _never_by_itself, group_notices.is_coordinator, group_notices.say_moment, concerns=_nobody
    ),
    group_notices.NO_GROUP: Notice(
        _never_by_itself, group_notices.is_still_out, group_notices.say_no_group, concerns=_nobody
    ),
    GOODBYE: Notice(_goodbye, _leaves, _say_goodbye, _let_go),
}
"""By the first word of their occasion.

Two do not wait while a team has a free day: the feedback, since the team may meet the day after, and that answers
were lost, since whoever had stopped should hear at once that they take part again.
"""
