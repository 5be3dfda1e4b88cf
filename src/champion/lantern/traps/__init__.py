"""Traps: properties of the data by which lessons tell mistakes apart.

Each module defines `TRAP`: it states its property, plants what chance alone would not give, and
checks a built company. Found by `lantern.stories`; adding one touches no other file.
"""
