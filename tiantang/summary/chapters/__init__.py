"""The six chapters: each looks what the community has recorded and writes its pages from it."""
