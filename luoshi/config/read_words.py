"""Sentences of ``luoshi read``: Chinese by default, English with ``LUOSHI_LANG=en``."""

from __future__ import annotations

import os

_WORDS = {
    "description": ("把讲话、方案读成责任清单草稿。", "Read a speech or plan into a draft list of duties."),
    "help-file": (".txt、.md 或 .docx 文件", "a .txt, .md or .docx file"),
    "help-output": ("写到文件：.xlsx、.json 或 .md", "write to a file: .xlsx, .json or .md"),
    "help-explain": ("同时说明每一条是怎样判断的", "also say which rule decided each piece"),
    "usage": (
        "命令写得不对（{detail}）。请写：luoshi read 文件 [-o 输出.xlsx|.json|.md] [--explain]",
        "The command is not right ({detail}). Write: luoshi read FILE [-o out.xlsx|.json|.md] [--explain]",
    ),
    "missing": ("找不到文件 {name}。请检查路径和文件名。", "There is no file {name}. Check the path and the name."),
    "folder": ("{name} 是文件夹。请指定其中的一个文件。", "{name} is a folder. Name one file in it."),
    "unreadable": (
        "打不开 {name}。请检查是否有读取权限。",
        "{name} cannot be opened. Check that you may read it.",
    ),
    "empty": ("{name} 里没有文字。请换一个有内容的文件。", "{name} holds no text. Choose a file with content."),
    "unsupported": (
        "{name} 的格式不支持。请另存为 .docx、.txt 或 .md 再试。",
        "The type of {name} is not supported. Save it as .docx, .txt or .md and try again.",
    ),
    "binary": (
        "{name} 不是纯文本。请用原来的软件打开，另存为 .docx 或 .txt 再试。",
        "{name} is not plain text. Open it in its own program and save it as .docx or .txt.",
    ),
    "damaged": (
        "{name} 已损坏，读不出来。请重新拷贝，或用 WPS、Word 打开后另存。",
        "{name} is damaged. Copy it again, or open it in Word or WPS and save it anew.",
    ),
    "encrypted": (
        "{name} 设有密码。请用 WPS、Word 打开，取消密码后另存。",
        "{name} is protected by a password. Open it in Word or WPS and save it without one.",
    ),
    "too_large": (
        "{name} 太大。请拆成几个文件，分别读取。",
        "{name} is too large. Split it and read the parts.",
    ),
    "memory": (
        "读取 {name} 需要的内存超过限度。请拆成几个文件再试。",
        "Reading {name} needs too much memory. Split it and read the parts.",
    ),
    "time": (
        "读取 {name} 用时过长，已停止。请拆成几个文件再试。",
        "Reading {name} took too long and was stopped. Split it and read the parts.",
    ),
    "crashed": (
        "读取 {name} 时出错，已停止。请另存为 .txt 再试。",
        "Reading {name} failed. Save it as .txt and try again.",
    ),
    "output-kind": (
        "不会写 {name}。输出文件名请以 .xlsx、.json 或 .md 结尾。",
        "{name} is no kind of output. Let its name end in .xlsx, .json or .md.",
    ),
    "output-folder": (
        "{name} 是文件夹。请给出输出文件名。",
        "{name} is a folder. Give the name of a file.",
    ),
    "output-place": (
        "写不进 {name}。请换一个存在且可写的文件夹。",
        "{name} cannot be written to. Choose a folder that exists and may be written.",
    ),
    "same-file": (
        "输出会盖掉原文件 {name}。请换一个输出文件名。",
        "The output would replace the input {name}. Choose another name.",
    ),
    "cannot-write": (
        "写不出 {name}（{detail}）。请检查磁盘空间和权限。",
        "{name} cannot be written ({detail}). Check disk space and permissions.",
    ),
    "no-xlsx": (
        "缺少 xlsxwriter，写不出 .xlsx。请安装它，或改用 -o 输出.md。",
        "xlsxwriter is missing, so no .xlsx. Install it, or use -o out.md.",
    ),
    "working": ("正在读取 {name} ……", "Reading {name} …"),
    "written": ("已写出 {count} 条到 {name}。", "Wrote {count} drafts to {name}."),
    "stopped": ("已中止。", "Stopped."),
    "no-title": ("（无标题）", "(no title)"),
    "counts": (
        "{clauses} 个条目，{drafts} 条草稿；未定牵头 {leads} 条，未定时限 {days} 条。",
        "{clauses} clauses, {drafts} drafts; {leads} without a lead, {days} without a term.",
    ),
    "no-lead": ("未定牵头", "no lead named"),
    "no-term": ("未定时限", "no term named"),
    "immediate": ("立即", "at once"),
    "longterm": ("长期", "standing"),
    "once": ("一次", "once"),
    "recurring": ("定期", "recurring"),
    "standing": ("常态", "standing"),
    "head-number": ("序号", "No."),
    "head-task": ("工作任务", "Duty"),
    "head-lead": ("牵头单位", "Lead"),
    "head-assist": ("配合单位", "Assisting"),
    "head-term": ("完成时限", "Term"),
    "head-target": ("目标", "Target"),
    "head-kind": ("类别", "Kind"),
    "head-source": ("出处", "From"),
    "rule": ("依据：{name}", "rule: {name}"),
    "pieces": ("全文判断", "How every piece was judged"),
    "sheet": ("责任清单", "Duties"),
}


def say(key: str, **values: object) -> str:
    """The sentence ``key`` in the language of ``LUOSHI_LANG``."""
    chinese, english = _WORDS[key]
    wanted = english if os.environ.get("LUOSHI_LANG", "").lower().startswith("en") else chinese
    return wanted.format(**values)
