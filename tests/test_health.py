"""What a supervisor hears: the process is up; the site can work, or what keeps it from working."""

import pytest
from django.db import OperationalError, connection

from reelive import health


@pytest.fixture
def lost_database(monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "cursor", refuse)
    monkeypatch.setattr(health, "_all_migrations_applied", refuse)


def test_process_that_is_up_says_so_without_the_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")
    assert response.cookies == {}


@pytest.mark.django_db
def test_ready_site_names_its_parts(client):
    response = client.get("/readyz")
    assert response.status_code == 200
    parts = dict.fromkeys(["database", "cache", "migrations", "tasks"], "ok")
    assert response.json() == {"status": "ready"} | parts


def test_lost_database_makes_the_site_not_ready(client, lost_database):
    response = client.get("/readyz")
    away = "the database does not answer"
    assert response.status_code == 503
    assert response.json() == {
        "status": f"Not ready, database: {away}; cache: {away}; migrations: {away}.",
        "database": away,
        "cache": away,
        "migrations": away,
        "tasks": away,
    }


@pytest.mark.django_db
def test_migration_that_is_not_applied_makes_the_site_not_ready(client, monkeypatch):
    monkeypatch.setattr(health, "_all_migrations_applied", lambda: False)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["migrations"] == "some are not applied; run manage.py migrate"


@pytest.mark.django_db
def test_cache_that_forgets_makes_the_site_not_ready(client, settings):
    settings.CACHES = settings.CACHES | {
        "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    }
    assert client.get("/readyz").json()["cache"] == "it does not keep what it is given"


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_health_is_only_read(client, address):
    assert client.post(address).status_code == 405


def test_health_is_not_kept_by_anybody(client):
    assert "no-store" in client.get("/healthz")["Cache-Control"]
