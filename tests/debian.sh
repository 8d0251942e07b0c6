#!/bin/sh
# Installs Debian packages that tests need, where that may be done without asking; elsewhere one line says what is
# missing. Never fails: without a program its tests skip, and under CI=true they fail.
# $1: the tests that need them, $2: advice for who has to install them, the rest: the packages.

tests=$1 advice=$2
shift 2
hint="minutes: not installed, and $tests need it: $*; $advice"
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
echo "installing for $tests: $*"
quiet="env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3"
$as_root $quiet update && $as_root $quiet install --yes --no-install-recommends "$@" >/dev/null || echo "$hint" >&2
