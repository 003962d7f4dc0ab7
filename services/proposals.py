"""What carriers propose and editors take over: two objects of the history, changed together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from data.catalogue_edits import Edit
from domain.facility_fields import Fields
from services.catalogue_edits import CatalogueEdits, EditRefusedError, Wanted


class Proposals:
    """The proposals of one kind of object, and what of them was taken over."""

    def __init__(self, edits: CatalogueEdits, kind: str) -> None:
        self._edits = edits
        self._wish, self._kind = f"{kind}_wish", kind

    def proposed(self) -> dict[str, Edit]:
        """Return the newest proposal of each object; one that was decided says nothing."""
        return {key[1]: edit for key, edit in self._edits.newest(self._wish).items()}

    def released(self, town: str | None = None) -> dict[str, Fields]:
        """Return what was taken over of each object of a town, by default that of the release."""
        newest = self._edits.newest(self._kind, town=town)
        return {key[1]: edit.after for key, edit in newest.items() if edit.after}

    def propose(self, key: str, fields: Mapping[str, Any], *, seen: int, actor: str) -> bool:
        """Propose what an object shall be, nothing where ``fields`` is empty.

        Returns whether that is new.

        Raises
        ------
        EditConflictError
            Somebody else proposed or decided meanwhile; ``seen`` is the proposal the form was
            drawn with, 0 for none.
        """
        return self._edits.save(self._wish, key, dict(fields), seen=seen, actor=actor)

    def take_over(
        self, key: str, fields: Mapping[str, Any], *, base: Fields, seen: int, actor: str
    ) -> None:
        """Let the next import take a proposal over; it is none any more.

        Parameters
        ----------
        base
            What an object begins with that nothing was taken over of yet.

        Raises
        ------
        EditRefusedError, EditConflictError
            Nothing is proposed; or another proposal came meanwhile.
        """
        if not fields:
            raise EditRefusedError("facility.problem.nothing")
        last = self._edits.latest(self._kind, key)
        earlier, number = (last.after, last.number) if last else (base, 0)
        self._edits.save_together(
            [
                Wanted(self._wish, key, {}, seen),
                Wanted(self._kind, key, {**earlier, **fields}, number),
            ],
            actor=actor,
        )

    def decline(self, key: str, fields: Mapping[str, Any], *, seen: int, actor: str) -> None:
        """Take a proposal away; errors as :meth:`take_over`."""
        if not fields:
            raise EditRefusedError("facility.problem.nothing")
        self._edits.save(self._wish, key, {}, seen=seen, actor=actor)


def laid_over(edits: CatalogueEdits, town: str) -> dict[str, dict[str, Fields]]:
    """Return what the next import of a town lays over its facilities and offers, by their key."""
    return {
        name: Proposals(edits, kind).released(town)
        for name, kind in (("facilities", "facility"), ("offers", "offer"))
    }
