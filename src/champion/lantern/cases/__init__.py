"""Cases: each module plants one story for one customer of the cast, and knows its truth.

A module defines `CASE`. It is found by `lantern.stories`; adding one touches no other file.
"""
