"""Takes secrets out of what a browser recorded: by name, wherever a name and a value stand.

Names say what is secret, in headers, cookies, addresses, forms, JSON, HTML and scripts, and in
any of them inside an address that is itself percent-encoded. A JSON web token and a bearer token
are known by their looks. A long secret that was hidden once is hidden wherever it turns up again,
whatever it is called there.

Too much hidden is the better mistake. One exception serves support: `code` and `state` stay in
JSON when they are a plain word or a short number, as `"code": "plan_without_api"` is; what an
identity provider sends under these names never is.
"""

from __future__ import annotations

import re

HIDDEN = "[redacted]"

_SECRET = re.compile(
    r"^(?:code|state|nonce|key|auth|sig|otp|pin|sid|pass|pwd|ticket|policy|assertion|relaystate"
    r"|wresult|wctx|hdnts|hdnea|user[-_]?code|device[-_]?code|code[-_]?verifier|code[-_]?challenge)$"
    r"|token|secret|passw|passphrase|api[-_]?key|access[-_]?key|private[-_]?key|credential"
    r"|cookie|session|[cx]srf|authorization|x-auth|saml|signature|bearer|jwt",
    re.IGNORECASE,
)
_MILD_NAME = re.compile(r"(?:code|state)$", re.IGNORECASE)
_MILD_VALUE = re.compile(r"[a-z]+(?:[_ .-][a-z]+)*|[A-Z]{2,3}|\d{1,4}")
_NAME = r"[\w$.\-\[\]]{1,80}"
_KINDS = (  # what stands before a value and names it, the value, whether it may be an error's code
    (
        rf'form-data;[^\r\n]{{0,200}}?\bname="(?P<name>{_NAME})"[^\r\n]*\r?\n(?:[^\r\n]+\r?\n)'
        r"{0,9}\r?\n",
        r"(?s:.*?)(?=\r?\n--|\Z)",
        False,
    ),
    (
        rf"(?:^|[?&#;]\s*|%(?:25)*(?:3F|26|23)|\\u0026)(?P<name>{_NAME}?)(?:=|%(?:25)*3D)",
        r"(?:(?!%(?:25)*(?:26|23))[^&#;\s\"'<>\\])+",
        False,
    ),
    (rf"%22(?P<name>{_NAME})%22(?:%20)*(?:%3A|:)(?:%20|\s)*", r"(?:%22)?[^%&\s\"]+", False),
    (rf'"(?P<name>{_NAME})"\s*:\s*', r'"(?:[^"\\]|\\.)*"?|-?\d[\d.]*|\[[^\[\]{}]*\]?', True),
    (rf'\\+"(?P<name>{_NAME})\\+"\s*:\s*', r'\\+"[^"\\]*(?:\\+")?|-?\d[\d.]*', True),
    (
        rf"(?<![\w\"])'?(?P<name>{_NAME}?)'?\s*[:=]\s*(?=[\"'])",
        r"'[^'\\\n]*'?|\"[^\"\\\n]*\"?",
        True,
    ),
    (rf"<(?:\w+:)?(?P<name>{_NAME})(?:\s[^<>]*)?>", r"[^<]+(?=</)", True),
)
_PATTERNS = tuple(
    (re.compile(key, re.IGNORECASE), re.compile(value), mild) for key, value, mild in _KINDS
)
_TAG = re.compile(r"<(?:input|meta)\b[^<>]*>", re.IGNORECASE)
_TAG_NAME = re.compile(r"\b(?:name|id|property)\s*=\s*[\"']?([\w$.\-\[\]]+)", re.IGNORECASE)
_TAG_VALUE = re.compile(
    r"(\b(?:value|content)\s*=\s*)(\"[^\"]*\"?|'[^']*'?|[^\s>]+)", re.IGNORECASE
)
_BEARER = re.compile(r"\b(Bearer\s+)(?=\S*\d)([\w.~+/=-]{8,})", re.IGNORECASE)
_WEB_TOKEN = re.compile(r"\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?")
_USER_IN_ADDRESS = re.compile(r"(?<=://)[^/\s@\"'<>]+(?=@)")
_SAML_DOCUMENT = re.compile(r"<(?:\w+:)?\w+\b[^<>]*urn:oasis:names:tc:SAML", re.IGNORECASE)
_LONG = re.compile(r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{16,}(?![\w-])")
_QUOTE = re.compile(r"\\*[\"']|%22")
_HARMLESS_HEADERS = ("access-control-", "sec-fetch-", ":authority")


class Redaction:
    """Hides secrets, and counts them in `hidden`; one that is off hides nothing."""

    def __init__(self, *, on: bool = True) -> None:
        self.on = on
        self.hidden = 0
        self._known: set[str] = set()

    def named(self, name: str, value: str) -> str:
        """The value of a header or parameter: hidden for its name, or with secrets taken out."""
        if not self.on or not value:
            return value
        is_harmless = name.lower().startswith(_HARMLESS_HEADERS)
        return self.hide(value) if is_secret(name) and not is_harmless else self.text(value)

    def hide(self, secret: str) -> str:
        """What stands for a secret; its long parts are hidden from now on wherever they stand."""
        self.hidden += 1
        self._known.update(_LONG.findall(secret))
        return HIDDEN

    def text(self, text: str) -> str:
        """Any text, with every secret in it hidden: an address, a form, JSON, HTML, a script."""
        if not self.on or not text:
            return text
        if _SAML_DOCUMENT.search(text):
            return self.hide("")
        text = _TAG.sub(self._in_tag, text)
        for key, value, mild in _PATTERNS:
            text = self._values(text, key, value, mild=mild)
        text = _BEARER.sub(lambda found: found[1] + self.hide(found[2]), text)
        text = _WEB_TOKEN.sub(lambda found: self.hide(found[0]), text)
        if self._known:
            text = _LONG.sub(lambda found: self._remembered(found[0]), text)
        return _USER_IN_ADDRESS.sub(lambda found: self.hide(found[0]), text)

    def _values(
        self, text: str, key: re.Pattern[str], value: re.Pattern[str], *, mild: bool
    ) -> str:
        """Hide what follows the name of a secret; what follows another name is looked into."""
        parts: list[str] = []
        done = 0
        for found in key.finditer(text):
            held = value.match(text, found.end()) if is_secret(found["name"]) else None
            if held is None or found.start() < done:
                continue
            bare = held[0].strip("\\\"'")
            is_mild = mild and _MILD_NAME.match(found["name"]) and _MILD_VALUE.fullmatch(bare)
            if bare and bare != HIDDEN and not is_mild:
                quote = _QUOTE.match(held[0])
                mark = quote[0] if quote else ""
                parts += [text[done : found.end()], mark, self.hide(bare), mark]
                done = held.end()
        return "".join([*parts, text[done:]])

    def _remembered(self, word: str) -> str:
        return self.hide("") if word in self._known else word

    def _in_tag(self, found: re.Match[str]) -> str:
        name = _TAG_NAME.search(found[0])
        if name is None or not is_secret(name[1]):
            return found[0]
        return _TAG_VALUE.sub(lambda value: f'{value[1]}"{self.hide(value[2])}"', found[0])


def is_secret(name: str) -> bool:
    """Whether a value of this name is a secret."""
    return bool(_SECRET.search(name.strip()))
