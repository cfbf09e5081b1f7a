"""Doors for residents."""

from django.urls import URLPattern, path

from home.public import bodies, feeds, open_data, places, reading, views, words

app_name = "home"
urlpatterns: list[URLPattern] = [
    path("search/", words.search, name="search"),
    path("news/", views.news_list, name="news_list"),
    path("news/feed/", feeds.news_feed, name="news_feed"),
    path("about/bodies/<slug:slug>/", bodies.body_detail, name="body_detail"),
    path("places/", places.place_list, name="place_list"),
    path("places/<slug:slug>/", places.place_detail, name="place_detail"),
    path("reader/", reading.reader_settings, name="reader_settings"),
    path("open-data/", open_data.index, name="open_data"),
    path("open-data/catalog.json", open_data.open_data_catalog, name="open_data_catalog"),
    path("open-data/codes/<slug:key>.csv", open_data.open_data_codes, name="open_data_codes"),
    path("open-data/<slug:key>.columns.csv", open_data.open_data_columns, name="open_data_columns"),
    path("open-data/<slug:key>.csv", open_data.open_data_table, name="open_data_table"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
]
