# 天平。`make demo` 起一个演示法院；`make test` 跑全部测试；`make check` 查格式、类型、依赖方向与生成的文档。
PY ?= python3
BIN := .venv/bin
SERVE ?= 1
DATA ?= small
.DEFAULT_GOAL := help
.PHONY: help demo test check fix bench assets lock docs authz-mutants clean

help:
	@sed -n 's/^## //p' Makefile

.venv/.stamp: requirements.lock pyproject.toml
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "需要 Python 3.11 或更新（当前：$$($(PY) --version 2>&1)）。请 apt-get install python3 python3-venv，或用 make PY=/path/to/python3.11。"; exit 2; }
	@$(PY) -m venv .venv 2>/dev/null || { echo "缺 python3-venv：请 apt-get install python3-venv 后重试。"; exit 2; }
	@echo "安装依赖（按 requirements.lock 的哈希）……"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

build/vendor/.stamp: package-lock.json tools/assets.py .venv/.stamp
	@$(BIN)/python tools/assets.py
	@touch $@

## make assets           取前端资源（按 package-lock.json 的哈希）
assets: build/vendor/.stamp

## make demo             建演示法院并在 http://127.0.0.1:8000 提供服务（SERVE=0 只建不起服务）
demo: .venv/.stamp build/vendor/.stamp
	@$(BIN)/tianping-server demo --data $(DATA) $(if $(filter 0,$(SERVE)),--no-serve)

## make test             全部测试：单元、旅程、浏览器、PostgreSQL；机器缺什么，末行点名
test: .venv/.stamp build/vendor/.stamp
	@$(BIN)/python tools/run_tests.py

## make check            格式、ruff、mypy、依赖方向、迁移、生成文档
check: .venv/.stamp build/vendor/.stamp
	@$(BIN)/python tools/run_checks.py

## make fix              能自动修的都修
fix: .venv/.stamp
	@$(BIN)/ruff format . ; $(BIN)/ruff check --fix . ; $(MAKE) --no-print-directory docs

## make docs             重新生成 docs/rules 与 docs/states
docs: .venv/.stamp
	@$(BIN)/python tools/generate_docs.py

## make bench            各项实测，打印 JSON
bench: .venv/.stamp build/vendor/.stamp
	@for f in $$(grep -l __main__ bench/*.py); do echo "== $$f" >&2; $(BIN)/python $$f || exit 1; done

## make authz-mutants    逐个拆掉权限条件，看测试能否发现
authz-mutants: .venv/.stamp
	@$(BIN)/python tools/authz_mutants.py

## make lock             改过 pyproject.toml 后重写 requirements.lock
lock:
	@$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url pyproject.toml --all-extras --group dev -o requirements.lock

clean:
	rm -rf .venv build var
