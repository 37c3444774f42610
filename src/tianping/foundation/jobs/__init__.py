"""后台任务：work too long for a page — it shows its progress, can be cancelled, and survives the kill of its worker.

The Job row is the truth; the row of django-tasks-db is only the ticket (号条) a worker draws. A ticket drawn twice
finds nothing to do. Whoever ran a job may die at any moment, so every job must be safe to run twice.
"""
