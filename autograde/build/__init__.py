"""From percent script to worked notebook to release: ``autograde build``."""
