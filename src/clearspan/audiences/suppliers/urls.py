"""What a supplier's people see."""

from django.urls import path

from clearspan.audiences.suppliers import views

urlpatterns = [
    path("supplying", views.supplying, name="supplying"),
    path("supplying/quotes/<int:pk>", views.quote, name="supplying_quote"),
    path("supplying/milestones/<int:pk>", views.milestone, name="supplying_milestone"),
]
