"""One folder is one article: its sheet, its text in one or two languages, its pictures."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import replace
from pathlib import Path

from data.articles.findings import Remarks
from data.articles.markdown import LONGEST_TEXT, read_text
from data.articles.sheet import LANGUAGES, NAME, read_sheet
from data.importing.paths import file_inside
from data.importing.readers.picture import read_photo
from domain.articles import (
    IDENTITY,
    Article,
    Block,
    Listing,
    Picture,
    Quotation,
    Sheet,
    Work,
)
from domain.findings import Finding, RefusedFileError

EDGE = 1600
"""Longest side of a published picture in pixels: full width on a large screen."""
UNREADABLE = "article_unreadable"
"""Code of a finding that may be gone when the folder is read again."""
_MOST_PICTURES = 40
_LARGEST_TEXT_BYTES = 4 * LONGEST_TEXT

Signature = tuple[tuple[str, int, int], ...]


def signature(folder: Path) -> Signature:
    """Return names, sizes and times of the files of an article: equal while nothing changed."""
    found = []
    for path in sorted(folder.rglob("*")):
        stat = path.lstat()
        name = path.relative_to(folder).as_posix()
        found.append((name, stat.st_size, stat.st_mtime_ns))
    return tuple(found)


def read_folder(folder: Path, kept: Path) -> Work:
    """Read an article whole; what is wrong is told in the findings and never raised.

    Parameters
    ----------
    folder
        The folder; its name is the article's.
    kept
        Where published copies of pictures lie, named by their content.
    """
    remarks = Remarks(f"{folder.name}/")
    if not IDENTITY.fullmatch(folder.name) or folder.is_symlink():
        remarks.error("article_folder", name=folder.name)
        return Work(folder.name, None, {}, tuple(remarks.found))
    found: list[Finding] = []
    sheet = _sheet(folder, found)
    articles = {}
    for language in LANGUAGES:
        path = folder / f"article.{language}.md"
        if path.exists() or path.is_symlink():
            article = _article(path, language, sheet, found, kept)
            if article is not None:
                articles[language] = article
    if not articles and not found:
        remarks.error("article_no_text", names=" / ".join(f"article.{x}.md" for x in LANGUAGES))
    return Work(folder.name, sheet, articles, (*remarks.found, *found))


def _sheet(folder: Path, found: list[Finding]) -> Sheet | None:
    remarks = Remarks(f"{folder.name}/{NAME}")
    text = _text_of(folder, NAME, remarks)
    sheet = None if text is None else read_sheet(text, remarks)
    found += remarks.found
    return sheet


def _article(
    path: Path, language: str, sheet: Sheet | None, found: list[Finding], kept: Path
) -> Article | None:
    folder = path.parent
    remarks = Remarks(f"{folder.name}/{path.name}")
    text = _text_of(folder, path.name, remarks)
    blocks = () if text is None else read_text(text, remarks)
    blocks = _Pictures(folder, remarks, kept).put_into(blocks)
    title = getattr(sheet.title, language) if sheet else ""
    summary = getattr(sheet.summary, language) if sheet else ""
    if sheet and not (title and summary):
        remarks.error("article_untitled", language=language)
    if text is not None and not blocks and not remarks.found:
        remarks.error("article_empty")
    found += remarks.found
    if sheet is None or text is None:
        return None
    return Article(folder.name, language, title, summary, sheet.author, sheet.date, blocks)


def _text_of(folder: Path, name: str, remarks: Remarks) -> str | None:
    try:
        path = file_inside(folder, name)
        if path.stat().st_size > _LARGEST_TEXT_BYTES:
            remarks.error("article_too_long", n=path.stat().st_size, limit=LONGEST_TEXT)
            return None
        return path.read_text("utf-8-sig")
    except RefusedFileError as refused:
        remarks.take(refused.findings, 1)
    except UnicodeDecodeError as fault:
        line = path.read_bytes()[: fault.start].count(b"\n") + 1
        remarks.error("article_encoding", line)
    except OSError as fault:
        remarks.error(UNREADABLE, reason=fault.strerror or "")
    return None


class _Pictures:
    """Puts published copies in the place of the files an author named."""

    def __init__(self, folder: Path, remarks: Remarks, kept: Path) -> None:
        self._folder = folder
        self._remarks = remarks
        self._kept = kept
        self._done: dict[str, str] = {}

    def put_into(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """Return the blocks with the names of published pictures."""
        return tuple(self._block(block) for block in blocks)

    def _block(self, block: Block) -> Block:
        if isinstance(block, Quotation):
            return Quotation(self.put_into(block.blocks))
        if isinstance(block, Listing):
            items = tuple(self.put_into(item) for item in block.items)
            return Listing(items, block.is_ordered)
        if isinstance(block, Picture):
            return replace(block, file=self._published(block.file, block.line))
        return block

    def _published(self, file: str, line: int) -> str:
        if file not in self._done:
            self._done[file] = ""
            if len(self._done) > _MOST_PICTURES:
                self._remarks.error("article_pictures", line, limit=_MOST_PICTURES)
            elif "://" in file or file.startswith(("//", "data:")):
                self._remarks.error("article_picture_foreign", line, file=file)
            else:
                try:
                    self._done[file] = self._keep(file_inside(self._folder, file))
                except RefusedFileError as refused:
                    self._remarks.take(refused.findings, line)
                except OSError as fault:
                    self._remarks.error(UNREADABLE, line, reason=fault.strerror or "")
        return self._done[file]

    def _keep(self, path: Path) -> str:
        body, suffix = read_photo(path, edge=EDGE)
        name = hashlib.sha256(body).hexdigest()[:24] + suffix
        target = self._kept / name
        if not target.is_file():
            self._kept.mkdir(parents=True, exist_ok=True)
            # threads and processes may publish the same picture at the same time
            draft = target.with_name(f"{name}.{uuid.uuid4().hex}")
            draft.write_bytes(body)
            draft.replace(target)
        return name
