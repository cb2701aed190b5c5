"""Worlds: draw latents, render rows."""

from bigcurves.worlds.bar import BarWorld as BarWorld
from bigcurves.worlds.curves import CurveWorld as CurveWorld
from bigcurves.worlds.digits import Digits as Digits
from bigcurves.worlds.projection import Projection as Projection
