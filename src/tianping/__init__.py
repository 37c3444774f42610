"""天平：法院司法作风与业务能力建设的工作系统。

The loop: evidence → finding → remedy → training → effect → accountability → report.
ARCHITECTURE.md says which folder is which stage and who may import whom.
"""

__version__ = "0.1.0"
