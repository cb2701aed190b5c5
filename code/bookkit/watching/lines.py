"""The state of a build in words: a line where nobody watches a terminal, a table at the end."""

from collections.abc import Iterator

from bigcurves.running.progress import duration
from bookkit.watching.state import CHAPTERS, State

SLOWEST = 3


def line(state: State, now: float) -> str:
    """Say how far the build is."""
    stage = state.stage
    if stage.name != CHAPTERS:
        return f"{stage.name}{_steps(stage.done, stage.total)}"
    parts = [chapters(state, now)]
    if state.read or state.made:
        parts.append(runs(state, now))
    return "; ".join(parts)


def chapters(state: State, now: float) -> str:
    """Say how many chapters are read, which are being read, and how long the rest will take."""
    running, words = state.running(), ""
    if running:
        each = (f"{_short(name)} {duration(now - page.began)}" for name, page in running.items())
        words = f", {len(running)} running ({', '.join(each)})"
    words += _left(state.chapters_left(now))
    return f"{CHAPTERS}: {state.stage.done} of {state.stage.total} read{words}"


def runs(state: State, now: float) -> str:
    """Say how many runs were read, how many are to be made, and how long that will take."""
    if not state.made:
        return f"runs: {state.read} read"
    left = _left(state.runs_left(now)) if state.to_make else ""
    names = ", ".join(name for name, count in state.made.items() if count > state.run.get(name, 0))
    about = f" ({names})" if names else ""
    return f"runs: {state.read} read, {state.to_make} to make{about}{left}"


def stopped(state: State) -> str:
    """Say what an interrupted build leaves to the next."""
    counts = {"executed chapter": state.executed, "new run": sum(state.run.values())}
    kept = " and ".join(_counted(count, what) for what, count in counts.items() if count)
    if not kept:
        return "stopped. Nothing had been executed yet"
    return f"stopped. Kept: {kept}; the same command goes on"


def table(state: State, now: float) -> Iterator[str]:
    """Sum up a build: pages, charts, runs, the seconds of each part, the slowest cells."""
    done = {stage.name: stage.done for stage in state.stages}
    read, written = done.get(CHAPTERS, 0), done.get("Writing pages", 0)
    anew = f"{read} read anew, {state.executed} executed, {written} written"
    yield f"Pages    {state.all_pages}, {anew}"
    yield f"Charts   {state.all_charts}, {done.get('Drawing charts', 0)} drawn anew"
    yield f"Runs     {made(state)}"
    ends = [*(stage.began for stage in state.stages[1:]), now]
    parts = (
        f"{stage.name} {end - stage.began:.1f}"
        for stage, end in zip(state.stages, ends, strict=True)
    )
    yield f"Seconds  {now - state.stages[0].began:.1f}: {', '.join(parts)}"
    cells = [
        (seconds, name, number)
        for name, page in state.reading.items()
        for number, seconds in page.seconds.items()
    ]
    for place, (seconds, name, number) in enumerate(sorted(cells, reverse=True)[:SLOWEST]):
        yield f"{'' if place else 'Slowest':8} {seconds:.1f} s: {name}, cell {number}"


def made(state: State) -> str:
    """Say how many runs were read and how many made, the latter by experiment."""
    if not state.made:
        return f"{state.read} read, none made"
    names = ", ".join(f"{name} {count}" for name, count in sorted(state.made.items()))
    return f"{state.read} read, {sum(state.made.values())} made ({names})"


def _short(page: str) -> str:
    return page.rpartition("/")[2]


def _steps(done: int, total: int) -> str:
    if total:
        return f": {done} of {total}"
    return f": {done}" if done else ""


def _left(seconds: float | None) -> str:
    return "" if seconds is None else f", about {duration(seconds)} left"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
