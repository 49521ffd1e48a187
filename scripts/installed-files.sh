# shellcheck shell=bash
# Where scripts/install puts things; sourced by it and by scripts/uninstall, with `prefix` set.
#
#   . scripts/installed-files.sh
units=$prefix/lib/systemd/system
sysusers=$prefix/lib/sysusers.d
tmpfiles=$prefix/lib/tmpfiles.d
# The only directory for rules that udev reads besides /usr/lib.
rules=/etc/udev/rules.d
installed=("$prefix/bin/flyballd" "$prefix/bin/flyball" "$units/flyballd@.service"
    "$sysusers/flyball.conf" "$tmpfiles/flyball.conf" "$rules/60-flyball.rules")
