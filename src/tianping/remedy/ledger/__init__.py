"""台账填报：the ledger of duties out to Excel, filled in away from here, and back — each row through its own service.

Only what a move may bring comes back: 完成情况, 核验结论 with 核验意见, 移交. Everything else in the table is
there to be read; a row that has changed here meanwhile, or in a column that may not be changed there, is refused.
"""
