"""第一个法院：from an empty folder to a served page, by the commands alone."""

from __future__ import annotations

import http.cookiejar
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tianping.court.tests.tables import HEADERS, case_row, xlsx

PASSWORD = "栖霞岭上的梅花三百株"
PEOPLE = ("工号", "姓名", "部门", "职务", "任职日期")
Answer = subprocess.CompletedProcess[str]


class Server:
    """一台刚装好的服务器：its home is empty, its environment says so."""

    def __init__(self, home: Path) -> None:
        self.home = home
        outside = {name: value for name, value in os.environ.items() if not name.startswith(("TIANPING_", "DJANGO_"))}
        self.environment = outside | {
            "TIANPING_SECRET_KEY": "first-court-" + "0" * 32,
            "TIANPING_HOME": str(home),
            "TIANPING_DATABASE": f"sqlite:///{home}/court.sqlite3",
            "TIANPING_HTTPS": "false",
            "TIANPING_DEBUG": "true",
        }

    def __call__(self, *words: str | Path, stdin: str = "") -> Answer:
        return subprocess.run(
            [sys.executable, "-m", "tianping.config.commands.main", *map(str, words)],
            env=self.environment,
            cwd=self.home,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def file(self, name: str, data: bytes) -> Path:
        path = self.home / name
        path.write_bytes(data)
        return path


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Server:
    return Server(tmp_path_factory.mktemp("court"))


def says(answer: Answer, code: int, *words: str) -> None:
    said = answer.stdout + answer.stderr
    assert answer.returncode == code, said
    assert "Traceback" not in said
    for word in words:
        assert word in said, said


@pytest.fixture(scope="module")
def opened(server: Server) -> Server:
    """建库、设院、导入人员、任职、设口令：each step says what it did."""
    says(server("run", "--bind", "127.0.0.1:1"), 2, "项升级未做", "tianping-server migrate")
    says(server("migrate"), 0)
    says(server("court", "open", "--name", "江州市临江区人民法院", "--code", "LJ"), 0, "已设立法院")
    says(
        server("court", "divisions", "--court", "LJ", "民事审判第一庭=LJ-M1", "审判管理办公室=LJ-SG"),
        0,
        "LJ-M1\t民事审判第一庭",
        "LJ-SG\t审判管理办公室",
    )
    people = xlsx(
        ["1001", "林知远", "民事审判第一庭", "审判员", date(2024, 1, 2)],
        ["1002", "周既明", "审判管理办公室", "主任", date(2024, 1, 2)],
        headers=PEOPLE,
    )
    says(server("import", "people", server.file("人员.xlsx", people), "--court", "LJ"), 0, "已写入：新增 2 行")
    says(server("account", "appoint", "--staff-no", "1002", "--role", "审管办", "--organisation", "LJ"), 0, "周既明")
    says(server("account", "password", "--staff-no", "1002", "--stdin", stdin=f"{PASSWORD}\n"), 0, "已设置 周既明")
    return server


def test_a_key_file_that_cannot_be_read_is_said_to_be_so(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(server.environment, "TIANPING_SECRET_KEY_FILE", str(server.home / "没有这个文件"))
    says(server("migrate"), 2, "TIANPING_SECRET_KEY_FILE 所指的“", "没有这个文件”读不出来")


class TestPeopleAndPosts:
    def test_the_list_says_who_holds_what_and_who_can_sign_in(self, opened: Server) -> None:
        answer = opened("account", "list", "--court", "LJ")
        says(answer, 0, "1001\t林知远\t未设口令\t民事审判第一庭干警")
        says(answer, 0, "1002\t周既明\t可登录", "江州市临江区人民法院审管办")

    def test_the_list_says_who_has_left(self, opened: Server) -> None:
        people = xlsx(["1012", "何青禾", "民事审判第一庭", "书记员", date(2024, 1, 2)], headers=PEOPLE)
        says(opened("import", "people", opened.file("又一人.xlsx", people), "--court", "LJ"), 0, "新增 1 行")
        says(opened("account", "leave", "--staff-no", "1012", "--last-day", "2024-12-31"), 0, "离院已登记")
        says(opened("account", "list", "--court", "LJ"), 0, "1012\t何青禾\t已离院")

    def test_three_administrators_are_three_people(self, opened: Server) -> None:
        says(opened("account", "add", "--staff-no", "9001", "--name", "安全乙"), 0, "已登记 安全乙")
        post = ("account", "appoint", "--staff-no", "9001", "--organisation", "LJ", "--role")
        says(opened(*post, "安全管理员"), 0, "安全管理员")
        says(opened(*post, "安全管理员"), 1, "起任江州市临江区人民法院安全管理员已经登记，不必再办")
        says(opened(*post, "审计员"), 1, "未办成", "三员须由不同的人担任")
        says(opened("account", "end", *post[2:], "安全管理员"), 0, "止（含当天）")
        says(opened("account", "end", *post[2:], "院领导"), 2, "没有任")

    def test_somebody_goes_to_another_division_and_leaves(self, opened: Server) -> None:
        people = xlsx(["1009", "叶清禾", "民事审判第一庭", "书记员", date(2024, 1, 2)], headers=PEOPLE)
        says(opened("import", "people", opened.file("一人.xlsx", people), "--court", "LJ"), 0, "新增 1 行")
        move = ("account", "transfer", "--staff-no", "1009", "--division", "LJ-SG", "--title", "干部")
        says(opened(*move, "--since", "2024-06-03"), 0, "叶清禾自 2024-06-03 起调入审判管理办公室任干部")
        says(opened("account", "list", "--court", "LJ"), 0, "1009\t叶清禾\t未设口令\t审判管理办公室干警\n")
        leave = ("account", "leave", "--staff-no", "1009", "--last-day", "2024-12-31")
        says(opened(*leave), 0, "叶清禾离院已登记，在院末日 2024-12-31")
        says(opened("account", "appoint", *move[2:4], "--role", "师资", "--organisation", "LJ"), 1, "离院")
        says(opened("audit", "print"), 0, "审计链日报", "部门调动", "离院", "没有断点")

    @pytest.mark.parametrize(
        ("words", "code", "said"),
        [
            (("account", "password", "--staff-no", "4040", "--stdin"), 2, "没有登记工号 4040"),
            (("account", "password", "--staff-no", "1001", "--stdin"), 1, "未办成：口令太短。请至少用 10 个字符。"),
            (
                ("account", "transfer", "--staff-no", "1001", "--division", "XX", "--title", "审判员"),
                2,
                "没有代码为 XX",
            ),
            (("account", "transfer", "--staff-no", "1001", "--division", "LJ", "--title", "审判员"), 1, "不是部门"),
            (("account", "transfer", "--staff-no", "1001", "--division", "LJ-M1", "--title", "审判员"), 1, "本就在"),
            (("account", "leave", "--staff-no", "4040", "--last-day", "2026-12-31"), 2, "没有登记工号 4040"),
            (("account", "leave", "--staff-no", "1001", "--last-day", "年底"), 2, "不是日期"),
            (("account", "add", "--staff-no", "1001", "--name", "林知远"), 1, "工号 1001 已经登记，不能再登记"),
            (("court", "open", "--name", "某区人民法院", "--code", "LJ"), 1, "代码 LJ 已是江州市临江区人民法院的"),
            (("court", "divisions", "--court", "LJ", "民事审判第一庭=LJ-M9"), 1, "下已有“民事审判第一庭”"),
            (
                ("account", "appoint", "--staff-no", "1001", "--role", "皇帝", "--organisation", "LJ"),
                2,
                "没有“皇帝”这个角色",
            ),
            (
                ("account", "appoint", "--staff-no", "1001", "--role", "庭长", "--organisation", "XX"),
                2,
                "没有代码为 XX",
            ),
            (("court", "open", "--name", "又一个", "--code", "LJ"), 1, "未办成"),
            (("court", "divisions", "--court", "LJ", "没有代码"), 2, "应写作 名称=代码"),
            (("fly",), 2, "fly"),
        ],
    )
    def test_what_cannot_be_done_is_said_in_a_sentence(
        self, opened: Server, words: tuple[str, ...], code: int, said: str
    ) -> None:
        says(opened(*words, stdin="short\n"), code, said)


class TestImportingCases:
    def test_refused_then_tried_then_written_then_unchanged(self, opened: Server) -> None:
        bad = opened.file("坏.xlsx", xlsx(case_row(1), case_row(2, 立案日期="2024-13-02")))
        back = opened.home / "被拒.xlsx"
        refused = opened("import", "cases", bad, "--court", "LJ", "--refused", back)
        says(refused, 1, "1 行被拒，未写入任何一行")
        assert "第 3 行“立案日期”是 2024-13-02，月份超出 12。请改为存在的日期，如 2024-12-02。" in refused.stderr
        assert back.read_bytes().startswith(b"PK")
        lost = opened("import", "cases", bad, "--court", "LJ", "--refused", opened.home / "没有" / "被拒.xlsx")
        says(lost, 1, "被拒.xlsx”不存在。请核对 --refused 的路径和权限", "1 行被拒，未写入任何一行")
        good = opened.file("案件.xlsx", xlsx(case_row(1), case_row(2)))
        says(opened("import", "cases", good, "--court", "LJ", "--dry-run"), 0, "可以写入：新增 2 行", "现未写入")
        says(opened("import", "cases", good, "--court", "LJ"), 0, "已写入：新增 2 行、更新 0 行、未变 0 行")
        says(opened("import", "cases", good, "--court", "LJ"), 0, "已写入：新增 0 行、更新 0 行、未变 2 行")

    @pytest.mark.parametrize(
        ("name", "data", "said"),
        [
            ("空.xlsx", b"", "是空文件"),
            ("损坏.xlsx", b"PK\x03\x04" + b"0" * 50, "已损坏或不完整"),
            ("缺列.csv", "案号,案由\n1,2\n".encode(), "缺少“承办部门”、“案件类别”"),
        ],
    )
    def test_a_file_that_cannot_be_read_is_refused_whole(
        self, opened: Server, name: str, data: bytes, said: str
    ) -> None:
        says(opened("import", "cases", opened.file(name, data), "--court", "LJ"), 2, name, said)

    def test_a_court_or_a_file_that_is_not_there(self, opened: Server) -> None:
        file = opened.file("表.xlsx", xlsx(case_row(1), headers=HEADERS))
        says(opened("import", "cases", file, "--court", "XX"), 2, "没有代码为 XX 的组织（现有：LJ")
        says(opened("import", "cases", "没有.xlsx", "--court", "LJ"), 2, "读不了“没有.xlsx”")


class TestTheChain:
    def test_holds_and_contains_its_exported_head(self, opened: Server) -> None:
        exported = opened("audit", "head")
        head = json.loads(exported.stdout)
        assert set(head) == {"seq", "hash", "algorithm", "at"}
        file = opened.file("链头.json", exported.stdout.encode())
        says(opened("audit", "verify", "--head", file), 0, f"核对 {head['seq']} 条", "包含导出的链头")
        says(opened("audit", "verify"), 0, "没有用 --head 比对")

    def test_a_head_it_never_had_is_a_fault(self, opened: Server) -> None:
        head = json.loads(opened("audit", "head").stdout)
        longer = opened.file("更长.json", json.dumps(head | {"seq": head["seq"] + 5}).encode())
        says(opened("audit", "verify", "--head", longer), 1, "尾部被截去")
        says(opened("audit", "verify", "--head", opened.file("乱.json", b"[1]")), 2, "不是导出的链头")

    def test_a_head_that_cannot_be_read_is_said_to_be_so(self, opened: Server) -> None:
        says(
            opened("audit", "verify", "--head", "没有.json"), 2, "读不了链头文件“没有.json”（不存在），没有核对。请核对"
        )
        says(opened("audit", "verify", "--head", opened.home), 2, "（是一个目录），没有核对")

    def test_dropped_triggers_are_noticed_and_put_back(self, opened: Server) -> None:
        import sqlite3

        with sqlite3.connect(opened.home / "court.sqlite3") as database:
            database.execute("DROP TRIGGER audit_entry_no_delete")
        says(opened("audit", "verify"), 1, "防改触发器不全")
        says(opened("audit", "protect"), 0, "已重装")
        says(opened("audit", "verify"), 0, "全链完好")

    def test_says_which_user_of_the_machine_ran_the_commands(self, opened: Server) -> None:
        import sqlite3

        with sqlite3.connect(opened.home / "court.sqlite3") as database:
            actors = set(database.execute("SELECT actor_name, substr(origin, 1, 4) FROM audit_entry WHERE actor = ''"))
        assert actors == {("命令行", "命令行 ")}


class TestServing:
    @pytest.fixture
    def address(self, opened: Server) -> Iterator[str]:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            bind = f"127.0.0.1:{free.getsockname()[1]}"
        process = subprocess.Popen(
            [sys.executable, "-m", "tianping.config.commands.main", "run", "--bind", bind, "--workers", "1"],
            env=opened.environment,
            cwd=opened.home,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            for _ in range(300):
                try:
                    urllib.request.urlopen(f"http://{bind}/login/", timeout=10)
                    break
                except (urllib.error.URLError, ConnectionError):
                    assert process.poll() is None
                    time.sleep(0.1)
            yield f"http://{bind}"
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=30) == 0

    def test_a_person_signs_in_and_finds_the_imported_case(self, opened: Server, address: str) -> None:
        good = opened.file("另案.xlsx", xlsx(case_row(7)))  # its own case: the tests of this court run in any order
        says(opened("import", "cases", good, "--court", "LJ"), 0)
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        form = browser.open(f"{address}/login/").read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
        assert token
        words = {"csrfmiddlewaretoken": token[1], "username": "1002", "password": PASSWORD, "next": "/cases/"}
        page = browser.open(f"{address}/login/", urllib.parse.urlencode(words).encode()).read().decode()
        assert "您的口令是别人设的" in page  # 命令行设的口令，本人先改
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token
        new = f"{PASSWORD}-本人"
        words = {"csrfmiddlewaretoken": token[1], "old": PASSWORD, "new": new, "again": new}
        browser.open(f"{address}/accounts/password/", urllib.parse.urlencode(words).encode())
        page = browser.open(f"{address}/cases/").read().decode()
        assert "（2026）江0199民初7号" in page
        assert "导入案件" in page

    def test_says_in_chinese_when_it_serves_and_when_it_has_stopped(self, opened: Server) -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", "tianping.config.commands.main", "run", "--bind", "127.0.0.1:0", "--workers", "1"],
            env=opened.environment,
            cwd=opened.home,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        first = process.stdout.readline()  # said once it listens, so that a signal now finds it ready
        process.send_signal(signal.SIGTERM)
        rest, talk = process.communicate(timeout=60)
        assert process.returncode == 0
        assert (first, rest) == ("在 http://127.0.0.1:0 提供服务，按 Ctrl-C 停止。\n", "服务已停止。\n")
        assert "gunicorn" not in talk and "INFO" not in talk, talk

    def test_a_port_that_is_taken_is_named_with_a_way_out(self, opened: Server) -> None:
        with socket.create_server(("127.0.0.1", 0)) as holder:
            bind = f"127.0.0.1:{holder.getsockname()[1]}"
            answer = opened("run", "--bind", bind)
        says(answer, 2, f"未办成：{bind} 已被别的程序占用。请先停掉那个程序，或用 --bind 换一个端口。")
        says(opened("run", "--bind", "127.0.0.1:70000"), 2, "端口 70000 不在 0 至 65535 之间")

    def test_the_worker_says_when_it_begins_and_when_it_is_through(self, opened: Server) -> None:
        answer = opened("worker", "--batch", "--number", "7")
        says(answer, 0)
        begins, *_, ends = answer.stdout.splitlines()
        assert "开始工作" in begins and ends.startswith("排队的任务已办完，运行者 ") and ends.endswith("-7 已停止。")
        assert "django_tasks" not in answer.stdout + answer.stderr
