"""本院参数：a court's own dated numbers over the national ones (law/parameters), and the holiday notices it imported.

One person proposes a number with its basis and the day it holds from; a leader approves. Nothing is edited: a number
ends where a later row begins. A number the law itself sets is not the court's to change.
"""
