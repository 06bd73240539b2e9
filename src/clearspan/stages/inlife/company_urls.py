"""In-life over all products."""

from django.urls import path

from clearspan.stages.inlife.views import pnl

urlpatterns = [path("", pnl.portfolio, name="earnings")]
