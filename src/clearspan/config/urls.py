"""Every address. A stage's pages stand under their product's name: /rota/opportunities."""

from django.urls import include, path

from clearspan.interfaces import screens
from clearspan.stages.briefs.urls import WITHOUT_PRODUCT
from clearspan.stages.portal.urls import PUBLIC
from clearspan.stages.portal.views.public.reading import portals

urlpatterns = [
    path("patterns", include("clearspan.ui.urls")),
    path("do/<str:name>", screens.do, name="do"),
    path("account/", include("clearspan.audiences.people.urls")),
    path("portal", portals, name="portals"),
    path("portal/", include(PUBLIC)),
    path("", include(WITHOUT_PRODUCT)),
    path("", include("clearspan.interfaces.urls")),
    path("", include("clearspan.audiences.urls")),
    path("<slug:product>/", include("clearspan.stages.evidence.urls")),
    path("<slug:product>/", include("clearspan.stages.opportunities.urls")),
    path("<slug:product>/", include("clearspan.stages.options.urls")),
    path("<slug:product>/", include("clearspan.stages.decisions.urls")),
    path("<slug:product>/", include("clearspan.stages.definition.urls")),
    path("<slug:product>/", include("clearspan.stages.development.urls")),
    path("<slug:product>/", include("clearspan.stages.launch.urls")),
    path("earnings", include("clearspan.stages.inlife.company_urls")),
    path("<slug:product>/", include("clearspan.stages.inlife.urls")),
    path("<slug:product>/", include("clearspan.stages.portal.urls")),
    path("<slug:product>/", include("clearspan.stages.trace.urls")),
    path("<slug:product>/", include("clearspan.stages.briefs.urls")),
    path("<slug:product>/", include("clearspan.catalogue.urls")),
]

handler400 = "clearspan.ui.views.bad_request"
handler403 = "clearspan.ui.views.forbidden"
handler404 = "clearspan.ui.views.not_found"
handler429 = "clearspan.ui.views.too_many"  # asked for by allauth's limits
handler500 = "clearspan.ui.views.server_error"
