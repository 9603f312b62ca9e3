# Sets up what `start`, `test` and `package` need, once: Python, system libraries, a virtual environment.
# Read by a POSIX shell from the root of the repository.

venv=.venv

say() { printf 'foretype: %s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

# Everything was set up for this very pyproject.toml before: the usual case, and quick.
is_ready() {
    [ -x "$venv/bin/python" ] && [ "$(cat "$venv/.ready-$1" 2>/dev/null)" = "$(cksum < pyproject.toml)" ]
}

find_python() {
    for name in python3 python3.11 python3.12 python3.13; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            python=$name
            return
        fi
    done
    stop "Python 3.11 or newer is needed; on Debian: apt-get install python3"
}

has_library() {
    PATH="$PATH:/usr/sbin:/sbin" ldconfig -p 2>/dev/null | grep -q "$1"
}

# Of lines with a package and a library in it, the packages whose library is missing.
without_library() {
    while read -r package library; do
        has_library "$library" || echo "$package"
    done
}

# Debian's names of the packages that are missing on this machine, for $1: start, test or package.
missing_packages() {
    "$python" -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
    without_library <<END
libegl1 libEGL.so.1
libgl1 libGL.so.1
libdbus-1-3 libdbus-1.so.3
libfontconfig1 libfontconfig.so.1
libglib2.0-0 libglib-2.0.so.0
libxkbcommon0 libxkbcommon.so.0
libxcb-cursor0 libxcb-cursor.so.0
libxkbcommon-x11-0 libxkbcommon-x11.so.0
libxcb-icccm4 libxcb-icccm.so.4
libxcb-keysyms1 libxcb-keysyms.so.1
libxcb-shape0 libxcb-shape.so.0
libcups2 libcups.so.2
END
    case $1 in
    test)
        [ -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ] || echo fonts-dejavu-core
        has_command Xvfb xvfb
        has_command xdotool xdotool
        ;;
    package)
        has_command objdump binutils
        has_command dpkg-shlibdeps dpkg-dev
        has_command rsvg-convert librsvg2-bin
        has_command xz xz-utils
        has_command desktop-file-validate desktop-file-utils
        has_command appstreamcli appstream
        # What the plugins for Wayland need is looked up, to be depended on.
        without_library <<END
libwayland-client0 libwayland-client.so.0
libwayland-cursor0 libwayland-cursor.so.0
libwayland-egl1 libwayland-egl.so.1
END
        ;;
    esac
}

has_command() {
    command -v "$1" >/dev/null || echo "$2"
}

install_packages() {
    [ "$(uname -s)" = Linux ] || return 0
    packages=$(missing_packages "$1" | tr '\n' ' ')
    [ -n "$packages" ] || return 0
    install="apt-get install -y --no-install-recommends $packages"
    if ! command -v apt-get >/dev/null; then
        say "these Debian packages, or what they are called here, may be missing: $packages"
    elif [ "$(id -u)" = 0 ]; then
        apt_get ""
    elif sudo -n true 2>/dev/null; then
        apt_get "sudo -n"
    else
        stop "root must install what is missing, then run this again: $install"
    fi
}

# Foretype does without these: nobody is asked for root because of them.
name_optional_packages() {
    has_library libenchant-2.so.2 ||
        say "to check spelling, install what Debian calls libenchant-2-2 and hunspell-en-us"
}

apt_get() {
    say "installing $packages"
    export DEBIAN_FRONTEND=noninteractive
    { $1 apt-get update -qq; $1 $install -qq; } >&2 || stop "this failed: $install"
}

# The requirements of pyproject.toml, with what only the tests or only the packager needs.
requirements() {
    "$venv/bin/python" - "$1" <<'END'
import sys, tomllib
project = tomllib.load(open("pyproject.toml", "rb"))["project"]
extra = project["optional-dependencies"].get({"test": "dev"}.get(sys.argv[1], sys.argv[1]), [])
print("\n".join([*project["dependencies"], *extra]))
END
}

# PyTorch's own index has builds for the processor alone, a tenth of the size of the
# usual ones for Linux. It is asked first where it can be reached, within four seconds.
torch_index() {
    [ "$(uname -s)" = Linux ] || return 0
    index=${FORETYPE_TORCH_INDEX-$(cat .setup/torch-index)}
    [ -n "$index" ] || return 0
    "$venv/bin/python" - "$index" <<'END' && printf -- '--extra-index-url %s' "$index"
import sys, urllib.request
try:
    urllib.request.urlopen(sys.argv[1] + "/torch/", timeout=4).close()
except Exception:
    sys.exit(1)
END
}

install_requirements() {
    "$venv/bin/python" -m pip --version >/dev/null 2>&1 ||
        "$python" -m venv --clear "$venv" >&2 || stop "cannot make $venv"
    needed=$(mktemp)
    trap 'rm -f "$needed"' EXIT
    requirements "$1" > "$needed"
    say "installing Python packages into $venv; the first time this takes some minutes"
    grep '^torch' "$needed" | pip $(torch_index) -r /dev/stdin
    pip -r "$needed"
    rm -f "$needed"
}

pip() {
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" >&2 ||
        stop "the Python packages could not be installed (see above)"
}

set_up() {
    is_ready "$1" && return 0
    find_python
    install_packages "$1"
    [ "$1" != start ] || name_optional_packages
    install_requirements "$1"
    cksum < pyproject.toml > "$venv/.ready-$1"
    [ "$1" = start ] || cp "$venv/.ready-$1" "$venv/.ready-start"
}
