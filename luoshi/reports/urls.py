"""Addresses of Today and of what is printed."""

from django.urls import path

from luoshi.reports.views import prints, today

app_name = "reports"
urlpatterns = [
    path("", today.show_today, name="today"),
    path("print/responsibility-list.xlsx", prints.responsibility_list, name="responsibility_list"),
]
