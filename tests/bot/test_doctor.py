"""`naastbot doctor`: what is wrong is found and said in plain words, and looking changes nothing."""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from bench import Bench, bench
from test_cli import run

from bot.doctor import files, surroundings
from bot.doctor.examine import examine
from bot.doctor.finding import Finding
from bot.sandbox.methods import METHODS
from bot.single import only_one
from storage import closing
from storage.store import open_store

TOKEN = "123456:AAFakeTokenThatNobodyMayEverSee"
NOW = datetime.now(UTC)


@pytest.fixture(autouse=True)
def nothing_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the tests run, there may be swap."""
    monkeypatch.setattr(surroundings, "SWAPS", tmp_path / "no-swaps")
    monkeypatch.setattr(files, "MOUNTS", tmp_path / "no-mounts")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data directory with one team, in which no bot runs."""
    store = open_store(tmp_path / "data")
    store.teams.add("De Linde")
    closing.ensure_periods(store, NOW)
    store.close()
    return tmp_path / "data"


def said(findings: list[Finding]) -> str:
    """All of it, as one text."""
    return "\n".join(f"{found.severity} {found.where}: {found.what} {found.todo}" for found in findings)


def looked(data: Path, **env: str) -> str:
    """What the doctor says of this directory, without the network."""
    return said(examine({"NAASTBOT_TOKEN": TOKEN, "NAASTBOT_DATA": str(data), **env}, NOW, offline=True))


async def looked_beside(b: Bench) -> list[Finding]:
    """The whole look, beside the loop that the sandbox needs."""
    return await asyncio.to_thread(examine, b.env, b.now(), offline=False)


def everything_in(directory: Path) -> dict[str, tuple[int, float, bytes]]:
    """Each file with its mode, its time and its bytes."""
    return {
        str(path): (path.stat().st_mode, path.stat().st_mtime, path.read_bytes() if path.is_file() else b"")
        for path in (directory, *sorted(directory.rglob("*")))
    }


async def in_order(b: Bench) -> str:
    """A team that lacks nothing."""
    team = await b.team()
    world = b.sandbox.world
    b.store.teams.set_huisartsenpost(team, "020 765 43 21")
    world.add_bot(world.group("De Linde", [world.user("Eigenaar")]), b.code(team, "group"))
    await world.settled()
    assert b.run("moment", team, (b.now() + timedelta(weeks=12)).date().isoformat()).returncode == 0
    return team


async def test_an_installation_in_order_has_nothing_to_tell(tmp_path: Path) -> None:
    """No finding is made up: of a bot that runs and a team that lacks nothing, only the moved clock is said."""
    async with bench(tmp_path) as b:
        await in_order(b)
        with only_one(b.data):
            findings = await looked_beside(b)
        assert [(found.severity, found.where) for found in findings] == [("warning", "NAASTBOT_CLOCK")]


async def test_looking_changes_nothing(tmp_path: Path) -> None:
    """Not a byte, a mode or a date of any file differs after a look, with a bot beside it and without."""
    async with bench(tmp_path) as b:
        await in_order(b)
        await b.stop()
        before = everything_in(b.data)
        examine(b.env, b.now(), offline=True)
        assert everything_in(b.data) == before
        await b.start()
        names = {path.name for path in b.data.iterdir()}
        await looked_beside(b)
        assert {path.name for path in b.data.iterdir()} == names


def test_an_empty_place_says_how_to_begin(tmp_path: Path) -> None:
    """Somebody who just installed this is told what comes first, and nothing is made."""
    done = run(tmp_path / "nergens", "doctor", "--offline")
    assert (done.returncode, "naastbot team add" in done.stdout) == (1, True)
    assert not (tmp_path / "nergens").exists()


def test_every_fault_in_the_settings_is_said_at_once(tmp_path: Path) -> None:
    """Nobody has to find faults one by one, and a setting with a slip of the pen is one of them."""
    done = run(
        tmp_path,
        "doctor",
        "--offline",
        "--json",
        NAASTBOT_TIMEZONE="x/y",
        NAASTBOT_API_URL="x",
        NAASTBOT_DIALOGUES="/x",
        NAASTBOT_TOKEN="geheim woord",
        NAASTBOT_TIJDZONE="Europe/Amsterdam",
    )
    found = json.loads(done.stdout)
    assert {"severity", "where", "what", "todo"} == set(found[0])
    assert [item["where"] for item in found][:5] == [
        "NAASTBOT_API_URL",
        "NAASTBOT_TOKEN",
        "NAASTBOT_DIALOGUES",
        "NAASTBOT_TIMEZONE",
        "NAASTBOT_TIJDZONE",
    ]
    assert all(item["what"] and item["todo"] for item in found)
    assert "geheim" not in done.stdout + done.stderr


def _swap(data: Path) -> dict[str, str]:
    surroundings.SWAPS.write_text(
        "Filename Type Size Used Priority\n/dev/sda2 partition 1 0 -2\n/dev/zram0 p 1 0 1\n"
    )
    return {}


def _network_disk(data: Path) -> dict[str, str]:
    files.MOUNTS.write_text(f"srv:/x {data.resolve()} nfs4 rw 0 0\n/dev/sda1 / ext4 rw 0 0\n")
    return {}


def _token_file(data: Path) -> dict[str, str]:
    file = data.parent / "token"
    file.write_text(TOKEN)
    file.chmod(0o644)
    return {"NAASTBOT_TOKEN_FILE": str(file)}


def _own_dialogue(data: Path) -> dict[str, str]:
    own = data.parent / "eigen"
    own.mkdir()
    (own / "fout.yaml").write_text("dialogue: fout\n")
    return {"NAASTBOT_DIALOGUES": str(own)}


def _changed(sql: str, name: str = "answers.db") -> Callable[[Path], dict[str, str]]:
    def change(data: Path) -> dict[str, str]:
        connection = sqlite3.connect(data / name)
        connection.execute(sql)
        connection.commit()
        connection.close()
        return {}

    return change


def _file(name: str, content: bytes = b"x" * 32, mode: int = 0o600) -> Callable[[Path], dict[str, str]]:
    def make(data: Path) -> dict[str, str]:
        (data / name).parent.mkdir(exist_ok=True)
        (data / name).write_bytes(content)
        (data / name).chmod(mode)
        return {}

    return make


def _moved(data: Path, name: str) -> Path:
    (data.parent / name).mkdir()
    return data.rename(data.parent / name / "data")


def _gone(name: str) -> Callable[[Path], dict[str, str]]:
    def remove(data: Path) -> dict[str, str]:
        (data / name).unlink()
        return {}

    return remove


def _setting(**env: str) -> Callable[[Path], dict[str, str]]:
    return lambda _: env


FAULTS: tuple[tuple[str, Callable[[Path], dict[str, str]], str], ...] = (
    ("no token", _setting(NAASTBOT_TOKEN=""), "error NAASTBOT_TOKEN: Er is geen token"),
    ("token for all to read", _token_file, "kunnen het token lezen. chmod 600"),
    ("two tokens", _token_file, "warning NAASTBOT_TOKEN_FILE"),
    ("token in clear", _setting(NAASTBOT_API_URL="http://192.0.2.1"), "niet versleuteld"),
    (
        "moved clock",
        _setting(NAASTBOT_CLOCK="x", NAASTBOT_API_URL="http://127.0.0.1:1"),
        "klok van de bot is verzet",
    ),
    (
        "clock that does nothing",
        _setting(NAASTBOT_CLOCK="x"),
        "warning NAASTBOT_CLOCK: Deze instelling doet hier niets",
    ),
    ("slip of the pen", _setting(NAASTBOT_DIALOUGES="x"), "Bedoel je NAASTBOT_DIALOGUES?"),
    ("own dialogue", _own_dialogue, "error"),
    ("swap", _swap, "warning /dev/sda2: Deze computer gebruikt wisselgeheugen"),
    ("network disk", _network_disk, "netwerkschijf (nfs4)"),
    ("synced", _file("../.stfolder", b""), "naar een andere plek wordt gekopieerd"),
    (
        "in a backup",
        lambda data: {"NAASTBOT_DATA": str(_moved(data, "backups"))},
        "naar een andere plek wordt gekopieerd",
    ),
    ("git", _file("../.git/HEAD", b""), "map van git"),
    ("open directory", lambda data: data.chmod(0o755) or {}, "chmod 700"),
    ("open key", _file("keys/de-linde.1.key", mode=0o644), "chmod 600"),
    ("loose copy", _file("contacts.db.bak"), "contacts.db.bak: Dit hoort niet in de datamap"),
    ("half restored", _file("restoring/x"), "restoring: Het terugzetten van een kopie is niet afgemaakt"),
    ("no contacts", _gone("contacts.db"), "contacts.db: Dit bestand ontbreekt"),
    ("no answers", _gone("answers.db"), "answers.db: Dit bestand ontbreekt"),
    ("damaged", _file("answers.db", b"geen database" * 500), "answers.db: Dit bestand is beschadigd"),
    ("answers with a log", _changed("PRAGMA journal_mode = WAL"), "met een logboek"),
    (
        "newer",
        _changed("INSERT INTO _sqlite_migrations VALUES (9, 'answers', 'm999_later', '')"),
        "door een nieuwere naastbot",
    ),
    ("older", _changed("DELETE FROM _sqlite_migrations"), "van een oudere naastbot"),
    ("no master key", _gone("keys/master.key"), "De hoofdsleutel ontbreekt"),
    ("short master key", _file("keys/master.key", b"kort"), "Deze sleutel is beschadigd"),
    ("half a key", _file("keys/de-linde.1.12ab.new"), "nooit is gebruikt. shred -u"),
    ("no period key", _gone("keys/de-linde.1.key"), "De sleutel van de open periode is weg"),
    ("old key", _file("keys/de-linde.0.key"), "van een periode die al is gesloten"),
    ("closed and not done", _changed("UPDATE periods SET state = 'closed'"), "het opruimen is nog niet klaar"),
    ("no period", _changed("DELETE FROM periods"), "heeft geen open periode"),
    ("overdue", _changed("UPDATE periods SET opened = '2020-01-01T00:00:00+00:00'"), "had al moeten sluiten"),
    (
        "lost dialogue",
        _changed("INSERT INTO editions VALUES ('de-linde', 1, 'even-bellen', 9)", "contacts.db"),
        "Dialoog even-bellen (versie 9) is niet meer te lezen",
    ),
    ("removed halfway", _changed("DELETE FROM teams", "contacts.db"), "naastbot team remove de-linde"),
    ("no teams", _changed("DELETE FROM teams", "contacts.db"), "Er zijn nog geen teams"),
    ("no contact line", _setting(), "naastbot team set de-linde contact"),
    ("no coordinator", _setting(), "naastbot invite de-linde coordinator"),
    ("no post", _setting(), "naastbot team set de-linde huisartsenpost"),
    ("no group", _setting(), "naastbot invite de-linde group"),
    ("no moment", _setting(), "naastbot moment de-linde"),
    ("no bot", _setting(), "De bot draait nu niet"),
)


@pytest.mark.parametrize(("breaks", "says"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS])
def test_each_fault_is_found(data: Path, breaks: Callable[[Path], dict[str, str]], says: str) -> None:
    """Each kind of fault is told with its place and what to do, and the token never is."""
    env = breaks(data)
    text = looked(data, **env)
    assert says in text
    assert TOKEN not in text


def test_a_full_disk_is_found(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk without room stops the bot: little is a warning, none an error."""
    for free, severity in ((100, "warning"), (10, "error")):
        usage = shutil._ntuple_diskusage(10**9, 10**9, free * 2**20)
        monkeypatch.setattr(shutil, "disk_usage", lambda _, usage=usage: usage)
        assert f"De schijf is bijna vol: nog {free} MB" in looked(data)
        assert severity in looked(data)


def test_numbers_that_nobody_looked_at_for_a_year_are_found(data: Path) -> None:
    """A help line that has changed is worse than none: once a year somebody has to look."""
    env = {"NAASTBOT_TOKEN": TOKEN, "NAASTBOT_DATA": str(data)}
    assert "hulpkaart: " not in said(examine(env, NOW, offline=True))
    assert "hulpkaart: alarm" in said(examine(env, NOW + timedelta(days=800), offline=True))


async def test_what_telegram_says_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bot that hears everything in groups, a webhook, another bot's name: all seen, with nothing fetched."""
    async with bench(tmp_path) as b:
        await b.stop()
        methods: Any = METHODS
        real = METHODS["getme"]

        def altered(state: Any, params: Any) -> object:
            me: Any = real(state, params)
            return {**me, "can_read_all_group_messages": True, "can_join_groups": False}

        monkeypatch.setitem(methods, "getme", altered)
        monkeypatch.setitem(methods, "getwebhookinfo", lambda *_: {"url": "https://example.org/x"})
        b.data.joinpath("bot-name").write_text("anderebot")
        asked = b.sandbox.calls["getupdates"]
        text = said(await looked_beside(b))
        assert b.sandbox.calls["getupdates"] == asked
        for says in ("/setprivacy", "/setjoingroups", "webhook", "andere bot"):
            assert says in text


async def test_a_webhook_that_nothing_gets_through_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One's own webhook is in order while it works; when updates wait behind an error, the doctor says so."""
    async with bench(tmp_path) as b:
        await b.stop()
        b.extra["NAASTBOT_WEBHOOK_URL"] = url = "https://example.org/x"
        info: dict[str, object] = {"url": url, "pending_update_count": 3}
        methods: Any = METHODS
        monkeypatch.setitem(methods, "getwebhookinfo", lambda *_: info)
        assert "example.org" not in said(await looked_beside(b))
        info["last_error_date"] = 1_790_000_000
        assert "Er wachten berichten." in said(await looked_beside(b))


@pytest.mark.parametrize(
    ("status", "says"), [("administrator", "beheerder van de groep"), ("left", "niet in de groep")]
)
async def test_how_the_bot_stands_in_a_group_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: str, says: str
) -> None:
    """As an administrator it would hear everything; outside the group nobody hears of a join."""
    async with bench(tmp_path) as b:
        await in_order(b)
        methods: Any = METHODS
        monkeypatch.setitem(methods, "getchatmember", lambda *_: {"status": status})
        assert says in said(await looked_beside(b))


@pytest.mark.parametrize(
    ("token", "method", "says"),
    [
        ("999:AAwrongwrongwrongwrong", None, "kent dit token niet"),
        (None, lambda *_: "hallo", "heeft een storing"),
    ],
)
async def test_a_bot_api_that_does_not_answer_well_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, token: str | None, method: Any, says: str
) -> None:
    """A wrong token and a server in trouble are two things, and neither shows the token."""
    async with bench(tmp_path) as b:
        if method:
            methods: Any = METHODS
            monkeypatch.setitem(methods, "getme", method)
        env = {**b.env, **({"NAASTBOT_TOKEN": token} if token else {})}
        text = said(await asyncio.to_thread(examine, env, b.now(), offline=False))
        assert says in text
        assert (token or b.sandbox.token) not in text


def test_no_bot_api_at_all_is_told_without_the_token(data: Path) -> None:
    """A network that is down is a finding like any other."""
    env = {"NAASTBOT_TOKEN": TOKEN, "NAASTBOT_DATA": str(data), "NAASTBOT_API_URL": "http://127.0.0.1:1"}
    text = said(examine(env, NOW, offline=False))
    assert "error NAASTBOT_API_URL: De Bot API is niet te bereiken" in text
    assert TOKEN not in text


def test_one_bot_at_a_time_on_one_data_directory(data: Path) -> None:
    """Two bots would take each other's updates; the second says so, and the first goes on."""
    with only_one(data):
        second = run(data, "run", NAASTBOT_TOKEN=TOKEN, NAASTBOT_API_URL="http://127.0.0.1:1")
        assert (second.returncode, "draait al" in second.stderr) == (1, True)
        assert "De bot draait nu niet" not in looked(data)
    assert "De bot draait nu niet" in looked(data)
