"""Connectors: how pages of work items and feeds are asked for and read, one small file a system."""

from __future__ import annotations


def register() -> None:
    """Makes every connector known to the stages that pull."""
    from clearspan.interfaces.connectors import feeds
    from clearspan.interfaces.connectors.github import GitHub
    from clearspan.interfaces.connectors.gitlab import GitLab
    from clearspan.interfaces.connectors.jira import Jira
    from clearspan.stages.development import systems
    from clearspan.stages.development.models import Tracker
    from clearspan.stages.evidence import feed_source

    systems.register(Tracker.System.GITHUB, GitHub())
    systems.register(Tracker.System.GITLAB, GitLab())
    systems.register(Tracker.System.JIRA, Jira())
    feed_source.register(feeds.fetch)
