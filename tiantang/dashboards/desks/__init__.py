"""The console's first page, one desk per duty."""
