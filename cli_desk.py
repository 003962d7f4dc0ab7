"""What the commands of the command line share: settings, language, services, what they print."""

from __future__ import annotations

import json
import re
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import click

from config import Settings
from domain.findings import Finding
from domain.problem_map import ProblemMap
from figures.problem_map import problem_map_svg
from i18n import Translate, translator
from services.container import Services, build_services
from services.findings_json import findings_to_json
from services.findings_text import finding_lines
from services.import_report import MAP_SUFFIX
from services.progress_text import ProgressLine
from services.stop_signals import stop_on_signals

FAILED = 1
_ODD = re.compile(r"[^\w.-]+")


@dataclass(frozen=True)
class Desk:
    """What every command needs: settings, language, services when asked for."""

    settings: Settings
    language: str
    tr: Translate

    def speaking(self, language: str | None) -> Desk:
        """Return the same desk in another language."""
        return replace(self, language=language, tr=translator(language)) if language else self

    def services(self) -> Services:
        """Open the data folder."""
        return build_services(self.settings, signs_in=False)

    def pictures(self, maps: Sequence[ProblemMap]) -> dict[str, bytes]:
        """Return the maps of a report as files of its folder."""
        return {
            f"{_ODD.sub('-', f'{one.level}-{one.vintage}')}{MAP_SUFFIX}": problem_map_svg(
                one, self.tr, self.language
            ).encode()
            for one in maps
        }

    def say(self, key: str, **params: object) -> None:
        """Print a sentence."""
        click.echo(self.tr(key, **params))

    def fail(self, key: str, **params: object) -> None:
        """Print a sentence to standard error and end with exit code 1."""
        click.echo(self.tr(key, **params), err=True)
        sys.exit(FAILED)

    def fail_with(self, lines: Sequence[str]) -> None:
        """Print sentences to standard error and end with exit code 1."""
        click.echo("\n".join(lines), err=True)
        sys.exit(FAILED)

    def show(self, findings: Sequence[Finding], *, as_json: bool, **more: Any) -> None:
        """Print findings as text grouped by severity, or everything as one JSON object."""
        if as_json:
            content = {**more, "findings": findings_to_json(findings)}
            click.echo(json.dumps(content, ensure_ascii=False, indent=1))
        else:
            click.echo("\n".join(finding_lines(findings, self.tr)))

    @contextmanager
    def at_work(self) -> Iterator[tuple[ProgressLine, threading.Event]]:
        """Give what shows progress, and what Ctrl-C or a polite kill sets."""
        line = ProgressLine(self.tr, self.language)
        with stop_on_signals() as stop:
            try:
                yield line, stop
            finally:
                line.close()
