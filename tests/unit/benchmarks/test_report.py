import pytest

from benchmarks.__main__ import PARTS, parse
from benchmarks.report import METHOD, report_text
from benchmarks.results import (
    BOKEH,
    NAIVE,
    PRODUCT,
    Findings,
    Hover,
    Memory,
    Play,
    Start,
    Switch,
    Throughput,
    Times,
)
from benchmarks.targets import ratio, targets


def switch(tool, ms, *, what="indicator", whole=None, size=542):
    three = Times(ms, ms / 2, ms * 2)
    page = None if whole is None else Times(whole, whole, whole)
    return Switch(size, tool, what, three, page, kilobytes=12.5, requests=1, cpu_ms=3)


@pytest.fixture
def findings():
    found = Findings(machine=["2 cores"], notes=["memory of Berlin was not measured"])
    found.switches += [
        switch(NAIVE, 880.0),
        switch(BOKEH, 100.0),
        switch(PRODUCT, 80.0, whole=160.0),
    ]
    return found


def by_name(findings):
    return {target.name: target for target in targets(findings)}


def test_a_target_is_met_missed_or_not_measured(findings):
    found = by_name(findings)
    assert found["indicator, 542 areas, of naive Dash"].is_met is True
    assert found["whole page, indicator, 542 areas, of its three charts"].is_met is False
    assert found["indicator, 10,997 areas, of Bokeh server"].is_met is None


def test_a_limit_itself_is_kept(findings):
    findings.switches[1] = switch(BOKEH, 80 / 0.9)
    assert by_name(findings)["indicator, 542 areas, of Bokeh server"].is_met is True


def test_more_throughput_is_better_and_less_memory(findings):
    findings.throughputs += [
        Throughput(542, tool, per_second, 1, 10, 0)
        for tool, per_second in ((NAIVE, 2.0), (PRODUCT, 700.0))
    ]
    findings.memories += [Memory("Berlin", 100, 100, 300.0)]
    found = by_name(findings)
    assert found["throughput, of naive Dash"].measured == 350
    assert found["throughput, of naive Dash"].is_met is True
    assert found["memory of a worker, Berlin"].is_met is False


def test_the_worst_of_several_towns_decides(findings):
    findings.hovers += [
        Hover(size, Times(ms, ms, ms), Times(40, 40, 40)) for size, ms in ((86, 5.0), (542, 20.0))
    ]
    findings.plays += [Play(86, 15, 400, 0), Play(542, 15, 600, 2)]
    found = by_name(findings)
    assert found["hover: mark set within one frame"].is_met is False
    assert found["requests of playing all years"].measured == 2


def test_a_ratio_needs_both_tools(findings):
    assert ratio(findings, 542, BOKEH, "indicator") == pytest.approx(0.8)
    assert ratio(findings, 542, BOKEH, "indicator", of="low") == pytest.approx(0.8)
    assert ratio(findings, 542, BOKEH, "year") is None
    assert ratio(findings, 86, BOKEH, "indicator") is None


def test_the_report_says_what_was_measured_and_what_was_not(findings):
    findings.starts += [Start(1500.0, 1400.0)]
    text = report_text(findings)
    assert "| KECK-Atlas | indicator | 80 (40–160) | 160 (160–160) |" in text
    assert "the product takes 0.8 × the time of Bokeh server" in text
    assert "| import of the application | ≤ 2,000 ms | 1,500 ms | met |" in text
    assert "memory of Berlin was not measured" in text
    assert "## Pointer and play" not in text
    assert text.endswith(METHOD.read_text(encoding="utf-8"))


def test_losses_are_told_in_every_report():
    text = report_text(Findings())
    assert "## Losses" in text
    assert "0 met, 0 missed" in text


def test_only_a_whole_run_is_written_down(tmp_path):
    assert parse([]).report.name == "benchmarks.md"
    assert parse([]).only == PARTS
    assert parse(["--only", "server,start"]).report is None
    assert parse(["--only", "server", "--report", str(tmp_path)]).report == tmp_path
    assert parse(["--sizes", "86,10997"]).sizes == (86, 10997)


@pytest.mark.parametrize(
    "arguments", [["--only", "speed"], ["--sizes", "many"], ["--repeats", "0"]]
)
def test_a_wrong_argument_is_refused(arguments, capsys):
    with pytest.raises(SystemExit):
        parse(arguments)
    assert arguments[0] in capsys.readouterr().err
