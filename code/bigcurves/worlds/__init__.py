"""Worlds: draw latents, render rows."""

from bigcurves.worlds.bar import BarWorld as BarWorld
from bigcurves.worlds.curves import CurveWorld as CurveWorld
from bigcurves.worlds.digit_addition import DigitAddition as DigitAddition
from bigcurves.worlds.digits import Digits as Digits
from bigcurves.worlds.integers import Integers as Integers
from bigcurves.worlds.integers import is_prime as is_prime
from bigcurves.worlds.parity import Parity as Parity
from bigcurves.worlds.projection import Projection as Projection
