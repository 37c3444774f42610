"""校对模型的训练：text in, model file out. Needs the extra ``[train]``; the runtime never imports it."""
