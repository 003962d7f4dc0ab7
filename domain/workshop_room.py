"""What a room shows at a moment, and how the presenter moves it on.

A state is small and has a version that grows with every move; phones ask for what is newer than
the version they have, so that a move is worked out once and read a thousand times.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from domain.workshop_script import Script, Slide, is_view

WAITING, OPEN, ENDED = PHASES = ("waiting", "open", "ended")
NEXT, BACK, GO, REVEAL, HIDE, BLANK, LIGHT, EXPLORE, RETURN, ACCEPT, REFUSE, START, END = MOVES = (
    "next", "back", "go", "reveal", "hide", "blank", "light", "explore", "return", "accept",
    "refuse", "start", "end",
)  # fmt: skip

MEETING, QUESTION = SORTS = ("room", "question")
"""A meeting with a stage, or a question that stays open and is answered without one."""


class MoveError(ValueError):
    """A move that cannot be made; ``key`` names the sentence."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True)
class RoomState:
    """What everybody in a room sees.

    Attributes
    ----------
    version
        One more with each move.
    phase
        One of :data:`PHASES`; an ended room never opens again.
    position
        The slide that is shown, from 0.
    is_revealed
        Whether the results of the slide, and the map of a guess, are shown.
    is_blank
        Whether the stage is dark for a moment.
    accepts
        Whether answers are taken; guesses close when they are revealed.
    explored
        Address of a page that is shown instead of the slide, empty for the script.
    follows
        Whether phones show what is explored as well.
    told
        Guesses whose answer was revealed once: they stay closed when the presenter returns.
    since
        When the slide came to be shown, in seconds since 1970; 0 before any was.
    """

    version: int = 1
    phase: str = WAITING
    position: int = 0
    is_revealed: bool = False
    is_blank: bool = False
    accepts: bool = False
    explored: str = ""
    follows: bool = True
    told: tuple[str, ...] = ()
    since: int = 0


def shown_slide(state: RoomState, script: Script) -> Slide | None:
    """Return the slide that is shown; None before, after, and where the script has none."""
    if state.phase != OPEN or not 0 <= state.position < len(script.slides):
        return None
    return script.slides[state.position]


def takes_answers(state: RoomState, script: Script, slide_id: str, kind: str = MEETING) -> bool:
    """Whether answers to a slide are taken now: it is shown, asks, and is open.

    Without a meeting (``kind`` is :data:`QUESTION`) all slides that ask are open at once.
    """
    if kind == QUESTION:
        at = script.at(slide_id)
        return state.phase == OPEN and at >= 0 and script.slides[at].asks
    slide = shown_slide(state, script)
    return slide is not None and slide.id == slide_id and slide.asks and state.accepts


def move(
    state: RoomState,
    script: Script,
    deed: str,
    *,
    position: int = 0,
    view: str = "",
    follows: bool = True,
) -> RoomState:
    """Return the state after a move of the presenter.

    Parameters
    ----------
    deed
        One of :data:`MOVES`.
    position
        Where ``go`` leads, from 0.
    view, follows
        What ``explore`` shows, and whether phones follow.

    Raises
    ------
    MoveError
        No such move, the room has ended or is not open, or the page cannot be shown.

    Notes
    -----
    A move that changes nothing leaves the version as it is, so that it can be sent twice.
    """
    if deed not in MOVES:
        raise MoveError("workshop.problem.move")
    if state.phase == ENDED:
        raise MoveError("workshop.problem.ended")
    if state.phase == WAITING and deed not in (START, END):
        raise MoveError("workshop.problem.waiting")
    if deed == EXPLORE:
        if not is_view(view):
            raise MoveError("workshop.problem.explored")
        after = replace(state, explored=view, follows=follows, is_blank=False)
    elif deed == GO:
        after = _at(state, script, position)
    else:
        after = _PLAIN[deed](state, script)
    return after if after == state else replace(after, version=state.version + 1)


def _at(state: RoomState, script: Script, position: int) -> RoomState:
    """Go to a slide: its results are hidden again, and it takes answers if it asks.

    A guess whose answer was told stays closed: whoever has seen the map can no longer guess.
    """
    last = len(script.slides) - 1
    wanted = min(max(position, 0), max(last, 0))
    if wanted == state.position and state.phase == OPEN:
        return replace(state, explored="", is_blank=False)
    after = replace(
        state, phase=OPEN, position=wanted, is_revealed=False, is_blank=False, explored=""
    )
    slide = shown_slide(after, script)
    return replace(after, accepts=slide is not None and slide.asks and slide.id not in state.told)


def _revealed(state: RoomState, script: Script) -> RoomState:
    slide = shown_slide(state, script)
    if slide is None or slide.kind != "guess":
        return replace(state, is_revealed=True)
    told = state.told if slide.id in state.told else (*state.told, slide.id)
    return replace(state, is_revealed=True, accepts=False, told=told)


def _accepting(state: RoomState, script: Script) -> RoomState:
    """Take answers again; a guess only once its answer is hidden, and never by itself."""
    slide = shown_slide(state, script)
    can = slide is not None and slide.asks and not (slide.kind == "guess" and state.is_revealed)
    return replace(state, accepts=can)


_PLAIN: Mapping[str, Callable[[RoomState, Script], RoomState]] = {
    START: lambda s, script: _at(s, script, s.position) if s.phase == WAITING else s,
    END: lambda s, _: replace(s, phase=ENDED, accepts=False, explored="", is_blank=False),
    NEXT: lambda s, script: _at(s, script, s.position + 1),
    BACK: lambda s, script: _at(s, script, s.position - 1),
    REVEAL: _revealed,
    HIDE: lambda s, _: replace(s, is_revealed=False),
    BLANK: lambda s, _: replace(s, is_blank=True),
    LIGHT: lambda s, _: replace(s, is_blank=False),
    RETURN: lambda s, _: replace(s, explored=""),
    ACCEPT: _accepting,
    REFUSE: lambda s, _: replace(s, accepts=False),
}
