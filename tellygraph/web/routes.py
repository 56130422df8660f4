"""All routes of the site, in the order they are tried; each room of the site brings its own."""

from __future__ import annotations

from starlette.routing import BaseRoute

from . import explorer, graph_store, linked_data, query_page, sparql

ROUTES: list[BaseRoute] = [
    *explorer.ROUTES,
    *linked_data.ROUTES,
    *query_page.ROUTES,
    *sparql.ROUTES,
    *graph_store.ROUTES,
]
