"""Areas that a reader puts together under a name, as an address has them.

What such a group is worth is worked out in :mod:`domain.pooled_areas`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from domain.selection import Hint

MOST_GROUPS = 4
FEWEST_MEMBERS, MOST_MEMBERS = 2, 200
LONGEST_NAME = 40
_FEW_SHOWN = 3
_BETWEEN, _MEMBER = ":", ","


@dataclass(frozen=True)
class OwnGroup:
    """A group of areas of one level under a name of the reader's own."""

    name: str
    members: tuple[str, ...]

    @property
    def text(self) -> str:
        """The group as it stands in an address: ``name:a,b,c``."""
        return f"{self.name}{_BETWEEN}{_MEMBER.join(self.members)}"


def clean_name(name: str) -> str:
    """Return a name that an address can carry: one line, no sign that parts it.

    Examples
    --------
    >>> clean_name("  Rund um den Hafen: Nord, Süd ")
    'Rund um den Hafen Nord Süd'
    """
    plain = "".join(c if c.isprintable() and c not in ":,|" else " " for c in name)
    return " ".join(plain.split())[:LONGEST_NAME].rstrip()


def read_groups(
    texts: Iterable[str], known: Collection[str]
) -> tuple[tuple[OwnGroup, ...], tuple[Hint, ...]]:
    """Read groups as an address has them; what is not valid is left out with a hint.

    Parameters
    ----------
    texts
        ``name:a,b,c`` each.
    known
        Ids of the areas of the level.
    """
    found: dict[str, OwnGroup] = {}
    hints: list[Hint] = []
    for text in texts:
        group, said = _read(text, known)
        hints += said
        if group is None:
            continue
        if group.name in found:
            hints.append(("hint.group_twice", {"group": group.name}))
        else:
            found[group.name] = group
    groups = tuple(found.values())
    if len(groups) > MOST_GROUPS:
        hints.append(("hint.group_many", {"most": MOST_GROUPS}))
    return groups[:MOST_GROUPS], tuple(hints)


def _read(text: str, known: Collection[str]) -> tuple[OwnGroup | None, list[Hint]]:
    told, between, listed = text.partition(_BETWEEN)
    name = clean_name(told)
    if not between or not name:
        return None, [("hint.group_unreadable", {"wanted": text[:LONGEST_NAME]})]
    wanted = tuple(dict.fromkeys(m for m in listed.split(_MEMBER) if m))
    members = tuple(m for m in wanted if m in known)
    hints: list[Hint] = []
    if strange := [m for m in wanted if m not in known]:
        few = ", ".join(strange[:_FEW_SHOWN])[:LONGEST_NAME]
        hints.append(("hint.group_members", {"group": name, "wanted": few}))
    if len(members) > MOST_MEMBERS:
        hints.append(("hint.group_large", {"group": name, "most": MOST_MEMBERS}))
        return None, hints
    if len(members) < FEWEST_MEMBERS:
        hints.append(("hint.group_few", {"group": name}))
        return None, hints
    return OwnGroup(name, members), hints
