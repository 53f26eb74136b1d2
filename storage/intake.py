"""One person's answers of the open period: give, change, skip, see, withdraw. Everything goes by period key.

The only code that puts a person and an answer side by side, and only for as long as a call lasts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dialogues import engine, periods
from dialogues.tree import Dialogue
from storage import anonymise
from storage.anonymise import ROW_KEY_BYTES, AnonymousAnswer, SharedText, Slot, row_key
from storage.answers import Answers, Kept, Period, PeriodClosedError
from storage.keys import Keys, MissingKeyError, derive, mac
from storage.participant import Participant
from storage.sealing import Box


class NotNowError(Exception):
    """This question does not lie before this person now: another branch was taken, or it is over."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that an answer needs to know about where it is given."""

    person: Participant
    role: str
    period: Period
    round: int
    dialogue: Dialogue

    def slot(self, question: str) -> Slot:
        """Where an answer to this question belongs."""
        return Slot(self.person.team, self.period.number, self.round, self.dialogue.id, question)


class Intake:
    """Reads the period key at every call. Raises PeriodClosedError once the key or the period is gone."""

    def __init__(self, answers: Answers, keys: Keys) -> None:
        self._answers = answers
        self._keys = keys

    def given(self, desk: Desk) -> dict[str, Kept]:
        """Question -> what this person answered in this dialogue and round."""
        key = self._period_key(desk.person.team, desk.period.number)
        slots = [desk.slot(question) for question in desk.dialogue.questions]
        found = self._answers.find(row_key(key, desk.person.id, slot) for slot in slots)
        return {kept.slot.question: kept for kept in found.values()}

    def choose(self, desk: Desk, question: str, option: str) -> None:
        """Store a tapped option; a path that is left by it goes in the same transaction.

        Raises NotNowError and engine.IllegalMoveError, with nothing stored.
        """
        engine.answer(desk.dialogue, desk.role, question, engine.Choice(option))
        key = self._period_key(desk.person.team, desk.period.number)
        slot, asked = desk.slot(question), desk.dialogue.questions[question]
        self._put(desk, key, anonymise.choice(key, desk.person.id, slot, asked, option), option)

    def keep_text(self, desk: Desk, question: str, approved: str, *, share: bool) -> None:
        """Store an approved text, masked or, with `share`, as its author gave it to the team.

        Raises NotNowError, and MaskingError when a text that should be masked is not.
        """
        key = self._period_key(desk.person.team, desk.period.number)
        make = anonymise.shared_text if share else anonymise.approved_text
        self._put(desk, key, make(key, desk.person.id, desk.slot(question), approved), engine.TEXT)
        self.expect_nothing(desk.person, desk.period)

    def skip(self, desk: Desk, question: str) -> None:
        """A skip leaves no row, and removes an earlier one with the path behind it. Raises NotNowError."""
        answers = self._require_on_path(desk, question)
        answers.pop(question, None)
        key = self._period_key(desk.person.team, desk.period.number)
        left = self._left(desk, answers, key)
        own = row_key(key, desk.person.id, desk.slot(question))
        self._answers.drop(desk.person.team, desk.period.number, [own, *left])
        self.expect_nothing(desk.person, desk.period)

    def open_to(self, desk: Desk, question: str) -> bool:
        """Whether this question lies on this person's path now."""
        try:
            self._require_on_path(desk, question)
        except NotNowError:
            return False
        return True

    # everything of one person

    def all_given(self, person: Participant, period: Period) -> list[Kept]:
        """Every answer and text of this person in the open period, by round, dialogue and question."""
        kept = self._answers.find(self._all_keys(person, period)).values()
        return sorted(kept, key=lambda k: (k.slot.round, k.slot.dialogue, k.slot.question))

    def withdraw(self, person: Participant, period: Period) -> None:
        """Remove every answer and text of this person from the open period."""
        self._answers.drop(person.team, period.number, self._all_keys(person, period))
        self.expect_nothing(person, period)

    def withdraw_one(
        self, person: Participant, role: str, period: Period, slot: Slot, dialogue: Dialogue | None
    ) -> int:
        """Remove one answer of any round of the open period, with the path behind it; how many rows went.

        Without its `dialogue`, as when that can't be read any more, the one row goes. 0 when it was gone already.
        """
        key = self._period_key(person.team, period.number)
        own = row_key(key, person.id, slot)
        if not self._answers.find([own]):
            return 0
        gone = [own]
        if dialogue is not None:
            desk = Desk(person, role, period, slot.round, dialogue)
            given = _values(self.given(desk))
            given.pop(slot.question, None)
            gone += self._left(desk, given, key)
        rows = self._answers.find(gone)
        self._answers.drop(person.team, period.number, rows)
        self._expect_nothing_in(person, period, slot)
        return len(rows)

    # words that are waited for

    def expect_text(self, desk: Desk, question: str, until: datetime) -> None:
        """The next words of this person answer this question. What is waited for is encrypted."""
        key = self._period_key(desk.person.team, desk.period.number)
        names = _waiting_keys(key, desk.person)
        waiting = names[desk.round]
        contents = {
            "round": desk.round,
            "dialogue": desk.dialogue.id,
            "question": question,
            "until": until.isoformat(),
        }
        sealed = _box(key).seal(waiting, contents)
        self._answers.put_awaiting(waiting, desk.person.team, desk.period.number, sealed, instead_of=names)

    def expected_text(self, person: Participant, period: Period, now: datetime) -> tuple[Slot, datetime] | None:
        """The question that this person's next words answer, and until when; None when none is waited for."""
        opened = self._awaited(person, period)
        if opened is None or opened[3] <= now:
            return None
        round_number, dialogue, question, until = opened
        return Slot(person.team, period.number, round_number, dialogue, question), until

    def expect_nothing(self, person: Participant, period: Period) -> None:
        """No words are waited for any more."""
        key = self._period_key(person.team, period.number)
        self._answers.drop_awaiting(_waiting_keys(key, person))

    def _expect_nothing_in(self, person: Participant, period: Period, slot: Slot) -> None:
        """Nobody waits for words on a path that was taken back."""
        opened = self._awaited(person, period)
        if opened is not None and opened[:2] == (slot.round, slot.dialogue):
            self.expect_nothing(person, period)

    def _awaited(self, person: Participant, period: Period) -> tuple[int, str, str, datetime] | None:
        key = self._period_key(person.team, period.number)
        for waiting in _waiting_keys(key, person):
            sealed = self._answers.awaiting(waiting)
            if sealed:
                return _open_waiting(key, waiting, sealed)
        return None

    def forget_expired(self, period: Period, now: datetime) -> None:
        """Drop what has been waited for long enough, in one period."""
        key = self._period_key(period.team, period.number)
        for waiting, sealed in self._answers.all_awaiting(period.team, period.number):
            opened = _open_waiting(key, waiting, sealed)
            if opened is None or opened[3] <= now:
                self._answers.drop_awaiting([waiting])

    def _put(self, desk: Desk, key: bytes, answer: AnonymousAnswer | SharedText, value: str) -> None:
        answers = self._require_on_path(desk, answer.slot.question)
        answers[answer.slot.question] = value
        self._answers.put(answer, leaving=self._left(desk, answers, key))

    def _require_on_path(self, desk: Desk, question: str) -> dict[str, str]:
        given = _values(self.given(desk))
        if question not in engine.path(desk.dialogue, desk.role, given):
            raise NotNowError
        return given

    def _left(self, desk: Desk, answers: dict[str, str], key: bytes) -> list[bytes]:
        """The keys of this person's rows in this dialogue that are no longer on the path."""
        on_path = engine.path(desk.dialogue, desk.role, answers)
        gone = [question for question in desk.dialogue.questions if question not in on_path]
        return [row_key(key, desk.person.id, desk.slot(question)) for question in gone]

    def _all_keys(self, person: Participant, period: Period) -> list[bytes]:
        key = self._period_key(person.team, period.number)
        return [row_key(key, person.id, slot) for slot in self._answers.slots(person.team, period.number)]

    def _period_key(self, team: str, number: int) -> bytes:
        try:
            return self._keys.period_key(team, number)
        except MissingKeyError:
            raise PeriodClosedError from None


def _values(given: Mapping[str, Kept]) -> dict[str, str]:
    """The same as the engine knows it: question -> option, or that it was answered in words."""
    return {question: kept.value if kept.kind == "choice" else engine.TEXT for question, kept in given.items()}


def _waiting_keys(period_key: bytes, person: Participant) -> list[bytes]:
    """The name of the row that waits for this person's words, by round: one name for all would join them."""
    rounds = range(periods.LAST_ROUND + 1)
    return [mac(period_key, "awaiting", person.id, number)[:ROW_KEY_BYTES] for number in rounds]


def _box(period_key: bytes) -> Box:
    return Box(derive(period_key, "naastbot awaiting"))


def _open_waiting(period_key: bytes, waiting: bytes, sealed: bytes) -> tuple[int, str, str, datetime] | None:
    try:
        it = _box(period_key).open(waiting, sealed)
    except ValueError:
        return None
    return it["round"], it["dialogue"], it["question"], datetime.fromisoformat(it["until"])
