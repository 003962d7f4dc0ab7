"""Money or posts for areas by need: to the cent and the seat, beside the watering can.

The formula with its limits is that of :mod:`domain.allocation`; here amounts become payable, and
everything a committee asks of them is worked out (docs/methods.md, allocation).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from domain.allocation import Limits, concentration, formula, largest_remainder, sainte_lague, suits
from domain.last_year import change_bounds
from domain.needs_index import FloatArray

UNITS = {"euro": 100, "posts": 1, "half": 2}
"""What is shared, and into how many whole parts one of it falls: cents, posts, half posts."""
RULES = ("hare", "lague")
QUINTILES = 5
MIDDLE, PER_DEVIATION = 100.0, 20.0
LEAST_LEVEL = 0.05
_STEPS, _NEAR = 120, 1e-10
"""How often a factor is mended at most, and what may be left of the amount."""


@dataclass(frozen=True)
class Order:
    """What is to be shared and how.

    Attributes
    ----------
    amount
        Euro or posts, above 0, in whole parts of its unit.
    unit
        One of :data:`UNITS`.
    gearing
        0 gives every child the same (Gießkanne), 1 follows the index in full.
    floor, cap
        Least and most for each child, in euro or posts.
    rule
        How whole posts are found: ``hare`` (Hare/Niemeyer) or ``lague`` (Sainte-Laguë/Schepers).
        Cents always go by the largest remainder.
    fall, rise
        Largest change against last year down and up, 0.15 for 15 %; kept by the paid amounts.
    """

    amount: float
    unit: str = "euro"
    gearing: float = 0.5
    floor: float | None = None
    cap: float | None = None
    rule: str = "hare"
    fall: float | None = None
    rise: float | None = None

    def changes(self, before: Sequence[float] | None) -> tuple[FloatArray, FloatArray] | None:
        """Return the least and the most of each area by last year; None where nothing binds."""
        if before is None or (self.fall is None and self.rise is None):
            return None
        return change_bounds(before, self.fall, self.rise, UNITS[self.unit])

    def limits(self, before: Sequence[float] | None) -> Limits:
        """Return all limits of the formula; ``before`` is last year, shape ``(n_areas,)``."""
        least, most = self.changes(before) or (None, None)
        return Limits(floor=self.floor, cap=self.cap, least=least, most=most)

    @property
    def parts(self) -> int:
        """How many whole parts are shared."""
        return round(self.amount * UNITS[self.unit])


@dataclass(frozen=True)
class Refusal:
    """Why nothing can be shared, and what the limits would need in place of the amount.

    ``reason`` is ``floor_exceeds_budget``, ``cap_below_budget``, ``limits_contradict`` or
    ``no_need``. Limits that contradict each other name the positions of the ``areas`` and the
    largest ``gap`` between the least and the most of one.
    """

    reason: str
    required: float | None = None
    areas: tuple[int, ...] = ()
    gap: float = 0.0


@dataclass(frozen=True)
class Distribution:
    """What every area gets; tuples follow the areas given, amounts are in the unit of the order.

    ``level`` is the index around a child-weighted mean of 1, ``exact`` the formula before
    rounding, ``even`` what the Gießkanne gives, rounded alike; ``at_limit`` are positions of
    areas held by a floor or a cap, ``at_change`` of those held by a limit against last year,
    ``tied`` those between which the rule for ties decided.
    """

    level: tuple[float, ...]
    exact: tuple[float, ...]
    amounts: tuple[float, ...]
    even: tuple[float, ...]
    at_limit: tuple[int, ...]
    tied: tuple[int, ...]
    quintiles: tuple[float, ...]
    """Amount for each child in fifths of the children, the highest need first."""
    curve: tuple[tuple[float, float], ...]
    """Shares of children (highest need first) and of the amount, from (0, 0) to (1, 1)."""
    concentration: float
    """0 for the same amount for every child, below 0 where more goes to high need."""
    suits: float
    """Suits index of the amount against need: 0 is proportional, above 0 too little for need."""
    at_change: tuple[int, ...] = ()

    @cached_property
    def first_fifth(self) -> float:
        """Share of the amount that goes to the fifth of the children with the highest need."""
        children, amount = zip(*self.curve, strict=True)
        return float(np.interp(0.2, children, amount))

    @cached_property
    def differences(self) -> tuple[float, ...]:
        """What every area gets more than by the Gießkanne."""
        return tuple(a - e for a, e in zip(self.amounts, self.even, strict=True))


def levels_of(burden: FloatArray, children: FloatArray) -> FloatArray:
    """Return the index of need around a child-weighted mean of 1, always positive.

    100 + 20 for every standard deviation of burden, divided by its mean over the children; an
    index is never less than a twentieth, however light the burden.
    """
    raw = (MIDDLE + PER_DEVIATION * burden) / MIDDLE
    raw = np.maximum(raw, LEAST_LEVEL)
    total = children.sum()
    level: FloatArray = raw / ((raw * children).sum() / total) if total > 0 else raw
    return level


def distribute(
    children: Sequence[float],
    burden: Sequence[float],
    codes: Sequence[str],
    order: Order,
    before: Sequence[float] | None = None,
) -> Distribution | Refusal:
    """Share an amount over areas by their children and their need.

    Parameters
    ----------
    children, burden, codes
        Children, burden in standard deviations and id of every area, shape ``(n_areas,)`` each.
        Areas without one of them have to be left out before.
    before
        Amounts of last year, same shape, NaN where there is none; None where nothing is compared.

    Returns
    -------
    Distribution or Refusal
        The sum of ``amounts`` is the amount to the last part; a refusal where limits forbid it.
    """
    persons = np.asarray(children, dtype=float)
    if persons.sum() <= 0:
        return Refusal("no_need")
    level = levels_of(np.asarray(burden, dtype=float), persons)
    found = formula(
        persons.tolist(),
        level.tolist(),
        order.amount,
        gearing=order.gearing,
        limits=order.limits(before),
    )
    if "reason" in found:
        areas = tuple(found.get("areas", ()))
        return Refusal(found["reason"], found.get("required"), areas, found.get("gap", 0.0))
    exact = tuple(float(x) for x in found["allocation"])
    changes = order.changes(before)
    amounts, tied = _payable(exact, order, codes, changes)
    held = _held(np.array(exact), changes)
    even, _ = _payable(found["per_head_baseline"], order, codes)
    by_need = sorted(range(len(exact)), key=lambda i: (-level[i], codes[i]))
    need = persons * level
    curve = concentration(level.tolist(), persons.tolist(), amounts)
    told = suits([float(need[i]) for i in by_need], [amounts[i] for i in by_need])
    return Distribution(
        level=tuple(float(x) for x in level),
        exact=exact,
        amounts=amounts,
        even=even,
        at_limit=tuple(k for k in found["binding"] if k not in held),
        tied=tied,
        quintiles=_by_quintile(persons, np.array(amounts), by_need),
        curve=tuple(zip(curve["children"], curve["amount"], strict=True)),
        concentration=curve["concentration_index"],
        suits=told["S"],
        at_change=held,
    )


def _held(exact: FloatArray, changes: tuple[FloatArray, FloatArray] | None) -> tuple[int, ...]:
    """Return the positions of areas that a limit against last year holds."""
    if changes is None:
        return ()
    low, high = changes
    return tuple(np.flatnonzero((exact <= low) & (low > 0) | (exact >= high)).tolist())


def drawn_amounts(
    children: Sequence[float],
    burdens: FloatArray,
    order: Order,
    before: Sequence[float] | None = None,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the least, the middle and the most of the formula under drawn weights.

    Parameters
    ----------
    burdens
        Burden under each draw, shape ``(n_draws, n_areas)``.
    before
        Amounts of last year as in :func:`distribute`.

    Returns
    -------
    tuple
        Three arrays of shape ``(n_areas,)``, before rounding, limits kept.
    """
    persons = np.asarray(children, dtype=float)
    raw = np.maximum((MIDDLE + PER_DEVIATION * burdens) / MIDDLE, LEAST_LEVEL)
    level = raw / ((raw * persons).sum(axis=1, keepdims=True) / persons.sum())
    need = persons * (1 + order.gearing * (level - 1))
    low, high = order.limits(before).around(persons)
    high = np.where(persons > 0, high, low)
    shares = np.clip(_factors(need, low, high, order.amount)[:, None] * need, low, high)
    return shares.min(axis=0), np.median(shares, axis=0), shares.max(axis=0)


def _factors(need: FloatArray, low: FloatArray, high: FloatArray, amount: float) -> FloatArray:
    """Return the factor of each draw that spends the amount.

    The sum only rises and is straight between the corners where an area meets a limit: a step
    along its slope lands on the factor once no corner lies between. Steps that leave what is
    known of a draw are replaced by halving.
    """
    under = np.zeros(len(need))
    over = (np.minimum(high, amount) / need).max(axis=1)
    found: FloatArray = np.minimum(amount / need.sum(axis=1), over)
    at = np.arange(len(need))
    for _ in range(_STEPS):
        wanted = found[at, None] * need[at]
        left = amount - np.clip(wanted, low, high).sum(axis=1)
        is_open = np.abs(left) > _NEAR * amount
        if not is_open.any():
            break
        at, wanted, left = at[is_open], wanted[is_open], left[is_open]
        under[at] = np.where(left > 0, found[at], under[at])
        over[at] = np.where(left > 0, over[at], found[at])
        free = (wanted > low) & (wanted < high)
        slope = (need[at] * free).sum(axis=1)
        step = found[at] + np.divide(left, slope, out=np.full(len(at), np.inf), where=slope > 0)
        is_inside = (step > under[at]) & (step < over[at])
        found[at] = np.where(is_inside, step, (under[at] + over[at]) / 2)
    return found


def _payable(
    exact: Sequence[float],
    order: Order,
    codes: Sequence[str],
    changes: tuple[FloatArray, FloatArray] | None = None,
) -> tuple[tuple[float, ...], tuple[int, ...]]:
    """Return amounts in whole parts that add up to the amount, and between whom a tie decided.

    Limits against last year are whole parts: largest remainders keep them by themselves, because
    they never leave the two whole numbers around a share; divisors have to be told.
    """
    step = UNITS[order.unit]
    weights = [max(0.0, x) for x in exact]
    if order.rule == "lague" and order.unit != "euro":
        low, high = changes or (np.zeros(len(weights)), np.full(len(weights), np.inf))
        within = np.round(low * step).tolist(), np.round(high * step).tolist()
        found = sainte_lague(weights, order.parts, codes, within=within)
    else:
        found = largest_remainder(weights, order.parts, codes)
    return tuple(int(n) / step for n in found["seats"]), tuple(found.get("tied", ()))


def _by_quintile(
    persons: FloatArray, amounts: FloatArray, by_need: Sequence[int]
) -> tuple[float, ...]:
    """Return the amount for each child in fifths of the children; areas on a border are shared."""
    ordered = list(by_need)
    p, a = persons[ordered], amounts[ordered]
    ends = np.concatenate([[0.0], np.cumsum(p)])
    money = np.concatenate([[0.0], np.cumsum(a)])
    borders = np.linspace(0.0, ends[-1], QUINTILES + 1)
    at = np.interp(borders, ends, money)
    return tuple(float(x) for x in np.diff(at) / (ends[-1] / QUINTILES))
