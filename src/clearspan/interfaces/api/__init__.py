"""REST: POST /api/actions/NAME for every action, GET /api/KIND and /api/KIND/REF for what may be read.

Authorised by a person's token (`Authorization: Bearer cs_...`). OpenAPI at /api/openapi.json, readable at /api/docs.
"""
