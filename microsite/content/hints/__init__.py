"""Writing hints for Dutch texts: advice to an author, that never stops a build.

``rules.hints(file, guide)`` are the hints about a file; ``guide_file.read_guide(source)`` is the campaign's
guide for them, to be read once; ``readability.reading_ease(markdown)`` is how easy a text is to read.
Nothing that builds a site imports this package: the preview, the desk and ``check --hints`` do.
"""
