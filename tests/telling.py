"""A run of tests that nobody watches on a terminal says how far it is, at least every ten seconds.

pytest's own letters and percentages come only as tests end, and some take a minute.
"""

import threading
import time

import pytest

from bigcurves.running import progress


class Telling:
    """Counts what has ended, and writes a line where pytest has written nothing."""

    def __init__(self, reporter: pytest.TerminalReporter) -> None:
        self._reporter = reporter
        self._began = time.monotonic()
        self._ended, self._failed = set[str](), 0
        self._over = threading.Event()

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        self._session = session
        threading.Thread(target=self._tick, daemon=True).start()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "teardown":
            self._ended.add(report.nodeid)
        self._failed += report.failed

    def pytest_sessionfinish(self) -> None:
        self._over.set()

    def line(self) -> str:
        """Say how far the run is."""
        total = getattr(self._session, "testscollected", 0)
        elapsed = progress.duration(time.monotonic() - self._began)
        if not total:
            return f"{elapsed}: finding the tests"
        failed = f", {self._failed} failed" if self._failed else ""
        return f"{elapsed}: {len(self._ended)} of {total} tests done{failed}"

    def _tick(self) -> None:
        while not self._over.wait(progress.EVERY):
            self._reporter.ensure_newline()
            self._reporter.write_line(self.line())
            self._reporter.flush()


class Quiet:
    """Writes no letter for a test that passed."""

    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str] | None:
        return ("passed", "", "") if report.passed and report.when == "call" else None


def tell(config: pytest.Config) -> None:
    """Register what fits: nothing on a terminal and in the workers of pytest-xdist."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or hasattr(config, "workerinput"):
        return
    if progress.quiet():
        config.pluginmanager.register(Quiet())
    elif not reporter.isatty:
        config.pluginmanager.register(Telling(reporter))
