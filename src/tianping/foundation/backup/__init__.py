"""备份与恢复：one archive of the database and the file store, made while the server runs; restored into an empty place.

No models, and nothing here reads the settings: the commands say where the database and the files are. The secret key
is never in an archive (密钥另存): it opens what the database keeps sealed, so the two must not be lost, or stolen,
together.
"""
