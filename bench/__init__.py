"""Figures: what a step costs, what is lost, how soon the first frame is there. Each module is run by `python -m`."""
