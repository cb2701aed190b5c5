"""Charts: tidy tables in, Altair charts out. Importing this gives Altair the book's look."""

from bigcurves.charts.theme import BLUE as BLUE
from bigcurves.charts.theme import CATEGORIES as CATEGORIES
from bigcurves.charts.theme import GREEN as GREEN
from bigcurves.charts.theme import INK as INK
from bigcurves.charts.theme import MUTED as MUTED
from bigcurves.charts.theme import ORANGE as ORANGE
from bigcurves.charts.theme import PURPLE as PURPLE
from bigcurves.charts.theme import SKY as SKY
from bigcurves.charts.theme import VERMILLION as VERMILLION
