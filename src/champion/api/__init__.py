"""The practice API: Lantern's own, over HTTP on loopback, with its awkward parts left in.

The journey of a request: `serving` takes it in, `front` numbers it, has `gate` look at its token
and `limits` count it, perhaps lets one of the `faults` happen, and hands it to the endpoint that
`app` knows: one noun a module, `videos` to `webhooks`. The endpoint works on the `practice` state,
a copy of the `pristine` one made from the company's database, or asks the `replica` for
statistics. `front` notes request and answer and sends it, with the `clock`'s time.

**Tokens.** Support has two of its own (`keys`): `lnt_desk0r…` reads and `lnt_desk0w…` writes too.
They open account 228, Pacific Crest Conservatory, which has more than 300 videos on every seed;
no customer sees them in a list, and no log shows them whole. Every customer's token works as well:
`keys.token` makes it from the company's seed, for support to try what a customer tries.

**Time.** The practice clock begins at 2026-03-31 12:00:00 UTC, moves 10 ms a request and as far as
`POST /practice/sleep` says; limits, jobs and webhooks go by it. After `POST /practice/reset`
request ids count from 1 and the clock stands where it began, so outputs are the same on every run.

**Words for the log.** The codes of 401 (unauthorized_credentials, account_inactive,
unauthorized_scope), 403 (plan_without_api), 404 (not_found), 422 (invalid) and 429
(too_many_requests) are those of `api_requests.error` in the database.

`deliveries` sends webhooks, `serving` runs the server, `processes` starts and finds it.
"""
