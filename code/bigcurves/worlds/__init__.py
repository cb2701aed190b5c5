"""Worlds: draw latents, render rows."""

from bigcurves.worlds.bar import BarWorld as BarWorld
from bigcurves.worlds.classes import EIGHT as EIGHT
from bigcurves.worlds.classes import SHIFTED_EIGHT as SHIFTED_EIGHT
from bigcurves.worlds.classes import TURNED_EIGHT as TURNED_EIGHT
from bigcurves.worlds.classes import TURNED_FOUR as TURNED_FOUR
from bigcurves.worlds.classes import GlyphClasses as GlyphClasses
from bigcurves.worlds.curves import CurveWorld as CurveWorld
from bigcurves.worlds.digit_addition import DigitAddition as DigitAddition
from bigcurves.worlds.digits import Digits as Digits
from bigcurves.worlds.fields import GaussianField as GaussianField
from bigcurves.worlds.fields import VoronoiCells as VoronoiCells
from bigcurves.worlds.fields import flip_symmetric as flip_symmetric
from bigcurves.worlds.fields import flip_systematic as flip_systematic
from bigcurves.worlds.flat import FlatWorld as FlatWorld
from bigcurves.worlds.glyph import GlyphWorld as GlyphWorld
from bigcurves.worlds.integers import Integers as Integers
from bigcurves.worlds.integers import is_prime as is_prime
from bigcurves.worlds.integers import sieve as sieve
from bigcurves.worlds.keys import Keys as Keys
from bigcurves.worlds.mnist import MNIST as MNIST
from bigcurves.worlds.modular import ModularAddition as ModularAddition
from bigcurves.worlds.parity import Parity as Parity
from bigcurves.worlds.pixels import permute_pixels as permute_pixels
from bigcurves.worlds.projection import Projection as Projection
from bigcurves.worlds.tables import is_group_isotope as is_group_isotope
from bigcurves.worlds.turning import TurningBar as TurningBar
