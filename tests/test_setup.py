"""What `make` asks of a machine, and what each verb installs there."""

import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from tests.patience import SECONDS
from tests.test_architecture import MODULES, imported

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKED = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]
WEB = ROOT / "code" / "web"
HELP = re.findall(r"^([a-z-]+):.*## (.*)", (ROOT / "Makefile").read_text("utf-8"), re.M)
SETTINGS = [(verb, name) for verb, words in HELP for name in re.findall(r"\b([A-Z]+)=", words)]
NEEDED = ("awk", "grep", "rm", "sh")  # of a shell, by the Makefile
# A Python of another version: it fits nothing, and says whether it can make environments.
OTHER = """#!/bin/sh
case "$*" in --version) echo Python {} ;; *ensurepip*) exit {} ;; *) exit 1 ;; esac
"""
OLDER, NEWER = OTHER.format("3.10.13", 0), OTHER.format("3.15.0", 1)
UV_OWN = "uv venv --seed --python 3.13 .venv && make book"


def make(folder, *words, path=None):
    """Run make in a folder, untouched by a make that runs the tests, and by its settings."""
    given = {"MAKEFLAGS", "MAKEOVERRIDES", *(name for _, name in SETTINGS)}
    environment = {name: value for name, value in os.environ.items() if name not in given}
    return subprocess.run(
        [shutil.which("make"), "--no-print-directory", *words],
        cwd=folder,
        env=environment | ({"PATH": str(path)} if path else {}),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def program(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    path.chmod(0o755)


@pytest.fixture
def checkout(tmp_path):
    """A checkout on a machine that has a shell and make, but no Python."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "code" / "web").mkdir(parents=True)
    for name in ("Makefile", "pyproject.toml", "uv.lock", "code/web/package-lock.json"):
        shutil.copy(ROOT / name, tmp_path / name)
    for name in NEEDED:
        (tmp_path / "bin" / name).symlink_to(shutil.which(name))
    return tmp_path


BY_SCRIPT = "curl -LsSf https://astral.sh/uv/install.sh | sh && ~/.local/bin/"
BY_PIP = "python3 -m venv _build/uv && _build/uv/bin/pip install uv && _build/uv/bin/"
MACHINES = {  # what is there -> what was found, and how to come by uv
    "nothing": ({}, "found none", BY_SCRIPT),
    "an older Python": ({"python3": OLDER}, "found Python 3.10.13", BY_PIP),
    "a newer Python without venv": ({"python3": NEWER}, "found Python 3.15.0", BY_SCRIPT),
    "uv": ({"uv": "#!/bin/sh\n", "python3": OLDER}, "found Python 3.10.13", ""),
}


@pytest.mark.parametrize("machine", MACHINES)
def test_without_a_python_that_fits_the_message_ends_with_a_command(machine, checkout):
    programs, found, get = MACHINES[machine]
    for name, text in programs.items():
        program(checkout / "bin" / name, text)
    made = make(checkout, "book", path=checkout / "bin")
    assert made.returncode != 0
    fault, command = made.stdout.splitlines()
    assert "needs Python 3.11 to 3.14" in fault
    assert found in fault
    assert command.strip() == get + UV_OWN


def test_a_named_python_is_held_to_the_same_versions(checkout):
    program(checkout / "bin" / "mine", OLDER)
    made = make(checkout, "book", "PYTHON=mine", path=checkout / "bin")
    assert made.returncode != 0
    assert "found Python 3.10.13" in made.stdout


def test_every_place_names_the_same_pythons():
    least, beyond = re.findall(r"3\.(\d+)", PROJECT["project"]["requires-python"])
    minors = range(int(least), int(beyond))
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert f"(3, {minors[0]}) <= sys.version_info[:2] <= (3, {minors[-1]})" in makefile
    for minor in minors:
        assert f" python3.{minor} " in makefile
    said = f"Python 3.{minors[0]} to 3.{minors[-1]}"
    for name in ("Makefile", "README.md", ".ci/run"):
        assert said in (ROOT / name).read_text("utf-8"), name
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "book.yml").read_text("utf-8"))["jobs"]
    tested = jobs["test"]["strategy"]["matrix"]["python"]
    assert {f"3.{minors[0]}", f"3.{minors[-1]}"} <= set(tested)


VERBS = dict.fromkeys(("verify", "record", "book", "site", "serve"), ("book",))
VERBS |= {"check": ("book", "check"), "test": ("book", "test"), "bench": ("book", "test")}


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_installs_what_it_needs_and_no_more(verb, checkout):
    planned = make(checkout, "--dry-run", verb, "PYTHON=python3")
    assert planned.returncode == 0, planned.stderr
    assert tuple(re.findall(r"uv sync .*--inexact --group (\w+)", planned.stdout)) == VERBS[verb]
    assert set(VERBS[verb]) <= set(PROJECT["dependency-groups"])


@pytest.mark.parametrize("verb", VERBS)
def test_only_checks_and_measurements_install_what_npm_keeps_for_developers(verb, checkout):
    planned = make(checkout, "--dry-run", verb, "PYTHON=python3").stdout
    assert ("npm install" in planned) == (verb in ("check", "bench"))
    assert planned.count("npm ci ") == planned.count("npm ci --omit=dev ")


@pytest.mark.parametrize(("verb", "name"), SETTINGS)
def test_a_verb_does_what_its_setting_asks_only_when_it_is_given(verb, name, checkout):
    plain, empty, given = (
        make(checkout, "--dry-run", verb, "PYTHON=python3", *words).stdout
        for words in ((), (f"{name}=",), (f"{name}=x",))
    )
    assert plain == empty != given


def test_a_new_lock_takes_no_group_away(checkout):
    for name in (".ready", ".ready-test"):
        program(checkout / ".venv" / name, "")
        os.utime(checkout / ".venv" / name, (0, 0))
    planned = make(checkout, "--dry-run", "verify", "PYTHON=python3").stdout
    assert re.search(r"uv sync --locked --quiet +--group test$", planned, re.M)


def test_the_code_imports_only_what_a_build_installs():
    packages = {package["name"]: package for package in LOCKED}
    own = packages["bigcurves"]
    waiting = [*own["dependencies"], *own["dev-dependencies"]["book"]]
    installed = {"bigcurves"}
    while waiting:
        name = waiting.pop()["name"]
        if name not in installed:
            installed.add(name)
            waiting += packages[name].get("dependencies", [])
    owners = importlib.metadata.packages_distributions()
    for path in MODULES:
        for root in {name.split(".")[0] for name in imported(path)} - sys.stdlib_module_names:
            if (path.stem, root) == ("cluster", "distributed"):
                continue  # an extra of the package, asked for where it is used
            names = {re.sub(r"[._-]+", "-", owner).lower() for owner in owners.get(root, [])}
            assert root in ("bigcurves", "bookkit") or names & installed, f"{path}: {root}"


def test_the_page_imports_only_what_a_build_installs():
    packages = json.loads((WEB / "package-lock.json").read_text("utf-8"))["packages"]
    rooms = (WEB, WEB / "charts", WEB / "reader", WEB / "kernels")
    scripts = {path for room in rooms for path in room.glob("*.js")} - {WEB / "eslint.config.js"}
    lines = [line for path in sorted(scripts) for line in path.read_text("utf-8").splitlines()]
    imports = {name for line in lines for name in re.findall(r'^import .*"([^".][^"]*)"', line)}
    names = {name for name in imports if not name.startswith("node:")}
    assert {"esbuild", "vega"} <= names
    for name in names:
        assert not packages[f"node_modules/{name}"].get("dev"), name
