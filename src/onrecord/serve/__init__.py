"""The server behind the workbench: the case over HTTP, described at ``/api/v1/openapi.json``.

``create_app(Settings(...))`` gives an ASGI application; ``onrecord serve CASE`` runs it. Needs the extra ``serve``.
"""

from __future__ import annotations

from onrecord.serve.settings import Settings

__all__ = ["Settings"]
