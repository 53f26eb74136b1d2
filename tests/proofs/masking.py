"""How well own words are masked, beside what libraries do with the same sentences. Prints a Markdown table.

    python tests/proofs/masking.py [--quick] [--python OTHER-PYTHON]

The libraries are none of ours. Install those that you want to compare in an environment of their own, and name its
Python; a library that is not there is a row that says so:

    python3 -m venv /somewhere && /somewhere/bin/pip install deduce scrubadub presidio-analyzer spacy faker
    python tests/proofs/masking.py --python /somewhere/bin/python

Each is measured in a process of its own: deduce, for one, turns on DEBUG logging for the whole process. Exits with
1 when our own figures are worse than promised.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests/storage/masking"
FILES = ("cases.jsonl", "more_cases.jsonl", "third_cases.jsonl", "fourth_cases.jsonl", "fifth_cases.jsonl")
UNSEEN = "unseen_cases.jsonl"
"""Sentences that nothing was built with, so long as nobody mends what they show: told apart from the others."""
MASK = "[…]"
SPANS_HIDDEN, CLEAN_TOUCHED = 0.95, 0.03
PER_SECOND, LOAD_SECONDS, MEGABYTES = 1000, 2.0, 90
PATIENCE = 1800
"""Seconds a library gets: deduce builds its word lists for minutes, the first time."""

Masker = Callable[[str], str]


def ours() -> Masker:
    """The gate of this project, with its word list read."""
    sys.path.insert(0, str(ROOT))
    masking = import_module("storage.masking")
    import_module("storage.masking.lexicon").lexicon()
    mask: Masker = masking.mask
    return mask


def deduce() -> Masker:
    """deduce, made for Dutch medical records."""
    library = import_module("deduce").Deduce()
    return lambda text: str(library.deidentify(text).deidentified_text)


def presidio() -> Masker:
    """Presidio's patterns. Its Dutch names need a spaCy model that no package registry has."""
    spacy, analyzer = import_module("spacy"), import_module("presidio_analyzer")
    engine = import_module("presidio_analyzer.nlp_engine").SpacyNlpEngine(
        models=[{"lang_code": "nl", "model_name": "blank"}]
    )
    engine.nlp = {"nl": spacy.blank("nl")}
    registry = analyzer.RecognizerRegistry(supported_languages=["nl"])
    registry.load_predefined_recognizers(languages=["nl"])
    library = analyzer.AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["nl"])
    return lambda text: _cut(text, ((hit.start, hit.end) for hit in library.analyze(text, language="nl")))


def scrubadub() -> Masker:
    """scrubadub with its own detectors, set to the Netherlands."""
    library = import_module("scrubadub").Scrubber(locale="nl_NL")
    return lambda text: str(library.clean(text))


def name_list() -> Masker:
    """What one would write first: Faker's Dutch and Flemish names, whatever their capitals, and nothing else."""
    names: set[str] = set()
    for locale in ("nl_NL", "nl_BE"):
        provider = import_module(f"faker.providers.person.{locale}").Provider
        names.update(name.lower() for name in (*provider.first_names, *provider.last_names))
    return lambda text: re.sub(r"\w+", lambda word: MASK if word.group().lower() in names else word.group(), text)


LIBRARIES: dict[str, tuple[Callable[[], Masker], str, str]] = {
    "naastbot": (ours, "", "Apache-2.0; word list CC BY-SA 4.0"),
    "deduce": (deduce, "deduce", "LGPL-3.0"),
    "presidio, patterns only": (presidio, "presidio-analyzer", "MIT"),
    "scrubadub": (scrubadub, "scrubadub", "Apache-2.0"),
    "name list of Faker": (name_list, "faker", "MIT"),
}


def _cut(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + MASK + text[end:]
    return text


def visible(text: str) -> Counter[str]:
    """The words that can be read in a text."""
    return Counter(re.findall(r"\w+", re.sub(r"\{\{.*?\}\}|\[[A-Z]+-?\d*\]", " ", text).lower()))


def cases() -> list[dict[str, Any]]:
    """All sentences with their identifying spans, and the file each comes from."""
    return [
        {**json.loads(line), "file": file}
        for file in (*FILES, UNSEEN)
        for line in (DATA / file).read_text("utf-8").splitlines()
    ]


def measure(name: str, rounds: int) -> dict[str, Any]:
    """All figures of one masker, in this process."""
    make, package, _ = LIBRARIES[name]
    version = metadata.version(package) if package else ""
    memory, begin = _megabytes(), time.perf_counter()
    mask = make()
    mask("Ik heb met Annelies gesproken")
    figures: dict[str, Any] = {"load": time.perf_counter() - begin, "version": version}
    figures |= {"memory": _megabytes() - memory, "spans": {}, "clean": [0, 0]}
    figures["files"] = {file: {"spans": [0, 0], "clean": [0, 0]} for file in (*FILES, UNSEEN)}
    for case in cases():
        masked = mask(case["text"])
        file = figures["files"][case["file"]]
        apart = case["file"] == UNSEEN
        if not case["spans"]:
            for pair in (file["clean"],) if apart else (figures["clean"], file["clean"]):
                pair[0] += masked != case["text"]
                pair[1] += 1
        for span in case["spans"]:
            elsewhere, left = visible(case["text"]) - visible(span), visible(masked)
            kind = file["spans"] if apart else figures["spans"].setdefault(case["kind"], [0, 0])
            for pair in (kind,) if apart else (kind, file["spans"]):
                pair[0] += not any(left[word] > elsewhere[word] for word in visible(span))
                pair[1] += 1
    figures["words"] = _words_hidden(mask)
    figures["speed"] = _speed(mask, rounds)
    return figures


def _words_hidden(mask: Masker) -> float:
    """The share of words that are hidden in ordinary sentences."""
    lines = (DATA / "ordinary.txt").read_text("utf-8").splitlines()
    words = sum(visible(line).total() for line in lines)
    return 1 - sum((visible(mask(line)) & visible(line)).total() for line in lines) / words


def _speed(mask: Masker, rounds: int) -> float:
    texts = [case["text"] for case in cases()]
    begin = time.perf_counter()
    for _ in range(rounds):
        for text in texts:
            mask(text)
    return rounds * len(texts) / (time.perf_counter() - begin)


def _megabytes() -> float:
    """The most memory that this process has held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def in_its_own_process(name: str, python: str, rounds: int) -> dict[str, Any] | str:
    """The figures, or why there are none."""
    command = [sys.executable if name == "naastbot" else python, __file__, "--one", name, "--rounds", str(rounds)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return f"not done in {PATIENCE} seconds"
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["?"])[-1]
        return "not installed" if "PackageNotFoundError" in last or "No module" in last else last[:60]
    return dict(json.loads(done.stdout.splitlines()[-1]))


def rate(pair: list[int]) -> str:
    """`154 of 158 (97%)`."""
    return f"{pair[0]} of {pair[1]} ({pair[0] / pair[1]:.1%})"


def total(figures: dict[str, Any]) -> list[int]:
    """All kinds together."""
    return [sum(pair[place] for pair in figures["spans"].values()) for place in (0, 1)]


def tables(results: dict[str, dict[str, Any] | str]) -> str:
    """Both tables, in Markdown."""
    lines = [
        "| masker | spans hidden whole | clean sentences touched | ordinary words hidden | sentences/s | load |"
        " memory | licence |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, figures in results.items():
        licence = LIBRARIES[name][2]
        if isinstance(figures, str):
            lines.append(f"| {name} | {figures} | | | | | | {licence} |")
            continue
        lines.append(
            f"| {name} {figures['version']}".rstrip() + f" | {rate(total(figures))} | {rate(figures['clean'])} "
            f"| {figures['words']:.2%} | {figures['speed']:,.0f} | {figures['load']:.1f} s "
            f"| {figures['memory']:.0f} MB | {licence} |"
        )
    measured = {name: figures for name, figures in results.items() if isinstance(figures, dict)}
    kinds = list(dict.fromkeys(kind for figures in measured.values() for kind in figures["spans"]))
    lines += ["", "| spans hidden whole, by kind | " + " | ".join(measured) + " |"]
    lines.append("|---" * (len(measured) + 1) + "|")
    for kind in kinds:
        cells = (f"{figures['spans'][kind][0]} of {figures['spans'][kind][1]}" for figures in measured.values())
        lines.append(f"| {kind} | " + " | ".join(cells) + " |")
    lines += ["", "| naastbot, by file | spans hidden whole | clean sentences touched |", "|---|---|---|"]
    for file, pairs in measured.get("naastbot", {"files": {}})["files"].items():
        lines.append(f"| {file} | {rate(pairs['spans'])} | {rate(pairs['clean'])} |")
    return "\n".join(lines)


def failures(figures: dict[str, Any] | str) -> list[str]:
    """What of ours is worse than promised."""
    if isinstance(figures, str):
        return [figures]
    hidden, touched = total(figures), figures["clean"]
    checks = {
        f"spans hidden whole: at least {SPANS_HIDDEN:.0%}": hidden[0] / hidden[1] >= SPANS_HIDDEN,
        f"clean sentences touched: at most {CLEAN_TOUCHED:.0%}": touched[0] / touched[1] <= CLEAN_TOUCHED,
        f"sentences a second: at least {PER_SECOND:,}": figures["speed"] >= PER_SECOND,
        f"loaded in {LOAD_SECONDS} s": figures["load"] <= LOAD_SECONDS,
        f"memory: at most {MEGABYTES} MB": figures["memory"] <= MEGABYTES,
    }
    return [check for check, held in checks.items() if not held]


def main() -> int:
    """Measure and print; 1 when a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="time a tenth as many sentences")
    parser.add_argument("--python", default=sys.executable, help="the Python that has the libraries")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--rounds", type=int, default=10, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one, options.rounds)))
        return 0
    rounds = 1 if options.quick else options.rounds
    results = {name: in_its_own_process(name, options.python, rounds) for name in LIBRARIES}
    print(tables(results))
    broken = failures(results["naastbot"])
    for promise in broken:
        print(f"not reached: {promise}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
