"""What a rule found, in words and as a map: found, not found, and not to be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.model import SHOWN_STATES, Catalogue, Indicator
from domain.rule_search import NO_PERIOD, RuleArea, RuleColumn, RuleHelp, RuleResult
from domain.rules import Rule, RuleProblem, parse_rule
from domain.view import MapFrame
from figures import theme
from figures.lettered_map import Lettered, lettered_paint
from figures.sentences import after_preposition, dated, quantity, unit_suffix
from figures.side_maps import LegendRow, MapPicture
from i18n import LANGUAGES, Translate
from i18n.formats import number
from i18n.periods import period_label

FOUND, NOT, UNTOLD = "ynu"


def rule_text(rule: Rule, names: Mapping[str, Sequence[str]], tr: Translate, language: str) -> str:
    """Write a rule as a reader writes it, by names where these are clear, else by ids."""

    def written(by: Mapping[str, str]) -> str:
        rows = (
            tr("siderule.and").join(
                f"{by[c.indicator]} {c.operator} {decimal(c.number, language)}" for c in row
            )
            for row in rule.rows
        )
        return tr("siderule.or").join(rows)

    own = LANGUAGES.index(language)  # short names come first, one a language
    named = written({i: f'"{names[i][own]}"' for i in rule.indicators})
    return named if parse_rule(named, names) == rule else written({i: i for i in rule.indicators})


def decimal(number_text: str, language: str) -> str:
    """Write a number of an address with the decimal sign of the reader."""
    return number_text.replace(".", ",") if language == "de" else number_text


def problem_text(problem: RuleProblem, tr: Translate) -> str:
    """Say what is wrong with a rule, at which condition, and what helps."""
    told = tr(f"siderule.problem.{problem.code}", **dict(problem.params))
    return tr("siderule.problem", place=problem.place, told=told)


def help_text(told: RuleHelp, indicator: Indicator, tr: Translate, language: str) -> str:
    """Say where the values of an indicator lie."""
    if told.low is None or told.mean is None or told.high is None:
        return tr("siderule.help_none")
    return tr(
        "siderule.help",
        period=period_label(told.period, language),
        low=number(told.low, indicator.decimals, language),
        mean=number(told.mean, indicator.decimals, language),
        high=quantity(told.high, indicator, language),
        n=number(told.n_shown, 0, language),
        hidden=number(told.n_hidden, 0, language),
    )


def result_title(result: RuleResult, tr: Translate, language: str) -> str:
    """Say how many areas fulfil the rule."""
    n = len(result.found)
    return tr(
        "siderule.found_none" if not n else "siderule.found_one" if n == 1 else "siderule.found",
        n=number(n, 0, language),
        all=number(len(result.area_ids), 0, language),
        words=after_preposition(result.level.area_word.in_language(language), language),
    )


def result_lines(
    result: RuleResult, catalogue: Catalogue, tr: Translate, language: str
) -> tuple[str, ...]:
    """Say which periods were looked at, and how many areas could not be judged."""
    periods = [
        dated(_name(c, language), period_label(c.period, language))
        if c.period != NO_PERIOD
        else tr("siderule.no_values", name=_name(c, language))
        for c in result.columns
    ]
    sources = {c.indicator.source for c in result.columns}
    offices = sorted({s.office for s in catalogue.sources if s.id in sources})
    lines = [tr("siderule.looked_at", periods="; ".join(periods), offices="; ".join(offices))]
    if result.untold:
        lines.append(untold_text(result, tr, language))
    return tuple(lines)


def untold_text(result: RuleResult, tr: Translate, language: str) -> str:
    """Say how many areas are neither found nor ruled out."""
    n = len(result.untold)
    key = "siderule.untold_one" if n == 1 else "siderule.untold"
    return tr(key, n=number(n, 0, language))


def _name(column: RuleColumn, language: str) -> str:
    return column.indicator.short_name.in_language(language)


def column_names(result: RuleResult, language: str) -> tuple[str, ...]:
    """Return the heads of the columns of values, with unit and period."""
    return tuple(
        f"{_name(c, language)} ({unit_suffix(c.indicator, language).strip()})"
        for c in result.columns
    )


def area_texts(area: RuleArea, result: RuleResult, tr: Translate, language: str) -> tuple[str, ...]:
    """Write the values of an area, or why there is none."""
    cells = zip(result.columns, area.values, area.states, strict=True)
    return tuple(
        tr(f"state.{state}")
        if value is None or state not in SHOWN_STATES
        else number(value, column.indicator.decimals, language)
        for column, value, state in cells
    )


def result_picture(
    result: RuleResult,
    frame: MapFrame,
    names: Sequence[str],
    tr: Translate,
    language: str,
) -> MapPicture:
    """Return the map of a result: found areas dark, those not to be told with a pattern."""
    letters = "".join({True: FOUND, False: NOT, None: UNTOLD}[a] for a in result.answers)
    title = result_title(result, tr, language)
    words = {key: tr(f"siderule.key_{key}") for key in (FOUND, NOT, UNTOLD)}
    colours = {FOUND: theme.ACCENT, NOT: theme.NEUTRAL_FILL}
    texts = [words[key] for key in letters]
    told = Lettered(
        areas=result.area_ids,
        names=names,
        letters=letters,
        states="o" * len(letters),
        colours=colours,
        texts=texts,
        untold=[UNTOLD],
    )
    return MapPicture(
        place="rule",
        title=title,
        sub="",
        source="",
        legend_title=tr("siderule.legend"),
        legend=tuple(
            LegendRow(
                words[key],
                number(letters.count(key), 0, language),
                colour=colours.get(key, ""),
                pattern="untold" if key == UNTOLD else "",
            )
            for key in (FOUND, NOT, UNTOLD)
        ),
        texts=tuple(texts),
        paint=lettered_paint("rule", result.level, frame, told),
        file="",
    )
