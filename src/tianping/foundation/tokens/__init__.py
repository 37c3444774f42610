"""接口令牌：what a program shows instead of a person's password when it asks the API.

A token has its person's sight and no more, ends within a year, on the day its person leaves, and when it is revoked.
The three administrators hold none: they see no content, so there is nothing to ask for.
"""
