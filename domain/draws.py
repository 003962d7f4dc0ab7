"""Cases drawn again around what was counted: many draws for each of many areas.

Each area is drawn a thousand times from one binomial distribution. How many of the draws fall on
each count is one draw from a multinomial distribution; put in random order, these are the same as
a thousand draws one by one, in a third of the time. The tables end eight standard deviations from
the mean, outside of which less than 1e-12 of the draws would lie.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
CountArray = npt.NDArray[np.int64]

_REACH = 8.0
_FEWEST_DRAWS = 2
"""Draws for each count of a table, below which drawing one by one is quicker."""


def draw_binomial(
    persons: CountArray, shares: FloatArray, draws: int, random: np.random.Generator
) -> CountArray:
    """Draw counts out of ``persons``, each counted with the probability ``shares``.

    Parameters
    ----------
    persons, shares
        Shape ``(n_areas,)``; shares between 0 and 1.
    draws
        Number of draws of each area.

    Returns
    -------
    array
        Shape ``(n_areas, draws)``.
    """
    means = persons * shares
    reach = _REACH * np.sqrt(means * (1 - shares)) + _REACH
    low = np.maximum(0, np.floor(means - reach)).astype(np.int64)
    width = np.minimum(persons, np.ceil(means + reach).astype(np.int64)) - low + 1
    drawn = np.repeat(np.rint(means).astype(np.int64)[:, None], draws, axis=1)
    uncertain = (shares > 0) & (shares < 1)
    narrow = uncertain & (width * _FEWEST_DRAWS <= draws)
    wide = uncertain & ~narrow
    counts = low[narrow, None] + np.arange(width[narrow].max(initial=1))
    drawn[narrow] = _spread(
        counts, _chances(counts, persons[narrow, None], shares[narrow, None]), draws, random
    )
    drawn[wide] = random.binomial(persons[wide, None], shares[wide, None], (wide.sum(), draws))
    return drawn


def _chances(counts: CountArray, persons: CountArray, shares: FloatArray) -> FloatArray:
    """Return the binomial probabilities of counts, from each one over that of the one before."""
    with np.errstate(divide="ignore"):
        steps = np.log(np.maximum(persons - counts + 1, 0) / np.maximum(counts, 1))
    steps += np.log(shares / (1 - shares))
    steps[:, 0] = 0.0
    logs = np.cumsum(steps, axis=1)
    chances = np.exp(logs - logs.max(axis=1, keepdims=True))
    return np.asarray(chances / chances.sum(axis=1, keepdims=True))


def _spread(
    counts: CountArray, chances: FloatArray, draws: int, random: np.random.Generator
) -> CountArray:
    """Return ``draws`` of the counts of every row, by their chances and in random order."""
    often = random.multinomial(draws, chances)
    sorted_draws = np.repeat(counts.ravel(), often.ravel()).reshape(len(counts), draws)
    return random.permuted(sorted_draws, axis=1)
