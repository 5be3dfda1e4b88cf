"""Reads logs and what customers attach into pandas frames; knows neither notebook nor company.

The journey of a file: `opening` unpacks it and yields its lines, whatever its line ends and
encoding; `access`, `jsonlines`, `tabular` and `worker` read a log's lines, `har`, `playlist` and
`csvfile` a customer's file, and `search` finds lines by a pattern; `redaction` takes secrets out
of a HAR; `columns` gives every column its type. `unread` counts and keeps each line that could
not be read. It travels with the frame, in `frame.attrs["unread"]`, and so does what there is to
say, one line each, in `frame.attrs["remarks"]`.
"""
