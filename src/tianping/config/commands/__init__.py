"""`tianping-server` 的各个动作：one module a verb."""
