"""Marks learners' notebooks: outside of their process, on our own copy, on two companies.

The journey of a submission: `submission` finds and reads the file, `graft` puts the learner's
answer cells into our notebook (`claims` tells which cell answers what), `steps` says what runs,
`runner` has it run by a `child` that `zygote` forks and `confine` shuts in, with one of `apis`
beside it, `judge` compares the values that came back with the key, `memory` remembers the verdict,
`report` says it, and `feedback` sends it to the learner. `tampering` and `nbvalgate` look at a
saved notebook with a test's eyes.
"""
