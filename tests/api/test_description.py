"""The description: complete, readable without a network, and true, as Schemathesis finds."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from champion.api import processes
from champion.api.app import endpoints
from champion.api.docs import description
from champion.lantern import Company

from .conftest import Api


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    return description(endpoints())


def operations(told: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for path in told["paths"].values() for operation in path.values()]


def test_every_operation_says_what_it_does_what_it_answers_and_who_may_ask(told: dict[str, Any]):
    assert len(operations(told)) > 30
    for operation in operations(told):
        name = operation["operationId"]
        assert operation["summary"], name
        assert len(operation["description"]) > 15, name
        assert operation["security"][0] == {"token": []}, name
        assert {"401", "403", "422", "429"} <= set(operation["responses"]), name
        for parameter in operation["parameters"]:
            assert parameter.get("description"), (name, parameter["name"])


def test_every_field_of_an_object_has_an_example_or_says_what_it_is(told: dict[str, Any]):
    for name, schema in told["components"]["schemas"].items():
        for field, about in schema["properties"].items():
            assert {"examples", "description", "$ref", "items"} & set(about), (name, field)


def test_links_lead_to_operations_that_take_what_they_bring(told: dict[str, Any]):
    by_id = {each["operationId"]: each for each in operations(told)}
    links = [
        link
        for operation in operations(told)
        for answer in operation["responses"].values()
        for link in answer.get("links", {}).values()
    ]
    assert len(links) > 20
    for link in links:
        names = {each["name"] for each in by_id[link["operationId"]]["parameters"]}
        assert set(link["parameters"]) <= names, link


def test_the_newest_endpoint_declares_problem_details(told: dict[str, Any]):
    answer = told["paths"]["/v1/plays"]["get"]["responses"]["422"]
    assert list(answer["content"]) == ["application/problem+json"]


def test_the_page_needs_nothing_from_elsewhere(api: Api):
    page = api.get("/docs")
    assert page.status_code == 200
    wanted = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(wanted) == 3
    for address in wanted:
        assert address.startswith("/docs/"), address
        assert api.get(address).status_code == 200
    assert "http" not in re.sub(r"https?://api\.lantern\.example", "", page.text)
    assert page.headers["content-security-policy"].startswith("default-src 'self'")
    assert api.get("/docs/../app.py").status_code == 404


@pytest.mark.timeout(600)
def test_schemathesis_finds_nothing_stateful_phase_included(company: Company, tmp_path: Path):
    examples = os.environ.get("CHAMPION_EXAMPLES", "6")
    running = processes.start(tmp_path / "api", company.folder)
    running.ask("PUT", "limit", {"per_minute": 1_000_000})
    try:
        ran = subprocess.run(
            [
                str(Path(sys.executable).with_name("schemathesis")),
                *("run", f"{running.address}/openapi.json"),
                *("-H", f"Authorization: Bearer {running.writing}"),
                *("--phases", "examples,coverage,fuzzing,stateful", "--seed", "1", "--no-color"),
                *("--max-examples", examples, "--request-timeout", "20"),
            ],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
        assert running.ask("GET", "status")["requests"] > 500
    finally:
        running.end()
    assert ran.returncode == 0, ran.stdout[-6_000:]
    for phase in ("Examples", "Coverage", "Fuzzing", "Stateful"):
        assert f"✅ {phase}" in ran.stdout, ran.stdout[-3_000:]
