"""问题：what a person verified out of evidence. The subject sees it first and answers; a third person decides; a
relapse inside the watch window reopens it. Until verified after reply it is private to the subject and those who may
verify.
"""
