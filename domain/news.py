"""What a release has that the one before had not."""

from __future__ import annotations

from dataclasses import dataclass

from domain.model import Indicator, Level


@dataclass(frozen=True)
class News:
    """The difference between two catalogues.

    ``previous`` is None for a first release, and where earlier ones are no longer here
    (``is_pruned``). ``periods`` are those a known indicator had not before; ``levels`` are new
    levels and new boundary vintages.
    """

    release: str
    previous: str | None
    is_pruned: bool = False
    indicators: tuple[Indicator, ...] = ()
    gone: tuple[Indicator, ...] = ()
    periods: tuple[tuple[Indicator, tuple[str, ...]], ...] = ()
    levels: tuple[Level, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was added or taken away."""
        return not (self.indicators or self.gone or self.periods or self.levels)
