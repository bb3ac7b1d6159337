"""The commands of the human stages, one module a subject; :mod:`worktest.cli` gathers them."""
