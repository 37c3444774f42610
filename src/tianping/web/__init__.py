"""内网外框：the frame every staff page stands in — rail, top bar, shared parts of a page, home and loop overview.

Nothing of the court's business is decided here: pages receive what selectors of the stages found, already limited
to what the viewer may see. The look and the words follow one house style for screen and print.
"""
