"""Charts: described once, drawn in the browser, in the PDF and in the slides."""
