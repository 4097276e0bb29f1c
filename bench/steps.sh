# What the measuring scripts share. They set `name`, for messages, and `work`, the folder that they work in.

die() {
    echo "$name: $*" >&2
    exit 2
}

# run WHAT COMMAND...: quiet when it works; the end of its output when it does not.
run() {
    what=$1
    shift
    "$@" >"$work/log" 2>&1 && return
    tail -n 30 "$work/log" >&2
    die "$what failed; the whole output is in $root/$work/log"
}
