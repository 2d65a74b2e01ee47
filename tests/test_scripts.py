"""Texts of every script: where links and emphasis end, how words look in an address, what says enough."""

import pytest

from moments.forms.appeal import AppealForm
from moments.forms.moment import MomentForm
from moments.forms.post import SongForm
from moments.models import Moment, Song, Tag
from reelive.markdown import render
from reelive.text import normalise_tag, similar, slugify
from tests.support.makers import make_moment
from tests.support.markdown import link
from tests.support.rows import for_each

S = "https://a.example/s"


@for_each("text", [
    f"«{S}»", f"‘{S}’", f"“{S}”", f"„{S}“", f"‹{S}›", f"{S}’s", f"{S}…", f"{S}。", f"{S}。次", f"{S}、次",
    f"「{S}」と", f"『{S}』", f"（{S}）", f"【{S}】", f"{S}！", f"{S}？」", f"{S}，然后", f"{S}।",
    f"{S}؟", f"{S}؛",
    f"{S}։", f"{S}።", f"{S}។", f"{S}—that", f"“{S}.”", f"({S}”)", f"{S}（see", f"{S}·", f"{S}〜", f"*{S}*",
])  # fmt: skip
def test_a_bare_link_ends_before_the_marks_that_close_what_is_around_it(text):
    before, after = (part.replace("*", "") for part in text.split(S))
    inner = f"{before}{link(S)}{after}"
    assert render(text) == (f"<p><em>{inner}</em></p>" if "*" in text else f"<p>{inner}</p>")


@for_each("address", [
    "https://a.example/東京（曖昧さ回避）", "https://a.example/ライアン・ゴズリング", "https://a.example/Col·lecció",
    "https://a.example/Paris–Roubaix", "https://a.example/Snatch_(film)", "https://a.example/【a】b",
    "https://例え.jp/です", "https://пример.рф/страница", "https://a.example/हिन्दी", "https://a.example/?q=Ünal",
])  # fmt: skip
def test_marks_within_an_address_stay_in_its_link(address):
    assert render(f"{address}。").endswith(f">{address}</a>。</p>")


@for_each("text, html", [
    ("**「強調」**です", "<strong>「強調」</strong>です"),
    ("**「一」**と**「二」**です", "<strong>「一」</strong>と<strong>「二」</strong>です"),
    ("これは**「強調」**です", "これは<strong>「強調」</strong>です"),
    ("これは*強調。*です", "これは<em>強調。</em>です"),
    ("**강조(強調)**입니다", "<strong>강조(強調)</strong>입니다"),
    ("**テスト!**テスト", "<strong>テスト!</strong>テスト"),
    ("**“強調”**です", "<strong>“強調”</strong>です"),
    ("~~「強調」~~です", "<s>「強調」</s>です"),
    ("***「強調」***です", "<em><strong>「強調」</strong></em>です"),
    ("𠮷**（強調）**𠮷", "𠮷<strong>（強調）</strong>𠮷"),
])  # fmt: skip
def test_emphasis_ends_beside_letters_of_scripts_without_spaces(text, html):
    assert render(text) == f"<p>{html}</p>"


@for_each("text", [
    "**“bold”**text", "a**(bold)**b", "** bold**", "**bold **", "a*\"foo\"*", "snake_case_name",
    "пристаням_стремятся_", "_(bold)_text",
])  # fmt: skip
def test_other_scripts_are_read_as_commonmark_says(text):
    markup = render(text)
    assert "<strong>" not in markup
    assert "<em>" not in markup


@for_each("word", [
    "हिन्दी", "বাংলা", "ગુજરાતી", "தமிழ்", "తెలుగు", "മലയാളം", "ಕನ್ನಡ", "ଓଡ଼ିଆ", "မြန်မာ", "සිංහල",
    "ខ្មែរ", "ລາວ", "ไทย", "עברית", "한국어", "العربية", "བོད", "ᬩᬮᬶ",
])  # fmt: skip
def test_a_word_of_any_script_stays_whole_in_an_address(word):
    assert slugify(f"{word} {word}", "film") == f"{slugify(word, 'film')}-{slugify(word, 'film')}"
    assert "-" not in slugify(word, "film")
    assert len(slugify(word, "film")) == len(word)


def test_what_joins_letters_unseen_does_not_part_a_word_of_an_address():
    assert slugify("ශ්‍රී ලංකා", "film") == "ශ්රී-ලංකා"
    assert slugify("می‌خواهم", "film") == "میخواهم"
    assert slugify("צה״ל", "film") == "צהל"


def test_words_with_different_vowel_signs_are_different():
    assert slugify("दिल", "film") != slugify("दल", "film")
    assert similar("कहानी", ["कहाना"]) == ["कहाना"]
    assert similar("की का", ["कु के"]) == []


def test_an_address_that_was_made_before_stays_until_the_title_changes(film, mia):
    moment = make_moment(film, mia, "हिन्दी")
    Moment.objects.filter(pk=moment.pk).update(slug="ह-न्द")
    moment.refresh_from_db()
    moment.body = "Another text."
    moment.revise()
    assert Moment.objects.get().slug == "ह-न्द"
    moment.title = "हिन्दी 2"
    moment.revise()
    assert Moment.objects.get().slug == "हिन्दी-2"
    assert [former.slug for former in moment.former_slugs.all()] == ["ह-न्द"]


# What says enough.


def errors(form, instance, **texts):
    data = {"title": "A title", "body": "Some text.", "tags": "stars", "artist": "Somebody"} | texts
    return set(form(data, instance=instance, viewer=None).errors)


@for_each("title", ["M", "7", "22", "If", "愛", "告白", "!", "É"])
def test_a_title_that_shows_is_enough(title, film):
    assert errors(SongForm, Song(film=film), title=title) == set()
    assert errors(MomentForm, Moment(film=film), title=title) == set()


@for_each("body", ["I cried.", "最高でした。", "泣いた", "Wow", "울었다", "😭"])
def test_a_text_that_shows_is_enough(body, film):
    assert errors(MomentForm, Moment(film=film), body=body) == set()


@for_each("plea, is_enough", [
    ("No!", False), ("Nein doch", False), ("It was mine.", True), ("違う", False), ("誤解です", True),
    ("오해입니다", True),
])  # fmt: skip
def test_an_appeal_is_measured_by_what_it_says(plea, is_enough):
    assert AppealForm({"text": plea}).is_valid() is is_enough


@for_each(
    "nothing", ["", " ", "\u200b", "\u200b\u200d\ufeff", "\u0301", "\u3164", "\u2800", "\u00ad", "\u202e"]
)
def test_what_does_not_show_is_refused(nothing, film):
    assert errors(MomentForm, Moment(film=film), title=nothing, body=nothing) == {"title", "body"}
    assert errors(SongForm, Song(film=film), title=nothing, artist=nothing) == {"title", "artist"}


def test_a_tag_may_be_a_single_letter_that_is_a_word(film, mia):
    assert normalise_tag("愛") == "愛"
    make_moment(film, mia, tags=["愛"])
    assert Tag.objects.get().slug == "愛"
    for letter in ("x", "é", "1"):
        with pytest.raises(ValueError, match=letter):
            normalise_tag(letter)
