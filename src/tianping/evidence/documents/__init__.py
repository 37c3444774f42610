"""文书检查：an issued judgment is reviewed and what the reviewer chooses enters the register; a judge's own check of a
draft is a service to the judge and leaves nothing behind (自查不留痕，评查入册). Two services, two names.
"""
