"""导入案件的向导：choose the file, name its columns, try, write — each step a page, each long one in the background."""
