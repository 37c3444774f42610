"""不得改动之处 of a sentence that stands alone: names, organisations, case numbers, amounts, dates, numbers.

Where there is a whole document its anatomy knows these places better and both masks are laid over each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余杜叶程魏苏吕丁沈姚卢姜崔钟谭陆汪范"
    "廖贾夏韦傅邹熊孟秦邱侯江尹薛闫雷龙段郝孔邵史毛顾赖武康贺严尚钱施牛洪龚汤陶黎樊邢颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳"
    "甘祝覃卜莫阎戴万柴蒙包莘褚娄靳符裴舒屈霍柯阮骆涂梅季葛齐伍庞路易古温芦穆辛管冉喻凌苗鲍"
)
_NAMES_BEGIN = SURNAMES | frozenset("单喻昌白")
"""姓氏 and some that are words more often: those begin names here, but are no number the trees read."""
_ROLE = (
    r"(?:原审|一审|二审|再审|反诉|本诉)?(?:被上诉人|上诉人|被申请人|申请执行人|被执行人|再审申请人|申请人|第三人|被告人|原告人|"
    r"原告|被告|自诉人|被害人|受害人|证人|法定代表人|委托诉讼代理人|委托代理人|诉讼代理人|代理人|负责人|辩护人|审判长|代理审判员|"
    r"人民陪审员|审判员|法官助理|书记员|同案犯|同案人|同案被告人|死者|伤者|罪犯|犯罪嫌疑人|嫌疑人|驾驶员|司机|丈夫|妻子|"
    r"检察员|公诉人|购毒人员|吸毒人员|儿子|女儿|父亲|母亲|朋友|民警|律师|案外人|出借人|借款人|担保人|保证人|受托人|委托人)"
)
_NAMED = re.compile(_ROLE + r"[:：（(是]?\s*(?P<name>[\u4e00-\u9fff]{2,4})")
_LISTED = re.compile(
    r"(?<=、)(?P<name>[\u4e00-\u9fff]{2,3})"
    r"(?=、|等人|等[一二三四五六七八九十两几多][人户名]|共同|负担|[,，；;]\s*" + _ROLE + ")"
    r"|(?<=但)(?P<subject>[\u4e00-\u9fff]{2,3})(?=对|未)"
    r"|(?<=检察员)(?P<present>[\u4e00-\u9fff]{2,3})(?=出庭)"
)
_TOLD = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<told>[\u4e00-\u9fff]{2,3})(?=的?(?:证言|供述|陈述|笔录)|无事故责任|负(?:本次|此次)?事故)"
    r"|(?<=号)(?P<host>[\u4e00-\u9fff]{2,3})(?=旅馆|旅店|宾馆|饭店|餐馆|商店|超市|诊所)"
)
"""人名 by what follows: closed, but not hidden, since the words may be others."""
_NO_NAME = re.compile(
    "管理|管辖|管制|程序|许可|施工|申请|申报|申诉|包装|包括|钱款|牛羊|林木|林地|林业|田地|江河|"
    "路口|路面|路段|范围|季节|武器|温度|湿度|马路|周围|周边|何时|余款|余额|黄金|黄色|严重|严格|"
    "康复|毛巾|毛毯|梅花|汤料|向量|陶瓷|左右|左侧|左手|左脚|左腿|古迹|古董|苗木|龙头|金额|车辆|"
    "关系|江苏|安徽|贺卡|符号|白酒|叶片|章程|印章|石料|谷物|简易|易燃|易爆|齐全|常务|董事|监事|"
    "翁婿|温泉|史料|廉政|廉洁|景观|池塘|沙石|沈阳|洪水|涂料|焦炭|甘肃|邢台|郑州|邯郸|霍乱|顾客|"
    "顾问|关于|单[位独方一据身凭纯程次价元]|昌盛|白[色天粉条银]"
)
_ENDS_NAME = frozenset(
    '，。、；：:,;.（）()《》“”"与和及在于因向称系到将以为的之对从被把未已诉不均应是有无也又还并同即经至等犯即持驾供要可就所'
)
_SOMEBODY = re.compile(
    r"[\u4e00-\u9fff]?某(?:某|[甲乙丙丁戊己庚辛壬癸]|[0-9０-９一二三四五六七八九十A-Za-z])*|[\u4e00-\u9fff]?[×xX*＊]{1,}[\u4e00-\u9fff]?"
)
_ORGANISATION = re.compile(
    r"[\u4e00-\u9fff（）()·]{2,30}?(?:有限责任公司|股份有限公司|有限公司|分公司|集团公司|合作社|师事务所|人民法院|人民检[\u4e00-\u9fff]?院)"
)
_BODY = re.compile(
    r"(?:(?<=[原被]告)|(?<=第三人|上诉人|申请人|执行人))"
    r"[^，。；、：“”（）()违为是向在到与和对的系入该因由给从将应称诉]{2,4}公司"  # 被告云岫公司
    r"|[\u4e00-\u9fff]{2,4}司法鉴定[\u4e00-\u9fff]{1,2}|村民小[\u4e00-\u9fff]"
    r"|(?<=为)[\u4e00-\u9fff]{3}(?=缴纳)"  # whoever it is
)
_BEFORE_ORGANISATION = re.compile(
    r".*(?:原告|被告人?|上诉人|第三人|申请人|与|和|向|由|在|为|被|对|系|及|于|至|到|给|是|从|将|的|以|因|据|经|即|等|：|到庭|简称|下称)"
)
_NUMBERS = (
    re.compile(r"[（(〔［\[]\s*[0-9０-９]{4}\s*[）)〕］\]][^，。；、\s]{1,18}?号"),  # 案号、文号
    re.compile(
        r"[0-9０-９二〇○零一三四五六七八九]{2,4}年(?:[0-9０-９一二三四五六七八九十]{1,3}月(?:[0-9０-９一二三四五六七八九十]{1,3}[日号])?)?"
        r"|[0-9０-９一二三四五六七八九十]{1,3}月[0-9０-９一二三四五六七八九十]{1,3}[日号]"
    ),
    re.compile(
        r"(?:人民币|美元|港币)?[0-9０-９.,，]*[0-9０-９][多余]?[十百千万亿]*(?:余)?(?:元|角|分|美元|港元|%|％)?"
    ),
    re.compile(
        r"[零〇壹贰叁肆伍陆柒捌玖拾佰仟万亿]{2,}[元圆角分整正]*|[一二三四五六七八九十百千万亿零〇]+(?:余)?[元角]"
    ),
    re.compile(
        r"以[\u4e00-\u9fff]{1,4}检[\u4e00-\u9fff]{0,4}[诉字][\u4e00-\u9fff]{0,2}(?=[（(〔\[【0-9第])"
    ),  # 起诉书文号
    re.compile(
        r"[\u4e00-\u9fff]{0,8}[（(][\u4e00-\u9fff]{1,4}[）)][\u4e00-\u9fff（()）]{0,12}[（(\[［〔][0-9]{4}[）)\]］〕]"
    ),
    re.compile(r"[（(][\u4e00-\u9fff][）)]"),  # （乌）、（寄）
    re.compile(r"第[一二三四五六七八九十百千零〇0-9]+条(?:之[一二三四五六七八九十])?"),
    re.compile(r"[A-Za-zＡ-Ｚａ-ｚ0-9０-９]+"),
    re.compile(r"[0-9０-９][远园圆员]"),  # 元 written wrongly
    re.compile(r"号[－—-][0-9０-９]+[\u4e00-\u9fff]?"),  # 第512号－1
    re.compile(r"[\u4e00-\u9fff]{1,8}字(?=[（(〔\[［【][0-9０-９]{4})"),  # 某劳人仲字（2012）
    re.compile(r"[0-9０-９]年[\u4e00-\u9fff](?=[0-9０-９])"),
    re.compile(r"[0-9][\u4e00-\u9fff]?[-－—][0-9]+"),  # 12东-03
    re.compile(
        r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-ZＡ-Ｚ][·•]?[A-Z0-9×*xX]{4,6}[学警挂]?"
    ),
)
_PLACE = re.compile(
    r"[\u4e00-\u9fff]{2}(?:省|自治区|自治州|自治县)"
    r"|[\u4e00-\u9fff]{2}(?:市|县|区|镇|乡|村|街道|路|街)"
    r"(?=[\u4e00-\u9fff]{0,6}(?:县|区|镇|乡|村|路|街|号|组|社区|公安局|人民政府))"
    r"|(?<=[市县区镇乡道])[\u4e00-\u9fff]{2}[路街巷]"
    r"|[\u4e00-\u9fff]{4}(?=门口|门前)"
    r"|(?<=位于)[\u4e00-\u9fff]{2,3}[市县区镇乡村]"
    r"|(?:河北|山西|辽宁|吉林|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海)"
    r"(?!省)[\u4e00-\u9fff]{2}"
)
_NO_PLACE = re.compile(
    "设区的|城市|地区|辖区|小区|园区|社区|农村|超市|上市|门市|股市|道路|公路|马路|一路|线路|铁路|各省|各市|各县|全省|全市|全县"
    "|本省|本市|本县|该村|本村|省级|市级|县级|乡镇|村镇|直辖"
)


def mask(text: str, names: Iterable[str] = ()) -> Mask:
    """True where nothing may be changed. ``names`` are known from elsewhere, such as the head of the document."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    closed = (codes < 0x3400) | (codes > 0x9FFF)  # punctuation has its own rules; emoji and extension B are left alone
    for pattern in _NUMBERS:
        for found in pattern.finditer(text):
            closed[found.start() : found.end()] = True
    for found in _SOMEBODY.finditer(text):
        closed[found.start() : found.end()] = True
    for found in _ORGANISATION.finditer(text):
        cut = _BEFORE_ORGANISATION.match(text, found.start(), max(found.start(), found.end() - 4))
        start = cut.end() if cut and found.end() - cut.end() >= 4 else found.start()
        closed[start : found.end()] = True
    for found in _BODY.finditer(text):
        closed[found.start() : found.end()] = True
    for found in _PLACE.finditer(text):
        if not _NO_PLACE.search(found[0]):
            closed[found.start() : found.end()] = True
    for found in _TOLD.finditer(text):
        if _may_be_name(found[0]):
            closed[found.start() : found.end()] = True
    for name in {*names, *people(text)}:
        at = text.find(name) if name else -1
        while at >= 0:
            closed[at : at + len(name)] = True
            at = text.find(name, at + len(name))
    return closed


MASK_CHARACTER = "×"


def hide_people(text: str, names: Iterable[str] = ()) -> str:
    """The text with the names of people as ×: names are classed before counting, and before looking up."""
    for name in sorted({*names, *people(text)}, key=lambda one: (-len(one), one)):
        text = text.replace(name, MASK_CHARACTER * len(name))
    return text


def _may_be_name(words: str) -> bool:
    return words[0] in _NAMES_BEGIN and not _NO_NAME.match(words)


def people(text: str) -> set[str]:
    """人名: what follows a role and begins with a surname."""
    listed = (match[match.lastgroup or 0] for match in _LISTED.finditer(text))
    found = {name for name in listed if _may_be_name(name)}
    for match in _NAMED.finditer(text):
        name = match["name"]
        if not _may_be_name(name):
            continue
        for length in (3, 2, 4):
            after = text[match.start("name") + length : match.start("name") + length + 1]
            if len(name) >= length and (not after or after in _ENDS_NAME):
                if not any(one in _ENDS_NAME for one in name[:length]):
                    found.add(name[:length])
                break
        else:
            if not any(one in _ENDS_NAME for one in name[:3]):
                found.add(name[:3])
            elif name[1] not in _ENDS_NAME:
                found.add(name[:2])
    return found
