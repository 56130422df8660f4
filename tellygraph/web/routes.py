"""All routes of the site, in the order they are tried; each room of the site brings its own."""

from __future__ import annotations

from starlette.routing import BaseRoute

from . import dataset_site, explorer, graph_store, linked_data, ontology_site, query_page, sparql

ROUTES: list[BaseRoute] = [
    *explorer.ROUTES,
    *linked_data.ROUTES,
    *ontology_site.ROUTES,
    *dataset_site.ROUTES,
    *query_page.ROUTES,
    *sparql.ROUTES,
    *graph_store.ROUTES,
]
