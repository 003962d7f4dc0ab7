"""Articles by the command line and in backups."""

import json
import os

import pytest
from click.testing import CliRunner

import cli
from services.container import build_services
from tests import town_fixture as fixture
from tests.integration.test_articles import FIRST, VIEW, write


@pytest.fixture
def town(tmp_path):
    settings = fixture.publish_small_town(tmp_path)
    return settings, build_services(settings)


@pytest.fixture
def keck(town, monkeypatch):
    for name in list(os.environ):
        if name.startswith("KECK_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("KECK_DATA_DIR", str(town[0].data_dir))
    return lambda *arguments: CliRunner().invoke(cli.main, ["articles", *arguments])


def test_the_command_line_names_file_line_cause_and_remedy(town, keck):
    assert "keine Artikel" in keck("list").output
    write(town[0], "gut", f"Text.\n\n{VIEW}")
    assert keck("check").exit_code == 0
    write(town[0], "html", "Gut.\n\n<b>x</b>\n")
    found = keck("check")
    assert found.exit_code == 1
    assert "html/article.de.md, Zeile 3" in found.output
    assert "HTML wird nicht übernommen" in found.output
    assert "Markdown" in found.output
    assert keck("check", "gut").exit_code == 0
    assert keck("check", "fehlt").exit_code == 1
    told = keck("check", "--json").stdout
    assert "article_html" in {f["code"] for f in json.loads(told)["findings"]}
    listed = keck("list").output
    assert "mit Fehlern" in listed
    assert "veröffentlicht" in listed


def test_views_that_moved_are_warnings_and_unpinned_ones_are_told(town, keck):
    write(town[0], "wandert", VIEW.replace("period=2022", "period=1999"))
    found = keck("check", "wandert", "--lang", "en")
    assert found.exit_code == 0
    assert "1999" in found.output
    assert f"&release={FIRST}" in found.output


def test_a_new_article_is_a_sound_draft(town, keck):
    assert keck("new", "mein-artikel").exit_code == 0
    assert keck("new", "mein-artikel").exit_code == 1
    assert keck("new", "Mein Artikel").exit_code == 1
    assert keck("check").exit_code == 0
    assert "Entwurf" in keck("list").output


def test_articles_are_in_the_backup_and_newer_ones_outlive_a_restore(town, tmp_path, monkeypatch):
    settings = town[0]
    folder = write(settings, "alt", "Text.\n")
    for name in list(os.environ):
        if name.startswith("KECK_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("KECK_DATA_DIR", str(settings.data_dir))
    copy = tmp_path / "copy"
    assert CliRunner().invoke(cli.main, ["backup", str(copy)]).exit_code == 0
    assert (copy / "articles" / "kleinstadt" / "alt" / "article.de.md").is_file()
    (folder / "article.de.md").write_text("Neuer Text.\n", encoding="utf-8")
    (folder / "article.en.md").unlink()
    (settings.data_dir / "app.db").unlink()
    assert CliRunner().invoke(cli.main, ["restore", str(copy)]).exit_code == 0
    assert (folder / "article.de.md").read_text("utf-8") == "Neuer Text.\n"
    assert (folder / "article.en.md").is_file()
