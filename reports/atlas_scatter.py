"""Two indicators of an Atlas view against each other, or its funnel, for paper."""

from __future__ import annotations

from collections.abc import Sequence

from figures.atlas_view import AtlasView
from figures.funnel import funnel_payload
from figures.scatter import point_sizes, scatter_range
from i18n.formats import number
from reports.document import Picture, PointData
from reports.drawing.scatter import Dot, PlanLine, ScatterPlan, scatter_drawing
from services.funnels import build_funnel

_HEIGHT = 230.0
_DOT = 0.62
"""Points of paper to a pixel of the screen: a sheet is narrower."""
_DASHES = {"lower95": "4 2.5", "upper95": "4 2.5"}
_NAMED = 4


def scatter_picture(atlas: AtlasView, width: float) -> Picture | None:
    """Return what the scatter of a view shows; None without a second indicator.

    Where a funnel is asked for and the period has one, it is that.
    """
    if atlas.selection.scatter == "funnel":
        found = _funnel(atlas, width)
        if found is not None:
            return found
    return _relation(atlas, width)


def _relation(atlas: AtlasView, width: float) -> Picture | None:
    second, found = atlas.content.second, atlas.content.associations.get(atlas.period)
    if second is None or found is None:
        return None
    shown = atlas.shown
    lines: tuple[PlanLine, ...] = ()
    pairs = [
        (i, x, y)
        for i, (x, y) in enumerate(zip(shown.values, found.second_values, strict=True))
        if x is not None and y is not None
    ]
    if not pairs:
        return None
    if found.fit is not None:
        ends = (min(x for _, x, _ in pairs), max(x for _, x, _ in pairs))
        lines = (PlanLine(tuple((x, found.fit.intercept + found.fit.slope * x) for x in ends)),)
    names = tuple(
        f"{v.indicator.short_name.in_language(atlas.language)}, "
        f"{v.indicator.unit.in_language(atlas.language)}"
        for v in (atlas.view, second)
    )
    plan = ScatterPlan(
        dots=_dots(atlas, pairs),
        lines=lines,
        x_ends=_ends(scatter_range(atlas.view)),
        y_ends=_ends(scatter_range(second)),
        x_name=names[0],
        y_name=names[1],
        language=atlas.language,
    )
    texts = atlas.texts()
    decimals = (atlas.view.indicator.decimals, second.indicator.decimals)
    return _picture(atlas, plan, (texts["scatter"], texts["scatter_sub"]), pairs, decimals, width)


def _funnel(atlas: AtlasView, width: float) -> Picture | None:
    funnel = build_funnel(atlas.view)
    found = funnel.by_period.get(atlas.period) if funnel else None
    if funnel is None or found is None:
        return None
    shown, indicator = atlas.shown, atlas.view.indicator
    pairs = [
        (i, n, v)
        for i, (n, v) in enumerate(zip(shown.denominators, shown.values, strict=True))
        if n and v is not None and found.sides[i] is not None
    ]
    told = funnel_payload(atlas.view, funnel, atlas.tr, atlas.language)
    said = told["by"][atlas.period]
    lines = [
        PlanLine(tuple(zip(funnel.bases, limit, strict=False)), _DASHES.get(name, ""))
        for name, limit in found.limits.items()
    ]
    centre = PlanLine(tuple((x, found.centre) for x in (funnel.bases[0], funnel.bases[-1])), "1 2")
    unit = indicator.unit.in_language(atlas.language)
    plan = ScatterPlan(
        dots=_dots(atlas, pairs, is_uniform=True),
        lines=(*lines, centre),
        x_ends=(funnel.bases[0], funnel.bases[-1]),
        y_ends=_ends(scatter_range(atlas.view)),
        x_name=told["x_name"],
        y_name=f"{indicator.short_name.in_language(atlas.language)}, {unit}",
        is_logarithmic=funnel.is_logarithmic,
        language=atlas.language,
    )
    texts = (said["title"], f"{said['sub']} · {said['centre_text']}")
    return _picture(atlas, plan, texts, pairs, (0, indicator.decimals), width)


def _ends(limits: list[float]) -> tuple[float, float]:
    return limits[0], limits[1]


def _dots(
    atlas: AtlasView, pairs: Sequence[tuple[int, float, float]], *, is_uniform: bool = False
) -> tuple[Dot, ...]:
    sizes, chosen = point_sizes(atlas.shown.denominators), atlas.chosen
    return tuple(
        Dot(
            x,
            y,
            _DOT * (9.0 if is_uniform else sizes[i]),
            chosen.get(i, ""),
            atlas.view.area_names[i] if i in chosen else "",
        )
        for i, x, y in pairs
    )


def _picture(
    atlas: AtlasView,
    plan: ScatterPlan,
    texts: tuple[str, str],
    pairs: Sequence[tuple[int, float, float]],
    decimals: tuple[int, int],
    width: float,
) -> Picture:
    names = tuple(atlas.view.area_names[i] for i, _, _ in pairs)
    places = [(atlas.view.area_names[i], x, y) for i, x, y in pairs if i in atlas.chosen]
    told = "; ".join(
        f"{name}: {number(x, decimals[0], atlas.language)} / "
        f"{number(y, decimals[1], atlas.language)}"
        for name, x, y in places[:_NAMED]
    )
    alt = atlas.tr(
        "document.scatter_alt",
        title=texts[0],
        x=plan.x_name,
        y=plan.y_name,
        n=len(pairs),
    )
    return Picture(
        title=texts[0],
        sub=texts[1],
        drawing=scatter_drawing(plan, width, _HEIGHT),
        alt=f"{alt} {told}".strip(),
        data=PointData(
            names=names,
            xs=tuple(x for _, x, _ in pairs),
            ys=tuple(y for _, _, y in pairs),
            units=(plan.x_name, plan.y_name),
            places=decimals,
        ),
    )
