from __future__ import annotations

import hashlib
import secrets
from typing import Any, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from clearspan.core.actor import Actor, Kind
from clearspan.core.records import Record, Records


class FunctionRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.is_employee else self.none()


class Function(Record):
    """A function of the company: engineering, sales, support ... The company names its own."""

    prefix = "FN"

    name = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=12, choices=Kind.LABELS, default=Kind.OTHER)
    is_scarce = models.BooleanField(default=False, help_text="Its people limit what can be built: plans count them.")
    position = models.PositiveSmallIntegerField(default=0)

    objects = FunctionRecords.as_manager()

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class PeopleRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        if actor.is_employee:
            return self
        return self.filter(pk=actor.guest.pk) if actor.guest else self.none()


class People(BaseUserManager["User"].from_queryset(PeopleRecords)):  # type: ignore[misc]  # made at run time
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A person who signs in by `email`; without a password, by invitation or a provider only."""
        person: User = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save()
        return person


class User(AbstractBaseUser, PermissionsMixin, Record):
    """A person who signs in. With a function: one of us. Without: a guest, who is a customer or a supplier through a
    contact, or nobody yet."""

    prefix = "PE"
    guest_fields = ("email", "name")

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    function = models.ForeignKey(Function, null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    is_admin = models.BooleanField(default=False, help_text="May change the company's settings and invite people.")
    is_active = models.BooleanField(default=True)
    is_staff = False  # Django's own admin is not used
    preferences: Any = models.JSONField(default=dict, blank=True)
    doors = models.PositiveIntegerField(default=0, help_text="Raised to end every session that is open.")
    seen_at = models.DateTimeField(null=True, blank=True, help_text="When Today was last looked at.")

    objects = People()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session carries to stay open: the password's hash, as with Django, and how often doors were shut."""
        return salted_hmac(
            "clearspan.sessions", f"{self.password}:{self.doors}", secret, algorithm="sha256"
        ).hexdigest()

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


class InvitationRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.is_admin else self.none()


class Invitation(Record):
    """Lets one person in, once, by a link. The link's secret is kept as its hash only."""

    prefix = "IN"

    email = models.EmailField()
    name = models.CharField(max_length=120)
    function = models.ForeignKey(Function, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_admin = models.BooleanField(default=False)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationRecords.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"invitation of {self.name}"

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.expires_at > timezone.now()


class TokenRecords(Records):
    def visible_to(self, actor: Actor) -> Self:
        if actor.is_admin:
            return self
        return self.filter(person=actor.person) if actor.is_employee or actor.guest else self.none()

    def of_secret(self, secret: str) -> Token | None:
        """The living token that `secret` belongs to."""
        return (
            self.filter(secret_hash=Token.hash_of(secret), revoked_at=None, person__is_active=True)
            .exclude(expires_at__lte=timezone.now())
            .select_related("person__function")
            .first()
        )


class Token(Record):
    """Lets a person's script or agent act for the person, within scopes. Its secret is kept as its hash only.

    Scopes: "read" (every read), "write" (every action), "write:ACTION" (one action). Never wider than the person.
    """

    prefix = "TK"
    guest_fields = ("name", "scopes", "expires_at", "revoked_at", "used_at")

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80, help_text="Whom or what it is for, such as “my assistant”.")
    scopes = ArrayField(models.CharField(max_length=80), default=list)
    secret_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = TokenRecords.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    def allows(self, scope: str) -> bool:
        return scope in self.scopes or scope.partition(":")[0] in self.scopes

    @staticmethod
    def new_secret() -> str:
        return f"cs_{secrets.token_urlsafe(32)}"

    @staticmethod
    def hash_of(secret: str) -> str:
        return hashlib.sha256(secret.encode()).hexdigest()
