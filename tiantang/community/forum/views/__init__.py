"""The member's pages. Thin doors: parse, check, call one verb or read, render."""
