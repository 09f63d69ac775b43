"""Benchmarks: `python -m benchmarks`, or `make bench`. Medians and ratios in one run; nothing is asserted."""
