"""Learners: scikit-learn estimators, and functions for paths and blends."""

from bigcurves.learners.bit_store import BitStore as BitStore
from bigcurves.learners.bit_store import store_bits as store_bits
from bigcurves.learners.blend import Blend as Blend
from bigcurves.learners.blend import blend_neighbours as blend_neighbours
from bigcurves.learners.curves import CURVES as CURVES
from bigcurves.learners.curves import draw_curve as draw_curve
from bigcurves.learners.decoder import Autoencoder as Autoencoder
from bigcurves.learners.decoder import isomap_coder as isomap_coder
from bigcurves.learners.decoder import kernel_decoder as kernel_decoder
from bigcurves.learners.decoder import straight_path as straight_path
from bigcurves.learners.elimination import solve_parities as solve_parities
from bigcurves.learners.features import CosineClassifier as CosineClassifier
from bigcurves.learners.geodesic import bridge_between as bridge_between
from bigcurves.learners.geodesic import geodesic as geodesic
from bigcurves.learners.geodesic import minimax_edges as minimax_edges
from bigcurves.learners.geodesic import neighbour_graph as neighbour_graph
from bigcurves.learners.geodesic import resample as resample
from bigcurves.learners.memorise import memorise as memorise
from bigcurves.learners.nested import nested_laplace_ridge as nested_laplace_ridge
from bigcurves.learners.nested import nested_nearest as nested_nearest
from bigcurves.learners.network import NetworkClassifier as NetworkClassifier
from bigcurves.learners.patches import PatchFeatures as PatchFeatures
from bigcurves.learners.retrieval import XorTable as XorTable
from bigcurves.learners.retrieval import build_xor_table as build_xor_table
from bigcurves.learners.width_search import narrowest as narrowest
from bigcurves.learners.width_search import store_narrowly as store_narrowly
