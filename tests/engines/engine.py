"""What a visit asks of an engine, and what the engines share."""

import json
import shutil
import subprocess
from typing import Any, Protocol

from tests.patience import SECONDS

PROMISE = (
    "(async (...args) => {{ {script} }})(...{args}).then(found => JSON.stringify(found ?? null))"
)


class MissingError(Exception):
    """An engine is not installed here."""


class Engine(Protocol):
    """What a visit asks of an engine."""

    def open(self, url: str) -> None:
        """Go to a page, and wait until it is loaded."""

    def run(self, script: str, *args: object) -> Any:
        """Run the body of an async function in the page, and give what it returns."""

    def press(self, keys: str) -> None:
        """Press keys one after the other, as a reader does."""

    def complaints(self) -> list[str]:
        """Tell what the engine wrote to its console since the last call."""

    def printed(self) -> bytes | None:
        """Print the page to a PDF, if the engine can."""

    def picture(self) -> bytes:
        """Take a picture of what is in sight."""

    def alive(self) -> bool:
        """Tell whether it still answers, or has crashed."""

    def close(self) -> None:
        """End the engine."""


def find(*names: str) -> str:
    """Find a program under one of its names, or say that it is missing."""
    if path := next((found for name in names if (found := shutil.which(name))), None):
        return path
    raise MissingError(f"no {names[0]} on this machine")


def promise_of(script: str, args: tuple[object, ...]) -> str:
    """Write the body of an async function as a promise of its answer's JSON."""
    return PROMISE.format(script=script, args=json.dumps(args))


def end(process: subprocess.Popen[Any]) -> None:
    """End a program, and wait until it has gone."""
    process.terminate()
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
