"""The verbs of the forum, one module per noun they change."""
