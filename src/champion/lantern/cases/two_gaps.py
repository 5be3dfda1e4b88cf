"""L-1146: nobody can watch in the office, and a third of the views are missing: two causes.

A firewall cuts off the segments in the office; what is missing is missing on the farmers' page,
where browsers keep the player from reporting itself.
"""

from __future__ import annotations

from dataclasses import replace

from champion.lantern.cases.captures import BLOCKED, RESET, WINDOWS, Call, har
from champion.lantern.cases.case import Case, Truth
from champion.lantern.cases.counting import day_text
from champion.lantern.cases.streams import EVENTS, Original, encode, fetch
from champion.lantern.cases.telling import Shown, Story
from champion.lantern.cases.visits import captured, count, player_steps, reach_cdn
from champion.lantern.clock import DAY, HOUR, SECOND, Moments, utc
from champion.lantern.dice import below
from champion.lantern.ledger import Ledger
from champion.lantern.logs.fetches import THUMB_SAMPLE
from champion.lantern.logs.lines import LOGS_START

DAYS = 7
_PRESSED = 85
"""How many of a hundred in the office press play."""
_FIRST = utc(2026, 3, 23)
_SITE = "https://www.shirakabadairyunion.example"
_STAFF, _FARMERS = "staff/safety", "farmers/safety"
_EDGE, _OFFICE = "bom2", "198.51.100.246"


def _plant(ledger: Ledger) -> Truth:
    story = Story(ledger, CASE.ticket, CASE.account)
    kenji = story.customer.person("Kenji Murata")
    created = utc(2026, 3, 5, 2)
    film = story.video(1, "shirakaba1", "Safety in the milking parlour", created, 318_000, kenji)
    encode(story, film, created + 80 * SECOND, Original(fps=30))
    last = _staff_before(story, film)
    staff = (40 + below(story.draws("staff views", DAYS), 31)).tolist()
    farmers = (50 + below(story.draws("farmers views", DAYS), 41)).tolist()
    for day, loads in enumerate(staff):
        _page(story, film, _STAFF, day, loads, 0)
    seen = [
        views * story.number(f"share {day}", 56, 68) // 100 for day, views in enumerate(farmers)
    ]
    for day, loads in enumerate(seen):
        _page(story, film, _FARMERS, day, loads, 52)
    start = story.here(utc(2026, 3, 30, 10)) + story.number("captured", 0, 4_000) * SECOND + 211_000
    office = _visit(story, film, start, _STAFF, _OFFICE)
    farm = _visit(story, film, start + 3 * HOUR, _FARMERS, "203.0.113.246")
    count(story, film, office, _STAFF)
    body = _BODY.format(views=sum(staff) + sum(farmers), loads=sum(staff) + sum(seen))
    story.ask(
        kenji,
        "Video stops in the office and views are lost",
        body,
        start // SECOND * SECOND + 20 * HOUR,
    )
    story.attach("page-views.csv", _export(staff, farmers), "text/csv")
    story.attach("office.har", har(f"{_SITE}/{_STAFF}", office), "application/json")
    story.attach("farm.har", har(f"{_SITE}/{_FARMERS}", farm), "application/json")
    return Truth(
        "The office's firewall cuts off segments; on the farmers' page, browsers block the calls "
        "by which the player reports itself.",
        {
            "last play in the office": last,
            "staff page": (sum(staff), sum(staff)),
            "farmers page": (sum(farmers), sum(seen)),
            "cut off in the office": sum(call.error == RESET for call in office),
            "blocked on the farm": sum(call.error == BLOCKED for call in farm),
        },
        tempting="The office's firewall explains both: who cannot watch is not counted.",
    )


def _staff_before(story: Story, film: Shown) -> int:
    """Until the new firewall they watched in the office: the last play there."""
    friday = story.here(utc(2026, 3, 20, 9))
    views = story.number("before", 60, 80)
    moments = story.moments("before", views, utc(2026, 3, 9), friday)
    visitors = story.visitors("before", views, 45)
    began = story.views(film, moments, visitors, page=_STAFF, told=True)
    _at_the_office(story, film, "before", moments, began)
    return int(began.max())


def _page(story: Story, film: Shown, page: str, day: int, loads: int, played: int) -> None:
    """One day's loads on a page, so many of a hundred of which become plays."""
    # A day of theirs from 9 to 20 is within one day of UTC, by which we report.
    start = story.here(_FIRST + day * DAY + 9 * HOUR)
    name = f"{page} {day}"
    moments = story.moments(name, loads, start, start + 11 * HOUR)
    there = below(story.draws(f"{name} played", loads), 100) < played
    office = page == _STAFF
    story.views(film, moments, story.visitors(name, loads, loads), there, page, told=office)
    if office:
        pressed = below(story.draws(f"{name} pressed", loads), 100) < _PRESSED
        waited = (3 + below(story.draws(f"{name} waited", loads), 20)) * SECOND
        _at_the_office(story, film, name, moments, (moments + waited)[pressed])


def _at_the_office(
    story: Story, film: Shown, name: str, appeared: Moments, pressed: Moments
) -> None:
    """What the CDN logs of the office: few pictures, and every playlist."""
    page, folder = f"{_SITE}/{_STAFF}", f"/v/{film.hashed_id}"
    sampled = below(story.draws(f"{name} pictures", len(appeared)), THUMB_SAMPLE) == 0
    asked = [(moment + 60_000, "thumb.jpg") for moment in appeared[sampled].tolist()]
    for moment in pressed.tolist():
        asked += [(moment - 240_000, "master.m3u8"), (moment - 90_000, "720p/index.m3u8")]
    for moment, file in asked:
        if moment >= LOGS_START:
            fetch(story, moment, f"{folder}/{file}", _EDGE, _OFFICE, WINDOWS, page)


def _visit(story: Story, film: Shown, start: int, page: str, address: str) -> list[Call]:
    """A captured visit: in the office segments are cut off, on the farm reports are blocked."""
    again = story.number(f"segments {page}", 3, 6)
    steps = [
        (0, f"{_SITE}/{page}", "document", 205),
        *player_steps(film, 1_420, again, plays=page == _FARMERS),
    ]
    calls = captured(story, start, steps, _EDGE, film)
    if page == _STAFF:
        calls = [
            replace(call, status=0, error=RESET, took=31) if call.url.endswith(".ts") else call
            for call in calls
        ]
    else:
        calls = [
            replace(call, status=0, error=BLOCKED, took=1) if call.url == EVENTS else call
            for call in calls
        ]
    reach_cdn(story, calls, _EDGE, address, f"{_SITE}/{page}")
    return calls


def _export(staff: list[int], farmers: list[int]) -> bytes:
    """Their own count of page views, by day and page."""
    rows = ["date,page,views"]
    for page, counts in ((_STAFF, staff), (_FARMERS, farmers)):
        rows += [f"{day_text(_FIRST + day * DAY)},/{page},{n}" for day, n in enumerate(counts)]
    return "\r\n".join([*rows, ""]).encode()


_BODY = """\
Dear Lantern support,

I am sorry to trouble you. Our office in Sapporo has moved to a new network with a new
firewall. Since Monday 23 March our staff cannot watch the safety video (shirakaba1)
in the office: the picture comes, after pressing play it does not begin.

In the same week our own server counted {views} views of the two pages with this
video, one for staff and one for our farmers; your report says the player was loaded
{loads} times. We think it is one problem: those who cannot watch are not counted.
When our network department opens the firewall, the numbers will be complete. Is this
right? They ask what exactly must be opened.

I attach the count of our server, and two recordings, one from the office and one
which our adviser Ms. Endo's cousin made on his farm, where the video plays without a
problem.

Respectfully,
Kenji Murata
Shirakaba Dairy Union"""

CASE = Case("L-1146", 246, _plant, (25, 8))
