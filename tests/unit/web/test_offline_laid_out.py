"""Parts that scripts of the application lay out are plain components in the offline folder."""

import json

from dash import html

from layouts.methods import text_table
from layouts.settled import settled
from web.offline.components import to_html
from web.offline.laid_out import lay_out


def as_sent(component):
    return json.loads(json.dumps(component.to_plotly_json(), default=lambda x: x.to_plotly_json()))


def html_of(component):
    tree = as_sent(component)
    lay_out(tree)
    return to_html(tree, lambda _: "")


def test_a_settled_part_stands_there_with_its_links_and_attributes():
    part = settled(
        html.Div(
            [html.A("Altstadt", href="/profil/st/1", className="link"), html.Td("x", colSpan=2),
             html.P("weg", hidden=True)]
        )
    )  # fmt: skip
    assert html_of(part) == (
        '<div class="settled"><div><a class="link" href="/profil/st/1">Altstadt</a>'
        '<td colspan="2">x</td><p hidden="">weg</p></div></div>'
    )


def test_a_large_table_has_head_rows_links_and_remarks():
    table = text_table(
        "Lücken", ["Name", "2020"],
        [[{"text": "Armut", "href": "/methoden/armut", "small": "Anteil"},
          {"text": "a < b", "kind": "gap"}]],
    )  # fmt: skip
    written = html_of(table)
    assert '<caption class="visually-hidden">Lücken</caption>' in written
    assert '<th scope="col">2020</th>' in written
    assert (
        '<th scope="row"><a href="/methoden/armut">Armut</a><small>Anteil</small></th>'
        '<td class="gap">a &lt; b</td>'
    ) in written
    assert "data-table" not in written
