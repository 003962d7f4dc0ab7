"""The repository speaks of itself only: no path of a machine, no host of a registry."""

import re

import pytest

from tests.architecture.sources import files, name

# Put together here, so that this file does not hold what it looks for.
WORDS = re.compile(
    "|".join(
        [
            r"(?<![\w.])/(wo" r"rk|ho" r"me|ro" r"ot|Us" r"ers)/\w",
            r"C:\\\\?Us" r"ers",
            r"/t" rf"{'mp'}/\w",
            r"(files\.python" r"hosted|py" r"pi)\.org",
            r"registry\.n" r"pmjs",
            r"--(extra-)?index" r"-url\s+h",
        ]
    )
)
SUFFIXES = (
    ".py", ".js", ".cjs", ".css", ".md", ".po", ".toml", ".txt", ".sh", ".json", ".mako", "",
)  # fmt: skip


@pytest.mark.parametrize("path", files(*SUFFIXES), ids=name)
def test_no_machine_path_and_no_registry_host_is_named(path):
    text = path.read_text(encoding="utf-8", errors="replace")
    assert [m.group() for m in WORDS.finditer(text)] == []


def test_a_machine_path_is_found():
    assert WORDS.search("see " + "/ho" + "me/anna/atlas")
    assert not WORDS.search("href: ../work/a")
