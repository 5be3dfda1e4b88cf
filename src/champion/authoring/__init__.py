"""The author's side: sources in `curriculum/` become notebooks, keys and proof.

    curriculum/…/lesson.md, exercise.md
      → markup    Markdown to blocks, each with its line
      → source    blocks to a Lesson: its pages, their cells, the key of its tasks
      → notebook  a page to the notebook that a learner gets, or to its solved copy
      → execute   a notebook run on the sample company, outputs that never churn
      → build     all of it, only what changed, two at a time
      → prove     every task on every proven company, by the runner that marks

Beside that road: `course` reads the whole curriculum and its routes, `new` starts a lesson,
`doctrine` keeps the team's entries.
"""
