"""What the reader of a release is told about it: how to read it, what comes next, what an empty one needs."""

from __future__ import annotations

from storage.release import PublishableFeedback

_NUMBERS = {5: "vijf", 8: "acht", 12: "twaalf"}
_POOL = {5: 8, 8: 12}
"""Floor of a group -> floor of the two roles together."""

LEGEND: tuple[tuple[str, str], ...] = (
    ("neigt naar", "ongeveer zes van de tien mensen of meer kozen dit antwoord."),
    ("verdeeld", "geen enkel antwoord stak er zo bovenuit."),
    ("weinig", "ongeveer twee van de tien mensen of minder."),
    ("een deel", "meer dan weinig, minder dan de meesten."),
    ("de meesten", "ongeveer zes van de tien mensen of meer."),
    ("20 tot 40%", "tussen de twee en de vier van de tien mensen. Zo lees je ook de andere percentages."),
    (
        "hoeveel mensen",
        "zoveel mensen gaven antwoord op de eerste vraag van dat gesprek. "
        "Niet iedereen beantwoordde ook de vragen daarna. Toch rekenen we ook daar met de hele groep.",
    ),
)
"""The words of the release and what they mean; always the whole list, so that it tells nothing."""

NEXT: tuple[str, ...] = (
    "Bespreek dit op jullie evaluatiemoment, samen met naasten en cliënten. Begin met wat goed gaat.",
    "Kies samen één of twee stappen. Klein is goed.",
    "Laat het daarna horen aan iedereen die was uitgenodigd: dit hoorden we, en dit gaan we doen.",
)

NOTHING_YET: tuple[str, ...] = (
    "Uit deze periode kunnen we niets laten zien.",
    "Dat zegt niets over jullie team, en niets over wie er meedeed. "
    "Bij weinig antwoorden kiezen we voor veiligheid: dan laten we niets zien.",
)
"""What a release says in which there is nothing to show."""


def how_to_read(feedback: PublishableFeedback) -> tuple[str, str, str]:
    """Three lines: what it is, how the figures were made, what is left out."""
    floor = _NUMBERS[feedback.threshold]
    return (
        "Dit is wat naasten en professionals in deze periode vertelden. Wie wat zei, staat er niet bij.",
        "Je leest ongeveer hoe de antwoorden liggen, geen aantallen. Bij elk antwoord deden we er soms met opzet "
        "één of twee bij of af. Zo blijft verborgen wat één persoon koos.",
        f"Groepen van minder dan {floor} mensen laten we niet zien. Wat hier niet staat, is weggelaten. "
        "Dat doen we altijd op dezelfde manier, wat de reden ook is.",
    )


def what_it_takes(feedback: PublishableFeedback) -> tuple[str, ...]:
    """What has to happen in a next period for there to be something to show."""
    floor, pool = _NUMBERS[feedback.threshold], _NUMBERS[_POOL[feedback.threshold]]
    return (
        f"Is een gesprek alleen voor naasten of alleen voor professionals? Dan zijn {floor} mensen genoeg, "
        "als ze de eerste vraag beantwoorden.",
        f"Is een gesprek voor allebei? Dan zijn {floor} naasten en {floor} professionals nodig, "
        f"of samen minstens {pool} mensen.",
        "Wie meetelt, deed al minstens twee weken mee toen de periode eindigde. Nodig mensen dus vroeg uit.",
        "Eigen woorden laten we zien als minstens tien mensen meededen en vijf van hen iets schreven.",
    )
