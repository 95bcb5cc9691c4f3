"""A Stack Exchange data dump: XML files of rows."""
