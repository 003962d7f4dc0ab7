"""The repository speaks of itself only: no path of a machine, no host of a registry."""

import re

import pytest

from tests.architecture.sources import files, name

# Written with a zero for every o, so that this file does not hold what it looks for.
WORDS = re.compile(
    "|".join(
        [
            r"(?<![\w.])/(w0rk|h0me|r00t|User[s])/\w",
            r"C:\\\\?User[s]",
            r"/[t]mp/\w",
            r"(files\.pyth0nh0sted|pypi)\.0rg",
            r"registry\.npmjs\.0rg",
            r"index-url\s+h",
        ]
    ).replace("0", "o")
)
SUFFIXES = (
    ".py", ".js", ".cjs", ".css", ".md", ".po", ".toml", ".txt", ".sh", ".json", ".mako", "",
)  # fmt: skip


@pytest.mark.parametrize("path", files(*SUFFIXES), ids=name)
def test_no_machine_path_and_no_registry_host_is_named(path):
    text = path.read_text(encoding="utf-8", errors="replace")
    assert [m.group() for m in WORDS.finditer(text)] == []


def test_a_machine_path_is_found():
    assert WORDS.search("see " + "/h0me/anna/atlas".replace("0", "o"))
    assert not WORDS.search("href: ../work/a")
