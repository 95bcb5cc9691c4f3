"""Level 2: daily rollups of the events, mergeable, and rebuilt exactly from them."""
