"""The router that all nouns put their endpoints on: one list is searched faster than ten."""

from __future__ import annotations

from enum import Enum

from fastapi import APIRouter

router = APIRouter()

Tags = list[str | Enum]
"""Under which headings of the description endpoints stand."""
