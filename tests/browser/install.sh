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

sh "$(dirname "$0")/../debian.sh" "the browser tests" "install it (MINUTES_CHROMIUM can say where a Chromium is)" $wanted
