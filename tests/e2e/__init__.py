"""The real JupyterLab in a real browser, driven as a learner would."""
