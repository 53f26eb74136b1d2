"""The process that masks: out of reach, out of sight, and ended when it must be."""

from __future__ import annotations

import asyncio
import logging
import sys
from pathlib import Path

import pytest
from bench import bench
from test_answering import kept
from test_words import at_the_words

from bot.masker import Masker
from bot.wording import texts

HANGS = "naar de maan"
"""What makes the stand-in below hang; all else it masks as the real one does."""
STAND_IN = f"""
import sys, json, re
from storage.masking import gate, worker
real = gate.mask
def odd(text):
    if {HANGS!r} in text:
        re.match(r"(a+)+$", "a" * 60 + "b")  # holds on to the interpreter for ages
    if "stuk" in text:
        raise ZeroDivisionError(text)
    if "weg" in text:
        sys.exit()
    return real(text)
worker.mask = odd
worker.main(seconds=float(sys.argv[1]))
"""


def odd_masker(own_time: float = 0.3) -> Masker:
    """A masker whose process hangs, breaks or leaves on certain words."""
    return Masker((sys.executable, "-c", STAND_IN, str(own_time)), seconds=0.3)


async def test_a_text_is_masked_or_refused() -> None:
    """Masked words come back; only masks, nothing, or signs that can't be seen come back as None."""
    masker = Masker()
    try:
        assert await masker.made_safe("ik sprak Annelies", share=False) == "ik sprak […]"
        assert await masker.made_safe("Annelies  zingt", share=True) == "Annelies zingt"
        for text in ("Annelies", "", "goed\u202eannelies", "ja" * 3000, "ja\ud800"):
            assert await masker.made_safe(text, share=False) is None
        assert await masker.made_safe("dat is\nmooi", share=False) == "dat is\nmooi"
    finally:
        await masker.close()


@pytest.mark.parametrize("text", [HANGS, "stuk", "weg"])
@pytest.mark.parametrize("own_time", [0.3, 600.0])
async def test_a_gate_that_hangs_or_breaks_ends_alone(
    text: str, own_time: float, caplog: pytest.LogCaptureFixture
) -> None:
    """Its author gets None in time, the next text is masked as ever, and the log holds no word of it."""
    masker = odd_masker(own_time)
    caplog.set_level(logging.DEBUG, "naastbot.masker")
    try:
        assert await masker.made_safe("goed", share=False) == "goed"
        assert await masker.made_safe(text, share=False) is None
        assert await masker.made_safe("goed", share=False) == "goed"
    finally:
        await masker.close()
    assert text not in caplog.text
    assert "masking failed" in caplog.text


async def test_others_go_on_while_a_text_hangs() -> None:
    """The bot itself never waits: other work goes on, and texts behind it come out right."""
    masker = odd_masker()
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0.01)
            ticks += 1

    ticking = asyncio.create_task(tick())
    try:
        await masker.made_safe("goed", share=False)
        ticks = 0
        results = await asyncio.gather(
            *(masker.made_safe(text, share=False) for text in (HANGS, "het gaat wel", "met Annelies"))
        )
    finally:
        ticking.cancel()
        await masker.close()
    assert results == [None, "het gaat wel", "met […]"]
    assert ticks > 5


async def test_a_question_given_up_leaves_no_reply_behind() -> None:
    """When waiting for a text is cancelled, the next text never gets its reply."""
    masker = Masker()
    try:
        await masker.made_safe("goed", share=False)
        for _ in range(5):
            given_up = asyncio.create_task(masker.made_safe("van een ander", share=False))
            await asyncio.sleep(0)
            given_up.cancel()
            assert await masker.made_safe("van mij", share=False) == "van mij"
    finally:
        await masker.close()


async def test_a_process_that_does_not_start_costs_a_text_and_no_more() -> None:
    """Nothing is masked, nothing is kept, nothing is raised."""
    for command in (("/does/not/exist",), (sys.executable, "-c", "print('something else')")):
        masker = Masker(command)
        assert await masker.made_safe("goed", share=False) is None
        await masker.close()


async def test_the_process_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither token nor data directory reaches the process that reads what people type."""
    monkeypatch.setenv("NAASTBOT_TOKEN", "123456:secret")
    show = (
        "import os, json; print('ready', flush=True); input(); print(json.dumps({'text': str(dict(os.environ))}))"
    )
    masker = Masker((sys.executable, "-c", show))
    environment = await masker.made_safe("goed", share=False)
    await masker.close()
    assert environment is not None
    assert "NAASTBOT" not in environment


async def test_the_process_ends_with_the_bot() -> None:
    """When the bot is gone, however it went, its input ends and so does the process."""
    masker = Masker()
    await masker.made_safe("goed", share=False)
    process = masker._process
    assert process is not None
    assert process.stdin is not None
    process.stdin.close()
    assert await asyncio.wait_for(process.wait(), 10) == 0


async def test_whoever_typed_it_is_told_and_nothing_is_kept(
    tmp_path: Path, own_trees: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the chat: a text on which masking hangs or breaks is answered and not stored; the next one is."""
    monkeypatch.setattr("bot.run.Masker", odd_masker)
    async with bench(tmp_path, NAASTBOT_DIALOGUES=own_trees) as b:
        anna, _ = await at_the_words(b, team := await b.team())
        before = kept(b, team)
        for text in (f"ik ga {HANGS}", "het is stuk"):
            said = await b.after(anna, lambda text=text: b.sandbox.world.say(anna, anna, text))
            assert said.text == texts.MASK_FAILED
            assert kept(b, team) == before
        proposal = await b.after(anna, lambda: b.sandbox.world.say(anna, anna, "het gaat wel"))
        await b.press(anna, proposal, "Zo is het goed")
        assert "het gaat wel" in kept(b, team).values()
