"""The laboratory that the tests of this room run experiments in."""

from tests.running.lab import lab as lab
