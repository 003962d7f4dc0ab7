"""Linking the own account in a browser, which refuses forms that lead to another host."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page
from tests.e2e.readers import served
from tests.e2e.test_staff import add_user, set_up
from tests.sign_in_service import CLIENT, SECRET, sign_in_service
from tests.staff import PASSWORD


def test_the_owner_links_and_unlinks_the_account_by_keyboard(
    browser: Browser, demo_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "instance"
    shutil.copytree(demo_dir, folder)
    with sign_in_service() as service:
        monkeypatch.setenv("KECK_OIDC_ISSUER", service.issuer)
        monkeypatch.setenv("KECK_OIDC_CLIENT_ID", CLIENT)
        monkeypatch.setenv("KECK_OIDC_CLIENT_SECRET", SECRET)
        monkeypatch.setenv("KECK_OIDC_GROUPS", "statistik=planner")
        for url in served(folder):
            page, faults = open_page(browser)
            set_up(page, url, add_user(folder, "meier", "planner"))
            page.fill("#password-link", PASSWORD)
            page.press("#password-link", "Enter")
            expect(page.locator("h1")).to_have_text("Noch ein Schritt")
            assert barriers(page) == []
            page.locator("main a.staff__go").press("Enter")
            expect(page.locator("[role=status]")).to_contain_text("jetzt mit dem Anmeldedienst")
            assert barriers(page) == []
            page.fill("#password-link", PASSWORD)
            page.press("#password-link", "Enter")
            expect(page.locator("[role=status]")).to_contain_text("gelöst")
            page.context.close()
            assert faults == []
