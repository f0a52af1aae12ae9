"""The master layer: rooms that judge what comes from the work."""
