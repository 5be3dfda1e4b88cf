"""L-1119: the signature never matches: they sign JSON that they have written anew."""

from __future__ import annotations

from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.programs import Told, add_webhook, deliver, upload
from champion.lantern.cases.telling import Story
from champion.lantern.clock import DAY, HOUR, MINUTE, SECOND, utc
from champion.lantern.ledger import Ledger
from champion.lantern.logs.stamps import iso
from champion.lantern.signing import body, secret, signature

_URL = "https://atelier.cyclesmistral.example/lantern/webhook"
_TITLES = (
    "Changer une chambre à air",
    "Purger un frein à disque",
    "Entretien d'hiver",
    "Choisir sa taille de cadre",
    "Remplacer les plaquettes",
    "Régler le dérailleur arrière",
)
_BEGUN = utc(2026, 3, 23, 8)


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    ines = story.customer.person("Inès Charpentier")
    hook = add_webhook(story, _URL, ines, "video.ready", _BEGUN)
    key = secret(ledger.dice, hook)
    uploads = [_film(story, nth, title) for nth, title in enumerate(_TITLES)]
    slow = story.number("slow", 0, len(_TITLES) - 2)
    for nth, told in enumerate(uploads):
        (event,) = told.events["video.ready"]
        sent = told.ready + SECOND
        if nth == slow:
            over = deliver(story, hook, event, sent, failure="server_error", status=500)
            deliver(story, hook, event, over + MINUTE, attempt=2)
        else:
            deliver(story, hook, event, sent)
    uuid, moment, request = _captured(story, uploads[-1], key)
    story.ask(ines, "Signature webhook toujours fausse", _BODY, utc(2026, 3, 31, 8, 40))
    story.attach("requete.txt", request, "text/plain")
    story.attach("webhook.py", _SCRIPT.format(key=key).encode(), "text/x-python")
    return Truth(
        "Their program reads the JSON, writes it anew, and signs that: other bytes, another "
        "signature.",
        {
            "event": uuid,
            "signed at": moment * SECOND,
            "the raw body matches": True,
            "what they sign matches": False,
        },
        tempting="The secret is wrong.",
    )


def _film(story: Story, nth: int, title: str) -> Told:
    created = _BEGUN + DAY + nth * 30 * HOUR + story.number(f"hour {nth}", 0, 4) * HOUR
    length = story.number(f"length {nth}", 90, 400) * 1_000
    by = story.customer.people[nth % 2]
    return upload(story, nth + 1, f"mistral{nth + 1:03d}", title, created, length, by)


def _captured(story: Story, told: Told, key: str) -> tuple[str, int, bytes]:
    """The number of an upload's last event, when its only delivery was signed, and the request."""
    (event,) = told.events["video.ready"]
    events, sent = (
        {name: story.ledger.values(table, name) for name in names}
        for table, names in (
            ("webhook_events", ("id", "uuid", "generated_at")),
            ("webhook_deliveries", ("event_id", "signed_at")),
        )
    )
    ((row,),) = (events["id"] == event).nonzero()
    ((last,),) = (sent["event_id"] == event).nonzero()
    uuid, moment = str(events["uuid"][row]), int(sent["signed_at"][last]) // SECOND
    (generated,) = iso(events["generated_at"][row : row + 1])
    content = body(
        uuid,
        "video.ready",
        f"{generated}Z",
        story.account,
        told.video.hashed_id,
        _TITLES[-1],
        None,
    )
    head = _REQUEST.format(
        length=len(content), moment=moment, signature=signature(key, moment, content)
    )
    return uuid, moment, head.replace("\n", "\r\n").encode() + content


_REQUEST = """\
POST /lantern/webhook HTTP/1.1
Host: atelier.cyclesmistral.example
User-Agent: Lantern-Webhooks/2
Content-Type: application/json; charset=utf-8
Lantern-Signature: t={moment},v1={signature}
Content-Length: {length}
Accept: */*

"""

_SCRIPT = """\
# webhook.py : reçoit les événements de Lantern
import hashlib
import hmac
import json
import logging

from flask import Flask, request

SECRET = "{key}"  # l'ancien, changé depuis
app = Flask(__name__)


def signature_ok(header, event):
    parts = dict(p.split("=", 1) for p in header.split(","))
    payload = json.dumps(event)
    signed = parts["t"] + "." + payload
    expected = hmac.new(SECRET.encode(), signed.encode(), hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, parts["v1"])


@app.post("/lantern/webhook")
def webhook():
    event = request.get_json()
    if not signature_ok(request.headers["Lantern-Signature"], event):
        logging.warning("mauvaise signature %s", event["uuid"])
        # return "", 400   # désactivé tant que ça ne marche pas
    publish(event["video"]["hashed_id"])
    return "", 200
"""

_BODY = """\
Bonjour,

votre signature ne correspond jamais. Jamais ! I have followed your page to the
letter: t, a full stop, the body, HMAC with SHA-256. I copied the secret three
times, I even made a new webhook on Monday to get a new secret. Always wrong, for
every event.

So for now we accept everything without looking, and I do not like that at all.

I attach one request exactly as it reached us (written to a file by our server,
headers and all) and my script. The secret in it is the one that was valid for this
request. I have changed it since, so you may look. Is it the accents in our titles?
In the log they look strange.

Cordialement,
Inès Charpentier
Cycles Mistral, Lyon"""

CASE = Case("L-1119", 265, _plant, (19,))
