"""命令行的话：the list of commands in Chinese and English, and argparse's complaints said in Chinese."""

from __future__ import annotations

from tianping.text.regex import regex

LANGUAGES = ("zh", "en")

HELP = {
    "zh": """\
用法：tianping 命令 [选项]

  tianping check 文件|目录…    检查文书，每处批注一行；--write 把批注写进 Word 副本
  tianping watch 目录          放入 判决书.docx，旁边出现 判决书.批注.docx；别的什么也不留
  tianping replies 文件…       读回批注过的 .docx：哪些批注删了、答复了、标记已解决
  tianping rule [代码]         规则说明页；不写代码则列出全部规则
  tianping cite 文件|目录…     列出引用的法律条文：当日的版本，有没有这一条、款、项
  tianping fee --kind 类别     计算诉讼费用，逐步列出
  tianping due --clock 期间    计算上诉期、审限等法定期间的届满日
  tianping law import 来源…    导入自备的法规全文，供核对款、项和引文
  tianping proofread           逐行校对标准输入里的文字：别字、多字、漏字、语序，每行写出一个 JSON

  tianping 命令 --help         一个命令的全部选项
  tianping --version           版本
      --lang zh|en             帮助、级别和规则名称的语言，默认 zh

退出码  0 没有批注   1 有批注   2 没能检查（文件坏、参数错）；同时有批注也是 2
""",
    "en": """\
usage: tianping COMMAND [OPTIONS]

  tianping check FILE|DIR...   check judgments, a remark a line; --write puts the remarks into a Word copy
  tianping watch DIR           drop 判决书.docx in, 判决书.批注.docx appears beside it; nothing else is kept
  tianping replies FILE...     read an annotated .docx back: comments deleted, answered, resolved
  tianping rule [CODE]         the page of a rule; without a code, the list of rules
  tianping cite FILE|DIR...    the law cited: the version in force, whether article, paragraph and item exist
  tianping fee --kind KIND     what a case costs, step by step
  tianping due --clock CLOCK   the last day of a period for appeal, trial and so on
  tianping law import SOURCE   take in full text of statutes you have, to check items and quotations
  tianping proofread           proofread standard input line by line: wrong, extra, missing, swapped characters, as JSON

  tianping COMMAND --help      all options of a command
  tianping --version           version
      --lang zh|en             language of help, levels and rule names (messages are always Chinese)

exit codes  0 nothing to say   1 remarks   2 could not check; 2 wins over 1
""",
}

_COMPLAINTS = (
    (regex(r"unrecognized arguments: (.+)"), r"不认识的参数 \1。"),
    (regex(r"argument (\S+): invalid choice: '(.*?)' \(choose from (.+)\)"), r"\1 不能是“\2”，可用 \3。"),
    (regex(r"argument (\S+): invalid int value: '(.*?)'"), r"\1 不能是“\2”，应写一个整数。"),
    (regex(r"argument (\S+): expected .*"), r"\1 后面缺一个值。"),
    (regex(r"argument (\S+): not allowed with argument (\S+)"), r"\1 与 \2 不能同时写。"),
    (regex(r"the following arguments are required: (.+)"), r"缺少 \1。"),
)


def complaint(message: str) -> str:
    """argparse 的报错 in Chinese, with the way out."""
    for pattern, chinese in _COMPLAINTS:
        if found := pattern.fullmatch(message):
            return found.expand(chinese).replace("'", "").replace(", ", "、") + "用法见 tianping --help。"
    return "参数有误。用法见 tianping --help。"
