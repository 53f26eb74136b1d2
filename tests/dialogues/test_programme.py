"""Programmes: the base first whatever a file says, everything has its turn, and faults have their place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.library import builtin_paths, load
from dialogues.programme import AROUND_MOMENT, BASE, for_role, in_turn
from dialogues.programme_file import check_all, default, read
from dialogues.tree import ROLES

LIBRARY = load(builtin_paths()).dialogues
NAMES = st.lists(st.sampled_from([*LIBRARY, "weg"]), max_size=9)


@given(st.sampled_from(ROLES), NAMES, st.integers(0, 200), NAMES)
def test_the_base_comes_first_and_nothing_twice(role: str, listed: list[str], turn: int, first: list[str]) -> None:
    """Whatever is listed, in whatever round: the same base question, then what fits this role, each once."""
    row = in_turn(role, LIBRARY, listed, turn, first)
    assert row[0] == BASE[role]
    assert len(row) == len(set(row))
    assert set(row[1:]) <= {*listed, *first} - AROUND_MOMENT - {BASE[role]}
    assert all(role in LIBRARY[name].roles for name in row)


@given(st.permutations(sorted(for_role("professional", LIBRARY))[1:]), st.integers(0, 50))
def test_everything_that_is_listed_has_its_turn(listed: list[str], turn: int) -> None:
    """The first round asks in the order of the file; each next one begins one further on."""
    extras = [name for name in listed if name != BASE["professional"]]
    assert [*in_turn("professional", LIBRARY, extras, 0)[1:]] == extras
    firsts = {in_turn("professional", LIBRARY, extras, turn + later)[1] for later in range(len(extras))}
    assert firsts == set(extras)


@pytest.mark.parametrize("role", ROLES)
def test_the_usual_programme_lists_the_whole_library(role: str) -> None:
    """A dialogue that is added to the library stands in dialogues/programme.yaml too, for each of its roles."""
    listed = default().of("any-team", role)
    assert listed is not None
    assert set(listed) == set(for_role(role, LIBRARY)) - {BASE[role]}


FAULTS = {
    "naaste:\n  - wat-lukt": "2:5 E501 De dialoog 'wat-lukt' kennen we niet. Bedoel je 'wat-lukte'?",
    "naaste:\n  - zzz": "2:5 E501 De dialoog 'zzz' kennen we niet. "
    "Kijk of het bestand in de map met dialogen staat.",
    "naaste: [hoe-gaat-het-met-jullie]": "1:10 E502 'hoe-gaat-het-met-jullie' komt vanzelf, "
    "en hoort niet in de rij. Haal deze regel weg.",
    "naaste: [na-het-evaluatiemoment]": "1:10 E502 'na-het-evaluatiemoment' komt vanzelf, "
    "en hoort niet in de rij. Haal deze regel weg.",
    "naaste: [even-bellen]": "1:10 E503 De dialoog 'even-bellen' is niet voor de rol 'naaste'. "
    "Hij is voor: professional.",
    "naaste: [wat-lukte, wat-lukte]": "1:21 E305 'wat-lukte' staat twee keer in deze rij. Haal er één weg.",
    "naaste: wat-lukte": "1:9 E204 Achter 'naaste:' hoort een rij tussen haken. "
    "Schrijf bijvoorbeeld: naaste: [wat-lukte]",
    "naasten: [wat-lukte]": "1:1 E201 Het woord 'naasten' kennen we hier niet. Bedoel je 'naaste'?",
    "teams: {de-lind: {naaste: [wat-lukte]}}": "1:9 W501 Het team 'de-lind' kennen we niet. Bedoel je 'de-linde'?",
    "teams:\n  de-linde: [wat-lukte]": "2:13 E204 Hier hoort een rol, maar er staat een rij. "
    "Schrijf een woord, een dubbele punt en dan de inhoud.",
    "": "1:1 E104 Het bestand is leeg. Begin met 'naaste:', en zet de dialogen eronder, elk achter een streepje.",
    "- wat-lukte": "1:1 E104 Hier begint geen programma. "
    "Begin met 'naaste:', en zet de dialogen eronder, elk achter een streepje.",
}


@pytest.mark.parametrize("text", FAULTS)
def test_what_authors_read(text: str) -> None:
    """Each fault has its place, its code, and what to do; a name that is nearly right is recognised."""
    _, problems = read(text, "programma.yaml", LIBRARY, ["de-linde"])
    assert [str(problem) for problem in problems] == [f"programma.yaml:{FAULTS[text]}"]


def test_all_faults_at_once_and_the_rest_is_read() -> None:
    """A team's own list goes before the others', role by role; an empty list leaves the base alone."""
    text = "naaste: [wat-lukte, zzz]\nprofessional: [wat-lukte, wat-lukte]\nteams: {de-linde: {naaste: []}}"
    programme, problems = read(text, "p", LIBRARY, ["de-linde"])
    assert [problem.code for problem in problems] == ["E501", "E305"]
    assert programme.of("de-linde", "naaste") == ()
    assert programme.of("de-linde", "professional") == ("wat-lukte",)
    assert programme.of("elders", "naaste") == ("wat-lukte",)
    assert read("naaste: []", "p", LIBRARY)[0].of("elders", "professional") is None


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    """Whatever somebody saves as a programme brings problems, never a traceback."""
    read(text, "p", LIBRARY, ["de-linde"])


def test_a_directory_is_checked_with_its_programme(tmp_path: Path) -> None:
    """A programme may name the dialogues beside it; alone or in its directory, it is looked at as what it is."""
    tree = next(path for path in builtin_paths() if path.stem == "wat-lukte").read_text(encoding="utf-8")
    (tmp_path / "eigen.yaml").write_text(tree.replace("dialogue: wat-lukte", "dialogue: eigen"), encoding="utf-8")
    own = tmp_path / "programma.yaml"
    own.write_text("naaste: [eigen, wat-lukte]\nprofessional: [eigenn]", encoding="utf-8")
    for paths in ([tmp_path], [own], [own, tmp_path / "eigen.yaml"]):
        assert [problem.code for problem in check_all(paths)] == ["E501"]
    (tmp_path / "eigen.yaml").unlink()
    own.write_bytes(b"\xff\xfe")
    assert [problem.code for problem in check_all([tmp_path])] == ["E103"]
    own.unlink()
    assert [problem.code for problem in check_all([own, tmp_path])] == ["E101", "E101"]
