"""Worksheets: what a visitor fills in and a member keeps as a file, and what is computed from it."""
