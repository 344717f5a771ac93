"""The words of the product: ``messages.py extract|check|compile [MODULE …]``.

Every module of ``luoshi`` keeps its own catalogues. Msgids are English. ``zh_Hans`` holds a translation of each;
``en`` holds only what the msgid cannot say itself (plural forms, and words that differ by context).

extract   gather the msgids of code and templates into the catalogues; translations stay, words no longer used go
check     exit 1 and list every word that is missing, fuzzy or has other placeholders than its msgid
compile   write the compiled files (they are not in git)

Gathering needs gettext (xgettext); compiling does not.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib
from catalogues import ROOT, compile_catalogues

PACKAGE = ROOT / "luoshi"
LANGUAGES = {"zh_Hans": "nplurals=1; plural=0;", "en": "nplurals=2; plural=(n != 1);"}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sdf]|%[sd]|\{(\w*)\}")
CHINESE = re.compile(r"[\u3400-\u9fff]")
# Words that stand in both languages as they are: the name of the product and of its language.
CHINESE_ALLOWED = {"落实", "中文", "简体中文"}
GETTEXT_MISSING = "gettext is missing (xgettext): run make setup, or install the package gettext."

Key = tuple[str | None, str]


def key(entry: polib.POEntry) -> Key:
    """What makes an entry the same entry: its context and its msgid."""
    return entry.msgctxt, entry.msgid


def modules(names: list[str]) -> list[str]:
    """The modules asked for, or all of them."""
    found = sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))
    unknown = set(names) - set(found)
    if unknown:
        raise SystemExit(f"No such module: {', '.join(sorted(unknown))}. There are: {', '.join(found)}.")
    return names or found


def gather(names: list[str]) -> dict[str, polib.POFile]:
    """What code and templates of each module say, as Django's own makemessages finds it, tests left out."""
    if not shutil.which("xgettext"):
        raise SystemExit(GETTEXT_MISSING)
    with tempfile.TemporaryDirectory(prefix="luoshi-messages-") as folder:
        for name in names:
            # A copy: makemessages writes beside what it reads, and others may be at work there.
            ignore = shutil.ignore_patterns("tests", "static", "locale", "__pycache__", "migrations")
            shutil.copytree(PACKAGE / name, Path(folder) / name, ignore=ignore)
            (Path(folder) / name / "locale").mkdir()
        command = [sys.executable, "-m", "django", "makemessages", "--locale", "en", "--keep-pot", "--no-location"]
        environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        done = subprocess.run(command, cwd=folder, env=environment, check=False, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"makemessages failed:\n{done.stdout}{done.stderr}")
        pots = {name: Path(folder) / name / "locale" / "django.pot" for name in names}
        return {name: polib.pofile(str(pot)) if pot.exists() else polib.POFile() for name, pot in pots.items()}


def catalogue(module: str, language: str) -> Path:
    """Where a module's catalogue of a language lies."""
    return PACKAGE / module / "locale" / language / "LC_MESSAGES" / "django.po"


def existing(path: Path) -> dict[Key, polib.POEntry]:
    """The living entries of a catalogue; none when there is no catalogue."""
    return {key(entry): entry for entry in polib.pofile(str(path)) if not entry.obsolete} if path.exists() else {}


def merged(source: polib.POEntry, known: polib.POEntry | None, language: str) -> polib.POEntry:
    """The entry as it stands in code, with the translation known so far."""
    entry = polib.POEntry(
        msgctxt=source.msgctxt,
        msgid=source.msgid,
        msgid_plural=source.msgid_plural,
        comment=source.comment,
        flags=[flag for flag in source.flags if flag != "fuzzy"],
    )
    if known is not None:
        entry.msgstr, entry.msgstr_plural, entry.tcomment = known.msgstr, known.msgstr_plural, known.tcomment
        entry.flags += [flag for flag in known.flags if flag == "fuzzy"]
    if entry.msgid_plural:
        entry.msgstr = ""
        forms = [entry.msgid, entry.msgid_plural] if language == "en" else [""]
        entry.msgstr_plural = {form: entry.msgstr_plural.get(form) or text for form, text in enumerate(forms)}
    return entry


def extract(names: list[str]) -> int:
    """Bring the catalogues up to date with the code."""
    for module, pot in gather(names).items():
        for language, plural in LANGUAGES.items():
            path = catalogue(module, language)
            known = existing(path)
            fresh = polib.POFile(wrapwidth=0)
            fresh.metadata = {
                "Project-Id-Version": "luoshi",
                "Language": language,
                "MIME-Version": "1.0",
                "Content-Type": "text/plain; charset=UTF-8",
                "Content-Transfer-Encoding": "8bit",
                "Plural-Forms": plural,
            }
            for source in sorted(pot, key=lambda entry: (entry.msgid, entry.msgctxt or "")):
                entry = merged(source, known.get(key(source)), language)
                if language != "en" or entry.msgid_plural or entry.msgstr:
                    fresh.append(entry)
            save(fresh, path)
    return 0


def save(fresh: polib.POFile, path: Path) -> None:
    """Write the catalogue if it changed; a module without words has none."""
    if not len(fresh):
        path.unlink(missing_ok=True)
        return
    text = f"{fresh}\n"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(f"{path.relative_to(ROOT)}: {len(fresh)} words, {len(fresh.untranslated_entries())} to translate")


def placeholders(text: str) -> set[str]:
    """The placeholders of a text, as written."""
    return {match.group(0) for match in PLACEHOLDER.finditer(text)}


def faults(source: polib.POEntry, known: polib.POEntry | None, language: str) -> list[str]:
    """What is wrong with one word of a catalogue, as sentences."""
    if known is None:
        return ["missing (make messages brings it in)"] if language != "en" or source.msgid_plural else []
    texts = list(known.msgstr_plural.values()) if source.msgid_plural else [known.msgstr]
    found = []
    if "fuzzy" in known.flags:
        found.append("fuzzy")
    if not texts or not all(texts):
        found.append("not translated")
    # A Chinese form serves every number, so it is held against the plural; a singular may leave the number out.
    expected = placeholders(source.msgid_plural or source.msgid)
    if not found and placeholders(texts[-1]) != expected:
        found.append(f"placeholders differ: {sorted(placeholders(texts[-1]))}, not {sorted(expected)}")
    return found


def clashes(names: list[str]) -> list[str]:
    """Words that two modules translate differently: Django would show the first module's in both."""
    said: dict[tuple[str, str, str], dict[str, str]] = {}
    for module in names:
        for language in LANGUAGES:
            for entry in existing(catalogue(module, language)).values():
                text = entry.msgstr or "|".join(entry.msgstr_plural.values())
                said.setdefault((language, entry.msgctxt or "", entry.msgid), {})[module] = text
    return [
        f"{language}: {msgid!r} differs: {texts} (one translation, or a context for each)"
        for (language, _context, msgid), texts in said.items()
        if len({text for text in texts.values() if text}) > 1
    ]


def check(names: list[str]) -> int:
    """List what is missing, fuzzy, wrong or said in two ways."""
    found, counted = clashes(names), 0
    for module, pot in gather(names).items():
        found += [
            f"luoshi/{module}: msgid is not English: {source.msgid!r}"
            for source in pot
            if CHINESE.search(source.msgid) and source.msgid not in CHINESE_ALLOWED
        ]
        for language in LANGUAGES:
            known = existing(catalogue(module, language))
            for source in pot:
                counted += 1
                wrong = faults(source, known.get(key(source)), language)
                found += [f"luoshi/{module} {language}: {source.msgid!r}: {fault}" for fault in wrong]
    print("\n".join(found) if found else f"Translations complete: {counted} words.")
    return 1 if found else 0


def compile_all(_names: list[str]) -> int:
    """Write the compiled catalogues."""
    for path in compile_catalogues():
        print(f"compiled {path.relative_to(ROOT)}")
    return 0


def main() -> int:
    """Run the command of the first argument."""
    commands = {"extract": extract, "check": check, "compile": compile_all}
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        raise SystemExit(f"messages.py {'|'.join(commands)} [MODULE …]")
    return commands[sys.argv[1]](modules(sys.argv[2:]))


if __name__ == "__main__":
    sys.exit(main())
