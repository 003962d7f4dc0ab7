"""What must not stand in the code of the product, and why."""

import ast
import re

import pytest

from tests.architecture.sources import ROOT, files, name, product_code, tree

BANNED_MODULES = {
    "pickle": "runs code of whoever wrote the file",
    "marshal": "as pickle",
    "shelve": "as pickle",
    "joblib": "as pickle",
    "xml.etree": "defusedxml reads XML without bombs",
    "xml.dom": "as xml.etree",
    "xml.sax": "as xml.etree",
}
BANNED_CALLS = {"eval": "runs text", "exec": "runs text", "print": "the log, or click.echo"}
BANNED_METHODS = {
    "query": "DataFrame.query hides its variables from every tool",
    "eval": "DataFrame.eval runs text",
    "memoize": "ResultCache keeps bytes under a written key, never pickles",
    "cached": "as memoize",
    "read_pickle": "as pickle",
    "to_pickle": "as pickle",
}
BANNED_WORDS = {
    "dangerously_allow_html": "texts of others would become markup",
    "srcDoc": "as dangerously_allow_html",
    "use_pages": "publishes the layouts of protected pages",
    "inplace": "frames are never changed in place",
    "TYPE_CHECKING": "the linter of the layers counts such imports anyway",
}


def offences(module: ast.Module) -> list[str]:
    found = []
    for node in ast.walk(module):
        match node:
            case ast.Import(names=names):
                found += [a.name for a in names if is_banned_module(a.name)]
            case ast.ImportFrom(module=str(source)) if is_banned_module(source):
                found.append(source)
            case ast.Call(func=ast.Name(id=called)) if called in BANNED_CALLS:
                found.append(called)
            case ast.Call(func=ast.Attribute(attr=called)) if called in BANNED_METHODS:
                found += [called] if called != "query" or asks_in_words(node) else []
            case ast.keyword(arg=str(word)) if word in BANNED_WORDS and not is_off(node):
                found.append(word)
            case ast.Name(id=word) | ast.Attribute(attr=word) if word in BANNED_WORDS:
                found.append(word)
    return found


def is_banned_module(source: str) -> bool:
    return any(source == m or source.startswith(f"{m}.") for m in BANNED_MODULES)


def asks_in_words(call: ast.Call) -> bool:
    """Say whether a method named query gets a text: a spatial index is asked with geometry."""
    return bool(call.args) and isinstance(call.args[0], ast.Constant | ast.JoinedStr)


def is_off(keyword: ast.keyword) -> bool:
    return isinstance(keyword.value, ast.Constant) and keyword.value.value is False


@pytest.mark.parametrize("path", product_code(), ids=name)
def test_no_banned_pattern_stands_in_the_code(path):
    assert offences(tree(path)) == []


@pytest.mark.parametrize(
    "code",
    [
        "import pickle", "from xml.etree import ElementTree", "eval('1')", "frame.query('a > 1')",
        "@cache.memoize()\ndef f(): ...", "Dash(use_pages=True)", "html.Iframe(srcDoc='x')",
        "frame.sort_values('a', inplace=True)",
    ],
)  # fmt: skip
def test_a_banned_pattern_is_found(code):
    assert len(offences(ast.parse(code))) == 1


def test_our_scripts_write_no_markup_and_run_no_text():
    banned = re.compile(
        r"\beval\(|new Function\(|\.innerHTML\s*=|document\.write|insertAdjacentHTML"
    )
    scripts = [p for p in files(".js") if "assets" in p.parts]
    assert scripts
    found = [name(p) for p in scripts if banned.search(p.read_text(encoding="utf-8"))]
    assert found == []


def test_no_unfinished_word_stands_in_our_files():
    unfinished = re.compile(
        "|".join(["TO" + "DO", "FIX" + "ME", "lorem " + "ipsum", "coming " + "soon"])
    )
    own = files(".py", ".js", ".css", ".md", ".po", ".toml")
    found = [name(p) for p in own if unfinished.search(p.read_text(encoding="utf-8"))]
    assert found == []
    assert (ROOT / "pyproject.toml") in own
