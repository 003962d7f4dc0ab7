"""A service people sign in at elsewhere (OpenID Connect), asked for who somebody is.

Code flow with PKCE. Issuer and addresses are pinned: what the service says of itself is taken only
where it names the issuer of the settings and addresses on its host; redirects are not followed.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError

from services.outside_facts import LONGEST_SECONDS, ProviderAwayError, ProviderFacts

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
"""Signatures by a key that only the service has: neither "none" nor a shared secret."""
SCOPE = "openid profile email"
_LEEWAY_SECONDS = 60
_LONGEST_AGE_SECONDS = 600


class ProviderAnswerError(Exception):
    """What came back for a sign-in proves nobody."""


@dataclass(frozen=True)
class Provider:
    """How the service is addressed, as the settings say it."""

    issuer: str
    client_id: str
    client_secret: str
    group_claim: str = "groups"
    department_claim: str = ""


@dataclass(frozen=True)
class Identity:
    """Who signed in: ``subject`` never changes, name, groups and department may.

    ``department`` is empty where the service names none, None where it is not asked for one.
    """

    subject: str
    name: str
    groups: tuple[str, ...]
    department: str | None = None


@dataclass(frozen=True)
class Asked:
    """What one sign-in was begun with and its answer must fit."""

    state: str
    nonce: str
    verifier: str
    redirect_uri: str


class OutsideProvider:
    """Leads to the service and reads its answers; safe for several threads."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._facts = ProviderFacts(provider.issuer)

    @property
    def issuer(self) -> str:
        """The issuer of the settings."""
        return self._provider.issuer

    def leads_to(self, asked: Asked) -> str:
        """Return the address at the service that asks somebody to sign in.

        Raises
        ------
        ProviderAwayError
            The service cannot be reached or does not fit.
        """
        with self._session(asked) as session:
            address, _ = session.create_authorization_url(
                self._facts.addresses()["authorization_endpoint"],
                state=asked.state,
                code_verifier=asked.verifier,
                nonce=asked.nonce,
            )
        return str(address)

    def identify(self, asked: Asked, code: str, now: float) -> Identity:
        """Exchange a code for who signed in.

        Parameters
        ----------
        now
            Seconds since 1970.

        Raises
        ------
        ProviderAwayError
            The service cannot be reached or does not fit.
        ProviderAnswerError
            The code was refused, or what was signed is not for us, not for this sign-in, by
            another key or out of date.
        """
        token = self._token(asked, code)
        text = token.get("id_token")
        if not isinstance(text, str):
            raise ProviderAnswerError("no id_token")
        claims, header = self._claims(text)
        self._check(claims, header, asked, token, now)
        return self._identity(claims)

    def _session(self, asked: Asked) -> AbstractContextManager[Any]:
        # what speaks HTTP tries a socket when it is imported: only where it is needed
        from authlib.integrations.requests_client import OAuth2Session

        session: AbstractContextManager[Any] = OAuth2Session(
            client_id=self._provider.client_id,
            client_secret=self._provider.client_secret,
            scope=SCOPE,
            redirect_uri=asked.redirect_uri,
            code_challenge_method="S256",
            default_timeout=LONGEST_SECONDS,
        )
        return session

    def _token(self, asked: Asked, code: str) -> Mapping[str, Any]:
        import requests

        endpoint = self._facts.addresses()["token_endpoint"]
        with self._facts.asking():
            try:
                with self._session(asked) as session:
                    found: Mapping[str, Any] = session.fetch_token(
                        endpoint,
                        code=code,
                        code_verifier=asked.verifier,
                        grant_type="authorization_code",
                        allow_redirects=False,
                    )
            except requests.RequestException as fault:
                raise ProviderAwayError(type(fault).__name__) from fault
            except (OAuthError, ValueError, KeyError, TypeError) as fault:
                raise ProviderAnswerError("the code was refused") from fault
        return found

    def _claims(self, text: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return claims and header of a signed text; keys are fetched anew once for a new one."""
        for keys in (self._facts.keys(), None):
            try:
                found = jwt.decode(text, keys or self._facts.keys(is_new=True), list(ALGORITHMS))
            except (JoseError, ValueError, TypeError) as fault:
                if keys is None:
                    raise ProviderAnswerError("the signature does not fit") from fault
            else:
                return dict(found.claims), dict(found.header)
        raise AssertionError("unreachable")

    def _check(
        self,
        claims: dict[str, Any],
        header: dict[str, Any],
        asked: Asked,
        token: Mapping[str, Any],
        now: float,
    ) -> None:
        own = self._provider.client_id
        checked = CodeIDToken(
            claims,
            header,
            {"iss": {"essential": True, "value": self._provider.issuer}},
            {"nonce": asked.nonce, "client_id": own, "access_token": token.get("access_token")},
        )
        try:
            checked.validate(now=int(now), leeway=_LEEWAY_SECONDS)
        except (JoseError, ValueError, TypeError, KeyError) as fault:
            raise ProviderAnswerError("the claims do not fit") from fault
        audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
        if own not in audience or (len(audience) > 1 and claims.get("azp") != own):
            raise ProviderAnswerError("it was made for somebody else")
        if not isinstance(claims["sub"], str) or not claims["sub"]:
            raise ProviderAnswerError("nobody is named")
        if abs(now - float(claims["iat"])) > _LONGEST_AGE_SECONDS:
            raise ProviderAnswerError("it is out of date")

    def _identity(self, claims: Mapping[str, Any]) -> Identity:
        groups = _inner(claims, self._provider.group_claim)
        path = self._provider.department_claim
        department = _inner(claims, path)
        if path and not isinstance(department, str):
            # whoever has left a department keeps no rights of it
            department = ""
        name = claims.get("preferred_username") or claims.get("email") or claims["sub"]
        return Identity(
            subject=f"{self._provider.issuer} {claims['sub']}",
            name=name if isinstance(name, str) else "",
            groups=tuple(g for g in groups if isinstance(g, str))
            if isinstance(groups, list)
            else (),
            department=department,
        )


def _inner(claims: Mapping[str, Any], path: str) -> Any:
    """Return a claim; a dot leads into an inner one, as ``realm_access.roles``."""
    found: Any = claims
    for name in path.split(".") if path else ():
        found = found.get(name) if isinstance(found, Mapping) else None
    return found if path else None
