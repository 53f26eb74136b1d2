"""A dialogue of a team's own, for tests: one tap, and then words."""

from __future__ import annotations

TREE = """
dialogue: aan-het-woord
version: 1
for: [naaste, professional]
title: Aan het woord
source: test
start: zin
questions:
  zin:
    ask: Heb je zin in iets nieuws?
    options:
      ja: {say: Ja, then: woorden}
      nee: {say: Nee, then: woorden}
  woorden:
    ask: Wil je er iets over kwijt?
    text: true
    then: dank
ends:
  dank: {say: Dank je wel.}
"""
