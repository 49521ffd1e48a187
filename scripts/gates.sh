# shellcheck shell=bash
# Sourced by scripts/test and .ci/run: steps with a name, a result and a time each, all of them run
# whatever became of the ones before. Needs `set -u` only; `set -e` would stop at the first failure.
#
#   . scripts/gates.sh
#   gate NAME COMMAND [ARGUMENT ...]
#   beside NAME COMMAND [ARGUMENT ...]  a gate in the background, until `join`
#   finish                              prints what failed and the table; exits 1 when a gate failed
#
# Rows go to the file FLYBALL_GATE_ROWS when a caller has set it, so that its table has them too.
gate_folder=$(mktemp -d)
own_rows=$gate_folder/rows
touch "$own_rows"
trap 'rm -rf "$gate_folder"' EXIT
gates_failed=0
# Ctrl-C does not reach what runs in the background.
trap 'kill 0' INT

gate() {
    local name=$1 start=$SECONDS result=ok row output
    output=$gate_folder/output.$BASHPID
    shift
    printf '\n=== %s\n' "$name"
    "$@" 2>&1 | tee "$output"
    if [ "${PIPESTATUS[0]}" -ne 0 ]; then
        result=FAILED gates_failed=1
        # Where the whole is long, the end of it may be all that anybody has.
        {
            printf '\n--- %s\n' "$name"
            grep -aE '✘|error:|FAILED|FAIL:|Fatal error|Sanitizer' "$output" | head -n 30
            echo ...
            tail -n 15 "$output"
        } >>"$gate_folder/failures"
    fi
    row=$(printf '%-58s %-6s %5s' "$name" "$result" $((SECONDS - start)))
    printf '=== %s s\n' "$row"
    echo "$row" >>"$own_rows"
    [ -z "${FLYBALL_GATE_ROWS:-}" ] || echo "  $row" >>"$FLYBALL_GATE_ROWS"
    [ "$result" = ok ]
}

# A gate that others may run beside: it waits for no clock of theirs, nor they for its.
beside() {
    gate "$@" >"$gate_folder/beside" 2>&1 &
    gate_beside=$!
}

# The output of the gate beside, once it is over; one that was killed has failed, too.
join() {
    wait "$gate_beside" || gates_failed=1
    cat "$gate_folder/beside"
}

finish() {
    [ ! -e "$gate_folder/failures" ] || { printf '\nwhat failed\n'; cat "$gate_folder/failures"; }
    printf '\n%-58s %-6s %5s\n' gate result s
    cat "$own_rows"
    printf '%-65s %5s\n' total "$SECONDS"
    exit "$gates_failed"
}
