"""What comes after a yes, a no or silence: grants, compute, workshops, sprints, readers; with sources."""

from worktest.routes.page import Page, page
from worktest.routes.read import KINDS, Route, Statement, find, read_routes

__all__ = ["KINDS", "Page", "Route", "Statement", "find", "page", "read_routes"]
