"""演示法院：a fictional court whose year of work is told through the same services its people would use.

Deterministic for a seed and an anchor day, one random stream for each stage. Every name is invented. Truths are planted
in the judgments (examples/truths.json) and in the plan; ``verify`` looks for each of them and for anything else.
"""
