"""Talk to a dialogue in the terminal, with the engine that the bot uses. Nothing is kept."""

from __future__ import annotations

from collections.abc import Callable

from dialogues import engine
from dialogues.engine import Choice, Reply, Skip, Step, Typed
from dialogues.tree import Dialogue, End, Question

MAX_TEXT = 300
"""Characters in an answer in somebody's own words, as in the chat."""

_BACK = "w"
_STOP = "q"


def play(dialogue: Dialogue, role: str, read: Callable[[str], str], write: Callable[[str], None]) -> None:
    """Ask the questions one by one, until the end or until the reader stops.

    `read` gets a prompt and gives one line, or raises EOFError when there is no more; `write` shows one line.
    Raises IllegalMoveError when the dialogue is not for this role.
    """
    if role not in dialogue.roles:
        raise engine.IllegalMoveError("no such question for this role")
    write(f"{dialogue.title} ({role})")
    passed: list[Question] = []
    step = engine.start(dialogue)
    while step.question is not None:
        question = step.question
        _show(question, role, write)
        reply = _listen(question, bool(passed), read, write)
        if reply == _STOP:
            write("Gestopt. Er is niets bewaard.")
            return
        if isinstance(reply, str):
            step = Step(question=passed.pop())
            continue
        passed.append(question)
        step = engine.answer(dialogue, role, question.id, reply)
    _close(step.end, role, write)


def _show(question: Question, role: str, write: Callable[[str], None]) -> None:
    write("")
    if question.share:
        write("(Deel met het team. Collega's kunnen je herkennen.)")
    write(question.ask[role])
    for number, option in enumerate(question.options, start=1):
        write(f"  {number}  {option.say[role]}")
    answer = "of typ je antwoord" if question.text else "of kies een nummer"
    write(f"  s = Sla over, w = Wijzig, q = stop, {answer}")


def _listen(
    question: Question, can_go_back: bool, read: Callable[[str], str], write: Callable[[str], None]
) -> Reply | str:
    """The reply, or the letter for going back or stopping; asks again until one of them fits."""
    while True:
        try:
            line = read("> ").strip()
        except EOFError:
            return _STOP
        match line.lower():
            case "q":
                return _STOP
            case "w" if can_go_back:
                return _BACK
            case "w":
                write("Dit is de eerste vraag. Je kunt nog niet terug.")
            case "s":
                return Skip()
            case _:
                reply, hint = _read_answer(question, line)
                if reply is not None:
                    return reply
                write(hint)


def _read_answer(question: Question, line: str) -> tuple[Reply | None, str]:
    """The answer in this line, or else a kind word on what to type."""
    if question.text:
        if not line:
            return None, "Typ een paar woorden, of typ s om deze vraag over te slaan."
        if len(line) > MAX_TEXT:
            return None, f"Dat is een lang verhaal. Probeer het in {MAX_TEXT} tekens."
        return Typed(), ""
    number = int(line) if line.isascii() and line.isdigit() and len(line) < 4 else 0
    if 1 <= number <= len(question.options):
        return Choice(question.options[number - 1].id), ""
    return None, f"Dat herken ik niet. Typ een nummer van 1 tot en met {len(question.options)}."


def _close(end: End | None, role: str, write: Callable[[str], None]) -> None:
    write("")
    if end is None:
        write("Helemaal goed. Tot een volgende keer.")
        return
    write(end.say[role])
    if end.contact:
        write("[Hier ziet iemand hoe je het team bereikt.]")
