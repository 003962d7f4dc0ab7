"""What the tests reach is added up, and too little ends the run."""

from __future__ import annotations

from click.testing import CliRunner

from tools import covered


def noted(executed: list[int], missing: list[int]) -> dict[str, object]:
    """Return what SlipCover tells of a file without branches."""
    return {
        "executed_lines": executed,
        "missing_lines": missing,
        "executed_branches": [],
        "missing_branches": [],
    }


def reached(domain_missing: list[int]) -> dict[str, object]:
    files = {f"{name}.py": noted([1], []) for name in covered.programs()}
    files["domain/rates.py"] = noted(list(range(1, 20)), domain_missing)
    return {"meta": {"software": "slipcover", "branch_coverage": True}, "files": files}


def outcome(monkeypatch, told: dict[str, object]) -> tuple[int, str]:
    monkeypatch.setattr(covered, "reached_by_all", lambda: told)
    monkeypatch.setattr(covered.slipcover, "print_coverage", lambda *_, **__: None)
    result = CliRunner().invoke(covered.main)
    return result.exit_code, result.output


def test_enough_is_told_with_its_figure(monkeypatch):
    code, said = outcome(monkeypatch, reached([20]))
    assert code == 0
    assert "domain and services: 95.0 % of lines and branches, at least 95 %" in said


def test_one_line_too_few_ends_the_run(monkeypatch):
    code, said = outcome(monkeypatch, reached([20, 21]))
    assert code == 1
    assert "too little is tested: domain and services" in said


def test_a_program_no_test_imports_is_named(monkeypatch):
    told = reached([])
    del told["files"]["cli.py"]
    code, said = outcome(monkeypatch, told)
    assert code == 1
    assert "never imported by a test: cli" in said
