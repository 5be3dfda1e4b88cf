"""Takes secrets out of what a browser recorded: by name, wherever a name and a value stand.

Names say what is secret, in headers, cookies, addresses, forms, JSON, HTML and scripts, and in
any of them inside an address that is itself percent-encoded. A JSON web token and a bearer token
are known by their looks, and what stood in a cookie or an Authorization header is hidden in
every other place too, whatever it is called there.

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
_PAIR = re.compile(
    r"(?P<before>(?:^|[?&#;]\s*|%(?:25)*(?:3F|26|23)|\\u0026)"
    rf"(?P<name>{_NAME}?)(?:=|%(?:25)*3D))"
    r"(?P<value>(?:(?!%(?:25)*(?:26|23))[^&#;\s\"'<>\\])+)",
    re.IGNORECASE,
)
_JSON = re.compile(
    rf'(?P<before>"(?P<name>{_NAME})"\s*:\s*)'
    r'(?P<value>"(?:[^"\\]|\\.)*"?|-?\d[\d.]*|\[[^\[\]{}]*\]?)',
)
_ESCAPED_JSON = re.compile(
    rf'(?P<before>\\+"(?P<name>{_NAME})\\+"\s*:\s*)(?P<value>\\+"[^"\\]*(?:\\+")?|-?\d[\d.]*)',
)
_SCRIPT = re.compile(
    rf"(?P<before>(?<![\w\"])'?(?P<name>{_NAME}?)'?\s*[:=]\s*)"
    r"(?P<value>'[^'\\\n]*'|\"[^\"\\\n]*\")",
)
_MULTIPART = re.compile(
    rf'(?P<before>form-data;[^\r\n]{{0,200}}?\bname="(?P<name>{_NAME})"[^\r\n]*\r?\n(?:[^\r\n]+\r?\n){{0,9}}\r?\n)'
    r"(?P<value>.*?)(?=\r?\n--|\Z)",
    re.DOTALL,
)
_XML = re.compile(rf"(?P<before><(?:\w+:)?(?P<name>{_NAME})(?:\s[^<>]*)?>)(?P<value>[^<]+)(?=</)")
_TAG = re.compile(r"<(?:input|meta)\b[^<>]*>", re.IGNORECASE)
_TAG_NAME = re.compile(r"\b(?:name|id|property)\s*=\s*[\"']?([\w$.\-\[\]]+)", re.IGNORECASE)
_TAG_VALUE = re.compile(
    r"(\b(?:value|content)\s*=\s*)(\"[^\"]*\"?|'[^']*'?|[^\s>]+)", re.IGNORECASE
)
_BEARER = re.compile(r"\b(Bearer\s+)(?=\S*\d)[\w.~+/=-]{8,}", re.IGNORECASE)
_WEB_TOKEN = re.compile(r"\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?")
_USER_IN_ADDRESS = re.compile(r"(?<=://)[^/\s@\"'<>]+(?=@)")
_SAML_DOCUMENT = re.compile(r"<(?:\w+:)?\w+\b[^<>]*urn:oasis:names:tc:SAML", re.IGNORECASE)
_LONG = re.compile(r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{16,}(?![\w-])")
_HARMLESS_HEADERS = ("access-control-", "sec-fetch-", ":authority")


class Redaction:
    """Hides secrets, and counts them in `hidden`; one that is off hides nothing."""

    def __init__(self, *, on: bool = True) -> None:
        self.on = on
        self.hidden = 0
        self._known: set[str] = set()

    def learn(self, secret: str) -> None:
        """Remember a secret's long parts, to hide them wherever they turn up again."""
        self._known.update(_LONG.findall(secret))

    def named(self, name: str, value: str) -> str:
        """The value of a header or parameter: hidden for its name, or with secrets taken out."""
        if not self.on or not value:
            return value
        is_harmless = name.lower().startswith(_HARMLESS_HEADERS)
        return self.hide() if is_secret(name) and not is_harmless else self.text(value)

    def hide(self) -> str:
        """What stands for a secret."""
        self.hidden += 1
        return HIDDEN

    def text(self, text: str) -> str:
        """Any text, with every secret in it hidden: an address, a form, JSON, HTML, a script."""
        if not self.on or not text:
            return text
        if _SAML_DOCUMENT.search(text):
            return self.hide()
        text = _TAG.sub(self._in_tag, text)
        text = _MULTIPART.sub(self._pair, text)
        text = _PAIR.sub(self._pair, text)
        for pattern in (_JSON, _ESCAPED_JSON, _SCRIPT, _XML):
            text = pattern.sub(self._mild_pair, text)
        text = _BEARER.sub(lambda found: found[1] + self.hide(), text)
        text = _WEB_TOKEN.sub(lambda _: self.hide(), text)
        if self._known:
            text = _LONG.sub(lambda found: self._remembered(found[0]), text)
        return _USER_IN_ADDRESS.sub(lambda _: self.hide(), text)

    def _remembered(self, word: str) -> str:
        return self.hide() if word in self._known else word

    def _pair(self, found: re.Match[str]) -> str:
        if not is_secret(found["name"]) or HIDDEN in found["value"]:
            return found[0]
        return found["before"] + self.hide()

    def _mild_pair(self, found: re.Match[str]) -> str:
        value = found["value"].strip("\\\"'")
        if not value or (_MILD_NAME.match(found["name"]) and _MILD_VALUE.fullmatch(value)):
            return found[0]
        if not is_secret(found["name"]) or HIDDEN in found["value"]:
            return found[0]
        quote = re.match(r"\\*[\"']?", found["value"])
        mark = quote[0] if quote else ""
        return f"{found['before']}{mark}{self.hide()}{mark}"

    def _in_tag(self, found: re.Match[str]) -> str:
        name = _TAG_NAME.search(found[0])
        if name is None or not is_secret(name[1]):
            return found[0]
        return _TAG_VALUE.sub(lambda value: f'{value[1]}"{self.hide()}"', found[0])


def is_secret(name: str) -> bool:
    """Whether a value of this name is a secret."""
    return bool(_SECRET.search(name.strip()))
