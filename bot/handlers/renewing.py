"""What somebody says to a new text that they are asked to agree to."""

from __future__ import annotations

from bot import agreement
from bot.handlers import stopping
from bot.house import House
from bot.incoming import Press
from bot.render import Screen
from bot.wording import rights_texts, texts


async def choice(house: House, press: Press) -> None:
    """Yes: everything goes on as it was chosen. No: the same as /stop. A yes to an older text is asked again."""
    person = house.person(press.chat, press.part(0))
    await house.sender.answer(press.callback, None if person and person.role else texts.NOT_MEMBER)
    if person is None or person.role is None:
        return
    if press.part(2) == "no":
        await house.sender.edit(
            press.chat, press.message, Screen(texts.CHOSEN.format(choice=rights_texts.NO_STOP))
        )
        await stopping.stop(house, person)
    elif press.part(1) != str(agreement.current().version):
        await house.sender.edit(press.chat, press.message, agreement.ask_again(house.team(person), person))
    else:
        house.store.contacts.agree(person.id, agreement.current().version, house.today())
        done = f"\n\n{texts.CHOSEN.format(choice=texts.CONSENT)}\n\n{rights_texts.AGREED_AGAIN}"
        text = (press.text or house.team(person).name).removesuffix(done) + done
        await house.sender.edit(press.chat, press.message, Screen(text))
