"""A process that has imported nothing yet: what it runs is made with the texts of today.

It is a plain child with two pipes, which even a worker that may have no children of its own by
`multiprocessing`, such as Dask's, can start; and it does not run the caller's script again.
"""

import marshal
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib import import_module
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any, Protocol, TypeVar

from bigcurves.provenance.imported import compiled

_HEAD = 16  # bytes before the code in what Python caches of a module
Answer_co = TypeVar("Answer_co", covariant=True)


class Work(Protocol[Answer_co]):
    """What a process can be given to do, seed by seed."""

    @property
    def experiment(self) -> str:
        """The module that it runs."""

    def timed(self, seed: int) -> Answer_co:
        """Do it."""


@contextmanager
def process(work: Work[Answer_co]) -> Iterator[Callable[[int], Answer_co]]:
    """Start a process, and give what does the work there; it ends with the block.

    Raises
    ------
    ChildProcessError
        If the process dies over its work. What the work raises is raised here too.
    """
    start = "import sys; sys.path[:] = {!r}; from bigcurves.running import fresh; fresh.serve()"
    flags = ["-B"] if sys.dont_write_bytecode else []
    child = subprocess.Popen(
        [sys.executable, *flags, "-c", start.format(sys.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )

    def ask(seed: int) -> Answer_co:
        assert child.stdin
        assert child.stdout
        try:
            child.stdin.write(pickle.dumps(seed))
            child.stdin.flush()
            answer, error = pickle.load(child.stdout)
        except (BrokenPipeError, EOFError):
            text = f"the process that ran {work.experiment}, seed {seed}, died ({child.wait()})"
            raise ChildProcessError(text) from None
        if error is not None:
            raise error
        return answer  # type: ignore[no-any-return]

    with child:
        try:
            assert child.stdin
            with suppress(BrokenPipeError):  # the first question tells
                child.stdin.write(
                    pickle.dumps((_search_paths(work.experiment), pickle.dumps(work)))
                )
            yield ask
        except BaseException:
            child.kill()
            raise


def serve() -> None:
    """Answer what is asked on this process' standard input until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a run prints must not stand among the answers
    fault: Exception | None = None
    search_paths, work = pickle.load(asked)
    try:
        for package, paths in search_paths.items():
            import_module(package).__path__ = paths
        work = pickle.loads(work)
    except Exception as error:  # today's texts may lack what the caller had imported
        fault = _portable(error)
    with suppress(EOFError):
        while True:
            seed = pickle.load(asked)
            answers.write(pickle.dumps((None, fault) if fault else _answer(work, seed)))
            answers.flush()


def _answer(work: Work[Any], seed: int) -> tuple[Any, Exception | None]:
    try:
        return work.timed(seed), None
    except Exception as error:
        return None, _portable(error)


def drop_stale_bytecode(texts: Mapping[Path, str]) -> None:
    """Remove what Python has cached of files if it is of other texts than theirs.

    Python trusts a cached module by its file's time and size: an edit that leaves both, as one
    within a second can, would go unnoticed for ever.
    """
    for path, text in texts.items():
        with suppress(OSError, NotImplementedError):
            cached = Path(cache_from_source(path))
            content = cached.read_bytes()
            try:
                stale = marshal.loads(content[_HEAD:]) != compiled(text, str(path))
            except (ValueError, EOFError, TypeError):
                stale = True
            if stale:
                cached.unlink()


def _search_paths(module: str) -> dict[str, list[str]]:
    """List where the packages around a module look for their parts, the outermost first."""
    parts = module.split(".")[:-1]
    packages = [".".join(parts[: n + 1]) for n in range(len(parts))]
    return {name: list(sys.modules[name].__path__) for name in packages if name in sys.modules}


def _portable(error: Exception) -> Exception:
    """Return an error that another process can read, with its notes."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        plain: Any = RuntimeError(f"{type(error).__name__}: {error}")
        for note in getattr(error, "__notes__", ()):
            plain.add_note(note)
        return plain  # type: ignore[no-any-return]
    return error
