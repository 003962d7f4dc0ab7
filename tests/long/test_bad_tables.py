"""Every prepared table through the whole import; see tests/badfiles."""

import pytest

from tests.badfiles import collected, trial
from tests.badfiles.judgement import judge

pytestmark = pytest.mark.long

CASES = [pair for pair in collected.form_cases() if pair[0] in collected.TABLES]


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    return trial.publish_good_town(tmp_path_factory.mktemp("town"))


@pytest.mark.parametrize(("form", "case"), [pytest.param(f, c, id=c.name) for f, c in CASES])
def test_an_import_stands_a_prepared_table(form, case, tmp_path, published, capfd):
    seen = trial.run(case, form, tmp_path, published)
    seen.log = "".join(capfd.readouterr())
    judge(case, form, seen)
