#!/bin/sh
# The programs that open what we write: Python packages into .venv/clients, so that our own environment stays small,
# and LibreOffice, on Debian and its kin where that may be done without asking; elsewhere one line says what is
# missing. Never fails: without a program its tests skip, and under CI=true they fail.
# $1: the python to make the environment with; it has pip.

python=${1:-.venv/bin/python}
here=$(dirname "$0")
into=.venv/clients
stamp=$into/.installed

if ! cat "$here/requirements.txt" "$0" | cmp -s - "$stamp"; then
    echo "installing for the tests with real programs: $into"
    # Compiling all modules beforehand would take longer than the tests, which import few of them.
    pip="$python -m pip --python $into/bin/python install -qq --disable-pip-version-check --no-compile"
    if rm -rf "$into" && "$python" -m venv --without-pip "$into" &&
        $pip -r "$here/requirements.txt" && $pip --no-deps convokit==5.0.0; then # its dependencies are 6 GB
        cat "$here/requirements.txt" "$0" >"$stamp"
    else
        echo "minutes: $into could not be made, and the tests with real programs need what is in $here/requirements.txt" >&2
    fi
fi

wanted="libreoffice-calc-nogui libreoffice-writer-nogui"
office=$(command -v soffice || command -v libreoffice)
if [ -n "$office" ]; then
    program=$(dirname "$(readlink -f "$office")")
    ls "$program"/libsclo.* >/dev/null 2>&1 && ls "$program"/libswlo.* >/dev/null 2>&1 && exit 0
fi
sh "$here/../debian.sh" "the tests with real programs" "install it" $wanted
