"""Measurements side by side with their limits: `python -m tests.benchmarks`. No test and no judgement: a table."""
