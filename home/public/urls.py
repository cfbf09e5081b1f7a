"""Doors for residents."""

from django.urls import URLPattern, path

from home.public import feeds, reading, views

app_name = "home"
urlpatterns: list[URLPattern] = [
    path("search/", views.search, name="search"),
    path("news/", views.news_list, name="news_list"),
    path("news/feed/", feeds.news_feed, name="news_feed"),
    path("reader/", reading.reader_settings, name="reader_settings"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
]
