"""A member saves posts, with notes and in folders of their own. Nobody else sees any of these pages."""

from django.db.models import Prefetch
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.vary import vary_on_headers

from moments.forms import SavedFolderForm, SavedForm
from moments.models import Post, SavedFolder, SavedPost
from moments.viewer.lookup import post_for_verb
from reelive.formpages import done, form_page
from reelive.listpages import page_of
from reelive.ratelimit import spending
from reelive.shortcuts import back_to, member_required, members_alone, require_member, sign_in_first
from reelive.toasts import toast

NEWEST_FIRST = ("-id",)


@member_required
@never_cache
def saved(request):
    """All that the member saved, or what is in one folder."""
    folders = list(SavedFolder.objects.filter(member=request.user).order_by("name"))
    folder = _chosen(request.GET.get("folder"), folders)
    rows = _with_posts(request).filter(folder=folder) if folder else _with_posts(request)
    page = page_of(request, rows, NEWEST_FIRST)
    context = {
        "rows": page.items,
        "next_cursor": page.next_cursor,
        "folder": folder,
        "tabs": _tabs(folders, folder),
    }
    return render(request, "saved/list.html", context)


def _chosen(key, folders):
    """The folder that the address asks for, None for all; 404 for what is no folder of theirs."""
    if not key:
        return None
    for folder in folders:
        if str(folder.pk) == key:
            return folder
    raise Http404


def _tabs(folders, chosen):
    address = reverse("saved")
    everything = {"label": _("Everything"), "url": address, "current": chosen is None}
    return [everything] + [
        {"label": folder.name, "url": f"{address}?folder={folder.pk}", "current": folder == chosen}
        for folder in folders
    ]


def _with_posts(request):
    """The member's saved posts; what one saved oneself stays there, whoever wrote it."""
    posts = Prefetch("post", Post.objects.for_diary(request.viewer))
    return SavedPost.objects.of(request.user).select_related("folder").prefetch_related(posts)


def post_save(request, post_id):
    """Save a post; also the undo of unsaving it, when it may be gone meanwhile."""
    if not _is_known(request, post_id):
        post = post_for_verb(request, post_id)
        require_member(request, post.link)
    with spending("vote", request.user):
        row, is_new = SavedPost.objects.add(request.user, post_id)
    if is_new:
        link = {"link": reverse("saved-edit", args=[row.pk]), "link_text": _("Add a note")}
        toast(request, _("Saved."), undo=reverse("post-unsave", args=[post_id]), **link)
    return _answer(request, post_id)


def post_unsave(request, post_id):
    if not request.user.is_authenticated:
        return sign_in_first(request, post_for_verb(request, post_id).link)
    if not _is_known(request, post_id):
        post_for_verb(request, post_id)
    with spending("vote", request.user):
        removed = SavedPost.objects.remove(request.user, post_id)
    if removed:
        toast(request, _("No longer saved."), undo=reverse("post-save", args=[post_id]))
    return _answer(request, post_id)


def _is_known(request, post_id):
    """Whether the member saved it at some time, so that they may act on it though it is gone by now."""
    if not request.user.is_authenticated:
        return False
    return SavedPost.objects.filter(member=request.user, post=post_id).exists()


@vary_on_headers("HX-Request")
def _answer(request, post_id):
    """The button as it is now for htmx, and otherwise the page that it was pressed on."""
    if request.htmx:
        posts = Post.objects.for_diary(request.viewer).with_my_saving(request.viewer)
        return render(request, "saved/_answer.html", {"post": get_object_or_404(posts, pk=post_id)})
    return back_to(request, reverse("saved"))


@member_required(draft_for=[SavedForm])
@never_cache
def saved_edit(request, saved_id):
    """The note on a saved post, and its folder."""
    row = get_object_or_404(_with_posts(request), pk=saved_id)
    initial = {"note": row.note, "folder": row.folder and row.folder.name}
    form = SavedForm(request.POST or None, initial=initial)
    if done(request, form, None, lambda: row.amend(**form.cleaned_data)):
        toast(request, _("Your note is saved."))
        return HttpResponseRedirect(reverse("saved"))
    names = SavedFolder.objects.filter(member=request.user).order_by("name").values_list("name", flat=True)
    return form_page(request, "saved/edit.html", form, row=row, names=names)


@member_required(draft_for=[SavedFolderForm])
@never_cache
def saved_folder_edit(request, folder_id):
    """Rename a folder; it can be deleted there too."""
    folder = _own_folder(request, folder_id)
    form = SavedFolderForm(request.POST or None, initial={"name": folder.name})
    if done(request, form, None, lambda: folder.rename(form.cleaned_data["name"])):
        return HttpResponseRedirect(f"{reverse('saved')}?folder={folder.pk}")
    return form_page(request, "saved/folder.html", form, folder=folder)


@members_alone
def saved_folder_delete(request, folder_id):
    """What is in the folder stays saved."""
    _own_folder(request, folder_id).delete()
    toast(request, _("The folder is gone. What was in it is still saved."))
    return HttpResponseRedirect(reverse("saved"))


def _own_folder(request, folder_id):
    return get_object_or_404(SavedFolder, member=request.user, pk=folder_id)
