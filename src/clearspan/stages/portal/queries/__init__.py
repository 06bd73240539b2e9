"""What is read: by the public through `visible_to(VISITOR)`, by the company's people through theirs."""

from clearspan.core.actor import Actor

VISITOR = Actor(interface="portal")  # a visitor nobody knows: sees what was published, and nothing else
