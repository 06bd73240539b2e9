"""The company's settings, below /settings, which is the company's own page."""

from django.urls import path

from clearspan.audiences.settings import launches, lists, people, products

urlpatterns = [
    path("people", people.people, name="settings_people"),
    path("people/invite", people.invite, name="invite_person"),
    path("people/<int:pk>", people.person, name="settings_person"),
    path("products", products.products, name="settings_products"),
    path("products/new", products.new, name="new_product"),
    path("products/<int:pk>", products.product, name="settings_product"),
    path("launches", launches.templates, name="settings_launches"),
    path("launches/new", launches.new_template, name="new_launch_template"),
    path("launches/<int:pk>", launches.template, name="launch_template"),
    path("launches/<int:pk>/change", launches.change_template, name="change_launch_template"),
    path("launches/<int:pk>/lines/new", launches.new_line, name="new_template_line"),
    path("launches/<int:pk>/lines/<int:number>", launches.change_line, name="change_template_line"),
    path("launches/<int:pk>/paste", launches.paste, name="paste_template_lines"),
    path("launches/<int:pk>/checklist.md", launches.checklist, name="template_checklist"),
    path("lists", lists.index, name="settings_lists"),
    path("lists/<str:kind>/new", lists.new, name="new_listed"),
    path("lists/<str:kind>/<int:pk>", lists.change, name="change_listed"),
]
