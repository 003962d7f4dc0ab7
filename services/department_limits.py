"""What a department may change: its own figures, and those that nobody owns."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from domain.roles import Role, may_change_figures
from services.catalogue_edits import CatalogueEdits, EditRefusedError
from services.release_drafts import DeskRefusedError, Draft
from services.responsibilities import KIND
from services.sessions import Account

_NAMED = 5
"""So many indicators are named in a refusal."""


class DepartmentLimits:
    """Knows the owner of every indicator, and compares accounts with them."""

    def __init__(self, edits: CatalogueEdits) -> None:
        self._edits = edits

    def owners(self) -> dict[str, str]:
        """Return the department of each indicator that has one, by its id."""
        newest = self._edits.newest(KIND)
        named = {key[1]: str(edit.after.get("department", "")) for key, edit in newest.items()}
        return {indicator: owner for indicator, owner in named.items() if owner}

    def foreign(self, account: Account, indicators: Iterable[str]) -> dict[str, str]:
        """Return those of the indicators that others own, with their department."""
        owners = self.owners()
        return {
            one: owners[one]
            for one in sorted(set(indicators))
            if one in owners
            and not may_change_figures(account.role, account.department, owners[one])
        }

    def admit_undoing(self, account: Account, draft: Draft) -> None:
        """Refuse to take back or throw away what is the work of others.

        Raises
        ------
        DeskRefusedError
            The account neither built it nor handed it in, is of another department and no admin.
        """
        is_own = account.name in (draft.row.handed_in_by, draft.built_by)
        is_ours = bool(account.department) and account.department == draft.row.department
        if not (is_own or is_ours or account.role is Role.ADMIN):
            raise DeskRefusedError("desk.problem.not_own")

    def admit_edit(self, account: Account, indicator: str) -> None:
        """Refuse to change what an indicator of another department is.

        Raises
        ------
        EditRefusedError
            It belongs to another department.
        """
        for owner in self.foreign(account, [indicator]).values():
            raise EditRefusedError("edit.problem.department", department=owner)

    def admit_map(self, account: Account, indicators: Iterable[str]) -> None:
        """Refuse to redraw a level on which other departments have figures.

        Raises
        ------
        EditRefusedError
            One of the indicators of the level belongs to another department.
        """
        if found := self.foreign(account, indicators):
            owners = ", ".join(sorted(set(found.values())))
            raise EditRefusedError("workbench.problem.department", departments=owners)

    def admit_draft(self, account: Account, draft: Draft) -> None:
        """Refuse to hand in a release that changes figures of other departments.

        What it changes is told by its check; where others own figures and nobody has checked yet,
        that comes first.

        Raises
        ------
        DeskRefusedError
            It changes figures of other departments, or nobody knows yet whether it does.
        """
        if account.role is Role.ADMIN or not self.foreign(account, self.owners()):
            return
        check = draft.valid_check
        if check is None:
            raise DeskRefusedError("desk.problem.department_unchecked")
        difference = json.loads(check.report).get("difference") or {}
        changed = [one["id"] for one in difference.get("indicators", ()) if _has_figures(one)]
        if found := self.foreign(account, changed):
            told = [f"{one} ({owner})" for one, owner in found.items()]
            more = f" +{len(told) - _NAMED}" if len(told) > _NAMED else ""
            raise DeskRefusedError(
                "desk.problem.department", indicators=", ".join(told[:_NAMED]) + more
            )


def _has_figures(told: dict[str, Any]) -> bool:
    """Whether more than metadata differs: who changes those was asked when they were edited."""
    counts = dict(told["counts"])
    return not counts.pop("metadata", 0) or any(counts.values())
