"""人名：who else is named in the text — accused, victims, witnesses, officers, and all who are called 某某.

Nobody can find every name without a list of all names. What is looked for: a surname with 某, × or X after it; a
name of two to four characters behind a word that introduces one (证人、被害人、检察员、其妻) or before one that needs
one (的证言、另案处理、男，1963年). Each name found once is then known everywhere in the text. A word too many costs a
missed proposal, a name too few a wrong one; in doubt it is a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tianping.text.regex import regex

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于余叶蒋杜苏魏程吕丁任沈"
    "姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎闫薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戚莫孔"
    "向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕"
    "单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚"
    "娄窦戈岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池"
    "查麻苑迟邝封官谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区豆郜揭雍步计阙束杭洪"
    "贲诸昌支昝芮羿井糜松富乌焉巴弓牧隗山郗仰秋暨衡都弘国广禄东殳沃利蔚越夔隆厍晁勾融訾阚那空毋养须丰巢相"
    "红权逯盖益桓公俟湛嵇逄呙付代闪帖拓尉晋闾来信赫丘戎靖畅宝丹才裘练占蹇淳过漆母户蔡赖贝苍阿买热努沐"
    "虎鹿凤衣冶展闭初强生由问宿绳"
    "袭战逯"
)
_DOUBLE = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|闻人|端木|轩辕|南宫|西门|独孤|长孙|宇文|鲜于"
_S = f"[{_SURNAMES}]"
_C = r"[\u4e00-\u9fff]"
_NOT_GIVEN = "在因于与和及系是将被对从以为的等也又把让就已曾还犯称辩供签驾持到均了其该此某伙证陈"
_G = rf"(?:[\u4e00-\u9fff](?<![{_NOT_GIVEN}]))"
_FOREIGN = rf"{_C}{{1,6}}[·•．]{_C}{{1,8}}"
_FULL = rf"(?:(?:{_DOUBLE}){_G}{_G}?|{_S}{_G}{_G}?)"
_AFTER = (
    r"(?=$|[^\u4e00-\u9fff]|的|等|到庭|出庭|到案|[均因在于与和及系是将被对向从以为犯伙供陈证辩称驾持用经通签支出名所也又再之诉不未无拒曾已同共各承"
    r"负偿归返给有没先后随即还并就提要让叫把拿去来说发受进携窃骗抢殴打追索自家处购租借欠付收两二三一身当至住使乘骑电口手头面达赔伤死报左右轻重损饮酒吸毒贩卖买盗明醉违故酒骑判采能具案有随人由])"
)
_NAME = rf"(?:{_FULL}{_AFTER}|{_FOREIGN})"

_NOT_VEILED = frozenset("人在到的是有被把向对以了该其从每与和及幢元路号楼栋镇市县区弄村组室街巷乡省某×＊*")
_MAY_BE_VEILED = frozenset("路楼村街")  # 路某某
_ORDINAL = r"(?:[甲乙丙丁戊己庚辛壬癸]|[一二三四五六七八九](?![人名次个月日年天十])|\d{1,2}(?![\d年月日时元.．]))?"
_NO_PERSON = (
    r"(?!公司|有限|银行|支行|医院|学校|中学|小学|大学|酒店|宾馆|小区|超市|集团|科技|贸易|物流"
    r"|[省市县区镇乡村路街号弄室厂店局所网楼栋幢元年月日时分])"
)
_GIVEN = (  # 吴某庭，
    rf"{_G}(?<![说述人处家车房名领取付死伤年月日地时种一个大小事项物])(?=[，。、；：（）的等])"
)
_VEILED = regex(
    rf"[某×＊xXＸ*](?:(?<=某)(?![地处时种些项物])(?:某|{_GIVEN})?|(?<=[×＊])[×＊]?(?![×＊])"
    rf"|(?<=[xXＸ*])[xXＸ*]?(?![A-Za-zＸ\d＊*])){_ORDINAL}{_NO_PERSON}"
)
_TITLES = (
    "检察官、侦查员、法官、工程师、讯问、询问、辨认、伙同、纠集、邀约、"
    "被告人、被害人、受害人、证人、同案犯、同案人、同伙、犯罪嫌疑人、嫌疑人、死者、伤者、检察员、公诉人、书记员、"
    "民警、辅警、警察、交警、协警、司机、驾驶员、乘客、行人、业主、房主、房东、村民、居民、职工、员工、工人、老板、"
    "店主、经理、董事长、厂长、会计、出纳、保安、医生、医师、鉴定人、见证人、介绍人、中间人、担保人、保证人、"
    "法定代表人、负责人、代理人、辩护人、经营者、股东、债务人、债权人、借款人、出租人、承租人、买受人、妻子、丈夫、"
    "前妻、前夫、其妻、其夫、之妻、之夫、其子、其女、之子、之女、儿子、女儿、父亲、母亲、其父、其母、之父、之母、"
    "哥哥、弟弟、姐姐、妹妹、其兄、其弟、其姐、其妹、之兄、之弟、男友、女友、朋友、同事、同学、邻居、亲属、近亲属、"
    "监护人、被继承人、继承人、婚生子、婚生女、长子、次子、长女、次女、取名、化名、吸毒人员、吸毒者、购毒人员、"
    "购毒者、贩毒人员、卖淫女、嫖客、男子、女子、青年、老人、儿童、学生、教师、老师、支部书记、村委会主任、书记、"
    "主任、秘书、队长、院长、局长、所长、科长、审判员、审判长、陪审员、上线、下线、网友、工友、老乡、车主、户主、"
    "房客、债主、"
).rstrip("、")
_BY_LAST: dict[str, tuple[str, ...]] = {}
for _title in re.findall("[^、]+", _TITLES):
    _BY_LAST[_title[-1]] = (*_BY_LAST.get(_title[-1], ()), _title)
_BEGINS = rf"[{_SURNAMES}{''.join(name[0] for name in _DOUBLE.split('|'))}]|{_C}{{1,6}}[·•．]"
_LAST_OF_A_TITLE = regex(f"[{''.join(_BY_LAST)}](?=[:：]?(?:{_BEGINS}))")
_ONE = regex(_NAME)
_PLAIN = regex(f"{_S}{_G}{_G}")
_MOST = 21  # names in one list
_SURE = ("被告人", "被害人", "受害人", "证人", "检察员", "检察官", "辩护人", "民警", "同案人", "同案犯", "死者", "伤者")
_SAID = regex(r"[言述词录解]")
_SAYS = ("证言", "陈述", "供述", "证词", "询问笔录", "讯问笔录", "辨认笔录", "的笔录", "的谅解")
_BRACKET = regex(
    r"[（(](?:男|女|另案|已判|另行|在逃|均另|均已|[此以]上?[一二三四五六七八九十]人|未成年|已死亡|已故|殁年|时年|绰号|外号|化名|曾用名|身份证"
    r"|公民身份|以下简称|不起诉|已起诉|取保|被害人|证人|同案|\d{1,2}岁|系[^，。）)]{0,8}[妻夫父母子女兄弟姐妹])"
)
_BEFORE = regex(
    rf"(?:^|(?<=[^\u4e00-\u9fff]|[和及与由同伙经向对给人了]))(?P<name>{_FULL}|{_FOREIGN})\Z|(?<=人)(?P<last>{_FULL})\Z"
)
_LAST = regex(rf"{_FULL}\Z")
_LISTED = regex(r"[、和及与]")
_WORDS = frozenset(
    re.findall(
        "..",
        "陈述法庭方式方法方面方向高度高速高中高级成立成功成年成员全部全国全面全体全额安全安排安置安装应当应予应该"
        "关于关系关联常住常年时间时许时候经济解除解释管理管辖管制计算计划连带连续连同明确明知明显项目单位"
        "单独单方单价金额金融金牌江苏江西安徽山东山西云南广东广西万元万余车辆车牌车主车身车上车内石头水果"
        "毛重毛巾黄色黄金白色白天白粉蓝色红色包括包装包间支付支持支行利息利润利用生活生产生效生前生意强制"
        "强行强调由此国家国有国际国道文书文件文化武器武汉东西东侧南侧西侧北侧后续后来后因后经相关相互相应"
        "相同相识权利权益原告原审原因原系原判信息信用来源来到代理代表代为付款过程过户过错公司公安公诉公共"
        "公民公告公开公证师傅和解和平向其向他于是路面路边路口路段游客游戏温度田地章程左右左手左侧左腿左眼"
        "时任简易农业农民农村司法司机商品商店商业商量宝马吉利吉林米黄满意满足富裕都是都有空间养老丰田益处"
        "信件展示初步初次初犯初中虎门宿舍水泥余款余额卫生卫校别克康复项链古玩严重严格任何任务任意任职曾经"
        "曾因曾于曾在曾用钱款钱财钱包马上马路何时何人何种华为华夏施工施行谈话谈判问题问话连人查询查明查获"
        "查封查看查处巴士巴黎乐器明细盘问盘查党员那里那么尤其温州荣昌查扣越野麻将麻古从犯别墅段落史料解放"
        "殷勤宁波宁夏苏州常州常熟通过项下贺卡贺州梅州沙发沙石卓越强奸强迫时常单据单号符合符号易燃易发庄稼"
        "纪律纪委纪录干部",
    )
)
"""Words of two characters that begin like a name."""


def names(text: str) -> Iterator[str]:
    """文中人名：each as often as it is introduced."""
    if any(mark in text for mark in "某×Xx*＊Ｘ"):
        for found in _VEILED.finditer(text):
            at = found.start()
            if (
                at
                and "\u4e00" <= text[at - 1] <= "\u9fff"
                and (text[at - 1] not in _NOT_VEILED or (found[0][0] == "某" and text[at - 1] in _MAY_BE_VEILED))
            ):
                yield text[at - 1 : found.end()]
    for found in _LAST_OF_A_TITLE.finditer(text):
        if text.endswith(_BY_LAST[found[0]], 0, found.end()):
            yield from filter(_likely, _introduced(text, found.end()))
    for found in _SAID.finditer(text):
        if text.endswith(_SAYS, 0, found.end()):
            at = found.end() - (
                3 if text.endswith(("的笔录", "的谅解"), 0, found.end()) else 4 if found[0] == "录" else 2
            )
            at -= 3 if text.endswith("所作的", 0, at) else text.endswith(("的", "之"), 0, at)
            yield from _list_before(text, at)
    for found in _BRACKET.finditer(text):
        listed = list(_list_before(text, found.start()))
        named = None if listed else _LAST.search(text, max(found.start() - 4, 0), found.start())
        yield from listed
        if named is not None and _likely(named[0]):
            yield named[0]


def _introduced(text: str, title: int) -> Iterator[str]:
    """证人甲、乙：the names of a list behind a title that ends here; one whose end is not sure, behind a sure title."""
    at = title + text.startswith((":", "："), title)
    name = _ONE.match(text, at)
    if name is None and text.endswith(_SURE, 0, title):
        name = _PLAIN.match(text, at)
        if name is not None:
            yield name[0]
        return
    for _ in range(_MOST):
        if name is None:
            return
        yield from _LISTED.split(name[0])
        name = _ONE.match(text, name.end() + 1) if text.startswith(("、", "和", "及", "与"), name.end()) else None


def _list_before(text: str, at: int) -> Iterator[str]:
    """甲、乙、丙的证言：the names of a list, from its end backwards."""
    for _ in range(20):
        named = _BEFORE.search(text, max(at - 8, 0), at)
        name = named["name"] or named["last"] if named is not None else ""
        if not name or not _likely(name):
            return
        yield name
        at -= len(name) + 1
        if at < 0 or text[at] not in "、和及与":
            return


def _likely(name: str) -> bool:
    return len(name) > 1 and not name.startswith("师事") and name[:2] not in _WORDS and name[1:] not in _WORDS
