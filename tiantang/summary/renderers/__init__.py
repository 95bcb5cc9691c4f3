"""One document, several forms: web page, PDF, slides, Markdown. Renderers read only the document."""
