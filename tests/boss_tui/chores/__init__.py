"""Chores beside the desk."""
