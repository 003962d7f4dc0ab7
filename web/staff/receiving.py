"""A file that comes in by a form: written to its place while it is read, or not at all.

The form is read part by part instead of by Flask, so that nothing touches the disk before the
token of the form was looked at, and no file is held in memory.
"""

from __future__ import annotations

import errno
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from socket import SHUT_RD
from typing import Any, BinaryIO, Generic, TypeVar

from flask import request
from werkzeug.exceptions import ClientDisconnected, HTTPException, RequestEntityTooLarge
from werkzeug.sansio.multipart import (
    Data,
    Epilogue,
    Event,
    Field,
    File,
    MultipartDecoder,
    NeedData,
)

from services.disk_room import FullDiskError
from services.uploads import Incoming
from web.errors import RefusedRequestError
from web.staff.guard import Guard

AT_ONCE = 3
"""Files one process receives at a time: slow ones must not take the threads of all readers."""
IDLE_SECONDS = 30
LONGEST_SECONDS = 900
_PATIENCE_SECONDS = 5
_CHUNK = 64 * 1024
_MOST_PARTS = 20
_LONGEST_FIELD = 4096
_LONGEST_BOUNDARY = 200
_FULL = (errno.ENOSPC, errno.EDQUOT)
_turns = threading.BoundedSemaphore(AT_ONCE)
_ears = threading.BoundedSemaphore(AT_ONCE - 1)


Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Landing(Generic[Kept]):
    """What becomes of the file of a form.

    Attributes
    ----------
    page
        Where an answer that refuses the file leads back to.
    most_bytes
        How large the file may be.
    too_large
        The sentence for one that is larger.
    check
        Hears the fields before the file is read, and raises what stands against it.
    receiving
        Opens the place the file is written to.
    keep
        Takes what was received over, with the name it had.
    """

    page: str
    most_bytes: int
    too_large: str
    check: Callable[[Mapping[str, str]], None]
    receiving: Callable[[], AbstractContextManager[Incoming]]
    keep: Callable[[Incoming, str], Kept]


@dataclass
class _Form:
    """What was read so far: fields as they came, and of the file its name."""

    fields: dict[str, str] = field(default_factory=dict)
    file: str | None = None
    size: int = 0
    is_whole: bool = False


def receive(landing: Landing[Kept], guard: Guard) -> Kept:
    """Take the file of this request over.

    What the landing itself raises goes on to whoever called.

    Raises
    ------
    RefusedRequestError
        403 for a form of another session, 400 for one that is damaged, cut off or without a file,
        413 for a file that is too large, 408 for one that stopped coming, 503 where as many files
        are being received as may be, 507 for a full disk. Nothing stays behind.
    """
    try:
        with _turn():
            return _received(landing, guard)
    except Exception as refused:
        if isinstance(refused, RefusedRequestError):
            refused.link = landing.page
        _hear_out()
        raise


def _received(landing: Landing[Kept], guard: Guard) -> Kept:
    _expect(landing)
    events = _events()
    form = _Form()
    _read_fields(events, form)
    guard.check_token(form.fields.get("form_token", ""))
    if form.file is None:
        raise RefusedRequestError(400, "upload_no_file")
    landing.check(form.fields)
    return _kept(landing, events, form)


def _hear_out() -> None:
    """Read on for a moment, so that a browser that still sends gets its answer, then hang up.

    What is left unread the server would wait for before the next request of the connection. Of
    many at once only a few are heard out: threads are for readers.
    """
    socket = request.environ.get("gunicorn.socket")
    if socket is None:
        return
    is_heard_out = False
    if _ears.acquire(blocking=False):
        try:
            is_heard_out = _is_read_to_its_end(socket)
        finally:
            _ears.release()
    if not is_heard_out:
        with suppress(OSError):
            socket.shutdown(SHUT_RD)


def _is_read_to_its_end(socket: Any) -> bool:
    end = time.monotonic() + _PATIENCE_SECONDS
    with suppress(OSError, HTTPException):
        socket.settimeout(1)
        while time.monotonic() < end:
            if not request.environ["wsgi.input"].read(_CHUNK):
                return True
    return False


def _kept(landing: Landing[Kept], events: Iterator[Event], form: _Form) -> Kept:
    try:
        with landing.receiving() as incoming:
            _write(events, form, incoming.stream)
            if not form.is_whole:
                raise _broken()
            if not form.size:
                raise RefusedRequestError(400, "upload_empty")
            return landing.keep(incoming, form.file or "")
    except FullDiskError as full:
        raise RefusedRequestError(507, "upload_disk_full", free=str(full.free)) from None
    except OSError as fault:
        if fault.errno in _FULL:
            raise RefusedRequestError(507, "upload_disk_full", free="0") from None
        raise


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(blocking=False):
        raise RefusedRequestError(503, "upload_busy", retry_after=IDLE_SECONDS)
    try:
        yield
    finally:
        _turns.release()


def _expect(landing: Landing[Any]) -> None:
    """Allow this request a body larger than others, and refuse at once what says it is larger."""
    most = landing.most_bytes + _CHUNK
    request.max_content_length = most
    if (request.content_length or 0) > most:
        limit = str(landing.most_bytes >> 20)
        raise RefusedRequestError(413, landing.too_large, most=limit)
    # every browser says how long its form is; what does not is no browser
    if request.content_length is None or request.mimetype != "multipart/form-data":
        raise _broken()
    # a browser that stops sending shall not hold a thread; gunicorn hands its socket on for this
    if (socket := request.environ.get("gunicorn.socket")) is not None:
        socket.settimeout(IDLE_SECONDS)


def _events() -> Iterator[Event]:
    """Yield the parts of the form as they come in."""
    boundary = request.mimetype_params.get("boundary", "").encode("ascii", "replace")
    if not 0 < len(boundary) <= _LONGEST_BOUNDARY:
        raise _broken()
    decoder = MultipartDecoder(boundary, 4 * _CHUNK, max_parts=_MOST_PARTS)
    try:
        yield from _decoded(decoder, time.monotonic() + LONGEST_SECONDS)
    except RequestEntityTooLarge:  # of parts or of one head: the length was looked at before
        raise _broken() from None
    except ClientDisconnected as gone:
        # the stream takes a time-out for a browser that went away
        raise (_slow() if isinstance(gone.__context__, TimeoutError) else _broken()) from None
    except (ValueError, UnicodeError):
        raise _broken() from None


def _decoded(decoder: MultipartDecoder, end: float) -> Iterator[Event]:
    while True:
        event = decoder.next_event()
        if not isinstance(event, NeedData):
            yield event
            if isinstance(event, Epilogue):
                return
            continue
        if time.monotonic() > end:
            raise _slow()
        decoder.receive_data(request.stream.read(_CHUNK) or None)


def _slow() -> RefusedRequestError:
    return RefusedRequestError(408, "upload_slow")


def _broken() -> RefusedRequestError:
    return RefusedRequestError(400, "upload_broken")


def _read_fields(events: Iterator[Event], form: _Form) -> None:
    """Read the fields before the file; the form of the page has them in this order."""
    name = ""
    for event in events:
        if isinstance(event, File):
            form.file = event.filename
            return
        if isinstance(event, Field):
            name = str(event.name)
            form.fields[name] = ""
        elif isinstance(event, Data):
            form.fields[name] = form.fields.get(name, "") + event.data.decode("utf-8", "replace")
            if len(form.fields[name]) > _LONGEST_FIELD:
                raise _broken()


def _write(events: Iterator[Event], form: _Form, out: BinaryIO) -> None:
    """Write the file; what follows it in the form is read and means nothing."""
    is_file = True
    for event in events:
        if isinstance(event, Data) and is_file:
            out.write(event.data)
            form.size += len(event.data)
            is_file = event.more_data
        form.is_whole = isinstance(event, Epilogue)
