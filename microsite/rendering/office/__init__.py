"""Office files: texts (DOCX) and slides (PPTX), drawn as templates of their XML parts."""
