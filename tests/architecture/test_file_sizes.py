"""A file holds one idea: no source file of ours is longer than 300 lines."""

from tests.architecture.sources import files, name

LONGEST = 300


def test_no_source_file_is_longer_than_300_lines():
    long = {}
    for path in files(".py", ".js", ".cjs", ".css", ".sh"):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > LONGEST:
            long[name(path)] = lines
    assert long == {}


def test_no_module_is_named_after_nothing():
    nameless = {"utils", "helpers", "common", "misc"}
    assert [name(p) for p in files(".py", ".js") if p.stem in nameless] == []
