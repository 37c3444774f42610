"""年度存量的页面：a court's totals (新收、结案、年末未结) of the years before its case table begins.

Entered one by one or imported from a table by the court's trial office, read by its leaders and inspectors; each number
says where it is from, and what it was before stands on the audit chain and is shown from there.
"""
