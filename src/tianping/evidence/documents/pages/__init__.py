"""文书评查的页面部件：what the templates of issued judgments, reviews and own checks are given."""
