"""Doors for members; mounted inside the namespace `members` by cms/urls.py."""

from django.urls import URLPattern, path

from home.members import learning, office_mail, preferences, views

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("learning/", learning.learning, name="learning"),
    path("learning/<uuid:pk>/", learning.learning_card, name="learning_card"),
    path("notifications/preferences/", preferences.notification_preferences, name="notification_preferences"),
    path("office/mail/", office_mail.mail, name="office_mail"),
    path("office/mail/again/", office_mail.mail_kind_again, name="office_mail_kind_again"),
    path("office/mail/<int:pk>/again/", office_mail.mail_again, name="office_mail_again"),
]
