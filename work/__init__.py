"""The work layer: what a worker runs."""
