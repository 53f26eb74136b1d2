"""What people said yes to can always be looked up, and is never changed behind their back."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from bench import bench

from bot import agreement
from bot.agreement import AGREEMENTS, Agreement
from bot.commands.teams import LONGEST_TEXT
from bot.render import MAX_TEXT
from bot.wording import texts
from storage.teams import MAX_NAME

DIGESTS: dict[int, str] = yaml.safe_load(Path(__file__).with_name("agreements.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("version", sorted(AGREEMENTS | DIGESTS))
def test_a_text_that_people_agreed_to_never_changes(version: int) -> None:
    """Whoever changes a text makes a new version of it: every version still is what it was."""
    assert version in AGREEMENTS, "a version that people may have agreed to was taken away"
    assert AGREEMENTS[version].digest == DIGESTS.get(version), (
        f"the text of version {version} is not the one that people agreed to: "
        f"add version {max(AGREEMENTS) + 1} to bot/agreement.py, and its digest to agreements.yaml"
    )


@pytest.mark.parametrize("version", sorted(AGREEMENTS))
def test_versions_count_up_and_say_what_is_new(version: int) -> None:
    """Whoever agreed to an older text is told what changed, in words."""
    this = AGREEMENTS[version]
    assert this.version == version
    assert bool(this.changed.strip()) == (version > 1)
    if version > 1:
        assert this.since >= AGREEMENTS[version - 1].since
    assert version in range(1, len(AGREEMENTS) + 1)


@pytest.mark.parametrize("this", AGREEMENTS.values(), ids=lambda this: str(this.version))
def test_an_invitation_fits_in_one_message(this: Agreement) -> None:
    """The longest team and contact line still leave room for the yes, which stands below what was agreed to."""
    told = this.invitation.format(team="m" * MAX_NAME, role="professional", contact="m" * LONGEST_TEXT)
    assert len(f"{told}\n\n{texts.CHOSEN.format(choice=texts.CONSENT)}") <= MAX_TEXT


async def test_the_text_of_a_consent_can_be_read_in_the_chat(tmp_path: Path) -> None:
    """/gegevens names the text that somebody agreed to, /tekst_1 shows it whole, /privacy says which it is."""
    async with bench(tmp_path) as b:
        team = await b.team()
        anna = b.sandbox.world.user("Anna")
        await b.join(anna, team, "naaste")
        shown = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "/gegevens"))
        command = f"/tekst_{agreement.current().version}"
        assert command in shown.text
        await b.after(anna, lambda: b.sandbox.world.say(anna, anna, command))
        await b.sandbox.world.settled()
        pieces = [m.text for m in b.sandbox.world.chat(anna).messages if m.id > shown.id]
        whole = "\n".join(pieces)
        now = agreement.current()
        for told in (now.invitation.split("{")[-1].split("}")[-1], now.privacy.split("{closes}")[0]):
            assert all(line in whole for line in told.splitlines())
        privacy = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "/privacy"))
        last = b.sandbox.world.chat(anna).last
        assert privacy.text.startswith("Wat gebeurt er met wat je zegt?")
        assert f"Dit is tekst {now.version}, van" in last.text
