"""The page of patterns and the pages of errors, without a database."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from clearspan.ui import views
from clearspan.ui.marks import VERDICTS
from clearspan.ui.samples.figures import figures
from clearspan.ui.tokens import colours


@pytest.fixture(scope="module")
def page() -> str:
    return views.patterns(RequestFactory().get("/patterns")).content.decode()


def test_every_kind_of_figure_verdict_and_colour_is_shown(page: str) -> None:
    assert all(f'id="fig-{figure.key}"' in page for figure in figures())
    assert all(f'data-verdict="{kind}"' in page for kind in VERDICTS)
    assert all(f"--{name}\n" in page for name in colours("light"))


def test_there_is_one_answer_and_one_main(page: str) -> None:
    assert page.count("<h1") == 1
    assert page.count("<main") == 1
    assert page.count('id="status"') == 1


def test_no_part_needs_what_the_content_security_policy_forbids(page: str) -> None:
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", page)


def test_no_id_is_used_twice(page: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))


def test_every_label_and_description_points_at_something(page: str) -> None:
    ids = set(re.findall(r'\sid="([^"]+)"', page))
    for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
        for value in re.findall(rf'\s{name}="([^"]+)"', page):
            assert set(value.split()) <= ids, f"{name}={value}"


def test_a_wished_theme_is_there_before_the_first_paint() -> None:
    request = RequestFactory().get("/patterns")
    request.COOKIES = {"theme": "dark", "density": "compact", "keys": '"><script>'}
    assert '<html lang="en-GB" data-theme="dark" data-density="compact">' in views.patterns(request).content.decode()


ERRORS = {
    400: views.bad_request,
    403: views.forbidden,
    404: views.not_found,
}


@pytest.mark.parametrize("status", ERRORS)
def test_an_error_says_what_happened_what_was_kept_and_what_to_do(status: int) -> None:
    answer = ERRORS[status](RequestFactory().get("/"), None)
    _says(answer, status)


def test_a_fault_of_ours_and_a_stale_form_say_so_too() -> None:
    request = RequestFactory().get("/")
    _says(views.server_error(request), 500)
    _says(views.csrf_failure(request), 403)
    assert "data-keep-drafts" in views.csrf_failure(request).content.decode()


def test_a_refusal_gives_its_reason_and_never_as_markup() -> None:
    page = views.forbidden(RequestFactory().get("/"), PermissionDenied("only <finance> may")).content.decode()
    assert "Only &lt;finance&gt; may." in page


def _says(answer: HttpResponse, status: int) -> None:
    page = answer.content.decode()
    assert answer.status_code == status
    assert page.count("<h1") == 1
    assert 'href="/"' in page
    assert "!" not in re.sub(r"<!doctype html>|<[^>]*>", "", page)
