"""A person's JupyterLab, started lightly: without a grammar that took half of its start and that nothing here uses.

Run as ``python -m autograde.hub.server`` in place of ``jupyterhub.singleuser``.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Be the server."""
    # jsonschema offers checks of international web addresses where this package is there. The package builds a grammar
    # of them whenever it is imported: more than a second of a core, of the three that such a start takes
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    from jupyterhub.singleuser import main as serve

    serve()


if __name__ == "__main__":
    main()
