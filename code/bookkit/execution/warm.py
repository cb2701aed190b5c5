"""Kernels that begin with the libraries imported: forked from one process that imported them once.

A kernel's start and its imports take two seconds, as much as most pages need for all else. So a
build starts one process more, `python -m bookkit.execution.warm`. It imports nothing until a page
asks for a kernel, then what every chapter needs, and from then on forks itself for each page.
It imports libraries only, never the book's own packages, which may change during a build; what
else a page needs it imports as ever. It ends when the last process of the build has.

Each request brings a socket of its own. On it go what to start, and the answer; then it stays
open for as long as the kernel lives, and whoever asked for it.

A page cannot tell such a kernel from another, but for what works only before a first import: a
variable that a library reads then (`OMP_NUM_THREADS`), and a module beside the page that bears a
library's name. Only on Linux: where numpy calls Apple's Accelerate as it is imported, a fork may
hang.
"""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import warnings
from contextlib import suppress
from importlib import import_module
from typing import Any

# What most chapters import, and what the book's own packages import of libraries.
LIBRARIES = (
    *("ipykernel.kernelapp", "numpy", "pandas", "altair"),
    *("scipy.stats", "scipy.spatial", "sklearn.neighbors", "sklearn.neural_network"),
    *("sklearn.linear_model", "sklearn.decomposition", "sklearn.gaussian_process", "sklearn.svm"),
)
LAUNCHER = "ipykernel_launcher"
AT_HAND = sys.platform == "linux"
PATIENCE = 120.0  # seconds for an answer; then a kernel is started as ever
ENDED = 1  # the status of a kernel that is gone: its parent is another process, so none is known


class Forked:
    """A kernel that was forked, as `subprocess.Popen` shows one; it leads a group of its own."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, line: socket.socket) -> None:
        self.pid, self._line = pid, line
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Tell whether it has ended: then its end of the socket is closed."""
        if self.returncode is None and select.select([self._line], [], [], 0)[0]:
            self._line.close()
            self.returncode = ENDED
        return self.returncode

    def wait(self) -> int:
        """Wait for its end."""
        if self.returncode is None:
            select.select([self._line], [], [])
        return self.poll() or ENDED

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class Source:
    """The process that kernels are forked from: for this process, and for those that it forks."""

    def __init__(self) -> None:
        self._line, theirs = socket.socketpair()
        with theirs:
            number = theirs.fileno()
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bookkit.execution.warm", str(number)],
                pass_fds=[number],
                stdin=subprocess.DEVNULL,
            )

    def ask(self, command: list[str], folder: str, env: dict[str, str]) -> Forked:
        """Ask for a kernel.

        Parameters
        ----------
        command
            What would start the kernel: Python, `-m`, the launcher, its arguments.
        folder, env
            Where it works, and its whole environment.

        Raises
        ------
        OSError
            If no kernel comes of it.
        """
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                socket.send_fds(self._line, [b"."], [theirs.fileno()])
            ours.settimeout(PATIENCE)
            words = json.dumps({"command": command, "folder": folder, "env": env})
            ours.sendall(words.encode() + b"\n")
            answer = _line(ours)
            if not answer:
                raise ConnectionResetError("no kernel was forked")
            ours.settimeout(None)
        except OSError:
            ours.close()
            raise
        return Forked(int(answer), ours)

    def close(self) -> None:
        """Let go of it; it ends when those that were forked have done so too."""
        self._line.close()


def can_serve(command: list[str]) -> bool:
    """Tell whether a command starts a kernel of this environment."""
    python, *rest = command
    own = os.path.abspath(python) == os.path.abspath(sys.executable)  # noqa: PTH100 - no link followed
    return own and rest[:2] == ["-m", LAUNCHER]


def serve(source: socket.socket) -> None:
    """Fork a kernel for each request, until nobody is left who could ask."""
    parent = os.getpid()
    os.environ["JPY_PARENT_PID"] = str(parent)  # read as ipykernel is imported
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are buried without us
    while numbers := socket.recv_fds(source, 1, 1)[1]:
        line = socket.socket(fileno=numbers[0])
        if not import_all():
            return  # all kernels are started as ever, and their pages say what is wrong
        try:
            child = os.fork() == 0
        except OSError:  # too many processes
            child = False
        if child:
            source.close()
            _become_kernel(line, parent)
            return
        line.close()


def import_all() -> bool:
    """Import the libraries; tell whether they raised nothing, and gave no warning."""
    with warnings.catch_warnings(record=True) as given, suppress(Exception):
        for name in LIBRARIES:
            import_module(name)
        return not given
    return False


def _become_kernel(line: socket.socket, parent: int) -> None:
    """Turn this process, which was forked, into a kernel."""
    words = _line(line)
    if not words:
        return  # who asked is gone
    asked: dict[str, Any] = json.loads(words)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    line.sendall(f"{os.getpid()}\n".encode())
    number = line.detach()  # from here on only the end of this process closes it
    os.set_inheritable(number, False)
    os.register_at_fork(after_in_child=lambda: os.close(number))
    threading.Thread(target=_end_with, args=(parent, number), daemon=True).start()
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["env"])
    sys.argv = asked["command"][2:]
    from ipykernel import kernelapp

    if random := sys.modules.get("numpy.random"):
        random.seed()  # from the system, as Python's own does after a fork
    kernelapp.launch_new_instance(parent_handle=parent)


def _end_with(parent: int, line: int) -> None:
    """End this process with the one that it was forked from, and with the one that asked for it."""
    while os.getppid() == parent and not select.select([line], [], [], 1)[0]:
        pass
    os._exit(ENDED)


def _line(source: socket.socket) -> bytes:
    """Read a line; nothing if whoever speaks is gone."""
    found = b""
    while not found.endswith(b"\n"):
        part = source.recv(65536)
        if not part:
            return b""
        found += part
    return found


if __name__ == "__main__":
    if not sys.flags.safe_path:
        del sys.path[0]  # the folder that a build was started in; a kernel puts its page's there
    serve(socket.socket(fileno=int(sys.argv[1])))
