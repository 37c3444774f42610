"""登记册：the one record every shortfall enters by, once; everything later points back to it."""
