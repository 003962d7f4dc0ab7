import re

import pytest

from data.importing.recipe import load_recipe
from domain.findings import Finding, RefusedFileError
from domain.model import Kind, Text
from i18n import translator
from tests.small_delivery import HEAD, TABLE, write_delivery


def findings_of(folder, text: str) -> list[Finding]:
    path = folder / "town.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RefusedFileError) as refusal:
        load_recipe(path)
    return refusal.value.findings


def test_a_recipe_becomes_a_catalogue(tmp_path):
    recipe = load_recipe(write_delivery(tmp_path, []))
    catalogue = recipe.catalogue()
    assert catalogue.town.id == "kleinstadt"
    assert [level.key for level in catalogue.levels] == ["stadt@1", "viertel@1"]
    share = catalogue.indicator("anteil")
    assert share is not None
    assert (share.kind, share.multiplier, share.short_name) == (Kind.SHARE, 100.0, Text("Anteil"))
    assert catalogue.themes[0].name.in_language("en") == "Theme"


def test_defaults_fill_only_missing_keys(tmp_path):
    recipe = load_recipe(write_delivery(tmp_path, []))
    units = {i.id: i.unit.de for i in recipe.indicator}
    assert units == {"kinder": "Personen", "arme": "Personen", "anteil": "%"}


def test_a_misspelt_key_is_refused_with_line_and_likeliest_key(tmp_path):
    text = HEAD + TABLE.replace('encoding = "utf-8"', 'encodng = "utf-8"')
    finding = findings_of(tmp_path, text)[0]
    assert finding.code == "recipe_unknown_key"
    assert finding.params == {
        "key": "table[1].encodng",
        "given": "utf-8",
        "suggestion": "encoding",
    }
    assert text.splitlines()[(finding.place.row or 0) - 1].startswith("encodng")


@pytest.mark.parametrize(
    ("old", "new", "code", "key"),
    [
        ('kind = "count"', 'kind = "anzahl"', "recipe_not_one_of", "indicator[1].kind"),
        ('vintage = "1"', "vintage = 1", "recipe_not_text", "level[1].vintage"),
        ("order = 20", 'order = "viel"', "recipe_not_whole_number", "level[2].order"),
        ('id = "kinder"', 'id = "Kinder!"', "recipe_wrong_id", "indicator[1].id"),
        ('office = "Amt"\n', "", "recipe_missing_key", "source[1].office"),
        ('name = "Kinder"', 'name = ""', "recipe_empty_text", "indicator[1].name"),
        ('name = "Kinder"', 'name = { en = "x" }', "recipe_not_bilingual", "indicator[1].name"),
        ('id = "key"', 'id = "key"\nid_pattern = "("', "recipe_wrong_pattern", "level[2].layer"),
        ('thousands = "."', 'thousands = ","', "recipe_same_signs", "dialect[1]"),
        ('constant = "kleinstadt"', "spatial = false", "recipe_parent_one_way", "level[2].parent"),
        ('theme = "thema"', 'theme = "themen"', "recipe_unknown_name", "indicator[1].theme"),
        ('dialect = "amt"', 'dialect = "din"', "recipe_unknown_name", "indicator[1].dialect"),
        ('id = "arme"', 'id = "kinder"', "recipe_id_twice", "indicator[2]"),
        ('column = "id"', "", "recipe_table_without_area", "table[1]"),
        ('column = "kinder"', "", "recipe_measure_columns", "table[1].measure[1]"),
        ('name = "Arme Kinder"', 'name = "A"\nbreaks = [2, 1]', "recipe_breaks_not_rising", "ind"),
        ('name = "Arme Kinder"', f'name = "{"A" * 41}"', "recipe_short_name_too_long", "ind"),
        (
            'name = "Arme Kinder"',
            'name = "A"\nnumerator_from = ["arme"]',
            "recipe_circle",
            "indicator[2]",
        ),
        (
            'name = "Arme Kinder"',
            'name = "A"\ndenominator_from = ["kinder"]',
            "recipe_denominator_alone",
            "indicator[2]",
        ),
        ('definition = "Was', 'definitoin = "Was', "recipe_unknown_key", "indicator_defaults"),
        ('level = "viertel"\nvin', 'level = "fiertel"\nvin', "recipe_unknown_name", "table[1]"),
    ],
)
def test_every_mistake_is_named_with_its_key(tmp_path, old, new, code, key):
    text = HEAD + TABLE
    assert old in text
    found = findings_of(tmp_path, text.replace(old, new, 1))
    assert code in {f.code for f in found}
    named = next(f for f in found if f.code == code)
    assert str(named.params["key"]).startswith(key)
    assert named.place.file == "town.toml"


def test_all_mistakes_are_collected_before_the_recipe_is_refused(tmp_path):
    text = (HEAD + TABLE).replace("schema = 1", "schema = 2").replace("order = 20", "order = 2.5")
    assert {f.code for f in findings_of(tmp_path, text)} == {
        "recipe_not_one_of",
        "recipe_not_whole_number",
    }


def test_broken_toml_is_refused_with_its_line(tmp_path):
    finding = findings_of(tmp_path, "schema = 1\n[town\n")[0]
    assert (finding.code, finding.place.row) == ("recipe_not_toml", 2)


def test_a_recipe_in_another_encoding_is_refused_with_its_line(tmp_path):
    path = tmp_path / "town.toml"
    path.write_bytes("schema = 1\n# Höhe".encode("latin-1"))
    with pytest.raises(RefusedFileError) as refusal:
        load_recipe(path)
    finding = refusal.value.findings[0]
    assert (finding.code, finding.place.row) == ("recipe_not_utf8", 2)


def test_a_missing_recipe_is_a_finding(tmp_path):
    with pytest.raises(RefusedFileError) as refusal:
        load_recipe(tmp_path / "nirgends.toml")
    assert refusal.value.findings[0].code == "recipe_unreadable"


@pytest.mark.parametrize("nested", ["[" * 5000, "schema = 1\nx = " + "[" * 5000])
def test_deep_nesting_is_refused_without_a_traceback(tmp_path, nested):
    assert findings_of(tmp_path, nested)[0].code in {"recipe_too_deep", "recipe_not_toml"}


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_finding_of_a_wrong_recipe_reads_as_a_sentence(tmp_path, language):
    text = (
        (HEAD + TABLE)
        .replace("order = 20", 'order = "x"\nodrer = 1')
        .replace('theme = "thema"', 'theme = "t"')
    )
    tr = translator(language)
    for finding in findings_of(tmp_path, text):
        for part in ("cause", "remedy"):
            sentence = tr(f"finding.{finding.code}.{part}", **finding.params)
            assert re.search(r"\w{4}.*\.$", sentence)
            assert "{" not in sentence.replace("{ de", "")


@pytest.mark.parametrize("key", ["office", "licence"])
def test_two_languages_for_a_text_that_stands_once_are_answered_with_one_text(tmp_path, key):
    two = f'{key} = {{ de = "Amt", en = "Office" }}'
    finding = findings_of(tmp_path, re.sub(rf"(?m)^{key} = .*$", two, HEAD) + TABLE)[0]
    assert finding.code == "recipe_one_text"
    assert finding.params == {
        "key": f"source[1].{key}",
        "given": 'de = "Amt", en = "Office"',
        "example": "Amt / Office",
    }


def test_one_text_is_asked_for_in_the_words_of_a_recipe(tmp_path):
    two = HEAD.replace('office = "Amt"', 'office = { de = "Amt", en = "Office" }')
    finding = findings_of(tmp_path, two + TABLE)[0]
    for language, said in (("de", "ein einziger Text"), ("en", "one text for both languages")):
        texts = translator(language)
        assert said in texts(f"finding.{finding.code}.cause", **finding.params)
        remedy = texts(f"finding.{finding.code}.remedy", **finding.params)
        assert 'office = "Amt / Office"' in remedy
