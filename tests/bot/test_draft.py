"""A reminder that is being made: buttons and words carry all of it, whatever was chosen."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from telegram.constants import InlineKeyboardButtonLimit

from bot.group import choosing
from bot.group.draft import OWN, Draft, read_button, read_words, screen_text
from bot.group.evaluating import Setting
from bot.group.evaluating import read_button as read_setting
from bot.wording import planning_texts as texts
from bot.wording.planned import LABEL, label
from dialogues import library
from dialogues.calendar import EVERY, MONTHLY, MONTHLY_WEEKDAY, FreeDays, day_of_month, nth_weekday
from dialogues.dates import short_date
from dialogues.short import code

KNOWN = library.load(library.builtin_paths()).dialogues
TODAY = date(2026, 11, 18)
ZONE = ZoneInfo("Europe/Amsterdam")
days = st.dates(date(2024, 1, 1), date(2040, 12, 31))
clocks = st.times(time(8), time(20, 59)).map(lambda clock: clock.replace(second=0, microsecond=0))
words = st.text(min_size=1, max_size=300).map(str.strip).filter(bool)
CODES = sorted(code(name) for name in KNOWN)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Anything that the wizard can hold, chosen in any order."""
    what = draw(st.sampled_from([*CODES, OWN]))
    every = draw(st.sampled_from(["", *EVERY]))
    first = draw(st.none() | days)
    if every == MONTHLY:
        first = draw(st.none() | st.integers(1, 31).map(lambda number: day_of_month(number, TODAY)))
    elif every == MONTHLY_WEEKDAY:
        nths = st.tuples(st.integers(1, 5), st.integers(0, 6))
        first = draw(st.none() | nths.map(lambda nth: nth_weekday(*nth, TODAY)))
    at = draw(st.none() | clocks)
    return Draft(0, what, every, first, at, draw(words) if what == OWN else "")


@given(drafts(), st.integers(0, 999))
def test_buttons_and_words_carry_all_that_was_chosen(draft: Draft, number: int) -> None:
    """Both give back the same, within 64 bytes, also when the team's own words look like ours."""
    shown = screen_text(draft, KNOWN, texts.TYPE_DAY)
    data = draft.button("qd")
    assert len(data.encode()) <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA
    assert read_button(data, shown) == draft
    assert read_words(shown, KNOWN, TODAY) == draft
    moved = Draft(number, "", draft.every, draft.first, draft.at)
    assert read_button(moved.button("s"), "") == moved
    assert number == 0 or read_words(screen_text(moved, KNOWN), KNOWN, TODAY) == moved


@given(st.text(max_size=64), st.text(max_size=200))
def test_what_is_not_ours_is_never_half_understood(data: str, shown: str) -> None:
    """Forged data gives nothing or a draft that means what it says, and never an error."""
    for made in (data, f"plan.{data}", f"plan.s.{data}"):
        draft = read_button(made, shown)
        assert draft is None or read_button(draft.button("s"), shown) == draft
        setting = read_setting(made.replace("plan", "eval"))
        assert setting is None or read_setting(setting.button("s")) == setting
    assert read_words(shown, KNOWN, TODAY) is None or shown.startswith((texts.NEW_HEAD, texts.MOVE_HEAD[:12]))


@given(days, st.sampled_from(["", *EVERY]))
def test_every_choice_of_a_day_is_one_that_comes(today: date, every: str) -> None:
    """Each button gives a rule that comes again within the time it should, at the time that is chosen."""
    screen = choosing.ask_next(Draft(what=CODES[0], every=every), KNOWN, today)
    assert screen is not None
    assert len(screen.buttons) <= 6
    for button in screen.buttons:
        assert len(button.label) <= LABEL
        draft = read_button(button.data, "")
        assert draft is not None
        if draft.first is None:
            continue
        now = datetime.combine(today, time(12), ZONE)
        settled = Draft(0, draft.what, draft.every, draft.first, time(9)).settled(now, ZONE)
        recurrence = settled.recurrence()
        assert recurrence is not None
        following = next(recurrence.after(now, ZONE, no_own_days()), None)
        assert following is not None
        assert following - now <= timedelta(days=35)


def no_own_days() -> FreeDays:
    """Public holidays only."""
    return FreeDays()


@given(days)
def test_labels_fit_on_a_button(day: date) -> None:
    """Everything that stands on a button of a group is at most twenty characters."""
    fixed = [getattr(texts, name) for name in BUTTONS]
    groups = [*texts.EVERY.values(), *texts.ADJUST_WHAT.values(), *texts.SOON.values()]
    for said in (*fixed, *groups, short_date(day), *(label(one.title) for one in KNOWN.values())):
        assert len(said) <= LABEL, said


BUTTONS = (
    *(
        "OWN_TEXT",
        "MORE",
        "MORE_PLANS",
        "ADJUST",
        "CALENDAR",
        "BACK",
        "RIGHT",
        "CANCEL",
        "OTHER_DAY",
        "OTHER_TIME",
    ),
    *("SKIP_NEXT", "DO_NOT_SKIP", "PAUSE", "GO_ON", "MOVE", "STOP", "STOP_SURE", "TO_PRIVATE", "SET_MOMENT"),
    *("MOVE_MOMENT", "MOVE_PAST_MOMENT", "ADD_FREE", "REMOVE_FREE", "LAST_OF_MONTH", "FIFTEENTH"),
)


@given(days, st.integers(1, 31))
def test_a_day_of_the_month_is_found(today: date, number: int) -> None:
    """The last such day, this month's included: from there on the rule of the 31st holds."""
    found = day_of_month(number, today)
    assert found.day == number
    assert found.replace(day=1) <= today


@given(days, st.integers(1, 5), st.integers(0, 6))
def test_an_nth_weekday_is_found(today: date, nth: int, weekday: int) -> None:
    """The first to fourth of this month, or the fifth of a month that has one."""
    found = nth_weekday(nth, weekday, today)
    assert (found.weekday(), (found.day - 1) // 7 + 1) == (weekday, nth)
    assert today.replace(day=1) - timedelta(days=100) <= found


def test_a_setting_keeps_its_time() -> None:
    """The button of *Klopt* means what the summary said."""
    setting = Setting(3, date(2026, 12, 3), time(10, 5))
    assert read_setting(setting.button("k")) == setting
