"""Facilities as those who run them keep them: a carrier proposes, an editor releases.

What is released is laid over the facilities at the next import; no release that exists changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from data.catalogue_edits import Edit
from data.releases import ReleaseStore
from domain.facility_fields import (
    ADDED,
    COUNTS,
    FIELDS,
    ROW,
    WAS,
    Fields,
    changes,
    read,
    shown_value,
)
from domain.model import Audience, FacilityKind
from domain.roles import Right, may
from services.catalogue_edits import CatalogueEdits
from services.proposals import Proposals, is_over
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
    is_closed: bool = False

    @property
    def is_new(self) -> bool:
        """Whether it is only proposed: nobody has taken it over yet."""
        return bool(self.proposed.get(ADDED))

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
        states = _States(self.released(release.town), self._facilities.proposed(), self._edits)
        found = [states.kept({str(k): v for k, v in row.items()}) for row in rows]
        found += states.beside({one.id for one in found})
        sees_all = may(account.role, Right.HAND_IN)
        own = [one for one in found if sees_all or _is_own(account, one.operator)]
        return sorted(own, key=lambda one: (str(one.now["name"]).casefold(), one.id))

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
        fields = read(typed, [kind.id for kind in self.kinds()])
        if kept.is_new:
            fields = {ADDED: True, ROW: {**kept.proposed[ROW], **fields}}
        else:
            fields = changes(kept.now, fields)
        return self._facilities.propose(kept.id, fields, seen=seen, actor=account.name)

    def release(self, account: Account, kept: Kept, *, seen: int) -> None:
        """Let the next import take a proposal over; errors as :meth:`Proposals.take_over`."""
        base = {WAS: kept.delivered_name, ROW: _as_json(kept.now)}
        self._facilities.take_over(kept.id, kept.proposed, base=base, seen=seen, actor=account.name)

    def decline(self, account: Account, kept: Kept, *, seen: int) -> None:
        """Take a proposal away; errors as :meth:`Proposals.take_over`."""
        self._facilities.decline(kept.id, kept.proposed, seen=seen, actor=account.name)


def _is_own(account: Account, operator: str) -> bool:
    return bool(account.department) and account.department.casefold() == operator.casefold()


def _as_json(row: Mapping[str, Any]) -> Fields:
    return {k: None if k in COUNTS and not shown_value(v) else v for k, v in row.items()}


@dataclass(frozen=True)
class _States:
    """What was taken over and what is proposed, by id of a facility."""

    released: Mapping[str, Fields]
    proposed: Mapping[str, Edit]
    edits: CatalogueEdits

    def kept(self, row: Mapping[str, Any]) -> Kept:
        """Return a facility with what was taken over laid over it."""
        key = str(row["facility_id"])
        last, change = self.proposed.get(key), self.released.get(key, {})
        return Kept(
            id=key,
            operator=str(row["operator"]),
            now={**row, **{k: v for k, v in change.items() if k in FIELDS}},
            delivered_name=str(row["name"]),
            proposed=last.after if last else {},
            last=last,
            is_closed=is_over(change, self.edits.today()),
        )

    def beside(self, known: set[str]) -> list[Kept]:
        """Return the facilities that the release does not hold: added, proposed, or closed."""
        taken_over = [
            change[ROW]
            for key, change in self.released.items()
            if key not in known
            and ROW in change
            and (change.get(ADDED) or is_over(change, self.edits.today()))
        ]
        wished = [
            edit.after[ROW]
            for key, edit in self.proposed.items()
            if edit.after.get(ADDED) and key not in known | set(self.released)
        ]
        return [self.kept(row) for row in (*taken_over, *wished)]
