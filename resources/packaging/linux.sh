# From the sources to build/tree, and from there to a .deb and an archive. Read by .setup/package.

packaging=resources/packaging
# What pyproject.toml says: project '["version"]'.
project() {
    "$venv/bin/python" -c "import tomllib; print(tomllib.load(open('pyproject.toml', 'rb'))['project']$1)"
}
version=$(project '["version"]')
address=$(project '["urls"]["Homepage"]')
# When the sources were last changed: the same sources give the same package.
changed=$(git log -1 --format=%ct 2>/dev/null || date +%s)
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$changed} PYTHONHASHSEED=0

XZ_LEVEL=${XZ_LEVEL:-6} # 1 takes a tenth of the time, for a trial

# All that is installed, below $1/usr; the program is one folder, /usr/lib/foretype.
make_tree() {
    say "building Foretype $version"
    run_pyinstaller
    rm -rf "$1"
    mkdir -p "$1/usr/lib" "$1/usr/bin"
    cp -a build/program/foretype "$1/usr/lib/foretype"
    ln -s ../lib/foretype/foretype "$1/usr/bin/foretype"
    add_desktop "$1/usr/share"
    add_manual "$1/usr/share"
    add_licences "$1/usr/share/doc/foretype"
    check_tree "$1"
}

run_pyinstaller() {
    "$venv/bin/python" -m PyInstaller --noconfirm --log-level WARN \
        --distpath build/program --workpath build/work "$packaging/foretype.spec" >&2 ||
        stop "PyInstaller failed (see above)"
}

add_desktop() {
    for size in 16 22 24 32 48 64 128 256 512; do
        folder=$1/icons/hicolor/${size}x$size/apps
        mkdir -p "$folder"
        rsvg-convert --width $size --height $size resources/foretype.svg > "$folder/foretype.png"
    done
    install -Dm644 resources/foretype.svg "$1/icons/hicolor/scalable/apps/foretype.svg"
    install -Dm644 -t "$1/icons/hicolor/symbolic/apps" "$packaging/foretype-symbolic.svg"
    install -Dm644 -t "$1/applications" "$packaging/foretype.desktop"
    mkdir -p "$1/metainfo"
    fill < "$packaging/org.foretype.Foretype.metainfo.xml.in" \
        > "$1/metainfo/org.foretype.Foretype.metainfo.xml"
}

# Puts version, date and address of the project into a text.
fill() {
    sed -e "s|@VERSION@|$version|" -e "s|@DATE@|$(date -u -d "@$SOURCE_DATE_EPOCH" +%F)|" \
        -e "s|@ADDRESS@|$address|"
}

add_manual() {
    mkdir -p "$1/man/man1"
    fill < "$packaging/foretype.1" | gzip -9n > "$1/man/man1/foretype.1.gz"
    for place in bash:bash-completion/completions/foretype zsh:zsh/site-functions/_foretype \
        fish:fish/vendor_completions.d/foretype.fish; do
        mkdir -p "$(dirname "$1/${place#*:}")"
        PYTHONPATH=.:$packaging "$venv/bin/python" -m shtab --error-unimportable --prog foretype \
            --prefix foretype --shell "${place%%:*}" completions.whole_parser > "$1/${place#*:}"
    done
}

# Our licence, what is inside with its version and licence, and the texts of all licences.
add_licences() {
    install -Dm644 LICENSE "$1/copyright"
    "$venv/bin/python" "$packaging/licences.py" "$1" || stop "the licences could not be listed"
}

check_tree() {
    desktop-file-validate "$1/usr/share/applications/foretype.desktop" || stop "the .desktop file is wrong"
    appstreamcli validate --no-net "$1"/usr/share/metainfo/*.xml >&2 || stop "the metainfo is wrong"
    size=$(du -sm --apparent-size "$1" | cut -f1)
    [ "$size" -le 550 ] || stop "installed it takes $size MB, more than 550"
    say "installed it takes $size MB"
}

# The Debian packages that hold the libraries which are not in the folder.
dependencies() {
    mkdir -p build/shlibs/debian
    printf 'Source: foretype\n\nPackage: foretype\nArchitecture: any\n' > build/shlibs/debian/control
    tree=$(cd "$1" && pwd)
    libraries=$tree/usr/lib/foretype/_internal
    (
        cd build/shlibs
        {
            find "$libraries" -type d -printf '-l%p\n'
            # The look of GNOME's dialogs is recommended, not needed: Qt has its own.
            find "$tree" -type f ! -name libqgtk3.so \( -name '*.so' -o -name '*.so.*' -o -name foretype -perm /1 \)
        } | xargs -d '\n' dpkg-shlibdeps -O --ignore-missing-info --warnings=0 > found || exit 1
        grep -q '^shlibs:Depends=.' found && sed 's/^shlibs:Depends=//' found
    )
}

make_deb() {
    architecture=$(dpkg --print-architecture)
    file=dist/foretype_${version}_$architecture.deb
    rm -rf "$1/DEBIAN"
    mkdir -p dist "$1/DEBIAN"
    needs=$(dependencies "$1") || stop "the libraries it needs could not be found out"
    fill < "$packaging/debian/control.in" | sed -e "s|@ARCHITECTURE@|$architecture|" \
        -e "s|@SIZE@|$(du -sk --apparent-size "$1" | cut -f1)|" -e "s|@DEPENDS@|$needs|" > "$1/DEBIAN/control"
    install -m755 "$packaging/debian/postrm" "$packaging/debian/prerm" "$1/DEBIAN/"
    (cd "$1" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum > DEBIAN/md5sums)
    say "packing $file"
    dpkg-deb --root-owner-group -Zxz -z$XZ_LEVEL --build "$1" "$file" >&2
    rm -rf "$1/DEBIAN"
    size=$(($(stat -c %s "$file") / 1000000))
    [ "$size" -le 175 ] || stop "$file has $size MB, more than 175"
    say "$file: $size MB"
}

# To be unpacked anywhere; bin/foretype starts it.
make_archive() {
    name=foretype-$version-linux-$(uname -m)
    file=dist/$name.tar.xz
    mkdir -p dist
    say "packing $file"
    tar --create --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" \
        --exclude=./DEBIAN --transform "s|^\./usr|$name|;s|^\./*$|$name|" -C "$1" ./usr |
        xz -T0 -$XZ_LEVEL > "$file"
    say "$file: $(($(stat -c %s "$file") / 1000000)) MB"
}
