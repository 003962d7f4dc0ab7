"""Offers of a facility as its carrier keeps them; an editor releases, as with facilities.

Carriers know who comes to them and who waits: of their own offers they see the counts of the
internal release. The public release holds no such count, whatever is proposed here.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from data.catalogue_edits import Edit
from data.releases import ReleaseStore
from domain.facility_fields import Fields
from domain.model import Audience
from domain.offer_fields import (
    FACILITY,
    FIELDS,
    KNOWN_AS,
    NAMED,
    WAS,
    WITHDRAWN,
    Identity,
    assigned_in_release,
    changes,
    identities,
    key_of,
    read,
    shown,
)
from services.catalogue_edits import CatalogueEdits, EditRefusedError
from services.facility_edits import Kept
from services.proposals import Proposals
from services.sessions import Account


@dataclass(frozen=True)
class KeptOffer:
    """One offer: as the next import will have it, and what was proposed since.

    ``now`` is empty for one that is only proposed; ``base`` is what a change begins with.
    """

    key: str
    now: Mapping[str, Any]
    base: Fields
    is_withdrawn: bool
    last: Edit | None

    @property
    def seen(self) -> int:
        """The number a form carries, so that two never overwrite each other."""
        return self.last.number if self.last else 0

    @property
    def proposed(self) -> Fields:
        """What the proposal changes; empty where nothing is proposed."""
        after = self.last.after if self.last else {}
        return {k: v for k, v in after.items() if k in {*FIELDS, WITHDRAWN}}

    @property
    def shall_go(self) -> bool:
        """Whether it will be withdrawn if the proposal is taken over."""
        return bool(self.proposed.get(WITHDRAWN, self.is_withdrawn))

    def wished(self) -> dict[str, Any]:
        """Return the fields with the proposal laid over them."""
        return {name: self.proposed.get(name, self.now.get(name)) for name in FIELDS}


class OfferEdits:
    """Reads and changes the offers of facilities that an account may change."""

    def __init__(self, store: ReleaseStore, edits: CatalogueEdits) -> None:
        self._store = store
        self._edits = edits
        self._offers = Proposals(edits, "offer")

    def kept(self, facility: Kept) -> list[KeptOffer]:
        """Return the offers of a facility by name, the newest period first."""
        rows = self._rows(facility.id)
        released = {
            key: change
            for key, change in self._offers.released().items()
            if change[FACILITY] == facility.id
        }
        proposed = self._offers.proposed()
        known = identities(rows)
        keys = {at: key for key, at in assigned_in_release(released, known).items()}
        found: list[KeptOffer] = []
        for at, row in enumerate(rows):
            key = keys.get(at) or key_of(facility.id, known[at])
            found.append(_kept(key, row, _base(facility, known[at]), released, proposed))
        met = {one.key for one in found}
        for key, change in released.items():
            if key not in met and (change[WAS] is None or change.get(WITHDRAWN)):
                found.append(_kept(key, {}, _base(facility, change[WAS]), released, proposed))
        for key, edit in proposed.items():
            is_new = edit.after.get(FACILITY) == facility.id and edit.after[WAS] is None
            if is_new and key not in released:
                found.append(_kept(key, {}, _base(facility, None), released, proposed))
        return sorted(sorted(found, key=_period, reverse=True), key=_name)

    def waiting(self) -> Counter[str]:
        """Return how many proposals wait for an editor, by id of the facility."""
        return Counter(
            str(edit.after[FACILITY]) for edit in self._offers.proposed().values() if edit.after
        )

    def one(self, facility: Kept, key: str) -> KeptOffer | None:
        """Return an offer of a facility, None where it has none of that key."""
        return next((one for one in self.kept(facility) if one.key == key), None)

    def new(self, facility: Kept) -> KeptOffer:
        """Return an offer that nobody has proposed yet."""
        return KeptOffer(uuid.uuid4().hex[:16], {}, _base(facility, None), False, None)

    def propose(
        self,
        account: Account,
        facility: Kept,
        offer: KeptOffer,
        typed: Mapping[str, str],
        *,
        seen: int,
    ) -> bool:
        """Propose what a form says; return whether that is new.

        Raises
        ------
        FacilityFieldError
            A field cannot be what was typed.
        EditRefusedError
            The facility has another offer of that name for the same group and period.
        EditConflictError
            Somebody else proposed or released meanwhile.
        """
        fields = read(typed, offer.now)
        if any(_alike(fields, one) for one in self.kept(facility) if one.key != offer.key):
            raise EditRefusedError("offer.problem.twice", name=str(fields["offer"]))
        differs = changes(offer.now, fields)
        return self._save(account, offer, differs, seen=seen)

    def withdraw(self, account: Account, offer: KeptOffer, *, seen: int) -> None:
        """Propose that an offer ends, or that one that has ended is there again.

        Raises
        ------
        EditRefusedError, EditConflictError
            Nobody has taken the offer over yet, so that it cannot end; or as :meth:`propose`.
        """
        if not offer.now:
            raise EditRefusedError("facility.problem.nothing")
        self._save(account, offer, {WITHDRAWN: not offer.is_withdrawn}, seen=seen)

    def release(self, account: Account, offer: KeptOffer, *, seen: int) -> None:
        """Let the next import take a proposal over; errors as :meth:`Proposals.take_over`."""
        self._offers.take_over(
            offer.key, offer.proposed, base=offer.base, seen=seen, actor=account.name
        )

    def decline(self, account: Account, offer: KeptOffer, *, seen: int) -> None:
        """Take a proposal away; errors as :meth:`Proposals.take_over`."""
        self._offers.decline(offer.key, offer.proposed, seen=seen, actor=account.name)

    def _save(self, account: Account, offer: KeptOffer, fields: Fields, *, seen: int) -> bool:
        wish = {**offer.base, **fields} if fields else {}
        return self._offers.propose(offer.key, wish, seen=seen, actor=account.name)

    def _rows(self, facility: str) -> list[dict[str, Any]]:
        """Return the offers of a facility as the newest release holds them for staff."""
        release = self._edits.release()
        if release is None:
            return []
        with closing(self._store.open(release.id, Audience.INTERNAL)) as reader:
            frame = reader.offers()
        rows = frame[frame["facility_id"] == facility].to_dict("records")
        return [{str(name): row[name] for name in row} for row in rows]


def _base(facility: Kept, was: Identity | list[Any] | None) -> Fields:
    names = sorted({facility.delivered_name, str(facility.now["name"])})
    return {FACILITY: facility.id, KNOWN_AS: names, WAS: None if was is None else list(was)}


def _kept(
    key: str,
    row: Mapping[str, Any],
    base: Fields,
    released: Mapping[str, Fields],
    proposed: Mapping[str, Edit],
) -> KeptOffer:
    change = released.get(key, {})
    over = {k: v for k, v in change.items() if k in FIELDS}
    now = {**row, **over}
    if not now and change.get(WAS):
        now = dict(zip(NAMED, change[WAS][: len(NAMED)], strict=True))
    last = proposed.get(key)
    return KeptOffer(key, now, base, bool(change.get(WITHDRAWN)), last)


def _alike(fields: Fields, other: KeptOffer) -> bool:
    """Whether an offer that stays is called, or will be called, what a form says."""
    called = [tuple(shown(row)[n] for n in NAMED) for row in (other.now, other.wished()) if row]
    return not other.shall_go and tuple(fields[n] for n in NAMED) in called


def _period(one: KeptOffer) -> str:
    return shown(one.wished())["period"]


def _name(one: KeptOffer) -> tuple[str, str]:
    fields = shown(one.wished())
    return fields["offer"].casefold(), fields["target_group"].casefold()
