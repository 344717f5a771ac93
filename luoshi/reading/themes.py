"""The field of work a duty belongs to, by the words it uses; the clause heading counts half."""

from __future__ import annotations

import re

from .rules import words

_TABLE = {
    "党建": "党建 党支部 党组织 支部 党员 主题党日 三会一课 党课 书记 后备干部 班子 换届 述职 软弱涣散 党费 组织生活 村干部 干部 人才 远程教育",
    "宣传思想": "宣讲 宣传 理论学习 中心组 意识形态 舆情 网评 精神文明 文明 志愿服务 移风易俗 媒体 党史 学习强国 文化 阵地 主题宣传 好人",
    "纪检": "廉政 党风 纪检 违纪 违规 巡察 警示教育 问题线索 监督 作风 四风 追责 问责 一岗双责 整改 查处",
    "统战": "统战 宗教 民族 乡贤 侨 工商联 民营经济人士",
    "农业农村": "农田 粮食 耕地 种植 养殖 合作社 农产品 村集体 集体经济 农业 土地 高标准 春耕 秸秆 产业园 农机 撂荒 农户 乡村振兴 畜禽 水稻 果园",
    "项目建设": "项目 开工 竣工 建设 改造 管网 道路 公路 工程 招商 征地 拆迁 公园 投资 燃气管道 桥",
    "环境": "环境 垃圾 污水 厕所 河道 河长 绿化 造林 扬尘 环保 水质 排放 保洁 湿地 林长 大气 卫生整治 人居",
    "安全": "安全 消防 隐患 应急 防汛 防火 演练 事故 燃气 充电 交通 防灾 食品安全 值班 险 地质灾害 溺水",
    "教育": "教师 学生 学校 课程 教学 教研 课堂 家长 德育 作业 校园 幼儿 班主任 毕业 课后 阅读 招生",
    "卫生健康": "健康 体检 疫苗 疫情 医疗 卫生室 卫生院 筛查 接种 门诊 育儿 医生 慢病 老年病 爱国卫生",
    "民生": "低保 养老 就业 助餐 食堂 托育 托位 医保 救助 残疾 困难群众 办实事 实事 老人 泊位 停车 饮水 社保 培训就业 技能 兑换 积分超市",
    "治理": "网格 矛盾 纠纷 平安 治安 禁毒 反诈 调解 普法 村规民约 红白 综治 社区治理 扫黑 法治 积分制",
    "财务": "财务 资金 账 审计 报销 预算 经费 补贴 发票 收支 债务 合同 三资 互审 白条 出借",
    "经济": "税收 产值 营收 企业 工业 经济 消费 电商 旅游 市场 规上 商贸 营业 固定资产",
    "督查": "督查 督办 通报 进展 报送 调度 考核 台账 周报 月报 方案 节点 进度 视察 销号",
    "政务公开": "公开 公示 政务 网站 公众号 信息公开 公告",
    "信访": "信访 上访 积案 来访 诉求 热线 12345",
    "企业生产": "产能 产量 生产线 车间 设备 工艺 质量 库存 订单 班组 成本 检修 作业 合格率 客户 研发 销售",
}
_PATTERNS = tuple((theme, re.compile(words(table))) for theme, table in _TABLE.items())


def theme_of(view: str, heading: str) -> str:
    """The best theme of a duty, or an empty string."""
    best, most = "", 0
    for theme, pattern in _PATTERNS:
        score = 2 * len(set(pattern.findall(view))) + len(set(pattern.findall(heading)))
        if score > most:
            best, most = theme, score
    return best
