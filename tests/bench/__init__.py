"""Benchmarks: what the goals in numbers come to on this machine; nothing here fails.

`make bench` runs every `bench_<noun>.py`, `python -m tests.bench checking` one of them. Each has
`bench() -> list[Row]`, a Row being (what, measured, goal), all text.
"""
