"""The page at the door speaks as all others do."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse


@pytest.mark.django_db
def test_staying_signed_in_is_offered_in_the_product_s_own_words(client: Client) -> None:
    said = client.get(reverse("account_login")).content.decode()
    assert "Stay signed in on this device" in said
    assert "Remember Me" not in said
