"""逻辑：what the document says in one place and unsays in another."""
