"""Small simulations to move by hand in a lesson, one module each, shown on the `stage`.

What a simulation shows at each step is a plain function's answer, which tests ask. Its widget
only draws that answer; where no widget is drawn, the text of it stands in its place.
"""
