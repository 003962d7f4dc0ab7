"""All profiles of a level as one archive: a file an area, and an index to open them from."""

from __future__ import annotations

import zipfile
from collections import deque
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from html import escape
from pathlib import Path
from urllib.parse import quote

from domain.file_names import safe_name, safe_names
from domain.progress import Progress
from domain.report_plan import ReportPlan
from i18n import translator
from i18n.formats import date
from reports import build
from reports.pdf import to_pdf
from reports.planned import Sources

INDEX = "index.html"
_SETTING = 2
"""Files that are set while the next profile is written; setting leaves the interpreter free."""


def write_archive(
    sources: Sources,
    plan: ReportPlan,
    occasion: build.Occasion,
    target: Path,
    progress: Progress,
) -> None:
    """Write the profiles of all areas of the plan's level, or of those it names."""
    names = sources.plans.names(occasion.audience, plan)
    areas = sources.plans.areas(occasion.audience, plan)
    files = safe_names(((area, names[area]) for area in areas), "pdf")
    # PDF is packed already; packing it again would only take time
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive,
        ThreadPoolExecutor(_SETTING) as setting,
    ):
        waiting: deque[tuple[str, Future[bytes]]] = deque()
        for done, area in enumerate(areas):
            progress.at(
                done / len(areas), "export.profile", name=names[area], done=done + 1, of=len(areas)
            )
            asked = build.AreaAsked(plan.level, area, plan.period)
            document = build.profile_document(sources, asked, occasion)
            waiting.append((files[area], setting.submit(to_pdf, document, occasion.day)))
            if len(waiting) > _SETTING:
                _put(archive, *waiting.popleft())
        for name, pdf in waiting:
            _put(archive, name, pdf)
        archive.writestr(
            INDEX, _index(sources, plan, occasion, {files[a]: names[a] for a in areas})
        )


def _put(archive: zipfile.ZipFile, name: str, pdf: Future[bytes]) -> None:
    archive.writestr(name, pdf.result())


def _index(
    sources: Sources, plan: ReportPlan, occasion: build.Occasion, files: Mapping[str, str]
) -> str:
    """Return a page with a link to every file."""
    tr = translator(occasion.language)
    catalogue = sources.monitoring.catalogue(occasion.audience, occasion.release)
    level = next(x for x in catalogue.levels if x.id == plan.level)
    title = tr(
        "builder.archive_title",
        level=level.name.in_language(occasion.language),
        town=catalogue.town.name,
    )
    notes = [
        tr("document.release", release=occasion.release, day=date(occasion.day, occasion.language)),
        *([tr("web.table.fictional")] if catalogue.town.fictional else []),
    ]
    links = "".join(
        f'<li><a href="{quote(file)}">{escape(name)}</a></li>' for file, name in files.items()
    )
    said = "".join(f"<p>{escape(note)}</p>" for note in notes)
    return (
        f'<!DOCTYPE html><html lang="{occasion.language}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title></head>"
        f"<body><h1>{escape(title)}</h1>{said}<ul>{links}</ul></body></html>"
    )


def archive_name(town: str, level: str, release: str) -> str:
    """Return the name of the archive.

    >>> archive_name("Groß/Stadt", "Stadtteile", "2026-11-24-1")
    'Groß-Stadt Stadtteile 2026-11-24-1.zip'
    """
    return f"{safe_name(f'{town} {level} {release}')}.zip"
