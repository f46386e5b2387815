"""onrecord: news reports into event data that can be cross-examined."""

__version__ = "0.1.0"
