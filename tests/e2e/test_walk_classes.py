"""A planner changes what is compared and how it is classed; the address holds all of it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.atlas_page import RANKING, AtlasPage
from tests.e2e.facts import Facts, facts
from tests.e2e.places import DEMO, KOELN, walked

pytestmark = pytest.mark.e2e

METHODS = ("quantiles", "fisher_jenks", "equal", "pretty")


def set_classes(
    walk: AtlasPage, method: str, *, number: int | None = None, limits: str = ""
) -> None:
    """Fill the dialog that the legend opens, and send it."""
    walk.page.locator("#atlas-legend .legend__edit").click()
    walk.page.select_option("#classes-method", method)
    if number is not None:
        walk.page.select_option("#classes-number", str(number))
    if limits:
        walk.page.fill("#classes-limits", limits)
    walk.dialog().locator("button[type=submit]").click()


def settled_classes(walk: AtlasPage, wanted: str) -> None:
    walk.page.wait_for_function("w => keck.app.payload.request.classes === w", arg=wanted)
    walk.settle()


def assert_counted(walk: AtlasPage) -> int:
    """The counts of the legend are those of the view; return how many classes there are."""
    n = len(walk.js("P.breaks"))
    shown = walk.page.locator("#atlas-legend .legend__button .legend__count").all_inner_texts()
    counts = [int(text) for text in shown[:n]]
    assert counts == walk.js("p.counts")
    assert sum(counts) == walk.js("p.v.filter(v => v !== null).length")
    return n


@walked()
def test_classes_are_made_by_method_and_number_and_kept(walk: AtlasPage) -> None:
    walk.begin()
    for method, number in zip(METHODS, (3, 4, 6, 7), strict=True):
        set_classes(walk, method, number=number)
        settled_classes(walk, f"{method}:{number}")
        n = assert_counted(walk)
        if method == "pretty":
            assert 2 <= n <= number
        else:
            assert n == number
        assert walk.address("classes") == f"{method}:{number}"
    labels = walk.js("P.class_labels")
    walk.reload()
    assert walk.js("P.class_labels") == labels
    assert walk.address("classes") == "pretty:7"
    set_classes(walk, "fixed")
    settled_classes(walk, "")
    assert walk.address("classes") == ""


@walked()
def test_own_limits_are_read_in_the_language_of_the_page(walk: AtlasPage) -> None:
    walk.begin()
    language = walk.start["lang"]
    for wrong in ("30; 20; 10", "zwölf", "7", "1;2;3;4;5;6;7"):
        set_classes(walk, "own", limits=wrong)
        expect(walk.page.locator("#classes-wrong")).to_be_visible()
        expect(walk.page.locator("#classes-wrong")).to_have_text(walk.tr("script.classes.wrong"))
        expect(walk.page.locator("#classes-limits")).to_have_attribute("aria-invalid", "true")
        walk.page.keyboard.press("Escape")
        assert walk.dialog().count() == 0
    set_classes(walk, "own", limits="12,5; 20; 30" if language == "de" else "12.5; 20; 30")
    settled_classes(walk, "12.5,20,30")
    assert assert_counted(walk) == 4
    assert walk.address("classes") == "12.5,20,30"
    label = walk.page.locator("#atlas-legend .legend__name").first.inner_text()
    assert ("12,5" if language == "de" else "12.5") in label
    walk.reload()
    assert assert_counted(walk) == 4
    walk.page.locator("#atlas-legend .legend__edit").click()
    expect(walk.page.locator("#classes-method")).to_have_value("own")


@walked(KOELN)
def test_age_groups_are_chosen_named_and_kept(walk: AtlasPage) -> None:
    walk.begin()
    group = walk.page.locator(".field--category")
    expect(group).to_be_hidden()
    for indicator in ("altersaufbau", "einwohner"):
        walk.begin(indicator=indicator)
        expect(group).to_be_visible()
        values = walk.options("category")
        assert len(values) >= 13
        category = values[4]
        label = walk.page.locator(f"#atlas-category option[value='{category}']").inner_text()
        before = walk.js("p.v")
        walk.choose("category", category)
        assert walk.js("p.v") != before
        assert label in walk.finding()
        assert walk.address("category") == category
        walk.reload()
        assert walk.value("category") == category
        assert label in walk.finding()
    walk.begin(indicator="anteil-unter-18")
    expect(group).to_be_hidden()


def usable(walk: AtlasPage, compare: str) -> bool:
    return compare in walk.options("compare")


@walked()
def test_what_is_compared_changes_finding_line_marks_and_card(walk: AtlasPage) -> None:
    walk.begin()
    town = walk.finding()
    line = walk.page.locator(f"{RANKING} line.keck-townline:not([style*='none'])")
    marks = walk.page.locator(f"{RANKING} line.keck-benchmark:not([style*='none'])")
    expect(line).to_have_count(walk.js("p.city.v === null ? 0 : 1"))
    expect(marks).to_have_count(0)
    told = {town}
    for compare in ("parent", "target", "previous"):
        assert compare in walk.options("compare", also_greyed=True)
        if not usable(walk, compare):
            continue
        walk.choose("compare", compare)
        assert walk.address("compare") == compare
        own = compare != "target"
        some = walk.js("p.bm.some(v => v !== null)")
        assert (marks.count() > 0) == (own and some), compare
        expect(line).to_have_count(0 if own or not some else 1)
        told.add(walk.finding() + walk.page.inner_text("#atlas-finding-sub"))
        assert_card_names_it(walk)
    assert usable(walk, "target") is has_target(walk)
    assert len(told) >= 2


def has_target(walk: AtlasPage) -> bool:
    found: bool = walk.js(
        "Boolean(keck.app.catalogue.indicators.find(x => x.id === P.indicator.id).target)"
    )
    return found


def assert_card_names_it(walk: AtlasPage) -> None:
    index = walk.js("p.o.find(i => p.v[i] !== null && p.bm[i] !== null) ?? -1")
    if index < 0:
        return
    known: Facts = facts(walk, index)
    x, y = walk.inside(index)
    walk.page.mouse.move(x - 1, y)
    walk.page.mouse.move(x, y)
    text = walk.tooltip()
    assert known.compare in text
    assert known.written(known.benchmark) + known.suffix in text
    walk.page.mouse.move(5, 5)


@walked(DEMO)
def test_a_target_is_greyed_where_there_is_none(walk: AtlasPage) -> None:
    walk.begin(indicator="jugendarmut")
    assert "target" not in walk.options("compare")
    assert "target" in walk.options("compare", also_greyed=True)
    walk.begin(indicator="kinderarmut", compare="target")
    target = walk.js("p.bm.find(v => v !== null)")
    name = walk.page.locator(f"{RANKING} text.keck-linename:visible").text_content() or ""
    number = re.sub(r"[^\d,.]", "", name)
    assert float(number.replace(",", ".").rstrip(".")) == pytest.approx(target, abs=0.05)
    walk.choose("level", "sozialraeume")
    assert walk.value("compare") == "target"
