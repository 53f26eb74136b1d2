"""The documents say what the code does: settings, commands and links are those that exist."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot.cli import cli

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted((*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("docs/*/*.md")))

SETTING = re.compile(r"NAASTBOT_[A-Z_]+")
OPTION = re.compile(r"--?[a-z][a-z-]*")
LINK = re.compile(r"\]\((?!https?://|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)")
PROOF = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
# In pieces, so that this file does not hold what it looks for.
ELSEWHERE = re.compile(
    "|".join(
        (
            "pypi" + r"\.org",
            "python" + "hosted",
            "/" + r"(?:home|root|Users|work|tmp|opt)/[a-z]",
            "--(?:extra-)?" + "index-url",
        )
    )
)


def cells(heading: str) -> dict[str, str]:
    """The first column of the README's table under this heading -> the whole row."""
    section = README.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    return {re.split(r"(?<!\\)\|", row)[1].strip().strip("`"): row for row in rows}


def commands(group: click.Group, prefix: str = "naastbot") -> Iterator[tuple[str, click.Command]]:
    """Every command below this group, by the words that are typed for it."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{prefix} {name}")
        else:
            yield f"{prefix} {name}", command


def words(usage: str) -> str:
    """The command in a usage line: everything before the first argument or option."""
    return re.split(r" (?=[A-Z\[]|[a-z]*\\\|)", usage, maxsplit=1)[0]


def anchors(page: Path) -> set[str]:
    """The names that Markdown gives to the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def tracked() -> list[Path]:
    """The files of this project, as git knows them; without git, the pages."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    paths = [ROOT / name for name in listed.stdout.split("\0") if name] if listed.returncode == 0 else PAGES
    return [path for path in paths if path.is_file()]


def test_every_setting_is_in_the_table_and_every_row_is_a_setting() -> None:
    """An operator can trust the table: nothing that the program reads is left out, and nothing is made up."""
    in_code = set(SETTING.findall((ROOT / "bot/settings.py").read_text(encoding="utf-8")))
    assert set(cells("Settings")) == in_code


def test_only_known_settings_are_named_in_the_documents() -> None:
    """A setting that is written down somewhere exists, so nobody sets a word that does nothing."""
    known = set(cells("Settings"))
    named = {name for page in PAGES for name in SETTING.findall(page.read_text(encoding="utf-8"))}
    assert named <= known


def test_every_command_is_in_the_table_and_every_row_is_a_command() -> None:
    """Nothing that can be typed is left out of the table, and nothing in it fails as unknown."""
    assert {words(usage) for usage in cells("Commands")} == {name for name, _ in commands(cli)}


@pytest.mark.parametrize(("name", "command"), list(commands(cli)), ids=dict(commands(cli)))
def test_the_table_names_the_options_of_each_command(name: str, command: click.Command) -> None:
    """The usage lines can be typed as they stand, and leave no option out."""
    usage = next(usage for usage in cells("Commands") if words(usage) == name)
    options = {option for param in command.params if isinstance(param, click.Option) for option in param.opts}
    assert set(OPTION.findall(" ".join(re.findall(r"\[(.*?)\]", usage)))) == options


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """A link within the project ends at a file that is there, and at a heading that is in it."""
    for path, anchor in LINK.findall(page.read_text(encoding="utf-8")):
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{page.name} links to {path}"
        if anchor:
            assert anchor in anchors(target), f"{page.name} links to {path}#{anchor}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_proof_that_is_named_exists(page: Path) -> None:
    """A privacy officer who looks up the test behind a claim finds it, under the name that the page gives."""
    for path, test in PROOF.findall(page.read_text(encoding="utf-8")):
        file = ROOT / path
        assert file.is_file(), f"{page.name} names {path}"
        if test:
            found = re.search(rf"^(async )?def {test}\(", file.read_text(encoding="utf-8"), re.MULTILINE)
            assert found, f"{page.name} names {path}::{test}"


def test_every_claim_of_the_threat_model_names_its_proof() -> None:
    """Nothing is said to hold against anybody without a test that says so too."""
    page = (ROOT / "docs/dreigingsmodel.md").read_text(encoding="utf-8")
    for section in re.split(r"^### ", page, flags=re.MULTILINE)[1:]:
        heading, _, text = section.partition("\n")
        assert PROOF.search(text) or heading.startswith("7."), f"nothing holds: {heading}"


def test_no_file_names_a_package_index_or_a_place_on_one_machine() -> None:
    """A clone works anywhere: no file knows from which index packages came, or where the project once stood."""
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in ELSEWHERE.finditer(text)]
    assert not found
