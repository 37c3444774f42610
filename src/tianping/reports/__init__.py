"""通报·汇报：pages whose every number opens its records. Nothing is counted here: the figures are court's own."""
