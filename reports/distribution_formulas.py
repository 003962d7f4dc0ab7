"""Formulas of the workbook of a distribution: what an area gets, and how the factor is found.

Columns of an area: A name, B children, C index, D need before and E after its mean is 100, F part
of each child, G share before rounding, H whole parts, I rest, J share, K Gießkanne, L difference,
M last year, N and O least and most by last year, P and Q by all limits, R and S change.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.distribution import LEAST_LEVEL, MIDDLE, PER_DEVIATION

HALVINGS = 60
FIRST_ROW = 14
"""Row of the first area on the first sheet, counted from 1."""
NO_LIMIT = 1e15
"""What stands for the most of an area that has no limit."""
GIVEN = ("amount", "gearing", "floor", "cap", "parts", "rule", "fall", "rise")
"""Parameters from the fourth row on, in this order."""
FIRST_GIVEN = 4
_ALREADY = 1e-9
_PLACES = 6


@dataclass(frozen=True)
class Places:
    """Names of the sheets, and the last row of the areas."""

    main: str
    factor: str
    last: int

    def column(self, letter: str) -> str:
        """Return all cells of a column of areas, to be used in formulas."""
        return f"'{self.main}'!${letter}${FIRST_ROW}:${letter}${self.last}"

    def given(self, name: str) -> str:
        """Return the cell of a parameter."""
        return f"'{self.main}'!$B${GIVEN.index(name) + FIRST_GIVEN}"

    @property
    def whole(self) -> str:
        """Return how many whole parts are shared."""
        return f"ROUND({self.given('amount')}*{self.given('parts')},0)"


def share_formulas(row: int, at: Places) -> tuple[str, ...]:
    """Return the formulas of columns D to L: from the index to the share and the difference."""
    children, raw, exact = at.column("B"), at.column("D"), at.column("G")
    whole, rest, parts = at.column("H"), at.column("I"), at.whole
    lam = f"'{at.factor}'!$C${HALVINGS + 2}"
    # the upper end never gives out too many parts, its middle may by the last bit
    divisor = f"'{at.factor}'!$F${HALVINGS + 2}"
    before = f"$I${FIRST_ROW}:$I{row}"
    ahead = (
        f"SUMPRODUCT(--({rest}>$I{row}))"
        f"+SUMPRODUCT(({rest}=$I{row})*({exact}>$G{row}+{_ALREADY}))"
        f"+SUMPRODUCT(({before}=$I{row})*(ABS($G${FIRST_ROW}:$G{row}-$G{row})<={_ALREADY}))"
    )
    hare = f"H{row}+IF({ahead}<={parts}-SUM({whole}),1,0)"
    unit = at.given("parts")
    lague = f"MEDIAN(N{row}*{unit},O{row}*{unit},INT(G{row}/{divisor}+0.5))"
    return (
        f"MAX({LEAST_LEVEL},({MIDDLE}+{PER_DEVIATION}*C{row})/{MIDDLE})",
        f"100*D{row}*SUM({children})/SUMPRODUCT({children},{raw})",
        f"1+{at.given('gearing')}*(E{row}/100-1)",
        f"MIN(Q{row},MAX(P{row},{lam}*F{row}*B{row}))",
        f"INT(ROUND(G{row}/SUM({exact})*{parts},7))",
        f"ROUND(G{row}/SUM({exact})*{parts}-H{row},7)",
        f'IF({at.given("rule")}="lague",{lague},{hare})/{unit}',
        f"{at.given('amount')}*B{row}/SUM({children})",
        f"J{row}-K{row}",
    )


def limit_formulas(row: int, at: Places) -> tuple[str, ...]:
    """Return the formulas of columns N to S: limits by last year, all limits, the change.

    Limits by last year go inward to whole parts, or outward where none lies between them, as in
    :func:`domain.last_year.change_bounds`.
    """
    fall, rise, unit = at.given("fall"), at.given("rise"), at.given("parts")
    down = f'IF({fall}="",0,ROUND(M{row}*{unit}*(1-{fall}),{_PLACES}))'
    up = f'IF({rise}="",{NO_LIMIT:.0E},ROUND(M{row}*{unit}*(1+{rise}),{_PLACES}))'
    is_empty = f"ROUNDUP({down},0)>ROUNDDOWN({up},0)"
    bound = f"ISNUMBER(M{row}),M{row}>0"
    cap = at.given("cap")
    return (
        f'IF(AND({bound},{fall}<>""),'
        f"IF({is_empty},ROUNDDOWN({down},0),ROUNDUP({down},0))/{unit},0)",
        f'IF(AND({bound},{rise}<>""),'
        f"IF({is_empty},ROUNDUP({up},0),ROUNDDOWN({up},0))/{unit},{NO_LIMIT:.0E})",
        f"MAX(N({at.given('floor')})*B{row},N{row})",
        f'MIN(IF({cap}="",{NO_LIMIT:.0E},{cap}*B{row}),O{row})',
        f'IF(ISNUMBER(M{row}),J{row}-M{row},"")',
        f'IF(AND({bound}),(J{row}-M{row})/M{row},"")',
    )


def halving_formulas(row: int, at: Places) -> tuple[str, ...]:
    """Return the formulas of one halving: of the factor, and of the divisor of whole parts."""
    children, need, exact = at.column("B"), at.column("F"), at.column("G")
    low, high, aim, up = at.column("P"), at.column("Q"), at.given("amount"), row - 1
    share = f"C{row}*{children}*{need}"
    spent = _sum_within(share, low, high)
    unit = at.given("parts")
    seats = f"INT({exact}/G{row}+0.5)"
    counted = _sum_within(seats, f"({at.column('N')}*{unit})", f"({at.column('O')}*{unit})")
    # with this factor everybody has the amount, or the most that is allowed
    most = f"(({high}<{aim})*{high}+({high}>={aim})*{aim})"
    is_first = row == FIRST_HALVING
    return (
        "0" if is_first else f"IF(D{up}<{aim},C{up},A{up})",
        f"SUMPRODUCT(MAX({most}/({children}*{need})))"
        if is_first
        else f"IF(D{up}<{aim},B{up},C{up})",
        f"(A{row}+B{row})/2",
        spent,
        "0" if is_first else f"IF(H{up}>{at.whole},G{up},E{up})",
        f"2*SUM({exact})+1" if is_first else f"IF(H{up}>{at.whole},F{up},G{up})",
        f"(E{row}+F{row})/2",
        counted,
    )


FIRST_HALVING = 2
"""Row of the first halving on its sheet, counted from 1."""


def _sum_within(numbers: str, low: str, high: str) -> str:
    """Return the sum of numbers, each kept between a least and a most."""
    return (
        f"SUMPRODUCT(({numbers}<{low})*{low}+({numbers}>{high})*{high}"
        f"+({numbers}>={low})*({numbers}<={high})*{numbers})"
    )
