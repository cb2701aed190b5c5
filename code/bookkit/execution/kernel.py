"""Chapters run in kernels of the project's own: no user start-up files, one thread each.

They come warm, with the libraries imported (see `bookkit.execution.warm`). A kernel that cannot
(of another environment, of another language, or after that process has died) is started cold.

A build speaks to them through files. Jupyter's own way, five TCP ports that are free when they are
chosen, fails now and then: whatever else runs on the machine may take one before the kernel does.
"""

import os
import shutil
import tempfile
from contextlib import suppress
from functools import partial
from importlib.metadata import EntryPoint
from pathlib import Path
from subprocess import Popen
from typing import Any, ClassVar, cast

from jupyter_cache.executors import utils
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from nbclient import execute
from sphinx.application import Sphinx
from sphinx.config import Config

from bookkit.execution.warm import AT_HAND, Source, can_serve

# ipykernel says on stderr which TCP ports it took; on a page stderr is a fault.
_KERNEL_CONFIG = """\
c.IPKernelApp.log_level = 40
c.InteractiveShellApp.extensions = ["bookkit.execution.opened"]
"""
# Kernels share the cores: one thread each, so that timings and sums do not depend on the machine.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


_LONGEST = 100  # bytes of a socket's path; Linux takes 107


class Provisioner(LocalProvisioner):
    """Starts kernels warm, where it can, and has them spoken to through files."""

    source: ClassVar[Source | None] = None
    folder: str | None = None

    async def pre_launch(self, **settings: Any) -> dict[str, Any]:
        """Choose the places where the kernel is spoken to."""
        manager = self.parent
        # A kernel of another language need not name its files as Jupyter does.
        if manager and not self.folder and self.kernel_spec.language == "python":
            folder = tempfile.mkdtemp(prefix="kernel-")
            if len(os.fsencode(folder)) + len("/at-5") <= _LONGEST:
                self.folder = folder
                manager.transport, manager.ip = "ipc", f"{folder}/at"
            else:
                Path(folder).rmdir()
        return await super().pre_launch(**settings)

    async def cleanup(self, restart: bool = False) -> None:
        """Remove what this kernel was spoken to through."""
        await super().cleanup(restart=restart)
        if self.folder and not restart:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder = None

    async def launch_kernel(self, cmd: list[str], **settings: Any) -> Any:
        """Start a kernel."""
        if self.source and can_serve(cmd):
            folder, env = settings.get("cwd") or Path.cwd(), settings.get("env") or os.environ
            with suppress(OSError):
                forked = self.source.ask(cmd, str(folder), dict(env))
                self.process = cast("Popen[bytes]", forked)  # as far as it is used here
                self.pid = self.pgid = forked.pid
                self.cwd = folder
                return self.connection_info
        return await super().launch_kernel(cmd, **settings)


def register() -> None:
    """Have all kernels of this process, and of those that it forks, started by our own class."""
    factory = KernelProvisionerFactory.instance()
    place = f"{__name__}:{Provisioner.__name__}"
    factory.provisioners["warm"] = EntryPoint("warm", place, factory.GROUP_NAME)
    factory.default_provisioner_name = "warm"


def start_warm(_app: Sphinx, _config: Config) -> None:
    """Start the process that kernels are forked from."""
    if AT_HAND:
        register()
        Provisioner.source = Source()


def stop_warm(_app: Sphinx, _fault: Exception | None) -> None:
    """Let go of the process that kernels came from."""
    if Provisioner.source:
        Provisioner.source.close()
        Provisioner.source = None


def connect(app: Sphinx) -> None:
    """Point IPython at a folder of the build's own, before any kernel starts."""
    profile = Path(app.outdir).parent / ".ipython" / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "ipython_kernel_config.py").write_text(_KERNEL_CONFIG, "utf-8")
    os.environ["IPYTHONDIR"] = str(profile.parent)
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    for name in _THREADS:
        os.environ.setdefault(name, "1")
    app.connect("config-inited", wait_for_start)
    app.connect("config-inited", start_warm)
    app.connect("build-finished", stop_warm)


def wait_for_start(_app: Sphinx, config: Config) -> None:
    """Give a kernel as long to start as a cell may take: a busy machine takes more than a minute.

    nbclient stops waiting after 60 s, and neither MyST-NB nor jupyter-cache hands a limit on.
    """
    utils.executenb = partial(execute, startup_timeout=config.nb_execution_timeout)
