# The versions of every tool, and where tools are found. Sourced by the other scripts.
RUST=1.95.0
TRUNK=0.21.14          # also in Trunk.toml
WASM_BINDGEN=0.2.126   # also in Trunk.toml and Cargo.toml
BINARYEN=132           # also in Trunk.toml
NODE_AT_LEAST=18.19
NODE=20.20.2           # only where the system's is older than that

TOOLS="$PWD/.tools"
# The last is rustup's, which a shell that was open when it was installed does not know yet.
export PATH="$TOOLS/bin:$TOOLS/node_modules/.bin:$PATH:${CARGO_HOME:-$HOME/.cargo}/bin"

# The first version number in a text such as "trunk 0.21.14".
version_in() { grep -oE '[0-9]+(\.[0-9]+)*' <<<"$1" | head -1 || true; }

node_is_recent() {
  command -v node >/dev/null || return 1
  [ "$(printf '%s\n' "$NODE_AT_LEAST" "$(version_in "$(node --version)")" | sort -V | head -1)" = "$NODE_AT_LEAST" ]
}

first_that_runs() {
  local candidate
  for candidate in "$@"; do
    [ -n "$candidate" ] || continue
    candidate="$(command -v "$candidate" || true)"
    # Ubuntu's packages of these names only point to snap, which containers cannot run.
    [ -n "$candidate" ] && "$candidate" --version >/dev/null 2>&1 && echo "$candidate" && return
  done
  true
}

chromium_path() {
  first_that_runs "${CHROMIUM:-}" chromium google-chrome-stable google-chrome "$HOME"/.cache/ms-playwright/chromium-*/chrome-linux*/chrome chromium-browser
}
firefox_path() { first_that_runs "${FIREFOX:-}" firefox-esr "$TOOLS"/firefox/firefox/*/firefox/firefox firefox; }
