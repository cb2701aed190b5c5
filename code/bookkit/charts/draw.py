"""Pictures of compiled charts, as SVG in the light colours.

Most are drawn by vl-convert, whose engine measures text. A chart that calls the page's
live kernels is drawn in Node, where the same kernels are registered.
"""

import json
import re
import subprocess
from collections.abc import Sequence
from threading import Lock
from typing import Any

from bookkit.assets.bundle import WEB, node_path

Spec = dict[str, Any]
# vl-convert makes Python objects while it holds a lock of its own. Two threads within it can then
# wait for one another for ever, each with the lock that the other needs: one enters at a time.
ENGINE = Lock()
IMPORTED = re.compile(r'^import \{([^}]*)\} from "\./kernels/', re.MULTILINE)


def kernel_names() -> list[str]:
    """List the page's live kernels: what `kernels.js` imports, it registers."""
    lists = IMPORTED.findall((WEB / "kernels.js").read_text("utf-8"))
    return re.findall(r"\w+", " ".join(lists))


def uses_kernels(vega: Spec) -> bool:
    """Tell whether a chart calls one of the page's live kernels."""
    names = "|".join(kernel_names())
    return re.search(rf"\b(?:{names})\s*\(", json.dumps(vega)) is not None


def pictures_of(vegas: Sequence[Spec]) -> list[str]:
    """Draw compiled charts in their default state.

    Raises
    ------
    ValueError
        If the engine cannot draw one; the message is the engine's.
    """
    if any(map(uses_kernels, vegas)):
        return _pictures_by_node(vegas)
    import vl_convert

    with ENGINE:
        return [str(vl_convert.vega_to_svg(vega, allowed_base_urls=[])) for vega in vegas]


def _pictures_by_node(vegas: Sequence[Spec]) -> list[str]:
    """Draw with the page's own engine and kernels; starting it takes half a second."""
    done = subprocess.run(
        [node_path(), "draw.js"],
        input=json.dumps(vegas),
        capture_output=True,
        text=True,
        check=False,
        cwd=WEB,
    )
    if done.returncode:
        raise ValueError(f"Error: {done.stderr.strip()[-400:]}")
    answers = json.loads(done.stdout)
    for answer in answers:
        if "fault" in answer:
            raise ValueError(f"Error: {answer['fault']}")
    return [str(answer["svg"]) for answer in answers]
