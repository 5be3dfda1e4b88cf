"""The author's side: sources in `curriculum/` become notebooks, keys and proof.

    curriculum/…/lesson.md, exercise.md
      → markup    Markdown to blocks, each with its line
      → source    blocks to a Lesson: its pages, their cells, the key of its tasks
      → notebook  a page to the notebook that a learner gets, or to its solved copy
      → products  what is built of a lesson, where it goes, and a digest of what it depends on
      → execute   a notebook run on the sample company, outputs that never churn
      → build     all of it, only what changed, two at a time
      → inspect   whether committed notebooks are what their sources say
      → reading   what can be judged by reading: nothing given away, nothing left unsaid, and
                  the `minutes` that are said are those that it takes
      → prove     every task on every proven company, by the runner that marks; `troubles`
                  says what does not hold of one

A page is read by `walk`, which fills a `sheet` with the learner's cells, its words of the
`glossary` and the `figures` that cells must print, and by `task`, which gathers what only the key
knows (`attributes`, `answers`, `needs`, `closing`). `fences` are the queries in prose, `keep` makes
a part's sheet of what its lessons say under that heading. Beside that road
`course` reads the whole curriculum with its `routes`, `coursemap` draws it, `keys` writes the keys
alone, `new` starts a lesson, and `doctrine` keeps the team's `entries`.
"""
