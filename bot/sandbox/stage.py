"""What a visitor of the demo sees: four phones, buttons that move the time, and where the feedback is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from itertools import islice

from bot.sandbox.demo import Demo
from bot.sandbox.installation import DemoError
from bot.sandbox.model import User
from bot.sandbox.panel import DemoAction, DemoLink, DemoPanel, DemoPhone
from dialogues.dates import dutch_date
from dialogues.tree import ROLES

TITLE = "naastbot — demo"
INTRO = (
    "Begin zo: open de uitnodiging bij {naaste} en bij {professional}, en tik op ‘Volgende week’. "
    "{people} verzonnen mensen doen mee en antwoorden vanzelf. In de groep plan je met /plan. "
    "De klok springt steeds naar 19:30. "
    "Alles blijft op deze computer."
)
BUSY = "Even wachten: de vorige stap is nog bezig."
LOOK_SECONDS = 1.4
"""One look of the bot at its clock, with some room: nobody knows which day a visitor chose on the phone."""
WEEK = 7


class Stage:
    """The page of one demo."""

    def __init__(self, demo: Demo) -> None:
        self._demo = demo
        self._visitors = {"naaste": demo.world.user("Noor"), "professional": demo.world.user("Bas")}
        demo.group.members[self._visitors["professional"].id] = self._visitors["professional"]
        self._doing = "de demo wordt klaargezet"
        self._turn = asyncio.Lock()

    async def open(self) -> None:
        """Show the phones, while everything is being prepared."""
        self._show({})

    async def prepare(self) -> None:
        """Set the team up, and put the visitor's invitations on the phones. Raises DemoError."""
        await self._demo.set_up()
        codes = await asyncio.gather(*(self._demo.invite(role) for role in ROLES))
        name = self._demo.world.bot.username
        self._doing = ""
        self._show({role: f"https://t.me/{name}?start={code}" for role, code in zip(ROLES, codes, strict=True)})

    def _show(self, invitations: dict[str, str]) -> None:
        naaste, professional = (self._visitors[role] for role in ROLES)
        phones = (
            self._phone("Een naaste", naaste, invitations.get("naaste", "")),
            self._phone("Een professional", professional, invitations.get("professional", "")),
            DemoPhone(self._demo.group.id, self._demo.coordinator.id, "De groep van het team"),
            self._phone("De coördinator", self._demo.coordinator),
        )
        actions = (
            DemoAction("day", "Volgende dag", lambda: self._do(self._next_day)),
            DemoAction("week", "Volgende week", lambda: self._do(self._next_week)),
            DemoAction("close", "Sluit de periode", lambda: self._do(self._close)),
        )
        intro = INTRO.format(
            naaste=naaste.first_name, professional=professional.first_name, people=self._demo.plan.people
        )
        shown = actions if invitations else ()
        self._demo.sandbox.show(DemoPanel(TITLE, phones, shown, self._status, intro, self._links))

    def _phone(self, caption: str, person: User, invitation: str = "") -> DemoPhone:
        return DemoPhone(person.id, person.id, f"{caption}: {person.first_name}", invitation)

    def _status(self) -> str:
        now = self._demo.clock.now()
        when = f"{dutch_date(now.date())}, {now:%H:%M} · week {self._demo.week} van {self._demo.plan.weeks}"
        return f"{when} · {self._doing}" if self._doing else when

    def _links(self) -> tuple[DemoLink, ...]:
        """The documents that the coordinator has got: the feedback of every period that was closed."""
        sent = [message.document for message in self._demo.world.chat(self._demo.coordinator).messages]
        return tuple(
            DemoLink(f"Terugkoppeling {number}", f"/sandbox/document/{document.path}")
            for number, document in enumerate(filter(None, sent), start=1)
        )

    async def _do(self, act: Callable[[], Awaitable[str]]) -> str:
        """One step at a time; what to say when it is done."""
        if self._turn.locked():
            return BUSY
        async with self._turn:
            try:
                return await act()
            except DemoError as error:
                return str(error)
            finally:
                self._tell("")

    def _tell(self, doing: str) -> None:
        self._doing = doing
        self._demo.world.state.pulse.beat("panel")

    async def _next_day(self) -> str:
        return await self._pass(1)

    async def _next_week(self) -> str:
        return await self._pass(WEEK)

    async def _pass(self, count: int) -> str:
        """So many days; the period is closed when its day comes."""
        days = list(islice(self._demo.days(), count))
        for day in days:
            self._tell(f"op weg naar {dutch_date(days[-1])}")
            await self._demo.visit(day, LOOK_SECONDS)
            # While the bot is still sending, it does not look at its clock.
            await self._demo.settle()
            count -= 1
        return await self._close() if count else ""

    async def _close(self) -> str:
        """On to the day before the evaluation moment; the bot closes the period by itself."""
        self._tell("op weg naar het evaluatiemoment")
        await self._demo.to_closing(lambda: self._tell("op weg naar het evaluatiemoment"))
        await self._demo.next_period()
        return "De periode is gesloten. De terugkoppeling staat op de telefoon van de coördinator."
