"""Chapters run in kernels of the project's own: no user start-up files, one thread each."""

import os
from functools import partial
from pathlib import Path

from jupyter_cache.executors import utils
from nbclient import execute
from sphinx.application import Sphinx
from sphinx.config import Config

# ipykernel says on stderr which TCP ports it took; on a page stderr is a fault.
_KERNEL_CONFIG = """\
c.IPKernelApp.log_level = 40
c.InteractiveShellApp.extensions = ["bookkit.execution.opened"]
"""
# Kernels share the cores: one thread each, so that timings and sums do not depend on the machine.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


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


def wait_for_start(_app: Sphinx, config: Config) -> None:
    """Give a kernel as long to start as a cell may take: a busy machine takes more than a minute.

    nbclient stops waiting after 60 s, and neither MyST-NB nor jupyter-cache hands a limit on.
    """
    utils.executenb = partial(execute, startup_timeout=config.nb_execution_timeout)
