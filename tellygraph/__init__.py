"""Tellygraph turns television reviews into linked data."""
