"""The sandbox's limits: a sender that keeps to them is never refused, one that does not always is."""

from collections.abc import Sequence

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.errors import ApiError
from bot.sandbox.limits import GROUP, OVERALL, PRIVATE_CHAT, Limits
from bot.sandbox.server import Sandbox


def most_in_a_window(times: Sequence[float], seconds: float) -> int:
    """The fullest window of this length."""
    return max((sum(start <= time < start + seconds for time in times) for start in times), default=0)


@given(st.lists(st.tuples(st.floats(0, 0.2), st.sampled_from([1, 2, 3, -1])), max_size=150))
def test_no_window_ever_holds_too_many(sends):
    """Whatever is tried, what is let through stays within every limit, and every refusal is counted."""
    now, passed, refused = 0.0, [], 0
    limits = Limits(lambda: now)
    for pause, chat_id in sends:
        now += pause
        try:
            limits.take(chat_id)
        except ApiError as error:
            refused += error.parameters["retry_after"] >= 1
        else:
            passed.append((now, chat_id))
    assert limits.refused == refused
    assert most_in_a_window([time for time, _ in passed], OVERALL.seconds) <= OVERALL.most
    for chat_id, rule in [(1, PRIVATE_CHAT), (2, PRIVATE_CHAT), (3, PRIVATE_CHAT), (-1, GROUP)]:
        assert most_in_a_window([time for time, chat in passed if chat == chat_id], rule.seconds) <= rule.most


def test_a_patient_sender_is_never_refused():
    """30 a second to different people, and one a second to each, all go through (but for float dust)."""
    now = 0.0
    limits = Limits(lambda: now)
    for turn in range(900):
        now = turn / OVERALL.most * 1.0001
        limits.take(turn % OVERALL.most + 1)
    assert limits.refused == 0


def test_waiting_as_told_is_enough():
    """After retry_after seconds the same send goes through."""
    now = 0.0
    limits = Limits(lambda: now)
    for _ in range(GROUP.most):
        limits.take(-1)
        now += 0.5
    with pytest.raises(ApiError) as refusal:
        limits.take(-1)
    now += refusal.value.parameters["retry_after"]
    limits.take(-1)


async def test_refusal_over_http():
    """A second message to one person within a second is 429 with retry_after; an edit is not counted."""
    async with Sandbox() as sandbox, httpx.AsyncClient(base_url=f"{sandbox.url}/bot{sandbox.token}") as api:
        anna = sandbox.world.user("Anna")
        sandbox.world.start(anna)
        send = {"chat_id": anna.id, "text": "hoi"}
        sent = (await api.post("/sendMessage", json=send)).json()["result"]
        edit = {**send, "message_id": sent["message_id"], "text": "dag"}
        assert (await api.post("/editMessageText", json=edit)).status_code == 200
        refused = await api.post("/sendMessage", json=send)
        assert refused.json() == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 1",
            "parameters": {"retry_after": 1},
        }
        assert refused.status_code == 429
        assert sandbox.refused == 1
