"""Write the stub of a chapter: small, whole and true, so that it builds and passes at once."""

import re
from collections.abc import Iterator
from keyword import iskeyword
from pathlib import Path
from string import Template

import yaml

from bigcurves.running import catalogue
from bookkit.checks.chapter import RECALLS
from bookkit.execution.cells import code_cells, front_matter
from bookkit.execution.contents import pages

TEMPLATES = Path(__file__).parent
ROOMS = "code/bigcurves/chapters"
LONGEST = 24  # characters of a name
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
TITLE = re.compile(r"^\((?P<label>[\w-]+)\)=\n# (?P<title>.+)$", re.M)
PLACES = {  # a file of the chapter -> its template
    "book/$part/$chapter.md": "page.md",
    f"{ROOMS}/$part/$module/$module.py": "experiment.py",
    f"{ROOMS}/$part/$module/charts/distance.py": "chart.py",
    f"{ROOMS}/$part/$module/figures.py": "figures.py",
    f"{ROOMS}/$part/$module/exercises.py": "exercises.py",
    "tests/chapters/$part/test_$module.py": "test.py",
}
OPENINGS = {  # a folder's first file -> its one line
    f"{ROOMS}/$part/$module/__init__.py": "$title: what the chapter is about.",
    f"{ROOMS}/$part/$module/charts/__init__.py": (
        "Charts of the chapter: tidy tables in, Altair charts out."
    ),
}
OF_A_ROOM = ("charts", "exercises", "figures")  # names that a chapter's experiment cannot have


class StubError(ValueError):
    """A stub that cannot be written; the message says why in a line."""


def write_stub(root: Path, part: str, chapter: str) -> list[Path]:
    """Write a chapter at the end of a part, and list it in the contents.

    Parameters
    ----------
    root
        The folder of the book.
    part
        The folder of the part, below `book/`.
    chapter
        The page's name: the chapter's idea, in lower-case words joined by hyphens.

    Returns
    -------
    The files that it wrote, and the contents.

    Raises
    ------
    StubError
        If the name is no name or taken, or there is no such part.
    """
    if not NAME.fullmatch(chapter):
        near = re.sub("[^a-z0-9]+", "-", chapter.lower()).strip("-0123456789")
        such = f", such as {near}," if NAME.fullmatch(near) else ","
        raise StubError(
            f"a chapter is named by lower-case words joined by hyphens{such} not {chapter}"
        )
    if len(chapter) > LONGEST:
        raise StubError(
            f"a chapter's name has at most {LONGEST} characters, as it stands twice in a line of "
            f"code; {chapter} has {len(chapter)}"
        )
    if iskeyword(chapter) or chapter in OF_A_ROOM:
        raise StubError(f"no module of a chapter can be called {chapter}: choose another name")
    contents = root / "_toc.yml"
    listed = contents.read_text("utf-8")
    parts = _parts(root, listed)
    if part not in parts:
        raise StubError(f"there is no part {part}; there are {', '.join(parts)}")
    names = {"part": part, "chapter": chapter, "module": chapter.replace("-", "_")}
    names["title"] = chapter.replace("-", " ").capitalize()
    made = {root / Template(place).substitute(names): name for place, name in PLACES.items()}
    named = (root / f"{page}.md" for page in pages(root) if page.rpartition("/")[2] == chapter)
    if taken := next((path for path in (*named, *made) if path.exists()), None):
        raise StubError(f"there is a {taken.relative_to(root)} already: choose another name")
    if names["module"] in catalogue.titles():
        raise StubError(f"an experiment is called {names['module']} already: choose another name")
    names["recalls"] = "\n".join(_recalls(root, f"book/{part}/"))
    for place, line in OPENINGS.items():
        said = f'"""{Template(line).substitute(names)}"""\n'
        _write(root / Template(place).substitute(names), said)
    for path, name in made.items():
        _write(path, _filled(name, names))
    contents.write_text(_with_page(listed, part, chapter), "utf-8")
    return [*made, contents]


def _parts(root: Path, contents: str) -> list[str]:
    """List the parts of the book that hold chapters with a room of their own."""
    found = re.findall(r"^ *- file: book/([\w-]+)/", contents, re.M)
    return [part for part in dict.fromkeys(found) if (root / ROOMS / part).is_dir()]


def _with_page(contents: str, part: str, chapter: str) -> str:
    """List a page behind the last of its part."""
    last = list(re.finditer(rf"^( *- file: book/{part}/).*\n", contents, re.M))[-1]
    return f"{contents[: last.end()]}{last[1]}{chapter}\n{contents[last.end() :]}"


def _recalls(root: Path, folder: str) -> Iterator[str]:
    """Ask of the chapters before the end of a part, as many as a chapter there has to."""
    listed = pages(root)
    end = max(place for place, page in enumerate(listed) if page.startswith(folder))
    texts = [(root / f"{page}.md").read_text("utf-8") for page in listed[: end + 1]]
    before = [text for text in texts if _is_chapter(text)]
    wanted = RECALLS[min(len(before), len(RECALLS) - 1)]
    titles = [found.groupdict() for text in before if (found := TITLE.search(text))]
    for names in titles[len(titles) - wanted :]:
        yield _filled("recall.md", names)


def _is_chapter(text: str) -> bool:
    """Tell a page that runs code, and does not say that it is no chapter."""
    front = front_matter(text)
    says = yaml.safe_load(front["yaml"]) if front else {}
    return bool(code_cells(text)) and says.get("chapter", True) is not False


def _filled(template: str, names: dict[str, str]) -> str:
    """Fill a template in."""
    text = (TEMPLATES / f"{template}.txt").read_text("utf-8")
    return Template(text).substitute(names)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
