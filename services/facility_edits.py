"""Facilities as those who run them keep them: a carrier proposes, an editor releases.

What is released is laid over the facilities at the next import; no release that exists changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from data.catalogue_edits import Edit
from data.importing.facility_changes import WAS
from data.releases import ReleaseStore
from domain.facility_fields import FIELDS, Fields, changes, read
from domain.model import Audience, FacilityKind
from domain.roles import Right, may
from services.catalogue_edits import CatalogueEdits
from services.proposals import Proposals
from services.sessions import Account


@dataclass(frozen=True)
class Kept:
    """One facility: as the next import will have it, and what was proposed since.

    ``seen`` is the number of the newest proposal, 0 for none.
    """

    id: str
    operator: str
    now: Mapping[str, Any]
    delivered_name: str
    proposed: Fields
    last: Edit | None

    @property
    def seen(self) -> int:
        """The number a form carries, so that two never overwrite each other."""
        return self.last.number if self.last else 0

    def wished(self) -> dict[str, Any]:
        """Return the fields with the proposal laid over them."""
        return {**{name: self.now.get(name) for name in FIELDS}, **self.proposed}


class FacilityEdits:
    """Reads and changes the facilities of the newest release on behalf of an account."""

    def __init__(self, store: ReleaseStore, edits: CatalogueEdits) -> None:
        self._store = store
        self._edits = edits
        self._facilities = Proposals(edits, "facility")

    def released(self, town: str) -> dict[str, Fields]:
        """Return what the next import of a town lays over its facilities, by their id."""
        return self._facilities.released(town)

    def kinds(self) -> tuple[FacilityKind, ...]:
        """Return the kinds of facilities of the newest release."""
        release = self._edits.release()
        if release is None:
            return ()
        with closing(self._store.open(release.id, Audience.PUBLIC)) as reader:
            return reader.catalogue().facility_kinds

    def kept(self, account: Account) -> list[Kept]:
        """Return the facilities an account may change: a carrier its own, editors all."""
        release = self._edits.release()
        if release is None:
            return []
        with closing(self._store.open(release.id, Audience.PUBLIC)) as reader:
            rows = reader.facilities().to_dict("records")
        released = self.released(release.town)
        proposed = self._facilities.proposed()
        found = [
            _kept({str(k): v for k, v in row.items()}, released, proposed)
            for row in rows
            if may(account.role, Right.HAND_IN) or _is_own(account, str(row["operator"]))
        ]
        return sorted(found, key=lambda one: (str(one.now["name"]).casefold(), one.id))

    def one(self, account: Account, facility: str) -> Kept | None:
        """Return a facility the account may change, None for any other."""
        return next((one for one in self.kept(account) if one.id == facility), None)

    def propose(self, account: Account, kept: Kept, typed: Mapping[str, str], *, seen: int) -> bool:
        """Propose what a form says; return whether that is new.

        Raises
        ------
        FacilityFieldError
            A field cannot be what was typed.
        EditConflictError
            Somebody else proposed or released meanwhile.
        """
        fields = changes(kept.now, read(typed, [kind.id for kind in self.kinds()]))
        return self._facilities.propose(kept.id, fields, seen=seen, actor=account.name)

    def release(self, account: Account, kept: Kept, *, seen: int) -> None:
        """Let the next import take a proposal over; errors as :meth:`Proposals.take_over`."""
        base = {WAS: kept.delivered_name}
        self._facilities.take_over(kept.id, kept.proposed, base=base, seen=seen, actor=account.name)

    def decline(self, account: Account, kept: Kept, *, seen: int) -> None:
        """Take a proposal away; errors as :meth:`Proposals.take_over`."""
        self._facilities.decline(kept.id, kept.proposed, seen=seen, actor=account.name)


def _is_own(account: Account, operator: str) -> bool:
    return bool(account.department) and account.department.casefold() == operator.casefold()


def _kept(
    row: dict[str, Any], released: Mapping[str, Fields], proposed: Mapping[str, Edit]
) -> Kept:
    key, last = str(row["facility_id"]), proposed.get(str(row["facility_id"]))
    over = {k: v for k, v in released.get(key, {}).items() if k in FIELDS}
    return Kept(
        id=key,
        operator=str(row["operator"]),
        now={**row, **over},
        delivered_name=str(row["name"]),
        proposed=last.after if last else {},
        last=last,
    )
