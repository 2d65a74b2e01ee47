from django.db import migrations
from django.db.models import Max, Min

UNPLACED = 5e11
# Specials used to be put before the pilot, whatever their author said of their place.


def leave_unplaced(apps, schema_editor):
    """Give specials that stand before all else in their series no place: there they told too early."""
    posts = apps.get_model("moments", "Post").objects
    moments = posts.filter(kind="moment")
    for film in moments.filter(season=0).order_by().values_list("film", flat=True).distinct():
        of_film = moments.filter(film=film)
        first = of_film.exclude(season=0).aggregate(first=Min("position"))["first"]
        if first is None:
            continue
        last = of_film.filter(position__gte=UNPLACED).aggregate(last=Max("position"))["last"]
        place = UNPLACED if last is None else last + 1
        for pk, before in of_film.filter(season=0, position__lt=first).values_list("pk", "position"):
            posts.filter(pk=pk).update(position=place)
            posts.filter(film=film, reveals_at=before).update(reveals_at=place)
            place += 1


class Migration(migrations.Migration):
    dependencies = [("moments", "0026_film_sort_title")]

    operations = [migrations.RunPython(leave_unplaced, migrations.RunPython.noop)]
