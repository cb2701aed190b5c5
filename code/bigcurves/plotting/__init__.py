"""Plotting: what all charts share. Importing this gives Altair the book's look."""

from bigcurves.plotting.theme import BLUE as BLUE
from bigcurves.plotting.theme import CATEGORIES as CATEGORIES
from bigcurves.plotting.theme import GREEN as GREEN
from bigcurves.plotting.theme import INK as INK
from bigcurves.plotting.theme import MUTED as MUTED
from bigcurves.plotting.theme import ORANGE as ORANGE
from bigcurves.plotting.theme import PURPLE as PURPLE
from bigcurves.plotting.theme import SKY as SKY
from bigcurves.plotting.theme import VERMILLION as VERMILLION
