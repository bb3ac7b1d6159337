"""Worlds in which an agent acts step by step: what several units share of them."""
