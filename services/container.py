"""The services of one installation, built once by ``app.py`` and ``cli.py``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cachelib.serializers import JSONSerializer
from flask import Flask
from flask_caching import Cache

from config import Settings
from data.appdb import open_database
from data.releases import ReleaseStore
from services.cache import ResultCache
from services.jobs import JobService
from services.monitoring import MonitoringService
from services.releases import ReleaseService

Clock = Callable[[], dt.datetime]


def utc_now() -> dt.datetime:
    """Return the present moment in UTC; times are stored in UTC."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class Services:
    """Everything a front end may ask."""

    data_dir: Path
    store: ReleaseStore
    releases: ReleaseService
    monitoring: MonitoringService
    jobs: JobService
    cache: ResultCache


def build_cache(settings: Settings) -> ResultCache:
    """Return the cache: in this process, or in Redis when an address is set.

    Connections to Redis give up after 0.2 s, so that a hanging server costs one short wait.
    """
    config: dict[str, object] = {
        "CACHE_TYPE": "SimpleCache",
        "CACHE_THRESHOLD": settings.cache_entries,
        "CACHE_DEFAULT_TIMEOUT": 0,
        "CACHE_SERIALIZER": JSONSerializer(),
    }
    if settings.redis_url:
        config |= {
            "CACHE_TYPE": "RedisCache",
            "CACHE_REDIS_URL": settings.redis_url,
            "CACHE_OPTIONS": {"socket_connect_timeout": 0.2, "socket_timeout": 0.2},
        }
    holder = Flask("cache")
    cache = Cache(holder, config=config)
    return ResultCache(holder.extensions["cache"][cache])


def build_services(settings: Settings, *, clock: Clock = utc_now) -> Services:
    """Open the data folder and build all services; safe to call more than once."""
    database = open_database(settings.database, settings.data_dir)
    store = ReleaseStore(settings.data_dir, database)
    cache = build_cache(settings)
    releases = ReleaseService(store)
    return Services(
        data_dir=settings.data_dir,
        store=store,
        releases=releases,
        monitoring=MonitoringService(releases, cache),
        jobs=JobService(database, clock),
        cache=cache,
    )
