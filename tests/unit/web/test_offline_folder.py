"""The parts of an offline folder: its files, names, links, and components as HTML."""

import errno

import pytest

from web.offline.components import to_html, with_id, without
from web.offline.folder import Draft, OfflineRefusedError, draft_beside, zip_folder
from web.offline.heads import adapt_head
from web.offline.places import Places, is_not_found, localise
from web.offline.plan import WantedView, estimated_bytes
from web.offline.program import plain_name


def element(kind, *children, **props):
    return {
        "type": kind,
        "namespace": "dash_html_components",
        "props": {"children": list(children), **props},
    }


def places():
    found = Places()
    for path, name in (("/", "index"), ("/atlas", "atlas"), ("/hinweise", "")):
        found.add(path, name)
    return found


def test_equal_answers_lie_in_the_folder_once(tmp_path):
    draft = Draft(tmp_path)
    assert draft.keep({"a": 1}) == draft.keep('{"a":1}') == 0
    assert draft.keep(b"other") == 1
    assert sorted(p.name for p in (tmp_path / "data").iterdir()) == ["0.js", "1.js"]
    assert (tmp_path / "data/0.js").read_text().startswith('keckOffline.put(0,"')


def test_the_same_answers_give_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        with draft_beside(tmp_path / name) as draft:
            draft.keep("ein Wert: 12,5 %")
            draft.write("index.html", "<h1>Ü</h1>")
        zip_folder(tmp_path / name, tmp_path / f"{name}.zip")
    files = [p.relative_to(tmp_path / "one") for p in (tmp_path / "one").rglob("*.*")]
    assert len(files) == 2
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
    (tmp_path / "two").rename(tmp_path / "away")
    (tmp_path / "one").rename(tmp_path / "two")
    zip_folder(tmp_path / "two", tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_fault_leaves_neither_folder_nor_draft(tmp_path):
    def write_half():
        with draft_beside(tmp_path / "out") as draft:
            draft.write("index.html", "half")
            raise OSError(errno.ENOSPC, "full")

    with pytest.raises(OSError, match="full"):
        write_half()
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_is_taken_and_a_full_one_refused(tmp_path):
    target = tmp_path / "out"
    target.mkdir()
    with draft_beside(target) as draft:
        draft.write("index.html", "whole")
    assert (target / "index.html").read_text() == "whole"
    with pytest.raises(OfflineRefusedError), draft_beside(target):
        raise AssertionError("nothing may be written")
    assert (target / "index.html").read_text() == "whole"


def test_a_file_in_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(OfflineRefusedError), draft_beside(tmp_path / "out"):
        raise AssertionError("nothing may be written")


def test_names_of_pages_differ_also_where_case_does_not_count():
    found = Places()
    names = [found.add(f"/profil/stadtteile/{x}") for x in ("a/b", "A-b", "a-B", "Ä%20Ö", "a-b")]
    last = [name.rpartition("/")[2].lower() for name in names[1:]]
    assert len(set(last)) == len(last)
    assert found.add("/profil/stadtteile/A-b") == names[1]
    assert all(name.isascii() and ".." not in name and " " not in name for name in names)


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("/atlas", "atlas.html"),
        ("/atlas?indicator=a&release=2026-1&areas=01,02", "atlas.html?indicator=a&areas=01,02"),
        ("/", "index.html"),
        ("/hinweise/?lang=en#quellen", "hinweise.en.html#quellen"),
        ("?lang=en", "index.en.html"),
        ("#main", "#main"),
        ("https://www.govdata.de/dl-de/by-2-0", "https://www.govdata.de/dl-de/by-2-0"),
        ("/vergleich?areas=01", None),
    ],
)  # fmt: skip
def test_links_lead_into_the_folder_or_nowhere(href, target):
    assert places().link(href, here="/", language="de") == target


def test_a_link_to_a_missing_page_becomes_text_and_the_head_line_forgets_it():
    nav = element(
        "Nav", element("A", "Atlas", href="/atlas", className="header__link is-current"),
        element("A", "Vergleich", href="/vergleich", className="header__link"),
    )  # fmt: skip
    page = element("Div", nav, element("A", "mehr", href="/vergleich?areas=1"))
    adapt_head(page, places(), here="/", language="de")
    localise(page, places(), here="/", language="de", fetched=lambda _: "x")
    html = to_html(page, lambda _: "")
    assert "ergleich?" not in html
    assert "<span>mehr</span>" in html
    assert 'href="atlas.html" class="header__link"' in html
    assert html.count('aria-current="page"') == 1
    assert ">Vergleich<" not in html


def test_pictures_are_taken_along_and_found_from_below():
    found = places()
    found.add("/profil/a/b")
    page = element("Img", src="/arms/t/r/w.svg", alt="Wappen")
    localise(page, found, here="/profil/a/b", language="de", fetched=lambda _: "program/w.svg")
    assert page["props"]["src"] == "../../program/w.svg"


def test_components_become_html_with_everything_a_reader_needs():
    node = element(
        "Section", "a < b & c", 3, None, element("Br"),
        element("Label", "Jahr", htmlFor="year"), className="panel", tabIndex=-1, hidden=False,
        style={"backgroundColor": "red", "--bar": "3px"}, **{"aria-label": 'so "gesagt"'},
    )  # fmt: skip
    html = to_html(node, lambda _: "")
    assert html == (
        '<section class="panel" tabindex="-1" style="background-color:red;--bar:3px" '
        'aria-label="so &quot;gesagt&quot;">a &lt; b &amp; c3<br>'
        '<label for="year">Jahr</label></section>'
    )


def test_what_needs_the_server_is_taken_out_with_all_it_holds():
    page = element("Div", element("Form", element("Input", id="x")), element("P", "bleibt"))
    without(page, lambda node: node["type"] == "Form")
    assert with_id(page, "x") is None
    assert "bleibt" in to_html(page, lambda _: "")


def test_the_page_that_says_not_found_is_known():
    assert is_not_found([element("Header"), element("Main", className="message-page")])
    assert not is_not_found([element("Header"), element("Main", className="profile")])


def test_files_of_the_program_have_names_without_hashes():
    address = "/_dash-component-suites/dash/deps/react@18.v4_4_1m1795736333.3.1.min.js"
    assert plain_name(address) == "program/parts/dash/deps/react@18.3.1.min.js"


def test_the_estimate_grows_with_areas_periods_and_profiles():
    view = WantedView("a", "total", "st", "st@1", "st@1|fill", None, ("2020", "2021"))
    small = estimated_bytes([view], {"st@1": 10}, 0)
    large = estimated_bytes([view], {"st@1": 10_997}, 10_997)
    assert small < 10_000_000
    assert large > 300_000_000
