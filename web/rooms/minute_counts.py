"""How often something happened within a minute, by whom; kept in this process for that minute."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

_MINUTE = 60.0
_MOST_KNOWN = 5_000


class MinuteCounts:
    """Lets everybody do something some times a minute."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._guard = threading.Lock()
        self._times: OrderedDict[str, deque[float]] = OrderedDict()

    def wait_after(self, who: str) -> int:
        """Note that somebody did it; return the seconds they have to wait, 0 while it is allowed.

        What is done while one has to wait counts as well.
        """
        now = self._clock()
        with self._guard:
            times = self._times.setdefault(who, deque(maxlen=self._most + 1))
            while times and now - times[0] >= _MINUTE:
                times.popleft()
            times.append(now)
            self._times.move_to_end(who)
            if len(self._times) > _MOST_KNOWN:
                self._times.popitem(last=False)
            is_too_often = len(times) > self._most
            return math.ceil(_MINUTE - (now - times[0])) if is_too_often else 0
