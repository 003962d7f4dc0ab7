"""What must hold of every prepared file after its import."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.findings import Finding, Severity
from i18n import LANGUAGES, translator
from services.findings_text import place_text
from services.importing import ImportOutcome
from tests.badfiles.case import REFUSED, TAKEN, WARNED, Case
from tests.badfiles.trial import CANARY, Seen

LONGEST_WAIT = 240
"""Seconds on the wall after which an import counts as hanging, also on a busy machine."""

WHERE = {"de": ("Zeile", "Spalte"), "en": ("row", "column")}
_ENGLISH = re.compile(r"\b(the|and|is|are|with|which|must|this|cannot|its|of)\b")
_PLACEHOLDER = re.compile(r"\{\w*\}|%\(\w+\)s|\bfinding\.\w")


def judge(case: Case, form: str, seen: Seen) -> None:
    """Assert outcome, words, limits, isolation and the published release."""
    outcome = seen.outcome
    assert outcome_of(outcome) == (case.town.outcome or case.outcome), _told(outcome.findings)
    judge_words(case, outcome.findings)
    _judge_isolation(case, seen)
    _judge_release(outcome, seen)


def outcome_of(outcome: ImportOutcome) -> str:
    """Return whether a file was taken, taken with a remark, or refused; a crash is none."""
    severities = {finding.severity for finding in outcome.findings}
    ended = {f.code for f in outcome.findings if f.code.startswith("import_")}
    if ended:
        return f"ended by {', '.join(sorted(ended))}"
    if not outcome.is_published:
        assert Severity.ERROR in severities
        return REFUSED
    assert Severity.ERROR not in severities
    return WARNED if Severity.WARNING in severities else TAKEN


def judge_words(case: Case, findings: Sequence[Finding]) -> None:
    """Assert that the finding of a case is there, at its place and with its words."""
    for finding in findings:
        judge_finding(finding)
    code = case.town.code or case.code
    if not code:
        return
    matching = [finding for finding in findings if finding.code == code]
    assert matching, _told(findings)
    finding = matching[0]
    row = case.town.row if case.town.code or case.town.row else case.row
    column = case.town.column if case.town.code or case.town.column else case.column
    assert (finding.place.row, finding.place.column) == (row, column)
    expected = {REFUSED: Severity.ERROR, WARNED: Severity.WARNING}
    wanted = expected.get(case.town.outcome or case.outcome)
    assert wanted is None or wanted in {f.severity for f in matching}
    for language, texts in case.town.says.items():
        text = "\n".join(words for f in matching for words in told(f, language).values())
        for wanted_text in texts:
            assert wanted_text in text, text


def told(finding: Finding, language: str) -> dict[str, str]:
    """Return place, cause and remedy of a finding as people read them."""
    tr = translator(language)
    parts = {p: tr(f"finding.{finding.code}.{p}", **finding.params) for p in ("cause", "remedy")}
    return {"place": place_text(finding.place, tr), **parts}


def judge_finding(finding: Finding) -> None:
    """Assert that a finding names file, place, cause and remedy in both languages."""
    words = {language: told(finding, language) for language in LANGUAGES}
    for language, parts in words.items():
        if finding.place.file:
            assert finding.place.file in parts["place"]
        else:  # protection speaks of an indicator, whatever files it came from
            assert finding.code.startswith("disclosure_")
            assert str(finding.params["indicator"]) in parts["cause"]
        row, column = WHERE[language]
        if finding.place.row is not None:
            assert f"{row} {finding.place.row}" in parts["place"]
        if finding.place.column and finding.place.column != finding.place.address:
            assert f"{column} " in parts["place"]
        for part in ("cause", "remedy"):
            text = _without_quoted(parts[part], finding)
            assert text.strip()
            assert not _PLACEHOLDER.search(text), text
            assert CANARY not in text
        assert parts["cause"] != parts["remedy"]
    german = words["de"]
    for part in ("cause", "remedy"):
        assert german[part] != words["en"][part]
        english = _ENGLISH.search(_without_quoted(german[part], finding))
        assert english is None, german[part]


def _without_quoted(text: str, finding: Finding) -> str:
    """Return a text without what it quotes from the file."""
    quoted = [str(value) for value in finding.params.values() if isinstance(value, str) and value]
    for one in sorted(quoted, key=len, reverse=True):
        text = text.replace(one, "…")
    return text


def _judge_isolation(case: Case, seen: Seen) -> None:
    assert seen.calls == []
    assert seen.programs == []
    assert seen.foreign_reads == []
    assert seen.strewn == []
    assert seen.leaks == []
    assert seen.child_seconds < case.seconds
    assert seen.seconds < LONGEST_WAIT
    assert seen.peak_mb < case.megabytes
    for canary in (CANARY, "root:", "Traceback"):
        assert canary not in seen.log


def _judge_release(outcome: ImportOutcome, seen: Seen) -> None:
    assert seen.releases["is"] == seen.releases["was"]
    assert seen.before
    assert seen.staging == []
    if outcome.is_published:
        assert seen.after == outcome.release_id != seen.before
    else:
        assert seen.after == seen.before


def _told(findings: Sequence[Finding]) -> str:
    return "\n".join(f"{f.severity} {f.code} {f.place} {f.params}" for f in findings)
