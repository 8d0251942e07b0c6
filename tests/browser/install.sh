#!/bin/sh
# What the tests in this folder need beside Python: a Chromium and a Japanese font. On Debian and its kin both are
# installed, where that may be done without asking; elsewhere one line says what is missing. Never fails: without
# Chromium the tests skip, and under CI=true they fail.

wanted=chromium
for name in "${MINUTES_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable chrome; do # chromium.py
    if command -v "$name" >/dev/null; then wanted=; fi
done
[ -n "$(fc-list :lang=ja 2>/dev/null)" ] || wanted="${wanted:+$wanted }fontconfig fonts-ipafont-gothic"
[ -n "$wanted" ] || exit 0

hint="minutes: not installed, and the browser tests need it: $wanted; install it (MINUTES_CHROMIUM can say where a Chromium is)"
if ! command -v apt-get >/dev/null; then
    echo "$hint" >&2
    exit 0
elif [ "$(id -u)" = 0 ]; then
    as_root=
elif sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    echo "$hint" >&2
    exit 0
fi
echo "installing for the browser tests: $wanted"
quiet="env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3"
$as_root $quiet update && $as_root $quiet install --yes --no-install-recommends $wanted >/dev/null || echo "$hint" >&2
