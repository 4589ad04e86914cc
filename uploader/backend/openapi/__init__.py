"""The description of the API (OpenAPI 3.1), made from the table of its routes."""
