"""Verbs of members: join, edit the profile, hold a role, leave."""
