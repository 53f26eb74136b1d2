"""Holds every message of the year against what was promised. Knows the promises and what people chose; no code.

After each look at the clock it is told what arrived. What it finds wrong is counted by promise: a message too
many, at a bad hour, to somebody who should not get it; and what should have come at this look and did not.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta

from year.calendar_of_its_own import DAY, PARTS, local, planned_for
from year.expecting import missing
from year.people import Person, Prompt, Team
from year.reading import AFTER, BASE, BEFORE, GOODBYE, OFFER, OTHER, PAGE, PAUSE, QUESTION, REMINDER, Read, Reader

SILENT_AT = 4
LASTS = 7 * DAY


class Oracle:
    """The book of the year, and what was found wrong in it."""

    def __init__(self, reader: Reader) -> None:
        self.teams: list[Team] = []
        self.reader = reader
        self.wrong: Counter[str] = Counter()
        self.examples: dict[str, str] = {}
        self.seen: Counter[str] = Counter()
        self.in_flight: set[tuple[int, str, date]] = set()
        self._by_chat: dict[int, Team] = {}
        self._by_id: dict[str, Team] = {}
        self._once: set[tuple[int, str]] = set()
        self._releases: set[tuple[int, int]] = set()

    def add(self, team: Team) -> None:
        """A team, with its coordinator and its group."""
        self.teams.append(team)
        self._by_id[team.id] = self._by_chat[team.group] = self._by_chat[team.coordinator] = team

    def named(self, team: str) -> Team:
        """The team with this id."""
        return self._by_id[team]

    def takes_part(self, team: Team, person: Person) -> None:
        """Somebody new."""
        team.people[person.chat] = person
        self._by_chat[person.chat] = team

    def team_of(self, chat: int) -> Team:
        """Whose chat this is: a person's, a coordinator's or a group's."""
        return self._by_chat[chat]

    def check(self, promise: str, kept: bool, example: object = "") -> None:
        """Count one look at a promise."""
        self.seen[promise] += 1
        if not kept:
            self.wrong[promise] += 1
            self.examples.setdefault(promise, str(example))

    # what the year tells it

    def looked(self, now: datetime, messages: list[Read], *, cut_off: bool = False) -> None:
        """The bot looked at the clock, which showed `now` (UTC), and this is all that arrived.

        `cut_off`: it was killed in the middle, so that more was still to come.
        """
        for team in self.teams:
            for person in team.people.values():
                self._let_go_by(team, person, now)
        for message in messages:
            self._message(now, message)
        at = local(now)
        if cut_off or not time(8) <= at.time() < time(21):
            return
        for team in self.teams:
            for promise, example in missing(team, self.reader, now):
                self.check(promise, kept=False, example=f"{example} at {at}")

    def opened(self, team: Team, number: int, opened: datetime, now: datetime) -> None:
        """At this look this team's period was this one, opened then."""
        if team.opened is not None and number != team.period:
            self.check("no period closes before its time", now >= team.closes(), (team.id, now))
            self.check("no period closes before eight weeks", now - team.opened >= timedelta(weeks=8), team.id)
            self._releases.add((team.coordinator, number - 1))
        team.period, team.opened = number, opened
        self.check("a period closes at its time, at 26 weeks at the latest", now < team.closes(), (team.id, now))

    def finished(self) -> None:
        """The year is over."""
        for chat, number in self._releases:
            got = (chat, f"page {number}") in self._once
            self.check("each coordinator gets each release once", got, (chat, number))

    # what arrived

    def _message(self, now: datetime, message: Read) -> None:
        self.seen["messages"] += 1
        team, at = self.team_of(message.chat), message.at
        self.check("nothing between 21:00 and 08:00", time(8) <= at.time() < time(21), message)
        about_feedback = message.kind in (PAGE, OTHER) and message.chat == team.coordinator
        self.check("nothing on a free day", about_feedback or at.date() not in team.free, message)
        repeated = (message.chat, message.text, at.date())
        if repeated in self.in_flight:
            self.seen["messages repeated after a kill"] += 1
            self.in_flight.discard(repeated)
        elif message.chat == team.group:
            self._group(team, message)
        elif message.chat == team.coordinator:
            name = f"page {team.period - 1}" if message.kind == PAGE else f"{team.period} {message.text}"
            self._only_once(message.chat, name)
        else:
            self._person(now, team, team.people[message.chat], message)

    def _only_once(self, chat: int, name: str) -> None:
        self.check("nobody gets the same notice twice", (chat, name) not in self._once, name)
        self._once.add((chat, name))

    def _group(self, team: Team, message: Read) -> None:
        made = team.reminder
        self._only_once(team.group, f"{message.text} {message.at.date()}")
        if made is not None and message.text == made.text:
            due = planned_for("weekly", made.weekday, made.made, message.at.date(), team.free)
            self.check("a group is reminded on its days only", due is not None, message)

    def _person(self, now: datetime, team: Team, person: Person, message: Read) -> None:
        today = message.at.date()
        self.check("nothing after a stop, a block or a goodbye", person.state == "in", message)
        resting = person.back is not None and today < person.back
        self.check("nothing during a break", not resting or message.kind == GOODBYE, message)
        if message.kind == QUESTION:
            self._question(now, team, person, message)
        elif message.kind == REMINDER:
            self._reminder(person, message)
        elif message.kind == OFFER:
            self.check("fewer questions are offered after two", person.silence in (2, 3), message)
        elif message.kind == PAUSE:
            self.check("a pause after four", person.silence == SILENT_AT, message)
        elif message.kind == GOODBYE:
            self.check("goodbye only to who lets all go by", person.silence == SILENT_AT, message)
            person.state = "gone"
        else:
            self.check("no message of an unknown kind", kept=False, example=message)

    def _question(self, now: datetime, team: Team, person: Person, message: Read) -> None:
        self.check("nothing is asked after four without a tap", person.silence < SILENT_AT, message)
        self.check("questions fit the role", person.role in self.reader.roles[message.dialogue], message)
        this_round = (message.period, message.round) == (team.period, team.round(now))
        self.check("questions are of this period and round", this_round, message)
        why = self._why(team, person, message)
        self.check("every question has a reason that the person agreed to", bool(why), message)
        prompt = Prompt(
            *(message.at, why or "none", message.dialogue, message.period, message.round, message.button)
        )
        same = [other for other in person.prompts if other.name == prompt.name]
        self.check("nobody gets the same prompt twice in a round", why == "ask" or not same, message)
        for other in same:
            # Asked again by an operator: one question lies open, not two.
            other.over = True
        if why != "ask":
            self.check("at most one prompt a day by rhythm and moment", not person.asked_on(prompt.day), message)
            self.check("not on the day of joining", prompt.day > person.joined, message)
        person.prompts.append(prompt)

    def _why(self, team: Team, person: Person, message: Read) -> str | None:
        today, clock = message.at.date(), message.at.time()
        if message.dialogue in (BEFORE, AFTER):
            return "moment" if person.wants_moment and clock >= PARTS[person.part] else None
        if not person.wants_rhythm:
            return None
        asked = [ask.dialogue for ask in team.asked(today)]
        lately = any(other.why == "ask" and today - 7 * DAY < other.day <= today for other in person.prompts)
        if message.dialogue in asked and person.every != "moment" and not lately:
            return "ask"
        slot = planned_for(person.every, person.weekday, person.joined, today, team.free)
        if slot is None or slot in person.served or clock < PARTS[person.part]:
            return None
        person.served.add(slot)
        base = BASE[person.role]
        first = base in person.asked_in(message.period, message.round) or message.dialogue == base
        self.check("each round begins with the base question", first, message)
        return "rhythm"

    def _reminder(self, person: Person, message: Read) -> None:
        newest, person.reminded_on = person.last_asked(), message.at.date()
        name = (message.dialogue, message.period, message.round)
        of_that_day = [p for p in person.prompts if newest is not None and p.day == newest.day]
        last = next((prompt for prompt in of_that_day if prompt.name == name), None)
        self.check("a reminder is of the last day's question", last is not None, message)
        if last is not None:
            self.check("one reminder at most", last.reminders == 0, message)
            self.check("no reminder after a tap", not last.over, message)
            days = (message.at.date() - last.day) // DAY
            self.check("a reminder comes on the second to fourth day", 2 <= days <= 4, message)
            last.reminders += 1
        self.check("no reminder to whoever wants none", person.wants_reminders, message)

    def _let_go_by(self, team: Team, person: Person, now: datetime) -> None:
        """A week without a tap, in the person's part of the day: that question is over, and counts."""
        at = local(now)
        for prompt in person.prompts:
            if prompt.over or prompt.period != team.period or at.time() < PARTS[person.part]:
                continue
            if at.date() >= prompt.day + LASTS and person.state == "in":
                prompt.over = True
                person.silence = min(SILENT_AT, person.silence + 1)
                if person.silence == 2:
                    person.offered_on = at.date()
