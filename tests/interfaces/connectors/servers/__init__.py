"""Small servers that speak the trackers' APIs, as far as a pull goes: sign-in, pages, times, histories, and trouble."""

from tests.interfaces.connectors.servers.base import Issue, Server
from tests.interfaces.connectors.servers.github import GitHubServer
from tests.interfaces.connectors.servers.gitlab import GitLabServer
from tests.interfaces.connectors.servers.jira import JiraServer

__all__ = ["GitHubServer", "GitLabServer", "Issue", "JiraServer", "Server"]
