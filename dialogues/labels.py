"""The labels that an answer can carry, so that answers to different questions can be counted together."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_DOMAINS = ("vernieuwing", "context", "organisatie", "betrokkenen", "proces")
"""Five domains of the Consolidated Framework for Implementation Research (Damschroder et al. 2009)."""

LABEL_SETS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "helpt": tuple(f"helpt-{domain}" for domain in _DOMAINS),
        "hindert": tuple(f"hindert-{domain}" for domain in _DOMAINS),
        "waarden": ("netwerk", "gelijkwaardigheid", "wederkerigheid"),
        # Werkplaats Herstelondersteuning
        "ijkpunten": ("eigen-regie", "ervaringskennis", "goede-zorg", "verbinding"),
        # Kompas ernstige psychische problemen en kwaliteit van leven, Phrenos 2023
        "kompas": (
            "visie",
            "mens-centraal",
            "samenwerking",
            "professionals",
            "interventies",
            "organisaties",
        ),
        "positieve gezondheid": (
            "lichaam",
            "mentaal",
            "zingeving",
            "kwaliteit-van-leven",
            "meedoen",
            "dagelijks-functioneren",
        ),
        "leercirkel": ("team", "zusterteams", "organisatie", "andere-organisaties"),
    }
)
"""Name of the set -> its labels. No label is in two sets."""

LABELS: frozenset[str] = frozenset(label for labels in LABEL_SETS.values() for label in labels)
"""Every label."""
