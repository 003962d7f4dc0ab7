"""Steps of long work: counts at intervals, shares that never fall, one line as text."""

from domain.progress import Progress, Step, counting


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def heard():
    told = []
    clock = Clock()
    return Progress.to(lambda share, step: told.append((share, step)), clock), clock, told


def test_parts_share_the_stretch_and_never_go_back():
    progress, _, told = heard()
    progress.part(0.5, 1.0).part(0.0, 0.5).at(0.5, "import.reading", file="a.csv")
    progress.at(0.1, "import.step.checks")
    assert told == [
        (0.625, Step("import.reading", {"file": "a.csv"})),
        (0.625, Step("import.step.checks")),
    ]


def test_counts_come_at_intervals():
    progress, clock, told = heard()
    count = progress.counted("import.reading", file="a.csv")
    for done in range(1, 101):
        clock.now += 0.01
        count(done, 200)
    assert [step.params["done"] for _, step in told] == [1, 26, 51, 76]
    assert told[-1] == (0.38, Step("import.reading", {"file": "a.csv", "done": 76, "of": 200}))


def test_where_the_whole_is_unknown_the_share_stays():
    progress, _, told = heard()
    progress.part(0.2, 0.4).counted("import.reading", "import.looking_through", file="a.xlsx")(7, 0)
    assert told == [(0.2, Step("import.looking_through", {"file": "a.xlsx", "done": 7}))]


def test_rows_pass_and_are_counted():
    seen = []
    rows = list(counting(range(12_000), 12_000, lambda done, of: seen.append((done, of))))
    assert rows == list(range(12_000))
    assert seen == [(0, 12_000), (5000, 12_000), (10_000, 12_000)]


def test_a_step_is_kept_as_one_line():
    step = Step("import.reading", {"file": "Ein wohner.csv", "done": 3, "of": 9})
    assert Step.of(str(step)) == step
    assert str(Step("import.waiting")) == "import.waiting"
    assert Step.of("import.waiting") == Step("import.waiting")
