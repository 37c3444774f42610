"""接口说明：the operations in Chinese, and the whole description for tools; all of it comes from this server alone."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tianping.config.api import api
from tianping.foundation.accounts.access import StaffRequest, open_to
from tianping.foundation.accounts.roles import CONTENT_ROLES

TYPES = {"string": "文字", "integer": "整数", "boolean": "true / false", "array": "列表", "object": "对象"}


@open_to(*CONTENT_ROLES)
@require_safe
def openapi(request: StaffRequest) -> HttpResponse:
    """OpenAPI 描述：what tools read."""
    return JsonResponse(api.get_openapi_schema(), json_dumps_params={"ensure_ascii": False})


@open_to(*CONTENT_ROLES)
@require_safe
def docs(request: StaffRequest) -> HttpResponse:
    schema = api.get_openapi_schema()
    context = {
        "title": "接口说明",
        "purpose": "程序怎样凭您的令牌取数、办事。看得到什么、能办什么，与您登录后的页面相同。",
        "breadcrumb": [
            {"label": "首页", "url": "/"},
            {"label": "接口令牌", "url": reverse("tokens:list")},
            {"label": "接口说明"},
        ],
        "operations": [
            _operation(schema, address, method.upper(), operation)
            for address, methods in schema["paths"].items()
            for method, operation in methods.items()
        ],
        "base": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "web/api.html", context)


def _operation(schema: Any, address: str, method: str, operation: Any) -> dict[str, Any]:
    answer = operation["responses"][200]["content"]["application/json"]["schema"]
    body = operation.get("requestBody")
    return {
        "code": operation["operationId"],
        "method": method,
        "address": address,
        "summary": operation["summary"],
        "parameters": [
            {"name": p["name"], "required": p["required"], **_said(schema, p["schema"])}
            for p in operation.get("parameters", [])
        ],
        "body": _fields(schema, body["content"]["application/json"]["schema"]) if body else [],
        "answer": _fields(schema, answer),
    }


def _resolved(schema: Any, one: Any) -> Any:
    if "$ref" in one:
        return _resolved(schema, schema["components"]["schemas"][one["$ref"].rpartition("/")[2]])
    return one


def _fields(schema: Any, one: Any) -> list[dict[str, Any]]:
    whole = _resolved(schema, one)
    needed = whole.get("required", [])
    return [
        {"name": name, "required": name in needed, **_said(schema, field)}
        for name, field in whole["properties"].items()
    ]


def _said(schema: Any, field: Any) -> dict[str, str]:
    """What a field is, in a few words."""
    description = field.get("description", "")
    choices = [_resolved(schema, one) for one in field.get("anyOf") or field.get("allOf") or [field]]
    kinds = []
    for one in choices:
        if one.get("type") == "null":
            kinds.append("可为 null")
        elif "enum" in one:
            kinds.append(" | ".join(map(str, one["enum"])))
        elif one.get("format") in ("date", "date-time"):
            kinds.append("日期" if one["format"] == "date" else "时刻")
        elif one.get("type") == "array":
            kinds.append(f"列表，每项：{'、'.join(_resolved(schema, one['items']).get('properties', {})) or '文字'}")
        else:
            kinds.append(TYPES.get(one.get("type", ""), one.get("title", "")))
    default = (
        f"；不写为 {json.dumps(field['default'], ensure_ascii=False)}" if field.get("default") not in (None, "") else ""
    )
    return {"kind": "，".join(kinds), "description": description + default}
