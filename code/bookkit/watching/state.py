"""What the notes of a build amount to: how far it is, and how long the rest will take."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bigcurves.running.notes import Note

CHAPTERS = "Chapters"  # the stage in which pages are read and their cells executed


@dataclass
class Page:
    """A page that this build reads.

    Attributes
    ----------
    began, ended
        When, or 0 before that.
    cell, cells
        The number of the cell that was begun last, and how many there are; 0 if none is executed.
    seconds
        How long each executed cell took, by its number.
    failed
        Whether a cell failed, so that nothing of the page is kept.
    made
        How many runs were made for it.
    """

    began: float = 0.0
    ended: float = 0.0
    cell: int = 0
    cells: int = 0
    seconds: dict[int, float] = field(default_factory=dict)
    failed: bool = False
    made: int = 0


@dataclass
class Stage:
    """A part of the build: when it began, and how many steps of how many are done."""

    name: str
    began: float
    total: int = 0
    done: int = 0


class State:
    """How far a build is, by what it has noted.

    Parameters
    ----------
    usual
        The seconds that each page took in an earlier build.
    now
        When the build began.

    Attributes
    ----------
    all_pages, all_charts
        How many the book has, as far as it is known.
    stages
        Those begun so far.
    reading
        The pages that are read anew, by name.
    read, made
        Runs that were read, and those that were not there, the latter by experiment.
    run
        How many of the latter have been made and kept, by experiment.
    lacking
        How many of the latter the record should have held.
    faults
        What could not be used of the record, each once.
    """

    def __init__(self, usual: Mapping[str, float], now: float) -> None:
        self.usual = usual
        self.all_pages = self.all_charts = 0
        self.stages = [Stage("Starting", now)]
        self.reading: dict[str, Page] = {}
        self.read = self.lacking = 0
        self.made: dict[str, int] = {}
        self.run: dict[str, int] = {}
        self.faults: list[str] = []
        self._seconds: dict[str, float] = {}  # a run's, by experiment
        self._first_run = 0.0

    def hear(self, note: Note) -> None:
        """Take a note into account."""
        page = self.reading.get(note.get("begun") or note.get("ended") or note.get("page", ""))
        match note:
            case {"reading": names, "pages": count}:
                self.reading = {name: Page() for name in names}
                self.all_pages = count
                if names:
                    self.stages.append(Stage(CHAPTERS, note["at"], len(names)))
            case {"pages": pages, "charts": charts}:
                self.all_pages, self.all_charts = pages, charts
            case {"stage": name, "total": total}:
                self.stages.append(Stage(name, note["at"], total))
            case {"step": count}:
                self.stages[-1].done += count
            case {"experiment": name, "read": read, "made": made}:
                self._hear_of_runs(name, read, made, note)
                if page:
                    page.made += made
            case {"run": name}:
                self.run[name] = self.run.get(name, 0) + 1
        if page:
            self._hear_of_page(page, note)

    def _hear_of_page(self, page: Page, note: Note) -> None:
        match note:
            case {"begun": _}:
                page.began = note["at"]
            case {"ended": _, "failed": failed}:
                page.ended, page.failed = note["at"], failed
                self.stages[-1].done += 1
            case {"cell": number, "of": cells}:
                page.cell, page.cells = number, cells
            case {"cell": number, "seconds": seconds}:
                page.seconds[number] = seconds

    def _hear_of_runs(self, name: str, read: int, made: int, note: Note) -> None:
        self.read += read
        if made:
            self.made[name] = self.made.get(name, 0) + made
            self.lacking += made if note["ours"] else 0
            self._seconds[name] = note["usual"]
            self._first_run = self._first_run or note["at"]
        if note["fault"] and note["fault"] not in self.faults:
            self.faults.append(note["fault"])

    @property
    def stage(self) -> Stage:
        """The part that goes on now."""
        return self.stages[-1]

    @property
    def executed(self) -> int:
        """How many pages were executed by this build, to their end and without a fault."""
        pages = self.reading.values()
        return sum(bool(page.ended and page.cells and not page.failed) for page in pages)

    @property
    def to_make(self) -> int:
        """How many runs are announced and not yet made."""
        return sum(self.made.values()) - sum(self.run.values())

    def running(self) -> dict[str, Page]:
        """Name the pages that are read at this moment."""
        return {name: page for name, page in self.reading.items() if page.began and not page.ended}

    def chapters_left(self, now: float) -> float | None:
        """Reckon how long the chapters will still take; None where nothing is known of them.

        The pages' usual seconds say how much work is left, and the pace so far how fast it goes.
        """
        known = [self.usual[name] for name in self.reading if name in self.usual]
        if not known:
            return None
        rest = done = 0.0
        for name, page in self.reading.items():
            usual = self.usual.get(name, sum(known) / len(known))
            worked = usual if page.ended else min(now - page.began if page.began else 0.0, usual)
            done += worked
            rest += usual - worked
        return _at_pace(rest, done, now - self.stage.began)

    def runs_left(self, now: float) -> float | None:
        """Reckon how long the runs that are announced will still take; None if nobody knows.

        Before the first has ended there is no pace yet, and one run at a time is assumed.
        """
        if not all(self._seconds[name] for name in self.made):
            return None
        work = {name: count * self._seconds[name] for name, count in self.made.items()}
        done = sum(count * self._seconds.get(name, 0.0) for name, count in self.run.items())
        return _at_pace(sum(work.values()) - done, done, now - self._first_run)


def _at_pace(rest: float, done: float, elapsed: float) -> float:
    """Say how long the rest takes if it goes on as before; as it is where nothing is done yet."""
    return rest * elapsed / done if done > 0 else rest
