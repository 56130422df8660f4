"""Measures Tellygraph against the bare libraries underneath: `python -m benchmarks`, which is `make bench`."""
