"""Trains the injection classifier: text in, a model bundle out."""
