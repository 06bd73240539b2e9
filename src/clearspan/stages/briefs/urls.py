from django.urls import path

from clearspan.stages.briefs.views import briefs, digests, sending

urlpatterns = [
    path("briefs", briefs.briefs, name="briefs"),
    path("briefs/sent/<int:pk>", sending.sending, name="sending"),
    path("briefs/<str:audience>", briefs.brief, name="brief"),
    path("briefs/<str:audience>/send", sending.send, name="send_brief"),
    path("briefs/<str:audience>/write", briefs.write, name="write_brief"),
    path("briefs/<str:audience>/print", briefs.brief_to_print, name="print_brief"),
    path("briefs/<str:audience>/as/<str:kind>", briefs.brief_as, name="brief_as"),
]

WITHOUT_PRODUCT = [path("digests/off/<str:token>", digests.stop, name="stop_digest")]
