"""Setting a checkout up: everything the first time, nothing the second."""

import pytest
from django.core.files.base import ContentFile

from moments.models import Film
from reelive.static import HashedStaticFilesStorage
from tests.support.setup import set_up

pytestmark = pytest.mark.django_db


def test_first_set_up_loads_the_films_and_collects_what_browsers_fetch(folder):
    assert set_up() == [
        "Collecting the static files",
        "Loading the films, moments, songs and trivia of the house",
    ]
    assert set(Film.objects.values_list("slug", flat=True)) >= {"la-la-land", "snatch", "ponyo"}
    assert (folder / "static" / "css" / "site.css").exists()


def test_second_set_up_finds_nothing_to_do(folder, film):
    set_up()
    assert set_up() == []


def test_set_up_leaves_the_films_of_members_alone(folder, film):
    assert set_up() == ["Collecting the static files"]
    assert Film.objects.count() == 1


def test_set_up_collects_again_when_a_source_has_changed(folder, film, monkeypatch):
    set_up()
    monkeypatch.setattr("moments.management.commands.setup.fingerprint", lambda: "another")
    assert set_up() == ["Collecting the static files"]


def test_set_up_collects_nothing_while_developing(folder, film, settings):
    settings.DEBUG = True
    assert set_up() == []


def test_modules_import_each_other_by_hashed_names_and_comments_of_packages_stay(tmp_path):
    texts = {
        "js/one.js": 'import "./two.js";\n',
        "js/two.js": "export const two = 2;\n",
        "vendor/three.js": '// import("./four.js")\n',
    }
    storage = HashedStaticFilesStorage(tmp_path, "/static/")
    for name, text in texts.items():
        storage.save(name, ContentFile(text))
    list(storage.post_process({name: (storage, name) for name in texts}))
    hashed = {name: storage.stored_name(name) for name in texts}
    assert hashed["js/two.js"] != "js/two.js"
    two = hashed["js/two.js"].removeprefix("js/")
    found = [(tmp_path / name).read_text() for name in hashed.values()]
    assert found == [f'import"./{two}";\n', texts["js/two.js"], texts["vendor/three.js"]]
