"""A release as a researcher uses it: tables, and objects to walk along."""
