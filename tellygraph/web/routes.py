"""All routes of the site, in the order they are tried; each room of the site brings its own."""

from __future__ import annotations

from starlette.routing import BaseRoute

from . import explorer, graph_store, linked_data, sparql

ROUTES: list[BaseRoute] = [*explorer.ROUTES, *linked_data.ROUTES, *sparql.ROUTES, *graph_store.ROUTES]
