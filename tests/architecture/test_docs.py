"""What the documents promise exists: commands, settings, links, pictures."""

import re
from pathlib import Path

import pytest

from cli import main as command_line
from config import SETTINGS
from tests.architecture.sources import ROOT, files, name

# Articles of the demo town are data: their links are addresses of pages, held by their reader.
DOCUMENTS = [p for p in files(".md") if "tests" not in p.parts and "articles" not in p.parts]
# Names that tests and CI read; no setting of the application.
TEST_NAMES = {
    "KECK_TOWNS_DIR",
    "KECK_VECTORS_DIR",
    "KECK_TEST_REDIS_URL",
    "KECK_TEST_NO_SKIPS",
    "KECK_TEST_POSTGRES_URL",
}
NEEDED = (
    "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "docs/architecture.md",
    "docs/glossary.md", "docs/add-an-indicator.md", "docs/add-a-page.md", "docs/load-a-town.md",
    "docs/recipe.md", "docs/settings.md",
)  # fmt: skip


def targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z][\w-]*):", makefile, re.MULTILINE))


def code_of(document: Path) -> str:
    """Return what stands in code spans and code blocks."""
    text = document.read_text(encoding="utf-8")
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL))


@pytest.mark.parametrize("needed", NEEDED)
def test_the_documents_a_newcomer_needs_are_there(needed):
    assert len((ROOT / needed).read_text(encoding="utf-8")) > 200


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_make_target_named_exists(document):
    named = re.findall(r"(?<![\w-])make ([a-z][\w-]*)", code_of(document))
    assert [target for target in named if target not in targets()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_setting_named_exists(document):
    known = {setting.name for setting in SETTINGS} | TEST_NAMES
    named = re.findall(r"KECK_[A-Z_]*[A-Z]", document.read_text(encoding="utf-8"))
    assert [setting for setting in named if setting not in known] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_command_named_exists(document):
    named = re.findall(r"python cli\.py ([a-z][\w-]*)", document.read_text(encoding="utf-8"))
    assert [command for command in named if command not in command_line.commands] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_link_and_picture_leads_to_a_file(document):
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
    own = [link for link in links if "://" not in link and not link.startswith("mailto:")]
    assert [link for link in own if not (document.parent / link).exists()] == []


def test_every_make_target_of_the_list_is_phony_or_a_file():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(re.search(r"\.PHONY: ((?:.|\\\n)*?)\n\n", makefile).group(1).split())
    assert targets() - phony <= {"install", "install-dev"}
