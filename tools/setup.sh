#!/usr/bin/env bash
# Put the environment together: tools/setup.sh run | dev
#
#   run   what a running Luoshi needs (make demo)
#   dev   everything for working on it (make setup, make test); holds "run" as well
#
# Installs only what the lock files name, by hash. Run again, it returns at once unless a lock or pyproject.toml changed.
set -euo pipefail
cd "$(dirname "$0")/.."

kind=${1:?run or dev}
venv=.venv
python=$venv/bin/python

say() { printf '%s\n' "$*"; }
stop() { printf '%s\n' "$*" >&2; exit 1; }

# The first Python of at least 3.11. A name on the path may be an empty shim, so each is asked.
find_python() {
    local name
    for name in python3 python3.13 python3.12 python3.11 python3.14; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            command -v "$name"
            return
        fi
    done
    stop "Luoshi needs Python 3.11 or newer; found: $(python3 --version 2>/dev/null || echo none). Install python3.11 or newer, then run make again."
}

on_debian_as_root() { [ -e /etc/debian_version ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

apt_updated=
apt_install() {
    if [ -z "$apt_updated" ]; then
        apt-get update -qq
        apt_updated=yes
    fi
    say "Installing system packages: $*"
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

has_browser() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; }
has_chinese_font() { command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh-cn family 2>/dev/null)" ]; }

# Each missing system package with what it is for, one a line: PACKAGE <tab> PURPOSE.
missing_for_tests() {
    command -v xgettext >/dev/null || printf 'gettext\tgathers the words to translate (make messages, the translation test)\n'
    has_browser || printf 'chromium\tthe browser of the browser journeys\n'
    has_chinese_font || printf 'fonts-noto-cjk fontconfig\tChinese glyphs in the browser journeys and their pictures\n'
}

system_packages() {
    local missing
    missing=$(missing_for_tests)
    [ -n "$missing" ] || return 0
    if on_debian_as_root; then
        # shellcheck disable=SC2046  # package names are words
        apt_install $(cut -f1 <<<"$missing")
        return
    fi
    say "Missing on this machine (Debian's package names), needed by some of the tests:"
    while IFS=$'\t' read -r package purpose; do
        say "  $package: $purpose"
    done <<<"$missing"
    say "Install them with the system's package manager; setup goes on without them."
}

make_environment() {
    # Python's version is part of the stamp: after an upgrade of the system the old environment is of no use.
    if [ -x "$python" ] && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        return
    fi
    local found
    found=$(find_python)
    rm -rf "$venv"
    if command -v uv >/dev/null; then
        uv venv --quiet --no-python-downloads --python "$found" "$venv"
        return
    fi
    if ! "$found" -c 'import ensurepip, venv' 2>/dev/null; then
        on_debian_as_root || stop "$found cannot make a virtual environment: install python3-venv (Debian, Ubuntu, UOS, Kylin: apt install python3-venv), then run make again."
        apt_install python3-venv
    fi
    "$found" -m venv "$venv"
}

install_python_packages() {
    local locks=(-r requirements/run.lock -r requirements/build.lock)
    [ "$kind" = run ] || locks=(-r requirements/dev.lock)
    # The package itself comes last and without isolation: what builds it was just installed by hash.
    if command -v uv >/dev/null; then
        uv pip install --quiet --python "$python" --require-hashes "${locks[@]}"
        uv pip install --quiet --python "$python" --no-deps --no-build-isolation --editable .
    else
        "$python" -m pip --version >/dev/null 2>&1 || "$python" -m ensurepip >/dev/null
        "$python" -m pip install --quiet --disable-pip-version-check --require-hashes "${locks[@]}"
        "$python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
    fi
    # Compiled now rather than at the first start, which is then twice as fast.
    "$python" -m compileall -q "$venv/lib" >/dev/null || true
}

# Of pyproject.toml only what is installed counts: the settings of the checking tools stand below it.
stamp_of() { { cat requirements/*.lock tools/setup.sh tools/catalogues.py; sed "/^\[tool.ruff\]/,\$d" pyproject.toml; } | cksum; }

is_ready() {
    local stamp
    stamp=$(stamp_of)
    [ -x "$venv/bin/luoshi" ] || return 1
    [ "$(cat "$venv/ready-dev" 2>/dev/null)" = "$stamp" ] && return 0
    [ "$kind" = run ] && [ "$(cat "$venv/ready-run" 2>/dev/null)" = "$stamp" ]
}

[ "$kind" = run ] || [ "$kind" = dev ] || stop "tools/setup.sh run | dev"

if ! is_ready; then
    say "Setting up Luoshi in $venv (once; some minutes on a slow line) …"
    make_environment
    install_python_packages
    stamp_of >"$venv/ready-$kind"
    say "Ready: $("$python" --version), Django $("$python" -m django --version)."
fi
# Words may have changed since, and so may the machine.
"$python" tools/catalogues.py >/dev/null
[ "$kind" = run ] || system_packages
