"""A sample community: a year and a half of people talking, the same for the same seed and day."""
