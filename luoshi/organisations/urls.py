"""Addresses of the house: units and people."""

from django.urls import path

from luoshi.organisations import views

app_name = "organisations"
urlpatterns = [
    path("", views.show_units, name="units"),
    path("new/", views.add_new_units, name="add_units"),
    path("<int:pk>/names/new/", views.add_other_name, name="add_alias"),
    path("people/new/", views.add_new_person, name="add_person"),
]
