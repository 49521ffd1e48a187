# shellcheck shell=bash
# Sourced by scripts/test and .ci/run: steps with a name, a result and a time each, all of them run
# whatever became of the ones before. Needs `set -u` only; `set -e` would stop at the first failure.
#
#   . scripts/gates.sh
#   gate NAME COMMAND [ARGUMENT ...]
#   finish                              prints the table; exits 1 when a gate failed
#
# Rows go to the file FLYBALL_GATE_ROWS when a caller has set it, so that its table has them too.
own_rows=$(mktemp)
trap 'rm -f "$own_rows"' EXIT
gates_failed=0

gate() {
    local name=$1 start=$SECONDS result=ok row
    shift
    printf '\n=== %s\n' "$name"
    "$@" || { result=FAILED gates_failed=1; }
    row=$(printf '%-58s %-6s %5s' "$name" "$result" $((SECONDS - start)))
    printf '=== %s s\n' "$row"
    echo "$row" >>"$own_rows"
    [ -z "${FLYBALL_GATE_ROWS:-}" ] || echo "  $row" >>"$FLYBALL_GATE_ROWS"
}

finish() {
    printf '\n%-58s %-6s %5s\n' gate result s
    cat "$own_rows"
    printf '%-65s %5s\n' total "$SECONDS"
    exit "$gates_failed"
}
