"""Judges an answer against a key: pure functions that know no notebook, database or clock.

The journey of an answer: `canonical` turns whatever the learner made into plain values,
`judge` decides what to say of it. On the way `compare` tells right from wrong, `diagnose`
recognises a mistake that has a name, and `differences` puts any other one into words.
`patterns` is the small language in which a key describes a mistake by its source.

The journey of a reply: `letters` reads it (`marks`, `calendar`, `numerals` find its ids, dates and
numbers), `reply` compares it with the `evidence` (with `timing`, `leaks`, `promises`, `persons`),
and `replies` puts the remarks into a verdict. A decision goes the same way through `decisions`.
"""
