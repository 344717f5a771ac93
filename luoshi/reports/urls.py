"""Addresses of Today and of what is printed."""

from django.urls import path

from luoshi.reports.views import today

app_name = "reports"
urlpatterns = [
    path("", today.show_today, name="today"),
]
