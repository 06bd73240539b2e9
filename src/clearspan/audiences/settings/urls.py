"""The company's settings, below /settings, which is the company's own page."""

from django.urls import path

from clearspan.audiences.settings import lists, people, products

urlpatterns = [
    path("people", people.people, name="settings_people"),
    path("people/invite", people.invite, name="invite_person"),
    path("people/<int:pk>", people.person, name="settings_person"),
    path("products", products.products, name="settings_products"),
    path("products/new", products.new, name="new_product"),
    path("products/<int:pk>", products.product, name="settings_product"),
    path("lists", lists.index, name="settings_lists"),
    path("lists/<str:kind>/new", lists.new, name="new_listed"),
    path("lists/<str:kind>/<int:pk>", lists.change, name="change_listed"),
]
