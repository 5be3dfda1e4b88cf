"""The learner's workplace: a folder of their own, and JupyterLab opened there.

    champion lab
      → lease     one lab at a time on a work folder
      → supplies  the sample company and the answer keys, built when they are missing
      → layout    lessons, exercises, doctrine and the start page laid out in the work folder
      → jupyter   JupyterLab started there, as `settings` say, by `server`

`layout` never overwrites what a learner wrote: `handouts` lists what the course hands out,
`laid` remembers it, `copies` brings one file up to date and keeps the old one beside, and `files`
writes whole or not at all. `fresh` gives one task back, `start` writes the start page, and
`doctor` says how all of it is.
"""
