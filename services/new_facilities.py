"""Facilities that a town has not delivered yet: a carrier proposes one, an editor releases it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from contextlib import closing

import geopandas as gpd
from shapely.geometry import Point

from data.importing.town import FACILITY_COLUMNS
from data.reader import ReleaseReader
from data.releases import ReleaseStore
from domain.facility_fields import (
    ADDED,
    FIELDS,
    ROW,
    FacilityFieldError,
    Fields,
    are_alike,
    read,
    text_typed,
)
from domain.facility_place import point_of
from domain.model import Audience, Level, Text
from domain.roles import Right, may
from services.catalogue_edits import CatalogueEdits, EditRefusedError
from services.facility_edits import FacilityEdits
from services.proposals import Proposals
from services.sessions import Account


class NewFacilities:
    """Proposes facilities of a carrier, or of any where an editor does it."""

    def __init__(
        self, store: ReleaseStore, edits: CatalogueEdits, facilities: FacilityEdits
    ) -> None:
        self._store = store
        self._edits = edits
        self._facilities = facilities

    def districts(self) -> tuple[Text, list[tuple[str, str]]]:
        """Return what the largest parts of the town are called, and id and name of each.

        Empty where the newest release has no outlines of such parts.
        """
        release = self._edits.release()
        if release is None:
            return Text(""), []
        with closing(self._store.open(release.id, Audience.PUBLIC)) as reader:
            level = _district_level(reader)
            if level is None:
                return Text(""), []
            names = reader.areas(level.id, level.vintage)["name"]
        pairs = [(str(area), str(name)) for area, name in names.items()]
        return level.name, sorted(pairs, key=lambda pair: pair[1].casefold())

    def propose(self, account: Account, typed: Mapping[str, str]) -> str:
        """Propose a facility as a form says; return its id.

        A carrier adds to its own facilities alone, whatever the form says of the carrier.

        Raises
        ------
        FacilityFieldError
            A field cannot be what was typed, or the point does not lie in the district.
        EditRefusedError
            There is no release, the account has no carrier, or there is such a facility.
        """
        release = self._edits.release()
        if release is None:
            raise EditRefusedError("desk.nothing_public")
        operator = self._operator(account, typed)
        fields = read(typed, [kind.id for kind in self._facilities.kinds()])
        with closing(self._store.open(release.id, Audience.PUBLIC)) as reader:
            x, y = _place(reader, typed)
            frame = reader.facilities()
        delivered = [{str(k): v for k, v in one.items()} for one in frame.to_dict("records")]
        row: Fields = dict.fromkeys(FACILITY_COLUMNS, "") | fields
        row |= {"operator": operator, "x": x, "y": y, "attributes": "{}"}
        if any(are_alike(row, one) for one in [*delivered, *self._added()]):
            raise EditRefusedError("facility.problem.twice", name=str(fields["name"]))
        key = f"neu-{uuid.uuid4().hex[:12]}"
        alike = [str(one["source"]) for one in delivered if one["kind"] == fields["kind"]]
        row |= {"facility_id": key, "source": next(iter(alike), "")}
        wish = {ADDED: True, ROW: row}
        Proposals(self._edits, "facility").propose(key, wish, seen=0, actor=account.name)
        return key

    def _added(self) -> list[Fields]:
        """Return the rows of facilities that are proposed, or taken over for the next import."""
        changes = Proposals(self._edits, "facility")
        wishes = [edit.after for edit in changes.proposed().values()]
        return [
            {**one[ROW], **{name: one[name] for name in FIELDS if name in one}}
            for one in (*wishes, *changes.released().values())
            if one.get(ADDED)
        ]

    def _operator(self, account: Account, typed: Mapping[str, str]) -> str:
        if not may(account.role, Right.HAND_IN):
            operator = account.department
        else:
            operator = text_typed("operator", typed.get("operator", ""))
        if not operator:
            raise EditRefusedError("facility.problem.operator")
        return operator


def _district_level(reader: ReleaseReader) -> Level | None:
    """Return the level with the largest parts of the town, its newest boundaries."""
    levels = [one for one in reader.catalogue().levels if one.kind == "areas"]
    drawn = [one for one in levels if reader.has_outlines(one)]
    if not drawn:
        return None
    first = min(one.order for one in drawn)
    return max((one for one in drawn if one.order == first), key=lambda one: one.vintage)


def _place(reader: ReleaseReader, typed: Mapping[str, str]) -> tuple[float, float]:
    """Return where the facility lies, in degrees, once it is sure to lie in the named district."""
    x, y = point_of(typed.get("point", ""))
    level = _district_level(reader)
    if level is None:
        return x, y
    areas = reader.areas(level.id, level.vintage)
    around: gpd.GeoDataFrame = areas[areas.geometry.notna()]
    around = around[around.geometry.covers(Point(x, y))]
    if around.empty:
        raise FacilityFieldError("facility.problem.outside")
    if typed.get("district", "") not in set(around.index):
        raise FacilityFieldError("facility.problem.district", found=str(around["name"].iloc[0]))
    return x, y
