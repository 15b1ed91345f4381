"""Editions 变更单 (design 12): how what headquarters owns is changed, from a date, in every store alike."""
