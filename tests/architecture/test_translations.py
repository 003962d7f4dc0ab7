"""German and English say the same things, everything the code says, and nothing else."""

import ast
import re
import string

import pytest

from i18n import LANGUAGES, plain_texts, texts
from layouts.script_texts import KEYS
from tests.architecture.sources import ROOT, files, name, product_code, tree

TEMPLATES = sorted((ROOT / "web").glob("*/templates/*.html"))

# Keys put together at run time: what stands before the first changing part.
DYNAMIC = (
    "facility.field.", "offer.field.", "resources.", "need.", "warning.",
    "page.", "profile_say.", "profile_easy.", "profile_stage.", "profile_trust.", "profile.",
    "cli.state.", "web.state.",
    "atlas.theme", "atlas.indicator", "atlas.category", "atlas.ranking", "atlas.trend",
    "atlas.period", "atlas.level", "atlas.compare",
    "finding.", "here.", "settings.help.", "state.", "flag.", "badge.", "hint.", "web.error.",
    "chance.", "funnel.", "ranks.", "method.", "atlas.built_in_", "trend_word.", "trend_reason.",
    "present.do_", "present.stage_", "share.report_",
    "term.", "way.", "gap.", "methods.part_", "methods.column_", "methods.get_", "methods.sign_",
    "methods.seen_", "search.side_", "start.reading_", "access.done_", "access.known_",
    "access.checked_",
    "share.short", "share.full", "share.copy_", "share.panel_", "share.save_", "share.no_short_",
    "pinned.", "cli.article.", "articles.only_",
    "term.", "search.side_", "start.reading_", "access.done_", "access.known_",
    "finding_map.", "finding_scatter.", "import.writing_", "import.end.", "cli.job.",
    "report.column.", "report.severity.",
    "shell.language_", "atlas.column_", "atlas.layer", "atlas.since", "layer.",
    "report_link.", "document.column.", "document.profile.", "document.stage.", "document.trust.",
    "side.", "atlas.compare_", "atlas.trend_", "sheet.", "tool.", "script.", "export.column.",
    "sidetwin.", "siderule.", "sidegroup.", "sidemap.",
    "document.column.", "document.profile.", "document.stage.", "document.trust.",
    "document.heat_sub", "document.courses_sub",
    "side.", "atlas.compare_", "atlas.trend_", "sheet.", "tool.", "script.", "export.column.",
    "builder.chapter_", "builder.about_", "builder.own_", "builder.missing_", "builder.n_",
    "builder.total_", "builder.bad_", "builder.state_", "builder.format_", "builder.method_",
    "builder.empty_", "builder.move_", "builder.no_order_",
    "builder.empty_", "builder.move_", "difference.", "desk.", "check.",
    "builder.empty_", "builder.move_",
    "staff.page.", "staff.role.", "staff.may.", "staff.state.", "staff.problem.", "staff.done.",
    "staff.users.column.", "staff.log.column.", "staff.log.object.", "staff.log.result.",
    "staff.log.action.",
    "builder.empty_", "builder.move_", "difference.", "inspect.", "template.", "upload.",
    "staff.log.action.", "due.", "edit.",
    "builder.empty_", "builder.move_", "difference.", "inspect.", "template.",
    "changes.", "workbench.", "scenarios.", "effects.", "measures.", "workshop.",
)  # fmt: skip


def literals() -> set[str]:
    """Return every text that stands in our Python code and in our scripts."""
    found = {
        node.value
        for path in product_code()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for path in files(".js"):
        found |= set(re.findall(r"[\"'`]([a-z_]+\.[\w.]+)[\"'`]", path.read_text(encoding="utf-8")))
    for path in TEMPLATES:
        found |= set(re.findall(r"[\"']([a-z_]+\.[\w.]+)[\"']", path.read_text(encoding="utf-8")))
    return found


def is_translate(call: ast.AST) -> bool:
    """Say whether this is ``tr("…")``, ``self.tr("…")`` or ``translator(language)("…")``."""
    match call:
        case ast.Call(func=ast.Name(id="tr") | ast.Attribute(attr="tr"), args=[_, *_]):
            return True
        case ast.Call(func=ast.Call(func=ast.Name(id="translator")), args=[_, *_]):
            return True
    return False


def called_keys() -> list[tuple[str, str]]:
    """Return file and key of every translation by a written key."""
    return [
        (name(path), call.args[0].value)
        for path in product_code()
        for call in ast.walk(tree(path))
        if is_translate(call) and isinstance(call.args[0], ast.Constant)
    ]


def fields(text: str) -> set[str]:
    """Return the parameters of a text; German has a second case of the word for the areas."""
    found = {field for _, field, _, _ in string.Formatter().parse(text) if field}
    return {field.split("|")[0].removesuffix("_of") for field in found}


def test_both_languages_have_the_same_keys():
    german, english = (set(texts(language)) for language in LANGUAGES)
    assert german - english == set()
    assert english - german == set()


def test_plain_words_say_what_the_german_ones_say():
    german, plain = texts("de"), plain_texts()
    assert [key for key in plain if key not in german or not plain[key].strip()] == []
    assert [key for key in plain if fields(plain[key]) != fields(german[key])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty(language):
    assert [key for key, text in texts(language).items() if not text.strip()] == []


def test_both_languages_take_the_same_parameters():
    german, english = (texts(language) for language in LANGUAGES)
    assert [key for key in german if fields(german[key]) != fields(english.get(key, ""))] == []


def test_every_key_that_is_called_exists():
    calls = called_keys()
    calls += [
        (path.name, key)
        for path in TEMPLATES
        for key in re.findall(r"""\btr\(["']([\w.]+)["'][,)]""", path.read_text(encoding="utf-8"))
    ]
    assert len(calls) > 20
    assert [(where, key) for where, key in calls if key not in texts("de")] == []


def test_every_text_is_used():
    used = literals()
    unused = [k for k in texts("de") if k not in used and not k.startswith(DYNAMIC)]
    assert unused == []


def test_the_scripts_get_exactly_the_texts_they_have():
    written = {k.removeprefix("script.") for k in texts("de") if k.startswith("script.")}
    assert set(KEYS) == written


@pytest.mark.parametrize("prefix", DYNAMIC)
def test_every_dynamic_prefix_has_texts(prefix):
    assert any(key.startswith(prefix) for key in texts("de"))


def test_every_finding_has_a_cause_and_a_remedy():
    codes = {
        key.rsplit(".", 1)[0]
        for key in texts("de")
        if key.startswith("finding.") and not key.startswith(("finding.place", "finding.severity"))
    }
    assert len(codes) > 20
    parts = ("cause", "remedy")
    assert [c for c in codes for part in parts if f"{c}.{part}" not in texts("de")] == []


def test_every_finding_code_in_the_code_has_its_texts():
    codes = {
        (name(path), argument.value)
        for path in product_code()
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        and call.func.id == "Finding"
        for argument in [*call.args[1:2], *(k.value for k in call.keywords if k.arg == "code")]
        if isinstance(argument, ast.Constant)
    }  # fmt: skip
    assert [pair for pair in codes if f"finding.{pair[1]}.cause" not in texts("de")] == []


def test_german_texts_have_one_word_for_an_indicator():
    german = texts("de").values()
    assert any("Indikator" in text for text in german)
    assert [text for text in german if "Kennzahl" in text] == []
