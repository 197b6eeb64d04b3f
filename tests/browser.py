"""Debian's Chromium for tests: one for a session; what it asked for and what it complained about is kept."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import missing

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1280,900",
)  # fmt: skip


class Browser:
    """A Selenium driver with the questions that the tests ask."""

    def __init__(self, profile: Path) -> None:
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service

        options = webdriver.ChromeOptions()
        options.binary_location = str(shutil.which("chromium"))
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service(str(shutil.which("chromedriver"))))
        self.driver.set_page_load_timeout(60)

    def open(self, url: str) -> None:
        self.messages()
        self.requested()
        self.driver.get(url)

    def messages(self) -> list[str]:
        """What the console said since the last time."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requested(self) -> list[str]:
        """The addresses that pages asked for since the last time."""
        events = (json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance"))
        return [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]

    def assert_quiet(self, *hosts: str) -> None:
        """No console message, and no request to a host but these."""
        said = self.messages()
        assert said == [], said
        asked = {
            urlsplit(url).netloc
            for url in self.requested()
            if urlsplit(url).scheme not in ("data", "about", "blob", "chrome")
        }
        assert asked <= {"", *hosts}

    def all(self, css: str) -> list:
        from selenium.webdriver.common.by import By

        return self.driver.find_elements(By.CSS_SELECTOR, css)

    def one(self, css: str):
        found = self.all(css)
        assert found, f"nothing on the page is {css}"
        return found[0]

    def follow(self, element) -> None:
        """Click what leads to another page, and wait for that page."""
        from selenium.webdriver.support import expected_conditions
        from selenium.webdriver.support.ui import WebDriverWait

        element.click()
        wait = WebDriverWait(self.driver, 30)
        wait.until(expected_conditions.staleness_of(element))
        wait.until(lambda driver: driver.execute_script("return document.readyState") == "complete")

    def click(self, element) -> None:
        """Click in the middle of the window, where nothing that stays in place covers it."""
        self.driver.execute_script(
            "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element
        )
        element.click()

    def press(self, *keys: str) -> None:
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.driver).send_keys(*keys).perform()

    def resize(self, width: int, height: int) -> None:
        """The page's own size: a window cannot be as small as a phone."""
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600},
        )

    def dark(self, on: bool = True) -> None:
        features = [{"name": "prefers-color-scheme", "value": "dark" if on else "light"}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def screenshot(self, path: Path) -> None:
        self.driver.save_screenshot(str(path))


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory):
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        missing("Chromium is not installed (apt-get install chromium chromium-driver)")
    made = Browser(tmp_path_factory.mktemp("chromium"))
    yield made
    made.driver.quit()
