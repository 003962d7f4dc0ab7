"""The release desk as a service: who may, what stands against it, and what the log says."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
import sqlalchemy as sa

from data.release_model import OutdatedReleaseError, PublishConflictError, UnknownReleaseError
from domain.progress import silent
from domain.release_rules import Given
from services.audit_log import LogQuery
from services.importing import ImportService
from services.jobs import JobState
from services.release_drafts import DeskRefusedError
from tests.release_desk import DeskTown

CONFIRMED = {"confirms_recalculation": True}


@pytest.fixture
def town(tmp_path):
    return DeskTown.at(tmp_path)


def ready(town):
    release = town.wait()
    town.check(release)
    town.hand_in(release)
    return release


def publish(town, release, who="bert", base=None, **more):
    given = Given(who, **{**CONFIRMED, **more.pop("given", {})})
    return town.services.desk.publish(
        release, given, base=town.first if base is None else base, **more
    )


def refused(town, release, who="bert", **more):
    with pytest.raises(DeskRefusedError) as told:
        publish(town, release, who, **more)
    assert town.services.store.current() == town.first
    return [key.removeprefix("desk.problem.") for key in told.value.keys]


def acts(town):
    _, rows = town.services.staff.log.rows(LogQuery())
    return [(r.actor, r.action, r.result) for r in rows if r.object in ("draft", "release")]


def test_a_second_person_publishes_what_the_first_handed_in(town):
    release = ready(town)
    assert publish(town, release)
    assert town.services.store.current() == release
    assert town.services.desk.note(release).en == "New: 2024"
    assert town.services.jobs.of_release(release).state is JobState.PUBLISHED
    done = [("anna", "check", "passed"), ("anna", "hand_in", "done"),
            ("bert", "publish", "done")]  # fmt: skip
    assert sorted(acts(town)[:3]) == sorted(done)
    assert town.services.staff.log.broken() == []


def test_nobody_approves_what_he_or_she_handed_in_or_built(town):
    release = ready(town)
    town.hand_in(release, by="bert")
    assert refused(town, release, "bert") == ["same_person"]
    assert refused(town, release, "cli") == ["same_person"]
    assert publish(town, release, "cora")


def test_what_was_not_handed_in_or_checked_is_refused(town):
    release = town.wait()
    assert refused(town, release) == ["not_handed_in", "not_checked"]
    town.hand_in(release)
    town.services.desk.take_back(release, "anna")
    town.check(release)
    assert refused(town, release) == ["not_handed_in"]
    assert ("bert", "publish", "refused") in acts(town)


def test_without_the_rule_one_person_is_enough(tmp_path):
    town = DeskTown.at(tmp_path, two_person="off")
    release = town.wait()
    town.check(release)
    assert publish(town, release)


def test_when_most_numbers_change_the_name_is_typed(town):
    def doubled(imported):
        values = imported.values.copy()
        count = values["indicator"].eq("kinder")
        values.loc[count, "value"] *= 2
        parts = ["numerator", "denominator", "value"]
        rest = ~count
        values.loc[rest, parts[1]] *= 2
        values.loc[rest & values["indicator"].ne("geheim"), parts[2]] /= 2
        return replace(imported, values=values)

    release = town.wait(doubled)
    town.check(release)
    town.hand_in(release)
    assert town.services.desk.draft(release).check.changed > 0.5
    assert "type_name" in refused(town, release)
    assert "type_name" in refused(town, release, given={"typed": town.first})
    assert publish(town, release, given={"typed": f" {release} "})


def test_a_weaker_rule_is_confirmed_and_the_log_keeps_by_whom(town):
    def weaker(imported):
        lowered = tuple(
            replace(i, minimum_denominator=i.minimum_denominator - 1)
            for i in imported.catalogue.indicators
        )
        return replace(imported, catalogue=replace(imported.catalogue, indicators=lowered))

    release = town.wait(weaker)
    town.check(release)
    town.hand_in(release)
    assert refused(town, release, given={"confirms_recalculation": False}) == ["recalculation"]
    assert publish(town, release)
    assert ("bert", "confirm_recalculation", "done") in acts(town)


def test_a_release_with_a_number_that_can_be_told_is_never_published(town):
    release = town.wait()
    town.services.checks.run(release, "anna", lambda: lambda _address: (500, b"broken"), silent())
    town.hand_in(release)
    assert refused(town, release) == ["not_passed"]
    assert ("anna", "check", "not_passed") in acts(town)


def test_the_second_publisher_overwrites_nothing(town):
    one, two = ready(town), ready(town)
    assert publish(town, one)
    with pytest.raises(PublishConflictError):
        publish(town, two, "cora")
    with pytest.raises(OutdatedReleaseError):
        publish(town, two, "cora", base=one)
    assert town.services.store.current() == one
    assert ("cora", "publish", "conflict") in acts(town)
    assert ("cora", "publish", "outdated") in acts(town)


def test_of_two_who_publish_at_once_one_succeeds(town):
    releases = {"bert": ready(town), "cora": ready(town)}
    ends, start = {}, threading.Barrier(2)

    def act(who):
        start.wait()
        try:
            ends[who] = publish(town, releases[who], who)
        except (PublishConflictError, OutdatedReleaseError) as late:
            ends[who] = type(late)

    threads = [threading.Thread(target=act, args=(who,)) for who in releases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winners = [who for who, end in ends.items() if end is True]
    assert len(winners) == 1
    assert town.services.store.current() == releases[winners[0]]
    assert town.services.staff.log.broken() == []


def test_an_embargo_ends_at_its_moment_and_once(town):
    release = ready(town)
    moment = town.clock.now.replace(microsecond=0)
    town.clock.on(seconds=-60)
    assert not publish(town, release, public_from=moment)
    assert town.services.desk.publish_due() == []
    assert town.services.store.current() == town.first
    assert town.services.desk.draft(release).state == "approved"
    town.clock.on(seconds=60)
    assert town.services.desk.publish_due() == [release]
    assert town.services.desk.publish_due() == []
    assert town.services.store.current() == release
    assert [a for a in acts(town) if a[1] == "publish"] == [
        ("bert", "publish", "done"), ("test", "publish", "done")
    ]  # fmt: skip


def test_a_database_that_cannot_write_keeps_nobody_from_reading(town, monkeypatch):
    release = ready(town)
    moment = town.clock.now
    town.clock.on(seconds=-60)
    publish(town, release, public_from=moment)
    town.clock.on(days=1)

    def full(*_, **__):
        raise sa.exc.OperationalError("UPDATE", {}, Exception("database or disk is full"))

    with monkeypatch.context() as patch:
        patch.setattr("services.release_desk.swap", full)
        assert town.services.desk.publish_due() == []
    assert town.services.store.current() == town.first
    assert town.services.desk.publish_due() == [release]


def test_a_release_of_another_town_takes_no_real_one_s_place(town):
    def real(imported, town_id):
        named = replace(imported.catalogue.town, id=town_id, fictional=False)
        return replace(imported, catalogue=replace(imported.catalogue, town=named))

    own = town.wait(lambda imported: real(imported, "kleinstadt"))
    town.check(own)
    town.hand_in(own)
    other = town.wait(lambda imported: real(imported, "anderswo"), town="anderswo")
    assert publish(town, own)
    town.hand_in(other)
    with pytest.raises(DeskRefusedError, match="other_town"):
        publish(town, other, base=own)


def test_an_approval_that_was_revoked_publishes_nothing(town):
    release = ready(town)
    moment = town.clock.now
    town.clock.on(seconds=-60)
    publish(town, release, public_from=moment)
    town.services.desk.revoke(release, "cora")
    town.clock.on(days=1)
    assert town.services.desk.publish_due() == []
    with pytest.raises(DeskRefusedError):
        town.services.desk.revoke(release, "cora")


def test_an_embargo_that_was_overtaken_ends_and_says_so(town):
    late, quick = ready(town), ready(town)
    moment = town.clock.now
    town.clock.on(seconds=-60)
    publish(town, late, public_from=moment)
    publish(town, quick, "cora")
    town.clock.on(days=1)
    assert town.services.desk.publish_due() == []
    assert town.services.store.current() == quick
    assert town.services.desk.draft(late).row.problem == "desk.problem.overtaken"
    assert town.services.desk.publish_due() == []


def test_a_withdrawn_release_cannot_be_opened_and_its_predecessor_is_public(town):
    release = ready(town)
    publish(town, release)
    assert town.services.desk.withdraw(release, "cora") == town.first
    releases = town.services.releases
    assert not releases.holds(release)
    assert releases.was_removed(release)
    assert releases.withdrawn() == 1
    assert town.services.desk.draft(release).info.state == "withdrawn"
    with pytest.raises(DeskRefusedError):
        town.services.desk.roll_back(release, "cora", base=town.first)
    with pytest.raises(DeskRefusedError) as last:
        town.services.desk.withdraw(town.first, "cora")
    assert last.value.keys == ("desk.problem.no_predecessor",)


def test_what_a_withdrawn_release_showed_stays_known(town):
    release = ready(town)
    publish(town, release)
    town.services.desk.withdraw(release, "cora")
    seen = ImportService(town.settings, town.services).shown_before("kleinstadt")
    assert {p.name for p in seen} == {release, town.first}


def test_rolling_back_needs_a_release_that_was_public_and_the_one_one_looked_at(town):
    release = ready(town)
    with pytest.raises(DeskRefusedError):
        town.services.desk.roll_back(release, "bert", base=town.first)
    publish(town, release)
    with pytest.raises(PublishConflictError):
        town.services.desk.roll_back(town.first, "bert", base=town.first)
    assert town.services.desk.roll_back(town.first, "bert", base=release) == town.first


@pytest.mark.parametrize("text", ["x" * 2001, "null\x00"])
def test_a_note_that_cannot_be_shown_is_refused(town, text):
    with pytest.raises(DeskRefusedError):
        town.services.desk.hand_in(town.wait(), "anna", department="", note_de=text, note_en="")


def test_an_unknown_release_is_unknown(town):
    with pytest.raises(UnknownReleaseError):
        town.services.desk.draft("2019-01-01-1")
    with pytest.raises(UnknownReleaseError):
        town.services.checks.enter("2019-01-01-1", "anna")
