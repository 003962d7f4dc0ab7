"""What a crawl for hidden numbers asks and how it reads the answers."""

from __future__ import annotations

import io
import re
import zipfile

from tests import paper
from tests.integration.callback_calls import python_callbacks
from tests.town_fixture import PERIODS

LEVELS = ("stadt", "bezirke", "quartiere", "schulbezirke", "kitas")
SECRET = ("geheim", "amtlich", "kinderarmut")
COMPARISONS = ("city", "parent", "twins", "target", "previous")
CATEGORIES = ("total", "w", "m")
PROFILED = (("stadt", "kleinstadt"), ("bezirke", "A"), ("quartiere", "02"), ("quartiere", "03"),
            ("schulbezirke", "S1"), ("kitas", "K1"))  # fmt: skip
NUMBER = re.compile(r"\d[\d.,]*")


def told(hidden, text):
    """Return the hidden numbers that a text holds."""
    return hidden.intersection(token.strip(".,") for token in NUMBER.findall(text))


def readable(answer):
    return text_in(answer.get_data(), is_deck=answer.mimetype.endswith("presentation"))


def text_in(body, *, is_deck=False):
    """Return what a body says; of slides without the places of shapes, which are numbers too."""
    if body[:5] == b"%PDF-":
        return paper.text_of(body)
    if body[:2] != b"PK":
        return body.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        parts = {n: book.read(n) for n in book.namelist() if not n.endswith((".png", ".jpeg"))}
    files = (".xlsx", ".pdf")
    texts = [text_in(part) for name, part in parts.items() if name.endswith(files)]
    plain = [p.decode("utf-8", "replace") for n, p in parts.items() if not n.endswith(files)]
    return " ".join([*texts, *(re.sub(r"<[^>]*>", " ", t) if is_deck else t for t in plain)])


def comparisons():
    """Give addresses of comparisons with hidden cells, one choice after the other."""
    plain = f"level=quartiere&areas=01,02,03,12&indicators={','.join(SECRET)}"
    more = ("", "&interval=on", "&sort=-kinderarmut", "&sort=amtlich", f"&period={PERIODS[0]}")
    compared = tuple(f"&compare={c}" for c in ("parent", "target", "previous"))
    sections = (
        "&group=Alle:01,02,03", "&group=Ohne:01,03,04&group=Rest:02,12",
        *(f"&left={i}@{PERIODS[0]}&right={i}@{PERIODS[2]}" for i in SECRET),
        "&left=kinderarmut&right=geheim", "&map=city&right=kinderarmut",
        *(f"&rule={i}>1+or+{i}<=1" for i in SECRET), "&rule=kinderarmut>1+and+kinder>100",
    )  # fmt: skip
    ways = (*more, *compared, *sections, "&lang=en")
    return [plain + x for x in ways] + ["level=bezirke&areas=A,B"]


def callbacks_of(server):
    dispatch = server.view_functions["/_dash-update-component"]
    dash_app = next(
        c.cell_contents for c in dispatch.__closure__ if hasattr(c.cell_contents, "callback_map")
    )
    return python_callbacks(dash_app.callback_map)
