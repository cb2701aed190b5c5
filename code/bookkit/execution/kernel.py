"""Chapters run in kernels of the project's own: no user start-up files, one thread each."""

import os
from pathlib import Path

from sphinx.application import Sphinx

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
