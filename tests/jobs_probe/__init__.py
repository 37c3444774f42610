"""任务探针：a test-only app whose jobs leave a mark for each effect and each run; for the kill test and the bench."""
