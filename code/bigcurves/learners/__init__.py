"""Learners: scikit-learn estimators, and functions for paths and blends."""

from bigcurves.learners.augment import turn_pictures as turn_pictures
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
from bigcurves.learners.geodesic import connect_pieces as connect_pieces
from bigcurves.learners.geodesic import geodesic as geodesic
from bigcurves.learners.geodesic import minimax_edges as minimax_edges
from bigcurves.learners.geodesic import neighbour_graph as neighbour_graph
from bigcurves.learners.geodesic import resample as resample
from bigcurves.learners.least_norm import least_norm_curve as least_norm_curve
from bigcurves.learners.memorise import memorise as memorise
from bigcurves.learners.nested import nested_laplace_ridge as nested_laplace_ridge
from bigcurves.learners.nested import nested_nearest as nested_nearest
from bigcurves.learners.networks.classifiers import (
    ConvolutionalClassifier as ConvolutionalClassifier,
)
from bigcurves.learners.networks.classifiers import NetworkClassifier as NetworkClassifier
from bigcurves.learners.networks.following import learning_curves as learning_curves
from bigcurves.learners.networks.representations import representations as representations
from bigcurves.learners.patches import PatchFeatures as PatchFeatures
from bigcurves.learners.retrieval import XorTable as XorTable
from bigcurves.learners.retrieval import build_xor_table as build_xor_table
from bigcurves.learners.splines import spline_left_out as spline_left_out
from bigcurves.learners.width_search import min_width as min_width
from bigcurves.learners.width_search import min_width_search as min_width_search
