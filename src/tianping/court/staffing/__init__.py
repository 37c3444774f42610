"""调动与离院：somebody goes to another division, or leaves the court; offices and posts go together."""
