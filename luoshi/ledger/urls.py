"""Addresses of the ledger."""

from django.urls import path

from luoshi.ledger.views import acts, items, lists, registering, splitting

app_name = "ledger"
urlpatterns = [
    path("ledger/", lists.show_list, name="list"),
    path("items/new/", registering.register, name="register"),
    path("items/<int:pk>/", items.show_item, name="item"),
    path("items/<int:pk>/files/<int:file_pk>/", items.show_file, name="file"),
    path("items/<int:pk>/split/", splitting.split, name="split"),
    path("items/<int:pk>/<slug:action>/", acts.act_on_item, name="act"),
]
