"""Markdown to sanitised HTML with the positions of what it refers to."""
