"""What a reader chose lies over the address; the release is always one that is here."""

from __future__ import annotations

from domain.model import Audience
from domain.selection import Hint
from services.settled_address import settle

_OLD: Hint = ("hint.unknown_release", {"release": "r0", "current": "r2"})


class _Releases:
    def wanted(self, release: str | None, audience: Audience) -> tuple[str, tuple[Hint, ...]]:
        assert audience is Audience.INTERNAL
        return ("r2", ()) if release in ("", "r2") else ("r2", (_OLD,))


def test_a_choice_takes_the_place_of_what_the_address_says() -> None:
    raw, asked, hints = settle(_Releases(), (("level", "a"), ("group", "x"), ("group", "y")),
                               {"level": "b"}, Audience.INTERNAL)  # fmt: skip
    assert raw == (("group", "x"), ("group", "y"), ("level", "b"), ("release", "r2"))
    assert (asked, hints) == ("", ())


def test_an_unknown_release_is_replaced_and_said() -> None:
    raw, asked, hints = settle(
        _Releases(), (("release", "r0"), ("level", "a")), None, Audience.INTERNAL
    )
    assert raw == (("level", "a"), ("release", "r2"))
    assert (asked, hints) == ("r0", (_OLD,))
