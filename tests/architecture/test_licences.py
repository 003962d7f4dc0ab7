"""Everything the application is installed with may be used and passed on by a town.

The closure of requirements.txt is read from the installed packages' own metadata. Tools that
only developers run are not part of what a town installs and are not looked at here.
"""

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement

from tests.architecture.sources import ROOT

ALLOWED = {
    "MIT": r"\bMIT\b|MIT-CMU|MIT-0",
    "BSD": r"\bBSD\b|BSD-[0-3]|0BSD",
    "Apache": r"Apache",
    "PSF": r"PSF|Python Software Foundation|CNRI-Python",
    "ISC": r"\bISC\b|ISCL",
    "MPL": r"MPL|Mozilla Public License 2\.0",
    "HPND": r"HPND",
    "OFL": r"OFL-1\.1",
    "ZPL": r"ZPL|Zope Public License",
    "LGPL": r"LGPL|Lesser General Public License",
    "zlib": r"\bZlib\b",  # parts of numpy; as free as MIT
    "Unlicense": r"Unlicense|CC0-1\.0",
}


def requirements(dist: Distribution) -> list[str]:
    found = (Requirement(text) for text in dist.requires or [])
    return [r.name for r in found if not r.marker or r.marker.evaluate({"extra": ""})]


def closure() -> dict[str, Distribution]:
    """Return the installed packages that requirements.txt brings, by name."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    specs = (Requirement(s) for line in lines if (s := line.split("#")[0].strip()))
    waiting = [r.name for r in specs if not r.marker or r.marker.evaluate()]
    found: dict[str, Distribution] = {}
    while waiting:
        package = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if package not in found:
            found[package] = distribution(package)
            waiting += requirements(found[package])
    return found


def words(dist: Distribution) -> str:
    """Return what a package says about its licence, best statement first."""
    meta = dist.metadata
    if meta.get("License-Expression"):
        return str(meta["License-Expression"])
    classifiers = [c for c in meta.get_all("Classifier") or [] if c.startswith("License ::")]
    return "; ".join(classifiers) or str(meta.get("License", ""))[:200]


def is_allowed(statement: str) -> bool:
    """Say whether every part that must be obeyed names an allowed licence."""
    parts = re.split(r"\bAND\b", statement.replace("(", " ").replace(")", " "))
    return all(any(re.search(p, part) for p in ALLOWED.values()) for part in parts)


def test_every_installed_part_has_an_allowed_licence():
    packages = closure()
    assert {"dash", "pandas", "flask", "jinja2"} <= set(packages)
    refused = {name: words(d) for name, d in packages.items() if not is_allowed(words(d))}
    assert refused == {}


def test_every_direct_requirement_is_installed_as_pinned():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    specs = [Requirement(s) for line in lines if (s := line.split("#")[0].strip())]
    wrong = [
        str(r)
        for r in specs
        if (not r.marker or r.marker.evaluate()) and distribution(r.name).version not in r.specifier
    ]
    assert len(specs) > 20
    assert wrong == []


def test_every_direct_requirement_says_what_it_is_for_and_is_locked():
    lock = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    for file in ("requirements.txt", "requirements-dev.txt"):
        for line in (ROOT / file).read_text(encoding="utf-8").splitlines():
            if "==" in line and not line.startswith("#"):
                pin, _, reason = line.partition("#")
                assert len(reason.strip()) > 3, line
                assert f"{pin.split(';')[0].strip()} " in lock, line
    assert "http" not in lock


def test_a_licence_that_is_not_allowed_is_refused():
    assert not is_allowed("GPL-3.0-only")
    assert not is_allowed("MIT AND GPL-2.0-or-later")
    assert not is_allowed("")
    assert is_allowed("BSD-3-Clause AND MIT")


def test_a_missing_package_is_not_passed_over():
    try:
        distribution("no-such-package-of-ours")
    except PackageNotFoundError:
        return
    raise AssertionError("a package that does not exist was found")
