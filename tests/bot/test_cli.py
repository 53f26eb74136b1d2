"""The command line: every mistake ends in one line that says what to do, and in the right exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from in_process import run_here

from storage.store import open_store

ROOT = Path(__file__).parents[2]


def run(data: Path, *words: str, typed: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    """`naastbot` as a process, with nothing of this machine's settings."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("NAASTBOT_")}
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=ROOT,
        env={**clean, "NAASTBOT_DATA": str(data), **env},
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture(scope="module")
def with_team(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with one team, which no mistake changes."""
    data = tmp_path_factory.mktemp("cli")
    assert run(data, "team", "add", "De Linde").returncode == 0
    return data


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["run"], 2, "NAASTBOT_TOKEN"),
        (["invite", "nergens", "naaste"], 2, "ken ik niet"),
        (["invite", "de-linde", "opa"], 2, "naaste|professional|coordinator|group"),
        (["invite", "de-linde", "coordinator", "--uses", "5"], 2, "één keer"),
        (["invite", "de-linde", "naaste", "--days", "0"], 2, "--days"),
        (["invite", "de-linde", "naaste", "--qr", "x.gif"], 2, ".svg"),
        (["invite", "de-linde", "naaste", "--qr", "x.svg"], 1, "naastbot run"),
        (["moment", "de-linde", "31 november"], 2, "Voorbeeld"),
        (["moment", "de-linde", "2026-11-31"], 2, "Voorbeeld"),
        (["moment", "de-linde", "2020-01-01"], 1, "te vroeg"),
        (["moment", "nergens", "2030-01-01"], 2, "ken ik niet"),
        (["moment", "de-linde", "9999-12-31"], 1, "te ver weg"),
        (["moment", "de-linde", "9999-12-31T23:59:59-05:00"], 1, "te ver weg"),
        (["ask", "de-linde", "bestaat-niet"], 2, "Kies uit"),
        (["ask", "de-linde", "wat-lukte"], 1, "team set"),
        (["close", "de-linde"], 1, "acht weken"),
        (["close", "nergens"], 2, "ken ik niet"),
        (["feedback", "de-linde"], 1, "nog open"),
        (["feedback", "de-linde", "--period", "9"], 1, "is er nog niet"),
        (["feedback", "de-linde", "-o", "x.docx"], 2, ".html"),
        (["team", "add", "!!!"], 2, "letter"),
        (["team", "add", "n" * 61], 2, "60 tekens"),
        (["team", "set", "de-linde", "contact", " "], 2, "1 tot 200"),
        (["team", "set", "de-linde", "streng", "uit"], 2, "alleen aan"),
        (["team", "set", "de-linde", "kleur", "rood"], 2, "contact|huisartsenpost|streng"),
        (["play", "bestaat-niet"], 2, "Kies uit"),
        (["play", "even-bellen", "--role", "naaste"], 2, "professional"),
        (["bestaat-niet"], 2, "ken ik niet"),
        (["team", "add"], 2, "ontbreekt"),
        (["--bestaat-niet"], 2, "ken ik niet"),
    ],
)
def test_every_mistake_says_what_to_do(with_team: Path, words: list[str], code: int, says: str) -> None:
    """One line on standard error, in Dutch, with the exit code of the contract, and never a traceback."""
    done = run_here(with_team, *words)
    assert done.returncode == code
    assert says in done.stderr
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("env", "says"),
    [
        ({"NAASTBOT_DATA": "/proc/nergens"}, "NAASTBOT_DATA"),
        ({"NAASTBOT_DATA": __file__}, "NAASTBOT_DATA"),
        ({"NAASTBOT_API_URL": "telegram"}, "NAASTBOT_API_URL"),
        ({"NAASTBOT_TIMEZONE": "Europa/Sneek"}, "NAASTBOT_TIMEZONE"),
        ({"NAASTBOT_TOKEN": "geheim woord"}, "NAASTBOT_TOKEN"),
        ({"NAASTBOT_TOKEN_FILE": "/nergens"}, "NAASTBOT_TOKEN_FILE"),
        ({"NAASTBOT_DIALOGUES": "/nergens"}, "NAASTBOT_DIALOGUES"),
    ],
)
def test_every_bad_setting_is_named(tmp_path: Path, env: dict[str, str], says: str) -> None:
    """A setting that can't be used is named, with what to do; its value is not repeated when it is a secret."""
    done = run_here(tmp_path, "team", "list", **env)
    assert done.returncode == 2
    assert says in done.stderr
    assert "geheim" not in done.stderr
    assert "Traceback" not in done.stderr


def test_all_bad_settings_are_reported_at_once(tmp_path: Path) -> None:
    """Nobody has to find faults one by one."""
    done = run(tmp_path, "team", "list", NAASTBOT_TIMEZONE="x/y", NAASTBOT_API_URL="x", NAASTBOT_DIALOGUES="/x")
    assert len(done.stderr.strip().splitlines()) == 3


def test_a_clock_is_only_moved_beside_a_server_on_this_machine(tmp_path: Path) -> None:
    """Beside the real Telegram nobody can move time, and so close a period early."""
    file = tmp_path / "clock"
    file.write_text("+P60D")
    data = tmp_path / "data"
    assert run(data, "team", "add", "De Linde").returncode == 0
    assert run(data, "close", "de-linde", NAASTBOT_CLOCK=str(file)).returncode == 1
    here = {"NAASTBOT_CLOCK": str(file), "NAASTBOT_API_URL": "http://127.0.0.1:1"}
    assert run(data, "close", "de-linde", **here).returncode == 0
    file.write_text("overmorgen")
    broken = run(data, "close", "de-linde", **here)
    assert (broken.returncode, "+P21DT3H" in broken.stderr) == (2, True)


def test_teams_are_listed_without_any_number_about_people(tmp_path: Path) -> None:
    """`team list` helps to find a team; it says nothing about who takes part."""
    run(tmp_path, "team", "add", "Café Zorg & Co")
    added = run(tmp_path, "team", "add", "Café Zorg & Co")
    assert added.stdout.splitlines()[-1] == "cafe-zorg-co-2"
    run(tmp_path, "team", "set", "cafe-zorg-co", "contact", "bel Anja: 020")
    listed = json.loads(run(tmp_path, "team", "list", "--json").stdout)
    assert listed[0].pop("closes")[:10] > "2026"
    assert listed[0] == {
        "id": "cafe-zorg-co",
        "name": "Café Zorg & Co",
        "contact": "bel Anja: 020",
        "huisartsenpost": None,
        "streng": False,
        "coordinator": False,
        "group": False,
        "codes": [],
        "moment": None,
    }


def test_check_reports_every_fault_with_its_place(tmp_path: Path) -> None:
    """Exit code 1 and file:line:column CODE for each fault; the library itself is clean."""
    bad = tmp_path / "fout.yaml"
    bad.write_text(
        "dialogue: fout\nversion: 1\nfor: [naaste]\ntitle: Fout\nsource: x\nstart: een\nquestions:\n"
        "  een:\n    ask: Hoe?\n    options:\n      a: {say: A, then: bordej}\n      b: {say: B, then: bordje}\n"
        "ends:\n  bordje: {say: Dag.}\n"
    )
    done = run(tmp_path / "data", "check", str(bad))
    assert done.returncode == 1
    assert "fout.yaml:11:" in done.stdout
    assert "E203" in done.stdout
    assert "'bordje'" in done.stdout
    as_json = json.loads(run(tmp_path / "data", "check", "--json", str(bad)).stdout)
    assert {"path", "line", "column", "code", "severity", "message", "hint"} == set(as_json[0])
    assert run(tmp_path / "data", "check").returncode == 0
    assert run(tmp_path / "data", "check", str(tmp_path / "weg.yaml")).returncode == 1


def test_play_talks_in_the_terminal(tmp_path: Path) -> None:
    """An author can talk to a dialogue without Telegram, and an end of input is no traceback."""
    done = run(tmp_path, "play", "hoe-gaat-het-met-jullie", typed="1\n")
    assert "Hoe gaat het met jullie?" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_lost_master_key_is_said_and_nothing_is_made(tmp_path: Path) -> None:
    """Contacts without their key can't be read; a new key would only hide that."""
    run(tmp_path, "team", "add", "De Linde")
    (tmp_path / "keys" / "master.key").unlink()
    done = run(tmp_path, "team", "list")
    assert (done.returncode, "keys/master.key" in done.stderr) == (2, True)
    assert not (tmp_path / "keys" / "master.key").exists()


def test_a_master_key_of_another_installation_is_said(tmp_path: Path) -> None:
    """With it nobody could be found any more, and whoever came in would be kept under the wrong key."""
    run(tmp_path, "team", "add", "De Linde")
    store = open_store(tmp_path)
    store.contacts.make_coordinator("de-linde", 1, date(2026, 9, 7))
    store.close()
    for other in (bytes(32), b"te kort"):
        (tmp_path / "keys" / "master.key").write_bytes(other)
        for words in (("team", "list"), ("backup", str(tmp_path.parent / "copy")), ("run",)):
            done = run(tmp_path, *words, NAASTBOT_TOKEN="1:x")
            assert (done.returncode, "master.key past niet" in done.stderr) == (2, True), done.stderr
            assert "Traceback" not in done.stderr


def test_a_lost_period_key_is_said(tmp_path: Path) -> None:
    """Whatever needs it ends in one line that is true: people can be read, answers can't."""
    run(tmp_path, "team", "add", "De Linde")
    store = open_store(tmp_path)
    store.contacts.make_coordinator("de-linde", 1, date(2026, 9, 7))
    store.close()
    (tmp_path / "keys" / "de-linde.1.key").unlink()
    done = run(tmp_path, "team", "revoke", "de-linde", "coordinator")
    assert (done.returncode, "naastbot doctor" in done.stderr) == (2, True), done.stderr
    assert "contacten" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_name_of_the_bot_that_can_not_be_read_is_no_name(tmp_path: Path) -> None:
    """A damaged file with the bot's name takes nothing but the name out of a link."""
    run(tmp_path, "team", "add", "De Linde")
    (tmp_path / "bot-name").write_bytes(b"\xff\xfe")
    assert "JOUW_BOT" in run(tmp_path, "invite", "de-linde", "naaste").stdout


def test_lost_answers_are_said_and_no_copy_is_replaced(tmp_path: Path) -> None:
    """Made anew in silence, an empty file would take the place of all feedback in the next copy."""
    data, copy = tmp_path / "data", tmp_path / "copy"
    run(data, "team", "add", "De Linde")
    assert run(data, "backup", str(copy)).returncode == 0
    before = {path.name: path.read_bytes() for path in copy.iterdir()}
    (data / "answers.db").unlink()
    for words in (("backup", str(copy)), ("team", "list")):
        done = run(data, *words)
        assert (done.returncode, "answers.db ontbreekt" in done.stderr) == (2, True), done.stderr
    assert {path.name: path.read_bytes() for path in copy.iterdir()} == before
    assert not (data / "answers.db").exists()


def test_lost_contacts_are_no_new_installation(tmp_path: Path) -> None:
    """Where there were periods there were people: a new file would say that there never was anybody."""
    run(tmp_path, "team", "add", "De Linde")
    (tmp_path / "contacts.db").unlink()
    done = run(tmp_path, "team", "list")
    assert (done.returncode, "contacts.db ontbreekt" in done.stderr) == (2, True), done.stderr
    assert not (tmp_path / "contacts.db").exists()


def test_a_damaged_database_is_said(tmp_path: Path) -> None:
    """A file that is no database ends in one line, and is left as it was found."""
    run(tmp_path, "team", "add", "De Linde")
    (tmp_path / "answers.db").write_bytes(b"geen database" * 500)
    done = run(tmp_path, "team", "list")
    assert (done.returncode, "beschadigd" in done.stderr) == (2, True)
    assert (tmp_path / "answers.db").read_bytes().startswith(b"geen database")


def test_what_can_not_be_read_is_said_in_one_line(tmp_path: Path) -> None:
    """Files of another user, or a path that no disk takes: which one, and what to look at."""
    run(tmp_path, "team", "add", "De Linde")
    key = tmp_path / "keys" / "master.key"
    key.unlink()
    key.mkdir()
    far = tmp_path / ("x" * 300)
    for data in (tmp_path, far):
        done = run(data, "team", "list")
        assert done.returncode == 2
        assert done.stderr.startswith("naastbot: ")
        assert done.stderr.count("\n") == 1
    assert run(tmp_path, "feedback", "de-linde", "--period", "9" * 20).stderr.count("\n") == 1


def test_two_programs_may_make_a_new_directory_at_once(tmp_path: Path) -> None:
    """The first `team add` beside a bot that is just starting does its work: neither finds the files half made."""
    for number in range(4):
        env = {**os.environ, "NAASTBOT_DATA": str(tmp_path / str(number))}
        started = [
            subprocess.Popen([sys.executable, "-m", "bot", "team", "add", name], cwd=ROOT, env=env)
            for name in ("De Linde", "De Berk", "De Els")
        ]
        assert [process.wait(60) for process in started] == [0, 0, 0]
