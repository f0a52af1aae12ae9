"""The spider: a work that crawls web pages; its room keeps the frontier, its workers fetch."""
