"""Bundle the page's JavaScript, styles and fonts from `code/web` and its locked packages.

Nothing of a third party is committed and nothing is fetched by a reader: npm has put the
locked packages below `code/web/node_modules`; this makes of them one script, one style
sheet, one chart engine that loads on need, and fonts cut to the characters of the book.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from bookkit.watching.events import stage

WEB = Path(__file__).resolve().parents[2] / "web"
MODULES = WEB / "node_modules"
SERIF = "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-{slope}.woff2"
CHARACTERS = "U+20-7E,U+A0-FF,U+131,U+152-153,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,"
CHARACTERS += "U+2030,U+2032-2033,U+2039-203A,U+2044,U+20AC,U+2122,U+2190-2193,U+2212,U+2264-2265"
OTHER_FORMATS = re.compile(r',url\([^)]*\.(?:woff|ttf)\) format\("(?:woff|truetype)"\)')


def bundle() -> Path:
    """Make everything that a page loads, unless it stands ready, and name its folder.

    The folder lies with the packages, named by all that goes into it, so that books that
    share the packages (the tests' small ones) share it too.

    Raises
    ------
    ExtensionError
        If the packages of the lock are not installed, or a script has a fault.
    """
    needed = json.loads((WEB / "package.json").read_text("utf-8"))["dependencies"]
    missing = [name for name in needed if not (MODULES / name).is_dir()]
    if missing:
        names = ", ".join(missing)
        raise ExtensionError(f"the page's packages ({names}) are missing: run `npm ci` in {WEB}")
    folder = MODULES / ".cache" / "bookkit" / _stamp()
    if folder.is_dir():
        return folder
    stage("Bundling scripts, styles and fonts")
    part = folder.with_name(f"{folder.name}.part-{os.getpid()}")
    shutil.rmtree(part, ignore_errors=True)
    (part / "fonts").mkdir(parents=True)
    try:
        _katex_styles(part)
        _fonts(part / "fonts")
        _run_esbuild(part)
        (part / "katex.part.css").unlink()
        shutil.copyfile(WEB / "icon.svg", part / "icon.svg")
        if not folder.is_dir():
            part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return folder


def _run_esbuild(target: Path) -> None:
    """Run esbuild on every entry; its complaint becomes the build's."""
    command = [node_path(), "build.js", str(target.resolve())]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=WEB)
    if done.returncode:
        raise ExtensionError(f"the page's scripts cannot be bundled:\n{done.stderr}")


def node_path() -> str:
    """Find Node: the environment's own before the system's."""
    beside = Path(sys.executable).with_name("node")
    found = str(beside) if beside.exists() else shutil.which("node")
    if found is None:
        raise ExtensionError("Node is missing: `make book` installs it with the book's packages")
    return found


def _katex_styles(target: Path) -> None:
    """Take KaTeX's styles with the one font format that every current browser reads."""
    source = MODULES / "katex" / "dist"
    styles = OTHER_FORMATS.sub("", (source / "katex.min.css").read_text("utf-8"))
    for font in re.findall(r"url\(fonts/([^)]+)\)", styles):
        shutil.copyfile(source / "fonts" / font, target / "fonts" / font)
    (target / "katex.part.css").write_text(styles, "utf-8")


def _fonts(target: Path) -> None:
    """Cut the text face to the book's characters and to weights from 400 to 700."""
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    for slope in ("normal", "italic"):
        font = TTFont(MODULES / SERIF.format(slope=slope), recalcTimestamp=False)
        font = instancer.instantiateVariableFont(font, {"wght": (400, 700)})
        options = subset.Options()
        options.flavor = "woff2"
        options.layout_features = ["kern", "liga", "lnum", "tnum", "mark", "mkmk", "ccmp", "locl"]
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=subset.parse_unicodes(CHARACTERS))
        cutter.subset(font)
        subset.save_font(font, str(target / f"serif-{slope}.woff2"), options)


def _stamp() -> str:
    """Hash all that the bundle is made of: sources, lock and this module."""
    digest = hashlib.sha256()
    for source in (Path(__file__), *sorted(_sources())):
        digest.update(source.name.encode() + source.read_bytes())
    return digest.hexdigest()[:16]


def _sources() -> Iterator[Path]:
    """List the files of `code/web` that a page is made of: no packages, tests or types."""
    for path in WEB.iterdir():
        if path.name not in (MODULES.name, "test", "types"):
            yield from (p for p in (path, *path.rglob("*")) if p.is_file())


def add_bundle(app: Sphinx) -> None:
    """Bundle before pages are read, and have Sphinx copy the result into the site."""
    if app.builder.format == "html":
        app.config.html_static_path.append(str(bundle()))


def renew_bundle(app: Sphinx, fault: Exception | None) -> None:
    """Put the bundle into the site even where no page is written: Sphinx copies nothing then.

    What an earlier bundle had put there, and this one does not, is taken away.
    """
    if fault is not None or app.builder.format != "html":
        return
    made, site = bundle(), Path(app.outdir) / "_static"
    names = [p.relative_to(made).as_posix() for p in sorted(made.rglob("*")) if p.is_file()]
    known = Path(app.outdir).parent / "bundle.json"
    if known.exists():
        for name in set(json.loads(known.read_text("utf-8"))) - set(names):
            (site / name).unlink(missing_ok=True)
    known.write_text(json.dumps(names), "utf-8")
    shutil.copytree(made, site, dirs_exist_ok=True)


def connect(app: Sphinx) -> None:
    """Connect the bundle to Sphinx."""
    app.connect("builder-inited", add_bundle, priority=100)
    app.connect("build-finished", renew_bundle)
