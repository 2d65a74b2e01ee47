"""Which models Django renders anew once a migration has changed one: here, as few as need it.

By itself it renders all that have to do with the one that changed, after each index and each column, which
is four fifths of what it costs to take the migrations one by one. But nothing of a model is seen by those
that point at it but its key and its table; and before a migration comes to rows, Django renders all models
in any case, if it left some of them as they were (`is_delayed`).
"""

from django.db.migrations.state import ProjectState

every_related = ProjectState._find_reload_model


def as_few_as_need_it(state, app_label, name, delay=False):
    """In place of `ProjectState._find_reload_model`: these models, by app and name."""
    former = state.apps.all_models[app_label].get(name)
    if former and concerns_others(former._meta, state.models[app_label, name], delay):
        return every_related(state, app_label, name, delay)
    state.is_delayed = True
    return {(app_label, name)} | {
        (model._meta.app_label, model._meta.model_name)
        for model in state.apps.get_models()
        if former and issubclass(model, former)
    }


def concerns_others(former, present, delay):
    """Whether a model has another table, or not only columns more where Django says that it may matter."""
    columns = len(former.local_fields) + len(former.local_many_to_many)
    is_renamed = present.options.get("db_table", former.db_table) != former.db_table
    return is_renamed or not (delay or len(present.fields) > columns)
