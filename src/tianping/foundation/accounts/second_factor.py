"""第二验证：a six-digit code of the person's own authenticator beside the password; recovery codes for when it is lost.

The secret is sealed with a key made from the secret key of the deployment, which is backed up apart: a stolen copy of
the database opens nobody's second factor. A code is good once, and one step of the clock to either side is forgiven.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from datetime import datetime, timedelta
from urllib.parse import quote

import segno
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from django_otp.oath import TOTP

from tianping.foundation.accounts.models import RecoveryCode, SecondFactor, User
from tianping.foundation.accounts.policy import requires_second_factor
from tianping.foundation.accounts.roles import Role
from tianping.foundation.accounts.services import AccountRefused, WrongPassword, said
from tianping.foundation.accounts.viewer import Viewer, viewer_of
from tianping.foundation.audit import services as audit

STEP, TOLERANCE = 30, 1
FAILURES_MOST, LOCKED_FOR = 5, timedelta(minutes=15)
CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class CodeRefused(ValueError):
    """验证码被拒。"""


def in_use(user: User) -> bool:
    """已启用：with a code asked for at each sign-in."""
    return SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).exists()


def locked_until(factor: SecondFactor, at: datetime) -> datetime | None:
    """锁定至：after too many wrong codes in a row, whatever address they came from."""
    if factor.failures < FAILURES_MOST or factor.failed_at is None:
        return None
    until = factor.failed_at + LOCKED_FOR
    return until if at < until else None


@transaction.atomic
def enrol_begin(*, user: User, password: str, by: Viewer, at: datetime) -> SecondFactor:
    """开始启用：the password again, then a fresh secret that counts for nothing until a code of it has been seen."""
    _own(user, by)
    if not user.check_password(password):
        raise WrongPassword("口令不对，第二验证没有启用。请重新输入。")
    _one_at_a_time(user)
    if in_use(user):
        raise AccountRefused("第二验证已启用。要换手机，请先停用再启用。")
    SecondFactor.objects.filter(user=user).delete()
    sealed = _seal().encrypt(secrets.token_bytes(20))
    factor = SecondFactor.objects.create(user=user, sealed=sealed)
    audit.write("accounts.second_factor.begin", on=user, by=by, at=at)
    return factor


@transaction.atomic
def enrol_confirm(*, user: User, code: str, by: Viewer, at: datetime) -> list[str]:
    """确认启用：with a code of the new secret; returns the recovery codes, shown once."""
    _own(user, by)
    _one_at_a_time(user)
    factor = SecondFactor.objects.filter(user=user, confirmed_at__isnull=True).first()
    if factor is None and in_use(user):  # the same form sent twice: the first answer had the codes
        raise AccountRefused("第二验证已启用。恢复码只在启用的那一页显示过；没有抄下的，请在下面换发。")
    if factor is None:
        raise AccountRefused("没有等待确认的第二验证。请先输入口令，重新开始。")
    if not _matches(factor, code, at):
        raise CodeRefused("验证码不对，第二验证没有启用。请核对手机时间，输入当前显示的 6 位数字。")
    factor.confirmed_at = at
    factor.save()
    audit.write("accounts.second_factor.enable", on=user, by=by, at=at)
    return _new_codes(factor)


def check(*, user: User, code: str, by: Viewer, at: datetime) -> None:
    """验证：a code of the authenticator or a recovery code; refusals say the same whichever was meant."""
    with transaction.atomic():
        refusal = _check(user, code, by, at)
    if refusal:  # raised outside, so that the count of failures stays
        raise CodeRefused(refusal)


def _check(user: User, code: str, by: Viewer, at: datetime) -> str | None:
    factor = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at__isnull=False).first()
    if factor is None:
        return "本账号没有启用第二验证。"
    if until := locked_until(factor, at):
        return _locked(until, at)
    if factor.failed_at and at >= factor.failed_at + LOCKED_FOR:
        factor.failures = 0
    if _matches(factor, code, at) or _recovers(factor, code, by, at):
        factor.failures, factor.failed_at = 0, None
        factor.save()
        return None
    factor.failures, factor.failed_at = factor.failures + 1, at
    factor.save()
    if factor.failures < FAILURES_MOST:
        return "验证码不对，或已经用过。请等手机显示下一个，再输入。"
    audit.write("accounts.second_factor.lock", on=user, by=by, at=at, minutes=15)
    return _locked(at + LOCKED_FOR, at)


def _locked(until: datetime, at: datetime) -> str:
    minutes = -(-int((until - at).total_seconds()) // 60)
    return f"验证码连续 {FAILURES_MOST} 次不对，{minutes} 分钟内不能再试。急用请找安全管理员解除锁定。"


@transaction.atomic
def codes_renew(*, user: User, password: str, by: Viewer, at: datetime) -> list[str]:
    """换发恢复码：the old ones are void at once."""
    _own(user, by)
    if not user.check_password(password):
        raise WrongPassword("口令不对，恢复码没有换。请重新输入。")
    _one_at_a_time(user)
    factor = SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).first()
    if factor is None:
        raise AccountRefused("第二验证没有启用，没有恢复码可换。")
    audit.write("accounts.second_factor.renew_codes", on=user, by=by, at=at)
    return _new_codes(factor)


@transaction.atomic
def disable(*, user: User, password: str, by: Viewer, at: datetime) -> None:
    """停用：by the person, with the password; not where an office held today requires it."""
    _own(user, by)
    if not user.check_password(password):
        raise WrongPassword("口令不对，第二验证没有停用。请重新输入。")
    if requires_second_factor(viewer_of(user, on=by.on)):
        raise AccountRefused("您的角色须有第二验证，不能停用。要换手机，请安全管理员解除后重新启用。")
    _remove(user, by=by, at=at, reason="本人停用")


@transaction.atomic
def remove_for(*, user: User, reason: str, by: Viewer, at: datetime) -> None:
    """解除第二验证：by a security administrator, for somebody whose telephone and recovery codes are both gone."""
    if by.user_id == user.pk:
        raise AccountRefused("不能解除自己的第二验证。请由另一位安全管理员办理。")
    if not by.holds(Role.SECURITY_ADMIN) or not User.objects.visible_to(by).filter(pk=user.pk).exists():
        raise AccountRefused("第二验证由所在法院的安全管理员解除。")
    if not in_use(user):
        raise AccountRefused(f"{user.name}没有启用第二验证，不必解除。")
    _remove(user, by=by, at=at, reason=said(reason, "理由"))


def _remove(user: User, *, by: Viewer, at: datetime, reason: str) -> None:
    _one_at_a_time(user)
    SecondFactor.objects.filter(user=user).delete()
    audit.write("accounts.second_factor.remove", on=user, by=by, at=at, reason=reason)


def secret_text(user: User) -> str:
    """密钥：for typing in where no camera is at hand; only while it waits to be confirmed."""
    factor = SecondFactor.objects.get(user=user, confirmed_at__isnull=True)
    text = base64.b32encode(_opened(factor)).decode()
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


def qr_svg(user: User) -> str:
    """二维码：inline SVG without script, drawn here; the secret goes to no other service."""
    secret = secret_text(user).replace(" ", "")
    address = f"otpauth://totp/{quote('天平')}:{quote(user.staff_no)}?secret={secret}&issuer={quote('天平')}"
    code = segno.make(address, error="m")
    return str(code.svg_inline(scale=5, border=4, dark="#000", light="#fff", title="第二验证的二维码"))


def waiting(user: User) -> bool:
    """待确认：a secret was made and no code of it seen yet."""
    return SecondFactor.objects.filter(user=user, confirmed_at__isnull=True).exists()


def codes_left(user: User) -> int:
    return RecoveryCode.objects.filter(factor__user=user, used_at__isnull=True).count()


def _own(user: User, by: Viewer) -> None:
    if by.user_id != user.pk:
        raise AccountRefused("第二验证只能由本人办理。")


def _one_at_a_time(user: User) -> None:
    """逐个办：begun, confirmed, renewed, removed one after the other; a row that is not there yet cannot be locked."""
    User.objects.select_for_update().get(pk=user.pk)


def _seal() -> Fernet:
    key = hashlib.sha256(b"tianping.second_factor:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def _opened(factor: SecondFactor) -> bytes:
    try:
        return _seal().decrypt(bytes(factor.sealed))
    except InvalidToken:  # the secret key of the deployment was changed
        raise AccountRefused("系统密钥已更换，第二验证须重新启用。请安全管理员解除后再启用。") from None


def _matches(factor: SecondFactor, code: str, at: datetime) -> bool:
    digits = code.replace(" ", "")
    if not (len(digits) == 6 and digits.isascii() and digits.isdigit()):
        return False
    totp = TOTP(_opened(factor), step=STEP)
    totp.time = int(at.timestamp())
    now = totp.t()
    if not totp.verify(int(digits), tolerance=TOLERANCE, min_t=factor.last_step + 1):
        return False
    factor.last_step = now + totp.drift
    return True


def _digest(factor: SecondFactor, code: str) -> str:
    plain = code.strip().lower().replace("-", "").replace(" ", "")
    return salted_hmac("tianping.recovery_code", f"{factor.pk}:{plain}", algorithm="sha256").hexdigest()


def _recovers(factor: SecondFactor, code: str, by: Viewer, at: datetime) -> bool:
    used = RecoveryCode.objects.filter(factor=factor, digest=_digest(factor, code), used_at__isnull=True).update(
        used_at=at
    )
    if used:
        audit.write("accounts.second_factor.recover", on=factor.user, by=by, at=at)
    return bool(used)


def _new_codes(factor: SecondFactor) -> list[str]:
    factor.recovery_codes.all().delete()
    codes = ["-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(2)) for _ in range(CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(factor=factor, digest=_digest(factor, code)) for code in codes)
    return codes
