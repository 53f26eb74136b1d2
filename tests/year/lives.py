"""What people, coordinators and operators do on a day: joining, resting, changing, leaving, planning."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from storage import erasure
from year.calendar_of_its_own import DAY, PARTS, ZONE, local
from year.people import Ask, Person, Team

if TYPE_CHECKING:
    from year.organisation import Year

PER_DAY = 0.012
"""How likely somebody changes something on a day: four times in a year."""


class Lives:
    """Does in the bot and in the oracle's book what its methods say."""

    def __init__(self, year: Year) -> None:
        self._year = year
        self._chance = year.chance
        self._next_chat = 500_000

    def blocked(self) -> frozenset[int]:
        """Chats that can't be reached."""
        teams = self._year.oracle.teams
        return frozenset(p.chat for team in teams for p in team.people.values() if p.state == "blocked")

    def live(self, day: date) -> None:
        """One day of everybody."""
        for team in self._year.oracle.teams:
            self._plan(team, day)
            for person in [*team.people.values()]:
                if self._chance.random() < PER_DAY and person.joined < day:
                    self._change(person, day)
            if self._chance.random() < 0.02:
                self._next_chat += 1
                self._year.join(team, self._next_chat)

    # people

    def _change(self, person: Person, day: date) -> None:
        record = self._year.record(person)
        if record is None or person.state in ("blocked", "gone"):
            return
        person.changed_on = day
        contacts = self._year.there.store.contacts
        if person.state == "stopped":
            if self._chance.random() < 0.5:
                contacts.come_back(record.id)
                person.state, person.silence = "in", 0
            return
        what = self._chance.choices(
            (self._rest, self._other_rhythm, self._consent, self._stop, self._block, self._erase),
            (6, 5, 3, 2, 1, 1),
        )[0]
        what(person, record.id, day)
        if person.state == "in":
            contacts.heard(record.id)
            person.silence = 0

    def _set(self, person_id: bytes, name: str, value: str | int | None) -> None:
        self._year.there.store.contacts.set(person_id, name, value)

    def _rest(self, person: Person, record: bytes, day: date) -> None:
        if person.back is not None and day < person.back:
            person.back = None
        else:
            weeks = self._chance.choice((1, 2, 4, 400))
            person.back = day + weeks * 7 * DAY
        self._set(record, "paused_until", person.back.isoformat() if person.back else None)

    def _other_rhythm(self, person: Person, record: bytes, _: date) -> None:
        person.every = self._chance.choice(("weekly", "fortnightly", "fourweekly", "moment"))
        person.weekday, person.part = self._chance.randrange(7), self._chance.choice(sorted(PARTS))
        for name, value in (("every", person.every), ("weekday", person.weekday), ("daypart", person.part)):
            self._set(record, name, value)

    def _consent(self, person: Person, record: bytes, _: date) -> None:
        kind = self._chance.choice(("rhythm", "moment", "reminders"))
        given = not getattr(person, f"wants_{kind}")
        setattr(person, f"wants_{kind}", given)
        self._set(record, kind, int(given))

    def _stop(self, person: Person, record: bytes, _: date) -> None:
        self._set(record, "state", "stopped")
        house = self._year.there.house
        kept = self._year.record(person)
        assert kept is not None
        house.plan_nothing(kept)
        person.state = "stopped"
        person.leave_open_questions()

    def _block(self, person: Person, _: bytes, __: date) -> None:
        self._year.there.post.blocked.add(person.chat)
        person.state = "blocked"

    def _erase(self, person: Person, _: bytes, __: date) -> None:
        kept = self._year.record(person)
        assert kept is not None
        erasure.erase(self._year.there.store, kept)
        person.state = "gone"

    # teams

    def _plan(self, team: Team, day: date) -> None:
        if team.opened is None:
            return
        draw = self._chance.random()
        if draw < 0.012:
            self._moment(team)
        elif draw < 0.02:
            length = self._chance.choice((0, 2, 8, 15))
            first = day + self._chance.randint(2, 40) * DAY
            self._year.there.store.free_days.add(team.id, first, first + length * DAY)
            team.free.own.append((first, first + length * DAY))
        elif draw < 0.05:
            self._ask(team, day)

    def _moment(self, team: Team) -> None:
        """At a decent hour, at least eight weeks and a day after the opening, and a day and more from now."""
        assert team.opened is not None
        now = self._year.clock()
        earliest = max(team.opened + timedelta(weeks=8, days=1), now + timedelta(days=1))
        day = local(earliest).date() + self._chance.choice((1, 3, 9, 20, 40, 90)) * DAY
        at = datetime.combine(day, time(self._chance.randint(9, 17)), ZONE)
        team.moments[team.period] = at
        self._year.there.store.agenda.set_moment(team.id, team.period, at)

    def _ask(self, team: Team, day: date) -> None:
        """As `naastbot ask` does: today, or on the first open day."""
        dialogue = self._chance.choice(("wat-lukte", "wie-neem-je-mee", "hoe-gaat-het-met-jou"))
        # In the evening it is for the next day.
        first = team.free.open_from(day + self._chance.choice((0, 1)) * DAY)
        if any(abs((ask.day - first) // DAY) < 2 for ask in team.asks):
            return
        self._year.there.store.agenda.add_ask(team.id, team.period, dialogue, first)
        team.asks.append(Ask(dialogue, first, team.period))
