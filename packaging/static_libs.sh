#!/bin/sh
# Builds what Debian has no static library of: curl (HTTP, HTTP/2 and TLS alone), fmt, nghttp2 and simdjson,
# from Debian's own sources. apt checks their signatures; nothing else is fetched.
#
#   packaging/static_libs.sh build/static-libs   ->  build/static-libs/prefix/{include,lib}
#   packaging/static_libs.sh build/static-libs-arm64 arm64   ->  the same for aarch64, by Debian's cross compiler, and
#                                                               what else is needed of Debian's arm64 in …/sysroot
#
# A second run finds the stamp and does nothing.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
machine=${2:-}
packages="curl fmtlib nghttp2 simdjson"
# What else is linked, unpacked and not installed: the machine's own packages stay as they are.
foreign="libjemalloc-dev libssl-dev libtomlplusplus-dev libyaml-dev zlib1g-dev"
headers="libcli11-dev libexpected-dev nlohmann-json3-dev"
jobs=$(nproc 2>/dev/null || echo 2)

stamp=$out/stamp
wanted=$(cat "$0" /etc/debian_version | sha256sum | cut -d' ' -f1)
[ "$(cat "$stamp" 2>/dev/null || true)" != "$wanted" ] || exit 0

# Lists of its own: the machine's stay as they are.
mkdir -p "$out/apt/lists/partial" "$out/apt/cache/archives/partial" "$out/src"
# shellcheck source=/dev/null
. /etc/os-release
if [ -n "$machine" ]; then
  echo "deb [arch=$machine signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian $VERSION_CODENAME main"
fi >"$out/apt/sources.list"
echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian $VERSION_CODENAME main" >>"$out/apt/sources.list"
apt() {
  apt-get -qq ${machine:+-o APT::Architectures=amd64,$machine} -o Dir::Etc::SourceList="$out/apt/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o Dir::State::Lists="$out/apt/lists" -o Dir::Cache="$out/apt/cache" -o APT::Sandbox::User=root "$@"
}

log=$out/log
: >"$log"
run() {
  "$@" >>"$log" 2>&1 && return
  tail -n 30 "$log" >&2
  echo "error: failed; $*; all of it is in $log" >&2
  exit 1
}

run apt update
if [ -n "$machine" ]; then
  rm -rf "$out/sysroot"
  mkdir -p "$out/debs" "$out/sysroot"
  # shellcheck disable=SC2086  # a list of words
  (cd "$out/debs" && rm -f ./*.deb && run apt download $headers $(printf "%s:$machine " $foreign))
  for deb in "$out"/debs/*.deb; do run dpkg-deb -x "$deb" "$out/sysroot"; done
fi
for package in $packages; do
  rm -rf "$out/src/$package"
  mkdir "$out/src/$package"
  (cd "$out/src/$package" && run apt source "$package")
done

# The same bytes in whatever folder it is done: no path of this machine gets into them.
flags="-O2 -fPIC -fstack-protector-strong -D_FORTIFY_SOURCE=2 -ffile-prefix-map=$out=. -ffile-prefix-map=$here=."
[ "$(uname -m)$machine" != x86_64 ] || flags="$flags -fcf-protection"
toolchain=
[ -z "$machine" ] || toolchain="-DCMAKE_TOOLCHAIN_FILE=$here/cmake/$machine.cmake"
make() {
  source=$(find "$out/src/$1" -mindepth 1 -maxdepth 1 -type d)
  build=$out/src/$1/build
  shift
  run cmake -G Ninja -S "$source" -B "$build" -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$out/prefix" \
    -DCMAKE_INSTALL_LIBDIR=lib -DCMAKE_PREFIX_PATH="$out/prefix" -DBUILD_SHARED_LIBS=OFF \
    -DCMAKE_C_FLAGS="$flags" -DCMAKE_CXX_FLAGS="$flags" -DCMAKE_C_FLAGS_RELEASE=-DNDEBUG \
    -DCMAKE_CXX_FLAGS_RELEASE=-DNDEBUG $toolchain "$@"
  run cmake --build "$build" -j "$jobs"
  run cmake --install "$build"
}
rm -rf "$out/prefix"
make nghttp2 -DENABLE_LIB_ONLY=ON -DENABLE_STATIC_LIB=ON -DENABLE_SHARED_LIB=OFF
make fmtlib -DFMT_TEST=OFF -DFMT_DOC=OFF
make simdjson -DSIMDJSON_DEVELOPER_MODE=OFF -DCMAKE_CXX_STANDARD=17
# Where certificates are is found out when it runs: no place of the machine that builds is written into it.
make curl -DHTTP_ONLY=ON -DBUILD_CURL_EXE=OFF -DBUILD_TESTING=OFF -DCURL_USE_OPENSSL=ON -DUSE_NGHTTP2=ON -DCURL_ZLIB=ON \
  -DCURL_BROTLI=OFF -DCURL_ZSTD=OFF -DUSE_LIBIDN2=OFF -DCURL_USE_LIBPSL=OFF -DCURL_USE_LIBSSH2=OFF -DCURL_USE_GSSAPI=OFF \
  -DENABLE_MANUAL=OFF -DCURL_CA_BUNDLE=none -DCURL_CA_PATH=none -DNGHTTP2_INCLUDE_DIR="$out/prefix/include" \
  -DNGHTTP2_LIBRARY="$out/prefix/lib/libnghttp2.a"

# What was taken, for the list of parts.
for package in $packages; do
  version=$(sed -n 's/^Version: //p' "$out/src/$package"/*.dsc | head -n 1)
  echo "$package $version"
  cp "$(find "$out/src/$package" -path '*/debian/copyright' | head -n 1)" "$out/prefix/$package.copyright"
done >"$out/prefix/versions"
echo "$wanted" >"$stamp"
