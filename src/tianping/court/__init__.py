"""法院：people's posts, cases and hearings — the nouns everyone points at. The case system stays their master."""
