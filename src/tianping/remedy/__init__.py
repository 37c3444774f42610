"""整改·销号：duties — who owes what by when, with which proof, verified by somebody who does not owe it.

A closed duty stays closed. When its finding recurs a new duty follows it and the old one is marked 整改无效.
"""
