"""A process that does nothing but mask: one line of JSON in, one line out, until its input ends.

A thread that hangs can't be ended, and would take the whole bot with it; a process can. This one ends itself as
well: by any error but a refusal, and by the kernel's timer, in the middle of a text that takes too long.
"""

from __future__ import annotations

import json
import signal
import sys
from typing import BinaryIO

from storage.masking.gate import MaskingError, clean, mask
from storage.masking.lexicon import lexicon

SECONDS = 2.0
"""How long one text may take. Most take less than a thousandth of that."""
READY = b"ready\n"


def main(seconds: float = SECONDS) -> None:
    """Say that it is ready, then mask what comes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Not caught by Python, which would wait until a slow regular expression is done, but fatal.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    lexicon()
    work(sys.stdin.buffer, sys.stdout.buffer, seconds)


def work(requests: BinaryIO, replies: BinaryIO, seconds: float) -> None:
    """Answer each line with a line: the text that may be kept, or that it was refused."""
    replies.write(READY)
    replies.flush()
    for line in requests:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        replies.write(json.dumps(_answer(line)).encode() + b"\n")
        signal.setitimer(signal.ITIMER_REAL, 0)
        replies.flush()


def _answer(line: bytes) -> dict[str, str]:
    request = json.loads(line)
    try:
        return {"text": clean(request["text"]) if request["share"] else mask(request["text"])}
    except MaskingError:
        return {}


if __name__ == "__main__":
    main()
