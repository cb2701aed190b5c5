"""Measures: arrays in, Python floats out."""

from bigcurves.measures.distance import manifold_distance as manifold_distance
from bigcurves.measures.distance import picture_distance as picture_distance
from bigcurves.measures.hull import hull_distance as hull_distance
from bigcurves.measures.hull import in_hull_by_programme as in_hull_by_programme
from bigcurves.measures.hull import inside_hull as inside_hull
from bigcurves.measures.hull import inside_latent_hull as inside_latent_hull
from bigcurves.measures.hull import separating_direction as separating_direction
from bigcurves.measures.hull import share_inside_hull as share_inside_hull
