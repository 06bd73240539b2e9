from django.urls import path

from clearspan.stages.portal.views.public import own, reading, writing
from clearspan.stages.portal.views.staff import changelog, moderating, portals, telling

# The public's, under /portal/; /portal itself is named in config/urls.py. Second comes a product; "me" is none.
PUBLIC = [
    path("me", own.me, name="portal_me"),
    path("me.json", own.me_as_values, name="portal_me_json"),
    path("me/enter", own.enter, name="portal_enter"),
    path("me/leave", own.leave, name="portal_leave"),
    path("me/erase", own.erase, name="portal_erase"),
    path("me/confirm/<str:secret>", own.confirm, name="portal_confirm"),
    path("me/unsubscribe/<str:secret>", own.unsubscribe, name="portal_unsubscribe"),
    path("<slug:key>", reading.front, name="portal"),
    path("<slug:key>/ideas", reading.ideas, name="portal_ideas"),
    path("<slug:key>/similar", reading.similar, name="portal_similar"),
    path("<slug:key>/say", writing.say, name="portal_say"),
    path("<slug:key>/ideas/<int:pk>", reading.idea, name="portal_idea"),
    path("<slug:key>/ideas/<int:pk>/vote", writing.vote, name="portal_vote"),
    path("<slug:key>/ideas/<int:pk>/comment", writing.comment, name="portal_comment"),
    path("<slug:key>/ideas/<int:pk>/comments/<int:number>", writing.own_comment, name="portal_own_comment"),
    path("<slug:key>/ideas/<int:pk>/follow", writing.follow, name="portal_follow"),
    path("<slug:key>/coming", reading.coming, name="portal_coming"),
    path("<slug:key>/new", reading.new, name="portal_new"),
    path("<slug:key>/new.atom", reading.feed, name="portal_feed"),
    path("<slug:key>/new/by-mail", writing.news, name="portal_news"),
    path("<slug:key>/new/<int:pk>", reading.entry, name="portal_entry"),
    path("<slug:key>/how", reading.how, name="portal_how"),
]

# The company's people's, under the name of their product.
urlpatterns = [
    path("portal", moderating.queue, name="moderation"),
    path("portal/settings", portals.settings, name="portal_settings"),
    path("portal/ideas/<int:pk>", moderating.idea, name="staff_idea"),
    path("portal/changelog", changelog.entries, name="changelog"),
    path("portal/changelog/new", changelog.new_entry, name="new_entry"),
    path("portal/changelog/<int:pk>", changelog.entry, name="changelog_entry"),
    path("portal/tell/<int:pk>", telling.tell, name="tell"),
    path("portal/told", telling.told, name="told"),
]
