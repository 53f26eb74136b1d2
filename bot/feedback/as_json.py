"""A release for other programs: exactly the shape they rely on, and no other number about people."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from storage.published import Finding, ReleasedDialogue
from storage.release import PublishableFeedback


def as_json(feedback: PublishableFeedback) -> str:
    """The release as JSON, in Unicode, indented. What is not published is absent."""
    data = {
        "team": feedback.team,
        "period": feedback.period,
        "threshold": feedback.threshold,
        "dialogues": [_dialogue(dialogue) for dialogue in feedback.dialogues],
        "texts": [asdict(quote) for quote in feedback.texts],
        "shared": [asdict(quote) for quote in feedback.shared],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _dialogue(dialogue: ReleasedDialogue) -> dict[str, Any]:
    panels = [
        {"panel": panel.panel, "questions": [_finding(finding) for finding in panel.findings]}
        for panel in dialogue.panels
    ]
    return {"dialogue": dialogue.id, "version": dialogue.version, "panels": panels}


def _finding(finding: Finding) -> dict[str, Any]:
    common = {"question": finding.question, "group": finding.group, "n": finding.n}
    if finding.bands is None:
        return common | {"verdict": finding.verdict}
    return common | {"bands": dict(finding.bands)}
