"""Charts: tidy tables in, Altair charts out. Importing this gives Altair the book's look."""

from .theme import BLUE as BLUE
from .theme import CATEGORIES as CATEGORIES
from .theme import GREEN as GREEN
from .theme import INK as INK
from .theme import MUTED as MUTED
from .theme import ORANGE as ORANGE
from .theme import PURPLE as PURPLE
from .theme import SKY as SKY
from .theme import VERMILLION as VERMILLION
