"""The market of a product, and who is in it."""

from django.urls import path

from clearspan.catalogue.views import accounts, competitors, deals, market, offers, winning
from clearspan.catalogue.views.like import like

urlpatterns = [
    path("market", market.market, name="market"),
    path("market/segments/new", market.new_segment, name="new_segment"),
    path("market/heard", market.heard, name="market_heard"),
    path("market/segments/<int:segment>", market.size, name="market_size"),
    path("market/competitors/new", competitors.new, name="new_competitor"),
    path("market/competitors/<int:pk>", competitors.competitor, name="competitor"),
    path("market/competitors/<int:pk>/change", competitors.change, name="change_competitor"),
    path("market/offers", offers.ours, name="our_offers"),
    path("market/offers/new", offers.new, name="new_offer"),
    path("market/offers/<int:pk>", offers.offer, name="offer"),
    path("market/offers/<int:pk>/change", offers.change, name="change_offer"),
    path("market/offers/<int:pk>/prices/<int:price>", offers.change_price, name="change_price"),
    path("market/won-and-lost", winning.won_lost, name="won_and_lost"),
    path("accounts", accounts.accounts, name="accounts"),
    path("accounts/new", accounts.new, name="new_account"),
    path("accounts/<int:pk>", accounts.account, name="account_page"),
    path("accounts/<int:pk>/change", accounts.change, name="change_account"),
    path("accounts/<int:pk>/contacts/new", accounts.new_contact, name="new_contact"),
    path("accounts/<int:pk>/contacts/<int:contact>", accounts.contact, name="change_contact"),
    path("deals", deals.deals, name="deals"),
    path("deals/new", deals.new, name="new_deal"),
    path("deals/<int:pk>", deals.deal, name="deal"),
    path("deals/<int:pk>/change", deals.change, name="change_deal"),
    path("deals/<int:pk>/close", deals.close, name="close_deal"),
    path("like/<str:kind>", like, name="like"),
]
