"""Every prepared file through the whole import; see tests/badfiles."""

import pytest

from tests.badfiles import collected, trial
from tests.badfiles.judgement import judge

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    return trial.publish_good_town(tmp_path_factory.mktemp("town"))


@pytest.mark.parametrize(
    ("form", "case"), [pytest.param(f, c, id=c.name) for f, c in collected.form_cases()]
)
def test_an_import_stands_a_prepared_file(form, case, tmp_path, published, capfd):
    seen = trial.run(case, form, tmp_path, published)
    seen.log = "".join(capfd.readouterr())
    judge(case, form, seen)
