"""The graph as a place on the web: pages, a SPARQL endpoint, an address for every thing.

`app.create_app` makes the ASGI application that `tellygraph serve` runs. HTTP is spoken here and nothing else: whatever
touches the graph is a job for the engine's processes, so that it can be stopped.
"""
