"""Primes: what a network learns of them, and what it cannot."""
