"""The services of one installation, built once by ``app.py`` and ``cli.py``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from cachelib.serializers import JSONSerializer
from flask import Flask
from flask_caching import Cache

from config import Settings
from data.appdb import open_database
from data.releases import ReleaseStore
from data.reserve import Reserve
from services.account_ground import AccountGround
from services.account_setup import SetupService
from services.accounts import AccountService
from services.articles import ArticleService
from services.audit_log import AuditLogService
from services.cache import ResultCache
from services.catalogue import CatalogueService
from services.catalogue_edits import CatalogueEdits
from services.comparisons import ComparisonService
from services.department_limits import DepartmentLimits
from services.difference_maps import DifferenceMapService
from services.early_warnings import EarlyWarningService
from services.export_jobs import ExportJobs
from services.facility_edits import FacilityEdits
from services.heavy_exports import HeavyExports
from services.jobs import JobService
from services.leases import LeaseService
from services.measure_choices import MeasureChoices
from services.measure_controls import MeasureControls
from services.measure_effects import EffectService
from services.measures import MeasureService
from services.monitoring import MonitoringService
from services.needs import NeedService
from services.new_facilities import NewFacilities
from services.offer_edits import OfferEdits
from services.offer_use import OfferUseService
from services.outlooks import OutlookService
from services.outside_flow import OutsideFlow
from services.outside_links import OutsideLinkService
from services.outside_provider import OutsideProvider, Provider
from services.outside_sign_in import OutsideSignInService
from services.own_account import OwnAccountService
from services.passwords import Passwords
from services.print_outlines import PrintOutlineService
from services.profiles import ProfileService
from services.release_checks import CheckService
from services.release_desk import ReleaseDesk
from services.releases import ReleaseService
from services.report_plans import ReportPlanService
from services.resources import ResourceService
from services.responsibilities import ResponsibilityService
from services.rule_search import RuleService
from services.scenarios import ScenarioService
from services.sealing import Sealing, seal_anew
from services.search import SearchService
from services.sessions import SessionService
from services.sharing import SharingService
from services.side_maps import SideMapService
from services.sign_in import SignInService
from services.twins import TwinService
from services.uploads import UploadService
from services.workshop_set import WorkshopServices, build_workshops
from services.workshop_views import WorkshopViews

Clock = Callable[[], dt.datetime]


def utc_now() -> dt.datetime:
    """Return the present moment in UTC; times are stored in UTC."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class StaffServices:
    """Accounts and what belongs to them."""

    accounts: AccountService
    setup: SetupService
    sign_in: SignInService
    sessions: SessionService
    own: OwnAccountService
    log: AuditLogService
    links: OutsideLinkService
    outside: OutsideSignInService | None = None
    """Signing in elsewhere; None where the settings name no service."""


@dataclass(frozen=True)
class Services:
    """Everything a front end may ask."""

    data_dir: Path
    reserve: Reserve
    store: ReleaseStore
    releases: ReleaseService
    monitoring: MonitoringService
    profiles: ProfileService
    comparisons: ComparisonService
    jobs: JobService
    cache: ResultCache
    twins: TwinService
    sharing: SharingService
    articles: ArticleService
    search: SearchService
    rules: RuleService
    resources: ResourceService
    needs: NeedService
    outlooks: OutlookService
    offer_use: OfferUseService
    warnings: EarlyWarningService
    side_maps: SideMapService
    outlines: PrintOutlineService
    heavy: HeavyExports
    exports: ExportJobs
    plans: ReportPlanService
    staff: StaffServices
    desk: ReleaseDesk
    checks: CheckService
    uploads: UploadService
    changes: DifferenceMapService
    leases: LeaseService
    catalogue: CatalogueService
    responsibilities: ResponsibilityService
    limits: DepartmentLimits
    facility_edits: FacilityEdits
    offer_edits: OfferEdits
    new_facilities: NewFacilities
    scenarios: ScenarioService
    measures: MeasureService
    measure_choices: MeasureChoices
    effects: EffectService
    workshops: WorkshopServices


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


def build_staff(
    settings: Settings,
    database: sa.Engine,
    clock: Clock,
    passwords: Passwords | None = None,
    *,
    signs_in: bool = True,
) -> StaffServices:
    """Build the services around accounts; ``passwords`` are those of the data folder.

    Without ``signs_in`` second factors are neither opened nor sealed, and no key is made for them.
    """
    passwords = passwords or Passwords(settings.data_dir / "cache" / "passwords")
    sessions = SessionService(database, clock)
    ground = AccountGround(database, clock, passwords, sessions)
    sealing = Sealing.of(settings) if signs_in else Sealing(())
    if signs_in:
        seal_anew(database, sealing)
    flow = build_flow(settings, database, clock)
    links = OutsideLinkService(database, clock, passwords, sealing, flow)
    return StaffServices(
        accounts=AccountService(database, clock),
        setup=SetupService(ground),
        sign_in=SignInService(ground, sealing),
        sessions=sessions,
        own=OwnAccountService(ground, sealing=sealing, server_mode=settings.server_mode),
        log=AuditLogService(database, clock),
        links=links,
        outside=OutsideSignInService(database, clock, sessions, flow, links) if flow else None,
    )


def build_flow(settings: Settings, database: sa.Engine, clock: Clock) -> OutsideFlow | None:
    """Build the way to the service of the settings; None where they name no service."""
    if not settings.oidc_issuer:
        return None
    provider = Provider(
        settings.oidc_issuer,
        settings.oidc_client_id,
        settings.oidc_client_secret,
        settings.oidc_group_claim,
        settings.oidc_department_claim,
    )
    return OutsideFlow(database, clock, OutsideProvider(provider), settings.oidc_groups)


def build_services(
    settings: Settings,
    *,
    clock: Clock = utc_now,
    opens_waiting: bool = False,
    signs_in: bool = True,
) -> Services:
    """Open the data folder and build all services; safe to call more than once.

    With ``opens_waiting`` everybody may ask for releases that wait: only for their check. Without
    ``signs_in`` nobody can sign in with a second factor: for commands and processes that serve
    nobody, and that need not know the secret of the server.
    """
    database = open_database(settings.database, settings.data_dir)
    store = ReleaseStore(settings.data_dir, database)
    cache = build_cache(settings)
    releases = ReleaseService(store, opens_waiting=opens_waiting)
    monitoring = MonitoringService(releases, cache)
    twins = TwinService(releases)
    jobs = JobService(database, clock)
    comparisons = ComparisonService(monitoring, releases)
    rules, side_maps = RuleService(monitoring, releases), SideMapService(monitoring)
    needs = NeedService(monitoring, releases)
    edits = CatalogueEdits(store, database, clock)
    facility_edits = FacilityEdits(store, edits)
    scenarios = ScenarioService(database, clock, edits)
    measure_choices = MeasureChoices(monitoring, releases)
    measures = MeasureService(database, clock, edits, measure_choices)
    outlines = PrintOutlineService(releases)
    return Services(
        data_dir=settings.data_dir,
        reserve=Reserve(settings.data_dir),
        store=store,
        releases=releases,
        monitoring=monitoring,
        profiles=ProfileService(releases, twins),
        comparisons=comparisons,
        jobs=jobs,
        cache=cache,
        twins=twins,
        sharing=SharingService(
            database,
            clock,
            makes_links=settings.short_links == "on",
            ancestors=settings.embed_ancestors,
        ),
        articles=ArticleService(settings.data_dir, monitoring),
        search=SearchService(releases, monitoring),
        rules=rules,
        resources=ResourceService(monitoring, releases, scenarios),
        needs=needs,
        outlooks=OutlookService(monitoring, releases, needs),
        offer_use=OfferUseService(monitoring, releases, needs),
        warnings=EarlyWarningService(monitoring, releases),
        side_maps=side_maps,
        outlines=outlines,
        heavy=HeavyExports(settings.data_dir / "cache" / "exports"),
        exports=ExportJobs(settings, jobs),
        plans=ReportPlanService(releases, monitoring, comparisons, side_maps, rules),
        staff=build_staff(settings, database, clock, signs_in=signs_in),
        desk=ReleaseDesk(
            store,
            database,
            jobs,
            clock,
            two_persons=settings.two_persons,
            keep=settings.keep_releases,
        ),
        checks=CheckService(settings, store, database, jobs, clock),
        uploads=UploadService(settings, store, jobs, clock),
        changes=DifferenceMapService(store, releases),
        leases=LeaseService(database, clock),
        catalogue=CatalogueService(store, edits),
        responsibilities=ResponsibilityService(store, database, clock, edits),
        limits=DepartmentLimits(edits),
        facility_edits=facility_edits,
        offer_edits=OfferEdits(store, edits),
        new_facilities=NewFacilities(store, edits, facility_edits),
        scenarios=scenarios,
        measures=measures,
        measure_choices=measure_choices,
        effects=EffectService(monitoring, releases, MeasureControls(releases, twins), measures),
        workshops=build_workshops(
            database, clock, edits, WorkshopViews(monitoring, releases, outlines)
        ),
    )
