"""Made-up dialogues: as text, and as hypothesis strategies of sound trees and of spoilt files."""

from __future__ import annotations

from hypothesis import strategies as st

from dialogues.library import builtin_paths
from dialogues.parse import parse
from dialogues.tree import Dialogue

SMALL = """\
dialogue: klein
version: 1
for: [naaste, professional]
title: Klein
source: "A 1"
start: hoe
questions:
  hoe:
    ask: {naaste: Hoe is het thuis., professional: Hoe is het op je werk.}
    options:
      goed:  {say: Goed, then: woorden, labels: [netwerk]}
      zwaar: {say: Zwaar, then: woorden}
  woorden:
    ask: Wil je er iets over kwijt?
    text: true
    then: dank
ends:
  dank: {say: Dank je wel.}
"""
"""A dialogue without problems, for both roles."""


@st.composite
def sound_dialogues(draw: st.DrawFn) -> Dialogue:
    """A dialogue that `parse` accepts: every step leads forward, and nothing is left out of reach."""
    number = draw(st.integers(1, 5))
    names = [f"v{index}" for index in range(number)]
    lines = [SMALL.split("start:")[0] + "start: v0", "questions:"]
    for index, name in enumerate(names):
        ahead = st.sampled_from([*names[index + 1 :], "einde"])
        following = names[index + 1] if index + 1 < number else "einde"
        lines += [f"  {name}:", "    ask: Vertel eens."]
        if draw(st.booleans()):
            lines += ["    text: true", f"    then: {following}"]
            continue
        lines += ["    options:", f"      o0: {{say: Knop 0, then: {following}}}"]
        for option in range(1, draw(st.integers(2, 5))):
            by_role = f"{{naaste: {draw(ahead)}, professional: {draw(ahead)}}}"
            lines.append(f"      o{option}: {{say: Knop {option}, then: {by_role}}}")
        if draw(st.booleans()):
            lines.append(f"    then: {draw(ahead)}")
    last = "  slot:\n    ask: Tot slot.\n    text: true\n    then: einde\nends:\n  einde: {say: Dank je wel.}\n"
    text = "\n".join(lines).replace("then: einde", "then: slot").replace(": einde", ": slot") + "\n" + last
    return parse(text, "klein.yaml")


_SIGNS = (
    "\t|\r\n|:|: |- |? |{|}|[|]|,|&a |*a|!x |!!int |>|'|\"|#|%|@|`|---\n|...\n|<<: |\ufeff|\x00|\x85|\u2028|\\|~"
)
_WORDS = 'null|nee|yes|then|share: true|text: true|options:|1e400|🙂|\ud800|"\\UFFFFFFFF"'
_PIECES = st.sampled_from([*_SIGNS.split("|"), *_WORDS.split("|"), "|", " ", "\n"])


@st.composite
def spoilt_trees(draw: st.DrawFn) -> str:
    """The text of a tree of the library with a few cuts, copies, insertions and swaps."""
    text = draw(st.sampled_from([path.read_text(encoding="utf-8") for path in builtin_paths()]))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        stop = min(len(text), start + draw(st.integers(0, 60)))
        kind = draw(st.sampled_from(["cut", "copy", "insert", "replace", "lines"]))
        if kind == "lines":
            lines = text.splitlines(keepends=True) or [""]
            one, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
            lines[one], lines[other] = lines[other], lines[one]
            text = "".join(lines)
        else:
            new = {"cut": "", "copy": text[start:stop] * 2, "insert": draw(_PIECES) + text[start:stop]}
            text = text[:start] + new.get(kind, draw(_PIECES)) + text[stop:]
    return text
